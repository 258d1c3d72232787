"""What the program is compared with: the smallest Textual programs that do something of the kind."""

from __future__ import annotations

import sys
from typing import Any

from textual.app import App, ComposeResult
from textual.widgets import OptionList, Static

WORDS = "One line of a bare program"
LAST_ROW = "Row 8"


class Hello(App[None]):
    """One line."""

    def compose(self) -> ComposeResult:
        yield Static(WORDS)


class Options(App[None]):
    """Eight lines to choose from."""

    def compose(self) -> ComposeResult:
        yield OptionList(*(f"Row {number}" for number in range(1, 9)))


if __name__ == "__main__":
    apps: dict[str, type[App[Any]]] = {"hello": Hello, "options": Options}
    apps[sys.argv[1]]().run()
