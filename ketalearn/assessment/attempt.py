"""One taking of a set of items, as a frozen value: every step gives back a new attempt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from ketalearn.assessment.response import Response

Part = Literal["try", "tell", "quiz", "review"]
Mode = Literal["practice", "exam"]
Confidence = Literal[1, 2, 3]
"""Unsure, fairly sure, certain. None stands for not said; it never changes a mark."""

CONFIDENCE_WORDS: dict[int, str] = {1: "unsure", 2: "fairly sure", 3: "certain"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A response that was marked and stored."""

    response: Response
    mark: float
    confidence: Confidence | None = None
    hints: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A set of items in the order in which they are asked, and what was answered so far.

    `items` holds addresses; `seed` decides the order of options, also in a retry, so that nothing is reshuffled.
    """

    id: str
    module: str
    part: Part
    mode: Mode = "practice"
    seed: int = 0
    items: tuple[str, ...] = ()
    given: dict[str, Given] = field(default_factory=dict)
    hints: dict[str, int] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    finished: bool = False
    retry_of: str | None = None

    def answer(self, address: str, given: Given) -> Attempt:
        """Record a response. A second one to the same item counts in exam mode only, where it replaces the first.

        Raises `ValueError` for an item that is not asked here or that is answered for good.
        """
        if address not in self.items:
            raise ValueError(f"{address} is not asked in this attempt")
        if self.finished or (address in self.given and self.mode == "practice"):
            raise ValueError(f"{address} is answered")
        return replace(self, given={**self.given, address: given})

    def hint(self, address: str) -> Attempt:
        """Count one more hint shown for an item."""
        return replace(self, hints={**self.hints, address: self.hints.get(address, 0) + 1})

    def skip(self, address: str) -> Attempt:
        """Put an item behind all others that wait."""
        return replace(self, skipped=(*(item for item in self.skipped if item != address), address))

    def finish(self) -> Attempt:
        """Close the attempt; what is not answered stays so."""
        return replace(self, finished=True)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Items without a response: first those not skipped, then the skipped ones in the order of skipping."""
        later = tuple(item for item in self.skipped if item in self.items and item not in self.given)
        return tuple(item for item in self.items if item not in self.given and item not in later) + later

    @property
    def current(self) -> str | None:
        """The item to ask now; None when all are answered or the attempt is closed."""
        return self.waiting[0] if self.waiting and not self.finished else None

    @property
    def done(self) -> bool:
        """Whether nothing is left to ask. An exam is done only when it was handed in."""
        return self.finished or (self.mode == "practice" and not self.waiting)

    @property
    def wrong(self) -> tuple[str, ...]:
        """Items of this attempt with less than the full mark, or without a response, in order."""
        return tuple(item for item in self.items if item not in self.given or self.given[item].mark < 1)
