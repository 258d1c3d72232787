"""One learner in one module: where they are, what is asked, and what becomes of an answer.

An answer is marked, stored, and only then shown: `answer` returns after the journal has it on the disk.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

from ketalearn.assessment.attempt import Attempt, Confidence, Given, Mode, Part
from ketalearn.assessment.draw import draw_quiz, draw_tell, fingerprint, option_order, tell_pool
from ketalearn.assessment.events import Answered, Finished, Flagged, Hinted, Restarted, Seen, Skipped, Started
from ketalearn.assessment.marking import Response, mark
from ketalearn.content.items import claims_of
from ketalearn.library.codec import decode, encode
from ketalearn.library.compiled import CompiledPack
from ketalearn.study.asking import Ask, Asking
from ketalearn.study.feedback import Feedback, Telling
from ketalearn.study.flow import ReadingView, Step, card_claim, reading_view, steps
from ketalearn.study.history import History
from ketalearn.study.report import Report, report, reported
from ketalearn.study.sources import Sources


class Sitting:
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
        self.pack, self.history, self._chance = pack, history, chance
        self.compiled = pack.module(module)
        self.module = self.compiled.module
        self.sources = Sources(pack, now())
        self.asking = Asking(pack, self.sources)
        self.telling = Telling(pack, self.asking, self.sources)
        self.steps = steps(self.module)
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
    def part(self) -> Part:
        """Which set of items the current step asks. Raises `KeyError` at another step."""
        parts: dict[str, Part] = {"try": "try", "tell": "tell", "quiz": "quiz"}
        return parts[self.step.kind]

    @property
    def attempt(self) -> Attempt | None:
        """The attempt at the current step's items; None when it was not begun."""
        return self.history.attempt(self.module.id, self.part)

    def begin(self, mode: Mode = "practice") -> Attempt:
        """Begin an attempt at the current step's items, or give the one that is open."""
        self.history.reload()  # another window of this learner may have begun one
        open_ = self.attempt
        if open_ is not None and not open_.done:
            return open_
        seed = self._chance()
        return self._start(self._draw(seed), mode, seed, None)

    def retry(self) -> Attempt | None:
        """Begin a retry of what was not fully right, in the same order of items and options. None when all was right.

        An attempt that is still open is given back instead.
        """
        self.history.reload()  # as in `begin`
        last = self.attempt
        if last is None or not last.wrong:
            return None
        if not last.done:
            return last
        return self._start(last.wrong, "practice", last.seed, last.id)

    def _start(self, items: tuple[str, ...], mode: Mode, seed: int, retry_of: str | None) -> Attempt:
        number = len(self.history.attempts) + 1
        while (name := f"{self.module.id}/{self.part}/{number}") in self.history.attempts:
            number += 1  # a damaged row left fewer attempts than there were
        self.history.write(
            Started(attempt=name, module=self.module.id, part=self.part, mode=mode, seed=seed, items=items, retry_of=retry_of)
        )
        self._forget_drafts()
        return self.history.attempts[name]

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
                f"{self.module.id}/claim/{name}" for name in draw_tell(self.module, fresh if enough else pool, bases, seed)
            )
        return tuple(f"{self.module.id}/{name}" for name in names)

    def ask(self, address: str | None = None) -> Ask | None:
        """Show the item to ask now, or in an exam any item of the attempt. None when nothing is left."""
        attempt = self._open()
        address = address or attempt.current
        return self.asking.ask(attempt, address) if address else None

    def answer(self, address: str, response: Response, confidence: Confidence | None = None) -> Feedback | None:
        """Mark a response, store it, and give the feedback; None in an exam, where it waits for the end.

        Raises `ValueError` for a response that does not fit, and what the store raises; then nothing was accepted.
        """
        attempt = self._open()
        item = self.asking.item(address)
        claims = self.asking.claims(item)
        points = mark(item, response, self.asking.labels(item))
        hints = attempt.hints.get(address, 0)
        sure = None if response.dont_know else confidence
        attempt.answer(address, Given(response=response, mark=points, confidence=sure, hints=hints))
        self.history.write(
            Answered(
                attempt=attempt.id,
                item=address,
                claims=tuple(claim.id for claim in claims),
                fingerprint=fingerprint(item, claims),
                response=response,
                order=option_order(attempt.seed, address, item),
                mark=points,
                confidence=sure,
                hints=hints,
                supersedes=self.history.last_answer(attempt.id, address),
            )
        )
        self.draft(address, None)
        return None if attempt.mode == "exam" else self.feedback(address)

    def feedback(self, address: str) -> Feedback:
        """Show the feedback to an item of the current attempt."""
        attempt = self.attempt
        assert attempt is not None
        return self.telling.feedback(attempt, address)

    def look(self, address: str, part: Part) -> Feedback:
        """Show an item of a report again, as it was answered in the attempt that the report counts."""
        attempt = reported(self.history, self.module.id, part)
        assert attempt is not None
        return self.telling.feedback(attempt, address)

    def hint(self, address: str) -> Ask:
        """Show one more hint, if there is one; the response then counts as hinted."""
        attempt = self._open()
        ask = self.asking.ask(attempt, address)
        if ask.hints_left:
            self.history.write(Hinted(attempt=attempt.id, item=address))
        return self.asking.ask(self._open(), address)

    def skip(self, address: str) -> Ask | None:
        """Put an item behind the others that wait, and show the next."""
        self.history.write(Skipped(attempt=self._open().id, item=address))
        return self.ask()

    def finish(self) -> None:
        """Hand in an exam, or leave a practice set with items unanswered."""
        attempt = self.attempt
        if attempt is not None and not attempt.finished:
            self.history.write(Finished(attempt=attempt.id))
            self._forget_drafts()

    def flag(self, address: str, note: str = "", bad: bool = False) -> None:
        """Keep a note on an item, or flag it as one that may be bad."""
        self.history.write(Flagged(item=address, note=note, bad=bad))

    def _open(self) -> Attempt:
        attempt = self.attempt
        if attempt is None:
            raise ValueError("no attempt is open here")
        return attempt

    # Drafts: what is chosen and not yet answered. Kept outside the history, never graded.

    def draft(self, address: str, response: Response | None, confidence: Confidence | None = None) -> None:
        """Keep what is chosen or typed and how sure, or forget it with None."""
        empty = response is None or (response == Response() and confidence is None)
        value = "" if empty else json.dumps({"response": encode(response), "confidence": confidence})
        self.history.put(f"draft/{address}", value)

    def drafted(self, address: str) -> tuple[Response, Confidence | None]:
        """Give the kept draft of an item; an empty one when there is none or it no longer fits."""
        try:
            kept = json.loads(self.history.place(f"draft/{address}") or "{}")
            response = decode(Response, kept.get("response", {}))
            confidence = kept.get("confidence")
        except (ValueError, TypeError, AttributeError):
            return Response(), None
        return response, confidence if confidence in (1, 2, 3) else None

    def _forget_drafts(self) -> None:
        for key in [key for key in self.history.places if key.startswith(f"draft/{self.module.id}/")]:
            self.history.put(key, "")

    def report(self) -> Report:
        """Say what this module's answers mean so far."""
        return report(self.pack, self.history, self.telling, self.module)
