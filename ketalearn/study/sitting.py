"""One learner in one module: where they are, and what each step shows or asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from ketalearn.assessment.attempt import Part
from ketalearn.assessment.draw import draw_quiz, draw_tell, tell_pool
from ketalearn.assessment.events import Restarted, Seen
from ketalearn.content.cover import Step
from ketalearn.content.items import claims_of
from ketalearn.library.compiled import CompiledPack
from ketalearn.study.desk import Desk
from ketalearn.study.feedback import Feedback
from ketalearn.study.flow import ReadingView, card_claim, reading_view
from ketalearn.study.history import History
from ketalearn.study.report import Report, report


class Sitting(Desk):
    """A module being taken. `chance` gives seeds; `now` gives aware UTC times."""

    def __init__(
        self,
        pack: CompiledPack,
        history: History,
        module: str,
        chance: Callable[[], int],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Open the module where the learner left it. Raises `KeyError` for an unknown module."""
        super().__init__(pack, history, chance, now)
        self.compiled = pack.module(module)
        self.module = self.compiled.module
        self.steps = next(card.steps for card in pack.index.modules if card.id == module)
        kept = history.place(self._place_key)
        self._index = next((number for number, step in enumerate(self.steps) if step.key == kept), 0)

    @property
    def _place_key(self) -> str:
        return f"step/{self.module.id}"

    # Where the learner is

    @property
    def step(self) -> Step:
        """The current step."""
        return self.steps[self._index]

    @property
    def position(self) -> tuple[int, int]:
        """The number of the current step, from 1, and how many there are."""
        return self._index + 1, len(self.steps)

    def go(self, key: str) -> Step:
        """Go to a step and remember it. Judging waits for the four answers. Raises `StopIteration` for an unknown key."""
        index = next(number for number, step in enumerate(self.steps) if step.key == key)
        if self.steps[index].is_items and self.steps[index].kind != "try" and not self._primed:
            index = next((number for number, step in enumerate(self.steps) if step.kind == "primer"), index)
        self._index = index
        self.enter()
        return self.step

    @property
    def _primed(self) -> bool:
        has = any(step.kind == "primer" for step in self.steps)
        return not has or any(what == "primer" for _, what in self.history.ever_seen)

    def enter(self) -> None:
        """Note that the current step is shown: the place, and what it judges or teaches."""
        with self.history.together():
            self._enter()

    def _enter(self) -> None:
        step = self.step
        self.history.put(self._place_key, step.key)
        if step.kind in ("page", "tactic", "primer"):
            self._see(step.key)
        if step.kind == "tactic":
            self._see(f"claim/{card_claim(self.pack, self.module, step.key.removeprefix('tactic/')).id}")
        if step.kind == "page":
            for cite in self.reading().cites:
                if cite.passage:
                    self._see(f"claim/{cite.passage.id}")

    def _see(self, what: str) -> None:
        if what not in self.history.seen.get(self.module.id, set()):
            self.history.write(Seen(module=self.module.id, what=what))

    def forward(self) -> Step:
        """Go to the next step; the last one stays."""
        return self.go(self.steps[min(self._index + 1, len(self.steps) - 1)].key)

    def back(self) -> Step:
        """Go to the step before; the first one stays."""
        return self.go(self.steps[max(self._index - 1, 0)].key)

    def reading(self) -> ReadingView:
        """Show the current reading step."""
        return reading_view(self.pack, self.sources, self.compiled, self.step)

    def restart(self) -> None:
        """Begin the module anew. The history keeps what was; progress starts at the first step."""
        self.history.write(Restarted(module=self.module.id))
        self._forget_drafts()
        self._index = 0
        self.enter()

    # Items

    @property
    def scope(self) -> str:
        """The module's id."""
        return self.module.id

    @property
    def headings(self) -> tuple[str, str]:
        """The module's title and the step's."""
        return self.module.title, self.step.title

    @property
    def part(self) -> Part:
        """Which set of items the current step asks. Raises `KeyError` at another step."""
        parts: dict[str, Part] = {"try": "try", "tell": "tell", "quiz": "quiz"}
        return parts[self.step.kind]

    def _draw(self, seed: int) -> tuple[str, ...]:
        seen = self.history.seen.get(self.module.id, set())
        ready = {name: item for name, item in self.pack.items(self.module.id).items() if set(item.needs) <= seen}
        if self.part == "try":
            names = tuple(name for name in self.module.try_first if name in ready)
        elif self.part == "quiz":
            names = draw_quiz(self.module, ready, seed)
        else:
            asked = {name for item in self.module.items for name in claims_of(item)}
            shown = {card_claim(self.pack, self.module, card.tactic).id for card in self.module.tactics}
            bases = {name: self.pack.basis(name) for name in self.pack.claims}
            read = {name.removeprefix("claim/") for name in seen}
            pool = tell_pool(self.module, self.pack.claims, bases, asked | shown)
            fresh = [name for name in pool if name not in read]
            enough = self.module.tell is not None and len(fresh) >= self.module.tell.show
            return tuple(
                f"{self.module.id}/claim/{name}"
                for name in draw_tell(
                    self.module, fresh if enough else pool, bases, seed, {c.id: c.twin for c in self.pack.claims.values()}
                )
            )
        return tuple(f"{self.module.id}/{name}" for name in names)

    def look(self, address: str, part: Part) -> Feedback:
        """Show an item of a report again, as it was answered in the attempt that the report counts."""
        attempt = self.history.reported(self.module.id, part)
        assert attempt is not None
        return self.telling.feedback(attempt, address)

    def report(self) -> Report:
        """Say what this module's answers mean so far."""
        return report(self.pack, self.history, self.telling, self.module)
