"""One kind of problem for reading, validation and style, so that every output shows the same thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ketalearn.content.text import fold

LONGEST = 400
"""A message or cure that is longer is cut when it is written as a line; a file may hold words of any length."""

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of a pack: where it is, what is wrong, and what would cure it.

    `line` and `column` count from 1; 0 means that the fault belongs to the whole file.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    cure: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        """Give the one readable line: place, cause, cure."""
        place = f"{_line(self.file)}:{self.line}:{self.column}" if self.line else _line(self.file)
        cure = f". {_line(self.cure)}" if self.cure else "."
        return f"{place}: {_line(self.message)}{cure} [{self.code}]"


def _line(text: str) -> str:
    folded = fold(text)
    return folded if len(folded) <= LONGEST else f"{folded[:LONGEST]}…"
