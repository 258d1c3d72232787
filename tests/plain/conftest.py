from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.study.desk import EVERY_KIND, Desk, every_kind


@pytest.fixture
def desk(home: Path, cache: Path) -> Iterator[Desk]:
    """A learner who opens the small pack for the first time."""
    desk = Desk(home, every_kind(cache))
    yield desk
    desk.close()


@pytest.fixture
def ready_home(home: Path, cache: Path) -> Path:
    """A home in which the packs are compiled already, so that programs start quickly."""
    every_kind(cache, EVERY_KIND)
    shutil.copytree(cache / "packs", home / "cache" / "packs")
    return home
