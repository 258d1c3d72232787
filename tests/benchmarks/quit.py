"""From `q` to the end of the process, on home and on the longest document, against ctrl+q in a bare Textual program."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.benchmarks.bare import WORDS
from tests.benchmarks.start import MODULE
from tests.benchmarks.table import Line, show
from tests.benchmarks.terminal import BARE_QUIT, HELLO, KETALEARN, ROOT, prepared_home, running

ROUNDS = 20
PACK = ROOT / "lessons" / "ketamine"


def longest_document() -> int:
    """The place of the longest document in the list, from 1."""
    files = re.findall(r"^  file: (.+)$", (PACK / "documents.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    sizes = [(PACK / file).stat().st_size for file in files]
    return sizes.index(max(sizes)) + 1


def bare(home: Path) -> float:
    with running(HELLO, home) as program:
        program.appears(WORDS)
        return program.end(BARE_QUIT).seconds


def on_home(home: Path) -> float:
    with running(KETALEARN, home) as program:
        program.appears(MODULE)
        return program.end("q").seconds


def on_document(home: Path, place: int) -> float:
    with running(KETALEARN, home) as program:
        program.appears(MODULE)
        program.press("d")
        program.press(str(place))
        program.rest()
        program.press("\x1b[6~")
        return program.end("q").seconds


def main() -> int:
    place = longest_document()
    bares, homes, documents = [], [], []
    with prepared_home() as home:
        bare(home), on_document(home, place)  # the byte code is written
        for _ in range(ROUNDS):
            homes.append(on_home(home))
            bares.append(bare(home))
            documents.append(on_document(home, place))
    show(
        "Quit",
        "ctrl+q, one Static",
        [Line("q on home", homes, bares, 1.0), Line("q on the longest document", documents, bares, 1.0)],
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
