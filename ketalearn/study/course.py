"""A pack as home shows it: its modules with the learner's state, and where to go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from ketalearn.content.cover import Step
from ketalearn.library.compiled import CompiledPack
from ketalearn.library.index import ModuleCard
from ketalearn.study.history import History

if TYPE_CHECKING:
    from ketalearn.content.pack import Document
    from ketalearn.study.review import Review
    from ketalearn.study.sitting import Sitting

# What a module needs is imported when one is opened: home opens first, and needs less.

State = Literal["new", "begun", "done"]
STATE_SIGNS: dict[State, str] = {"new": "○", "begun": "◐", "done": "✓"}
STATE_WORDS: dict[State, str] = {"new": "not begun", "begun": "begun", "done": "done"}


def random_seed() -> int:
    """Give a seed for an attempt."""
    import secrets

    return secrets.randbelow(2**31)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleRow:
    """A module on home."""

    id: str
    number: int
    title: str
    topic: str
    state: State
    where: str
    """“page 3 of 5” for a module that was begun, its result for one that is done."""
    minutes: int
    parts: tuple[tuple[str, State], ...] = ()
    """The three parts that the module has, each with its state."""
    at: int = 0
    """How many steps are behind, of `steps`; 0 of 0 for a module that was not begun."""
    steps: int = 0


class Course:
    """One learner and one pack."""

    def __init__(
        self,
        pack: CompiledPack,
        history: History,
        chance: Callable[[], int] = random_seed,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.pack, self.history, self.chance, self.now = pack, history, chance, now

    @property
    def is_new(self) -> bool:
        """Whether this learner never opened this pack."""
        return not self.history.places and not self.history.attempts

    def rows(self) -> tuple[ModuleRow, ...]:
        """Give the modules in order, with their state. Reads nothing but the index."""
        return tuple(self._row(number, card) for number, card in enumerate(self.pack.index.modules, start=1))

    def _row(self, number: int, card: ModuleCard) -> ModuleRow:
        module = card.id
        kept = self.history.place(f"step/{module}")
        quiz = self.history.reported(module, "quiz")  # a retry is an extra, and undoes nothing
        minutes = card.minutes.read + card.minutes.tell + card.minutes.quiz
        state: State = "new" if kept is None else "begun"
        where = ""
        way = card.steps if kept is not None else ()
        at = next((place for place, step in enumerate(way) if step.key == kept), 0)
        if quiz is not None and quiz.done:
            state = "done"
            marks = sum(given.mark for given in quiz.given.values())
            where = f"{number_words(marks)} of {len(quiz.items)}"
        elif kept is not None:
            where = way[at].note if way[at].kind == "page" else way[at].title
        return ModuleRow(
            id=module,
            number=number,
            title=card.title,
            topic=card.topic,
            state=state,
            where=where,
            minutes=minutes,
            parts=_parts(way, at, state == "done"),
            at=len(way) if state == "done" else at,
            steps=len(way),
        )

    def next_module(self) -> str | None:
        """Give the module to go on with: the last one if it is not done, else the first that is not, else the last."""
        rows = self.rows()
        if not rows:
            return None
        latest = self.history.latest_module()
        open_ = [row.id for row in rows if row.state != "done"]
        if latest in open_:
            return latest
        if open_:
            return open_[0]
        return latest if latest in {row.id for row in rows} else rows[0].id

    def kept_for(self, document: Document) -> str:
        """Give the title of the module that a document is kept for while it is not done, since it is read cold there."""
        for row in self.rows():
            if row.id == document.held_out_until and row.state != "done":
                return row.title
        return ""

    def due(self) -> list[str]:
        """Give the addresses of the items that come back today."""
        return self.history.due(self.now())

    def review(self) -> Review:
        """Give the review of what is due."""
        from ketalearn.study.review import Review

        return Review(self.pack, self.history, self.chance, self.now)

    def sit(self, module: str) -> Sitting:
        """Open a module where the learner left it. Raises `KeyError`."""
        from ketalearn.study.sitting import Sitting

        return Sitting(self.pack, self.history, module, self.chance, self.now)


def _parts(way: Sequence[Step], at: int, done: bool) -> tuple[tuple[str, State], ...]:
    """Say of each part whether it is behind, begun or ahead."""
    found: dict[str, list[int]] = {}
    for place, step in enumerate(way):
        found.setdefault(step.part, []).append(place)
    states: list[tuple[str, State]] = []
    for part, places in found.items():
        state: State = "done" if done or at > places[-1] else "begun" if at >= places[0] else "new"
        states.append((part, state))
    return tuple(states)


def number_words(value: float) -> str:
    """Write a mark without a needless “.0”."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
