"""From a key to the end of the frame that answers it, against a key that moves in a bare Textual list of eight rows.

Both programs are up at the same time, and every key of ours is measured right after one of the bare program's.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.benchmarks.bare import LAST_ROW
from tests.benchmarks.start import MODULE
from tests.benchmarks.table import Line, show
from tests.benchmarks.terminal import (
    BARE_QUIT,
    DOWN,
    ENTER,
    KETALEARN,
    OPTIONS,
    UP,
    Answered,
    Program,
    fresh,
    prepared_home,
    running,
)

SESSIONS = 4
TRY, TELL = "Try first", "Which of the four?"
DEAF = 0.6
"""Enter is not heard for half a second after an answer."""
MOST_PAGES = 60
MOVE, CHOOSE, REVEAL, ONWARD = (
    "arrow: the choice moves in an item",
    "digit: chooses",
    "Enter: the answer is told",
    "Enter: next item",
)
TURN, MORE = "Enter: the page turns", "Enter: the page shows what is below"
AIMS: dict[str, float | None] = {MOVE: 2, CHOOSE: 2, REVEAL: 5, ONWARD: None, TURN: 5, MORE: 5}

Figures = dict[str, list[tuple[Answered, Answered]]]


class Pair:
    """Our program and the bare one beside it."""

    def __init__(self, ours: Program, bare: Program, figures: Figures) -> None:
        self.ours, self.bare, self.figures = ours, bare, figures

    @property
    def bar(self) -> str:
        """The top line of our program: where the learner is."""
        return self.ours.screen.split("\n", 1)[0]

    def press(self, key: str) -> tuple[Answered, Answered]:
        theirs = self.bare.press(DOWN)
        return self.ours.press(key), theirs

    def keep(self, what: str, key: str) -> None:
        self.figures[what].append(self.press(key))

    def items(self, part: str, moves: int) -> None:
        """Answer a set of items."""
        while part in self.bar:
            for number in range(moves):
                self.keep(MOVE, UP if number % 3 == 2 else DOWN)
            self.keep(CHOOSE, "1")
            self.keep(REVEAL, ENTER)
            time.sleep(DEAF)
            onward = self.press(ENTER)
            if part in self.bar:
                self.figures[ONWARD].append(onward)

    def pages(self, until: str) -> None:
        """Read on by Enter alone until items come; what opens another kind of screen is not counted."""
        for _ in range(MOST_PAGES):
            more = "↓ more" in self.bar
            answered = self.press(ENTER)
            if until in self.bar:
                return
            self.figures[MORE if more else TURN].append(answered)
        raise AssertionError(f"“{until}” did not come; the screen is:\n{self.ours.screen}")


def session(home: Path, figures: Figures) -> None:
    """Take a module from its first item to the last sentence to judge."""
    with running(OPTIONS, home) as bare, running(KETALEARN, home) as ours:
        bare.appears(LAST_ROW)
        ours.appears(MODULE)
        for _ in range(3):
            bare.press(DOWN)  # the first keys of a program are slower
        ours.rest()
        ours.press(ENTER)
        pair = Pair(ours, bare, figures)
        pair.items(TRY, 4)
        pair.pages(TELL)
        pair.items(TELL, 2)
        ours.end("q")
        bare.end(BARE_QUIT)


def main() -> int:
    figures: Figures = {what: [] for what in AIMS}
    with prepared_home() as home:
        for number in range(SESSIONS):
            session(fresh(home, number), figures)
    lines = []
    for what, aim in AIMS.items():
        pairs = figures[what]
        lines.append(Line(what, [ours.last for ours, _ in pairs], [bare.last for _, bare in pairs], aim))
        lines.append(Line("   to the first byte", [ours.first for ours, _ in pairs], [bare.first for _, bare in pairs]))
        lines.append(Line("   to the last byte of all", [ours.rest for ours, _ in pairs], [bare.rest for _, bare in pairs]))
    show("Keys, to the last byte before 30 ms of silence", "arrow in an OptionList", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
