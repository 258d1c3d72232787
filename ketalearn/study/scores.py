"""What all answers together say, as a fold over events: what is known, what is due, and how well judging and confidence fit.

Nothing here is stored but in the disposable checkpoint; the same events on the same pack give the same scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from ketalearn.assessment.confidence import Said, Tally
from ketalearn.assessment.discernment import Discernment, Judgement, count
from ketalearn.assessment.events import Answered, Event, Finished, Seen, Started
from ketalearn.assessment.response import Response
from ketalearn.assessment.review import ReviewCard, rating, reviewed
from ketalearn.content.scheme import ANSWERS
from ketalearn.library.compiled import CompiledPack

if TYPE_CHECKING:
    from ketalearn.content.items import Item
    from ketalearn.study.asking import Asking

# What marks an item is imported when a response is folded in: home opens first, and mostly goes on from a checkpoint.


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingScore:
    """One finished set of items: a point of the plots over time."""

    at: str
    module: str
    part: str
    marks: float
    n: int
    found: Discernment = field(default_factory=Discernment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A set of items that is being answered."""

    module: str
    part: str
    mode: str
    n: int
    retry: bool
    marks: dict[str, float] = field(default_factory=dict)
    found: Discernment = field(default_factory=Discernment)
    waiting: dict[str, Answered] = field(default_factory=dict)
    """In an exam, the last response to each item; it counts when the exam is handed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Everything that the fold knows, as it lies in the checkpoint."""

    met: tuple[str, ...] = ()
    """Items that were answered before, and claims that a page, card, warm-up or item has judged."""
    pooled: Discernment = field(default_factory=Discernment)
    """First, unhinted judgements of sentences whose labels are agreed."""
    practice: Discernment = field(default_factory=Discernment)
    """The same of provisional labels; shown as practice and counted nowhere."""
    steps: dict[str, Tally] = field(default_factory=dict)
    cards: dict[str, ReviewCard] = field(default_factory=dict)
    latest: dict[str, float] = field(default_factory=dict)
    before: dict[str, float] = field(default_factory=dict)
    after: dict[str, float] = field(default_factory=dict)
    sittings: tuple[SittingScore, ...] = ()
    open: dict[str, Open] = field(default_factory=dict)
    corrected: tuple[str, ...] = ()
    """Items that were changed since they were answered last."""


class Scores:
    """The fold of one pack. `take` folds an event in; `state` is what to keep of it."""

    def __init__(self, pack: CompiledPack, now: datetime, state: State | None = None) -> None:
        """Begin, or go on from a state that was kept for this very pack."""
        self.pack = pack
        self._now = now
        kept = state or State()
        self.met = set(kept.met)
        self.pooled, self.practice = kept.pooled, kept.practice
        self.steps, self.cards, self.latest = dict(kept.steps), dict(kept.cards), dict(kept.latest)
        self.before, self.after = dict(kept.before), dict(kept.after)
        self.sittings = list(kept.sittings)
        self.open = dict(kept.open)
        self.corrected = set(kept.corrected)

    @cached_property
    def asking(self) -> Asking:
        """What gives the items behind their addresses."""
        from ketalearn.study.asking import Asking
        from ketalearn.study.sources import Sources

        return Asking(self.pack, Sources(self.pack, self._now))

    @property
    def state(self) -> State:
        """Give what to keep."""
        return State(
            met=tuple(sorted(self.met)),
            pooled=self.pooled,
            practice=self.practice,
            steps=self.steps,
            cards=self.cards,
            latest=self.latest,
            before=self.before,
            after=self.after,
            sittings=tuple(self.sittings),
            open=self.open,
            corrected=tuple(sorted(self.corrected)),
        )

    def take(self, at: str, event: Event) -> None:
        """Fold one event in; `at` is its time."""
        if isinstance(event, Started):
            n, retry = len(event.items), event.retry_of is not None
            self.open[event.attempt] = Open(module=event.module, part=event.part, mode=event.mode, n=n, retry=retry)
        elif isinstance(event, Seen) and event.what.startswith("claim/"):
            self.met.add(event.what)
        elif isinstance(event, Answered):
            self._answered(at, event)
        elif isinstance(event, Finished):
            self._finished(at, event.attempt)

    def _answered(self, at: str, event: Answered) -> None:
        open_ = self.open.get(event.attempt)
        if open_ is None:
            return
        if event.item in open_.marks:
            return  # two windows answered it; the first response counts
        if open_.mode == "exam":
            self.open[event.attempt] = replace(open_, waiting={**open_.waiting, event.item: event})
            return
        self._count(at, event, open_)
        open_ = self.open[event.attempt]
        if len(open_.marks) >= open_.n:
            self._close(at, event.attempt)

    def _finished(self, at: str, attempt: str) -> None:
        open_ = self.open.get(attempt)
        if open_ is None:
            return
        for event in open_.waiting.values():
            self._count(at, event, self.open[attempt])
        self._close(at, attempt)

    def _close(self, at: str, attempt: str) -> None:
        open_ = self.open.pop(attempt)
        if open_.part in ("quiz", "tell") and not open_.retry and open_.marks:
            marks = sum(open_.marks.values())
            self.sittings.append(
                SittingScore(at=at, module=open_.module, part=open_.part, marks=marks, n=open_.n, found=open_.found)
            )

    def _count(self, at: str, event: Answered, open_: Open) -> None:
        try:
            item = self.asking.item(event.item)
        except KeyError:
            item = None  # gone from the pack: the history keeps it, and it counts for nothing that is shown now
        found = Discernment()
        if item is not None:
            found = self._judged(item, event)
            self._said(event)
            self._known(at, item, event, open_)
        self.met.add(event.item)
        self.met.update(f"claim/{claim}" for claim in event.claims)
        self.open[event.attempt] = replace(
            open_, marks={**open_.marks, event.item: event.mark}, found=open_.found + found, waiting={}
        )

    def _judged(self, item: Item, event: Answered) -> Discernment:
        """Count the judgements of sentences that nothing has judged before, if no hint was shown."""
        if event.hints:
            return Discernment()
        claims = self.asking.claims(item)
        judged = judgements(self.asking, item, event.response)
        fresh = [(c, j) for c, j in zip(claims, judged, strict=True) if f"claim/{c.id}" not in self.met and c.scored]
        agreed = count(j for c, j in fresh if c.label == "agreed")
        self.pooled += agreed
        self.practice += count(j for c, j in fresh if c.label == "provisional")
        return agreed

    def _said(self, event: Answered) -> None:
        """Count how sure a first, unhinted response was."""
        if event.confidence is None or event.hints or event.item in self.met or event.response.dont_know:
            return
        key = str(event.confidence)
        self.steps[key] = self.steps.get(key, Tally()).plus(Said(event.confidence, event.mark))

    def _known(self, at: str, item: Item, event: Answered, open_: Open) -> None:
        """Remember what is known now, what was known before reading, and when the item comes back."""
        from ketalearn.assessment.draw import fingerprint

        if open_.part == "try":
            self.before.setdefault(event.item, event.mark)
            return
        if open_.part == "quiz" and not open_.retry:
            self.after.setdefault(event.item, event.mark)
        self.latest[event.item] = event.mark
        asked = fingerprint(item, self.asking.claims(item))
        if event.fingerprint and event.fingerprint != asked:
            self.corrected.add(event.item)
        else:
            self.corrected.discard(event.item)
        rated = rating(event.mark, event.confidence, event.response.dont_know)
        when = datetime.fromisoformat(at)
        self.cards[event.item] = reviewed(self.cards.get(event.item), rated, when, event.fingerprint or asked)

    # What the screens ask

    def due(self, now: datetime) -> list[str]:
        """Give the addresses that come back today: corrected ones first, then by their day. The pack's own items only."""
        waiting = [(card.due, name) for name, card in self.cards.items() if card.is_due(now) and name not in self.corrected]
        corrected = sorted(name for name in self.corrected if name in self.cards)
        return [*corrected, *(name for _, name in sorted(waiting))]


def judgements(asking: Asking, item: Item, response: Response) -> Sequence[Judgement]:
    """Give what a response judges: one sentence, or every sentence of an excerpt; nothing for knowledge."""
    found = []
    for position, labels in enumerate(asking.labels(item)):
        if item.kind == "judge-claim":
            chosen = [ANSWERS[number] for number in response.chosen if 0 <= number < len(ANSWERS)]
            flagged = None if response.dont_know or not chosen else chosen[0] == "marketing"
        else:
            flagged = None if response.dont_know else position in response.chosen
        found.append(Judgement(basis=labels.basis, kind=labels.kind, flagged=flagged))
    return found
