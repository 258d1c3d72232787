from __future__ import annotations

from pathlib import Path

import pytest

from ketalearn.study.course import Course
from tests.app.driving import make_course


@pytest.fixture
def course(home: Path, cache: Path) -> Course:
    """The shipped course, for a learner who opens it for the first time."""
    return make_course(home, cache)
