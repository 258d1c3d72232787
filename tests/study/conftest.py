from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.study.desk import Desk, every_kind


@pytest.fixture
def desk(home: Path, cache: Path) -> Iterator[Desk]:
    """A learner who opens the small pack for the first time."""
    desk = Desk(home, every_kind(cache))
    yield desk
    desk.close()
