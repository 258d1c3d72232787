"""What all tests share: a home of their own, small packs, and one way to say that a part is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ketalearn.store import home as home_module
from ketalearn.study.packs import open_pack

ROOT = Path(__file__).parent.parent
LESSONS = ROOT / "lessons"
KETAMINE = LESSONS / "ketamine"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


class YouForgotToChooseAHome(AssertionError):
    """A test reached for the learner's real folder."""


@pytest.fixture(autouse=True)
def _no_real_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """The learner's real history is never touched: without KETALEARN_HOME every look-up of it raises."""
    monkeypatch.delenv("KETALEARN_HOME", raising=False)

    def forbidden() -> Path:
        if "KETALEARN_HOME" in os.environ:
            return Path(os.environ["KETALEARN_HOME"])
        raise YouForgotToChooseAHome("set KETALEARN_HOME, or use the fixture “home”")

    monkeypatch.setattr(home_module, "home", forbidden)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder of this test's own."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("KETALEARN_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of compiled packs with the shipped one in it."""
    folder = tmp_path_factory.mktemp("cache")
    open_pack(KETAMINE, folder)
    return folder


@pytest.fixture
def write_pack(tmp_path: Path) -> Callable[..., Path]:
    """Write a pack folder from file names and texts, and give its path."""

    def write(**files: str) -> Path:
        folder = tmp_path / "pack"
        for name, text in files.items():
            path = folder / name.replace("__", "/").replace("_yaml", ".yaml").replace("_md", ".md")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return write


def needs(program: str) -> str:
    """Give the path of a program that is no Python package. Missing, it is a note for a user and a failure for us."""
    found = shutil.which(program)
    if found is None:
        message = f"{program} is not installed"
        if os.environ.get("KETALEARN_TESTS") == "all":
            pytest.fail(message)
        pytest.skip(f"left out: {message}")
    return found
