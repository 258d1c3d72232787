"""From the start of the process to home, against a bare Textual program with one line; and the peak of the memory."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.benchmarks.bare import WORDS
from tests.benchmarks.table import Line, show
from tests.benchmarks.terminal import BARE_QUIT, HELLO, KETALEARN, Ending, prepared_home, running

ROUNDS = 25
MODULE = "Compared with what?"
FOOTER = "Quit"


def bare(home: Path) -> tuple[float, Ending]:
    with running(HELLO, home) as program:
        return program.appears(WORDS), program.end(BARE_QUIT)


def ours(home: Path) -> tuple[float, float, Ending]:
    with running(KETALEARN, home) as program:
        return program.appears(MODULE), program.appears(FOOTER), program.end("q")


def main() -> int:
    with prepared_home() as home:
        bare(home), ours(home)  # the byte code is written
        bares, mine = [], []
        for _ in range(ROUNDS):
            bares.append(bare(home))
            mine.append(ours(home))
    lines = [
        Line("home is drawn", [m[0] for m in mine], [b[0] for b in bares], 1.4),
        Line("its line of keys is drawn too", [m[1] for m in mine], [b[0] for b in bares]),
        Line("peak memory", [m[2].memory for m in mine], [b[1].memory for b in bares], 1.3, "MB"),
        Line("processor time, start to end", [m[2].work for m in mine], [b[1].work for b in bares]),
    ]
    show("Start", "one Static", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
