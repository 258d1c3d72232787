"""Where things are kept: the learner's history and settings, and the cache of compiled packs."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ketalearn.store.journal import StoreProblem, make_private

_LEARNER = re.compile(r"[\w.\-]{1,64}", re.UNICODE)


def home() -> Path:
    """Give the learner's folder: KETALEARN_HOME, or the platform's data folder."""
    chosen = os.environ.get("KETALEARN_HOME")
    if chosen:
        return Path(chosen).expanduser()
    import platformdirs

    return platformdirs.user_data_path("ketalearn", appauthor=False)


def make_home() -> None:
    """Make the learner's folder for its owner alone, before anything else makes it. Raises `StoreProblem`."""
    folder = home()
    try:
        make_private(folder)
    except OSError as error:
        cure = "Check the folder, or choose another one with KETALEARN_HOME."
        raise StoreProblem(f"the history cannot be kept in {folder} ({error.strerror})", cure) from error


def cache() -> Path:
    """Give the folder of compiled packs. It may be deleted at any time."""
    chosen = os.environ.get("KETALEARN_HOME")
    if chosen:
        return Path(chosen).expanduser() / "cache"
    import platformdirs

    return platformdirs.user_cache_path("ketalearn", appauthor=False)


def history_path(learner: str | None) -> Path:
    """Give the file of a learner's history. Raises `StoreProblem` for a name that cannot be a file's."""
    if learner is None:
        return home() / "history.sqlite3"
    if not _LEARNER.fullmatch(learner) or learner.startswith("."):
        raise StoreProblem(f"“{learner}” cannot be a learner’s name", "Use letters, digits, “-”, “_” and “.”, at most 64.")
    return home() / "learners" / f"{learner}.sqlite3"
