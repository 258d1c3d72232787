"""What happens while somebody learns, as values that are stored once and never changed.

Every score, every resume and every report is a fold over these. A kind that this version does not know is kept by the
store and read over here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from ketalearn.assessment.attempt import Attempt, Confidence, Given, Mode, Part
from ketalearn.assessment.response import Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """An attempt began: what is asked, in which order, by which seed."""

    attempt: str
    module: str
    part: Part
    mode: Mode
    seed: int
    items: tuple[str, ...]
    retry_of: str | None = None
    kind: Literal["started"] = "started"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A response was given and marked.

    `order` is the order of options as shown; `fingerprint` is what was asked; `supersedes` is the sequence number of an
    earlier response to the same item in the same attempt that this one replaces (an exam before it is handed in).
    """

    attempt: str
    item: str
    claims: tuple[str, ...] = ()
    fingerprint: str = ""
    response: Response
    order: tuple[int, ...] = ()
    mark: float
    confidence: Confidence | None = None
    hints: int = 0
    supersedes: int | None = None
    kind: Literal["answered"] = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinted:
    """A hint was shown; the response to this item counts as hinted, also after a crash."""

    attempt: str
    item: str
    kind: Literal["hinted"] = "hinted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """An item was put behind the others."""

    attempt: str
    item: str
    kind: Literal["skipped"] = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """An attempt was handed in or came to its end."""

    attempt: str
    kind: Literal["finished"] = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Something was shown that may judge a sentence or must come before an item: page/ID, tactic/ID, passage/ID, primer."""

    module: str
    what: str
    kind: Literal["seen"] = "seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restarted:
    """The learner began a module anew; what came before stays in the history and out of its progress."""

    module: str
    kind: Literal["restarted"] = "restarted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged:
    """The learner put a note on an item, or flagged it as one that may be bad."""

    item: str
    note: str = ""
    bad: bool = False
    kind: Literal["flagged"] = "flagged"


Event = Started | Answered | Hinted | Skipped | Finished | Seen | Restarted | Flagged


def advance(attempts: dict[str, Attempt], event: Event) -> None:
    """Fold one event into the attempts so far, by id. Events of an attempt that never began are read over."""
    if isinstance(event, Started):
        attempts[event.attempt] = Attempt(
            id=event.attempt,
            module=event.module,
            part=event.part,
            mode=event.mode,
            seed=event.seed,
            items=event.items,
            retry_of=event.retry_of,
        )
        return
    if isinstance(event, (Seen, Restarted, Flagged)):
        return
    attempt = attempts.get(event.attempt)
    if attempt is None:
        return
    if isinstance(event, Answered):
        if attempt.mode == "practice" and event.item in attempt.given:
            return  # two windows answered it; the first response counts
        given = Given(response=event.response, mark=event.mark, confidence=event.confidence, hints=event.hints)
        # Not Attempt.answer: what was stored is taken as it is, whatever today's rules would say of it.
        attempts[event.attempt] = replace(attempt, given={**attempt.given, event.item: given})
    elif isinstance(event, Hinted):
        attempts[event.attempt] = attempt.hint(event.item)
    elif isinstance(event, Skipped):
        attempts[event.attempt] = attempt.skip(event.item)
    else:
        attempts[event.attempt] = attempt.finish()
