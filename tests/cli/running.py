"""The program as a person starts it: a process of its own, a home of its own, and what it said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def ketalearn(folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run ``python -m ketalearn`` in a folder; its history and cache are kept below that folder."""
    environment = {
        **os.environ,
        "KETALEARN_HOME": str(folder / "home"),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "COLUMNS": "100",
    }
    command = [sys.executable, "-m", "ketalearn", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, input=typed, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
