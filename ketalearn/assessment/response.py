"""What a learner answered. It stands apart from marking, since the history holds responses and marks nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a learner answered, or “I don't know”.

    `chosen` holds positions in the author's order: of options, places or sentences; for an order the positions as they
    were put; for a match, for each left side the position of its target (pairs' right sides, then spares); for a judging
    item the position in `ANSWERS`. `text` is what was typed.
    """

    chosen: tuple[int, ...] = ()
    text: str = ""
    dont_know: bool = False
