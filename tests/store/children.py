"""Programs that run in processes of their own: two windows of one learner, and a window that is killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

AT = "2026-11-25T12:00:00.000+00:00"

APPEND_FOR_EVER = f"""
import sys
from pathlib import Path
from ketalearn.store.journal import Journal
journal = Journal(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    seq = journal.append("pack", "answered", {{"who": sys.argv[2], "number": number, "text": "x" * 300}}, {AT!r})
    print(seq, sys.argv[2], number, flush=True)
"""
"""Appends until it is killed, and says of each event that it was accepted."""

APPEND_SOME = f"""
import sys
from pathlib import Path
from ketalearn.store.journal import Journal
sys.stdin.readline()
journal = Journal(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    journal.append("pack", "answered", {{"who": sys.argv[2], "number": number}}, {AT!r})
"""
"""Waits for a line, opens the history and appends."""

OPEN_MANY = """
import sys, time
from pathlib import Path
from ketalearn.store.journal import Journal
folder, start = Path(sys.argv[1]), float(sys.argv[2])
for number in range(60):
    while time.time() < start + number * 0.02:
        pass
    Journal(folder / f"{number}.sqlite3").close()
"""
"""Opens many new histories, each at an appointed moment."""

SMALL_DISK = f"""
import resource, sys
from pathlib import Path
from ketalearn.store.journal import Journal, StoreProblem
journal = Journal(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    while True:
        print(journal.append("pack", "answered", {{"text": "x" * 500}}, {AT!r}), flush=True)
except StoreProblem as problem:
    print(problem, file=sys.stderr)
"""
"""Appends until no byte more can be written to the disk."""

AS_NOBODY = """
import os, sys
from pathlib import Path
from ketalearn.store.journal import Journal, StoreProblem
if os.geteuid() == 0:
    os.setuid(65534)
try:
    Journal(Path(sys.argv[1]))
except StoreProblem as problem:
    print(problem, end="")
"""
"""Opens a history as somebody who may not write everywhere, as root may."""


def start(program: str, *arguments: object) -> subprocess.Popen[str]:
    """Start a program in a process of its own."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(child: subprocess.Popen[str]) -> tuple[str, str]:
    """Wait for a program, and give what it said."""
    out, error = child.communicate(timeout=60)
    return out, error


def raw(path: Path, *statements: str) -> None:
    """Run SQL behind the program's back."""
    import sqlite3

    with sqlite3.connect(path) as db:
        for statement in statements:
            db.execute(statement)
    db.close()


UNLOCK = ("DROP TRIGGER event_is_written_once", "DROP TRIGGER event_stays")
"""Somebody who tampers with a history does not stop at its triggers."""
