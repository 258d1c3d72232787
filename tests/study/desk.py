"""A learner at a desk: a real history in a real file, opened anew as often as one likes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from ketalearn.assessment.attempt import Attempt, Confidence, Mode
from ketalearn.assessment.response import Response
from ketalearn.content.items import ChoiceItem, FillIn, Item, JudgeClaim, Locate, Match, Numeric, Order, Spot
from ketalearn.content.scheme import ANSWERS
from ketalearn.library.compiled import CompiledPack
from ketalearn.store.journal import Journal
from ketalearn.study.course import Course
from ketalearn.study.feedback import Feedback
from ketalearn.study.history import History
from ketalearn.study.packs import open_pack
from ketalearn.study.sitting import Sitting
from tests.conftest import NOW

EVERY_KIND = Path(__file__).parent / "every-kind.yaml"


class Desk:
    """Opens the same history anew each time, as after a crash; seeds go on where they were."""

    def __init__(self, home: Path, pack: CompiledPack, seeds: Iterator[int] | None = None, now: datetime = NOW) -> None:
        self.path, self.pack, self.now = home / "history.sqlite3", pack, now
        self.seeds = seeds or itertools.count(1)
        self._journals: list[Journal] = []

    def journal(self) -> Journal:
        """Open the file once more."""
        self._journals.append(Journal(self.path))
        return self._journals[-1]

    def course(self) -> Course:
        """Open the course as a new process would."""
        history = History(self.journal(), self.pack, lambda: self.now)
        return Course(self.pack, history, chance=lambda: next(self.seeds), now=lambda: self.now)

    def sit(self, module: str = "one") -> Sitting:
        """Sit down at a module as a new process would."""
        return self.course().sit(module)

    def close_all_but(self, sitting: Sitting) -> None:
        """Close the files that nobody sits at."""
        for journal in [journal for journal in self._journals if journal is not sitting.history._log]:
            journal.close()
            self._journals.remove(journal)

    def close(self) -> None:
        """Close every file."""
        for journal in self._journals:
            journal.close()


def every_kind(cache: Path, path: Path = EVERY_KIND) -> CompiledPack:
    """Open the small pack that has an item of every kind."""
    return open_pack(path, cache)


def prime(sitting: Sitting) -> None:
    """Look at the four answers, which judging waits for."""
    if any(step.kind == "primer" for step in sitting.steps):
        sitting.go("primer")


def read_all(sitting: Sitting) -> None:
    """Read every page and card."""
    for step in sitting.steps:
        if not step.is_items:
            sitting.go(step.key)


def begin(sitting: Sitting, part: str = "quiz", mode: Mode = "practice") -> Attempt:
    """Read everything and begin a part."""
    read_all(sitting)
    sitting.go(part)
    return sitting.begin(mode)


def right(sitting: Sitting, address: str) -> Response:
    """Give the response that earns the full mark."""
    return key(sitting, sitting.asking.item(address))


def key(sitting: Sitting, item: Item) -> Response:
    """Give the response that earns the full mark, from the author's side."""
    labels = sitting.asking.labels(item)
    match item:
        case ChoiceItem():
            return Response(chosen=tuple(number for number, option in enumerate(item.options) if option.key))
        case Order():
            return Response(chosen=tuple(range(len(item.parts))))
        case Match():
            return Response(chosen=tuple(range(len(item.pairs))))
        case FillIn():
            return Response(text=item.accept[0])
        case Numeric():
            return Response(text=f"{item.value:g}")
        case Locate():
            return Response(chosen=tuple(number for number, place in enumerate(item.places) if place.key))
        case JudgeClaim():
            return Response(chosen=(ANSWERS.index(labels[0].basis),))
        case Spot():
            return Response(chosen=tuple(number for number, label in enumerate(labels) if label.signal))
    raise AssertionError(item)


def wrong(sitting: Sitting, address: str) -> Response:
    """Give a response that earns nothing."""
    item = sitting.asking.item(address)
    labels = sitting.asking.labels(item)
    match item:
        case ChoiceItem():
            return Response(chosen=(next(number for number, option in enumerate(item.options) if not option.key),))
        case Order():
            return Response(chosen=tuple(reversed(range(len(item.parts)))))
        case Match():
            return Response(chosen=(len(item.pairs),) * len(item.pairs))
        case FillIn():
            return Response(text="lamp")
        case Numeric():
            return Response(text="1000")
        case Locate():
            return Response(chosen=(next(number for number, place in enumerate(item.places) if not place.key),))
        case JudgeClaim():
            return Response(chosen=(ANSWERS.index("anecdote" if labels[0].basis != "anecdote" else "evidence"),))
        case Spot():
            return Response(chosen=tuple(number for number, label in enumerate(labels) if label.noise))
    raise AssertionError(item)


def answer(sitting: Sitting, ok: bool = True, sure: Confidence | None = None) -> Feedback | None:
    """Answer the item that is asked now, rightly or wrongly."""
    ask = sitting.ask()
    assert ask is not None
    response = right(sitting, ask.address) if ok else wrong(sitting, ask.address)
    return sitting.answer(ask.address, response, sure)


def answer_all(sitting: Sitting, ok: bool = True, sure: Confidence | None = None) -> None:
    """Answer everything that is left."""
    while sitting.ask() is not None:
        answer(sitting, ok, sure)
