"""The few settings that are kept: plain JSON beside the history, never needed and never trusted."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path


def read_theme(folder: Path) -> str | None:
    """Give the kept theme; None when there is none or the file cannot be read."""
    try:
        kept = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        theme = kept["theme"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return theme if isinstance(theme, str) else None


def keep_theme(folder: Path, theme: str) -> None:
    """Keep a theme. A setting that cannot be kept is no reason to disturb a lesson."""
    with contextlib.suppress(OSError):
        draft = folder / "settings.json.new"
        draft.write_text(json.dumps({"theme": theme}), encoding="utf-8")
        draft.replace(folder / "settings.json")
