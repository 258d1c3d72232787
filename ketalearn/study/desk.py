"""Where items are asked and answered: the part that a module's sets and the review share.

An answer is marked, stored, and only then shown: `answer` returns after the journal has it on the disk.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import UTC, datetime

from ketalearn.assessment.attempt import Attempt, Confidence, Given, Mode, Part
from ketalearn.assessment.draw import fingerprint, option_order
from ketalearn.assessment.events import Answered, Finished, Flagged, Hinted, Skipped, Started
from ketalearn.assessment.marking import mark
from ketalearn.assessment.response import Response
from ketalearn.library.codec import decode, encode
from ketalearn.library.compiled import CompiledPack
from ketalearn.study.asking import Ask, Asking
from ketalearn.study.feedback import Feedback, Telling
from ketalearn.study.history import History
from ketalearn.study.sources import Sources


class Desk(ABC):
    """A set of items being taken. `chance` gives seeds; `now` gives aware UTC times."""

    def __init__(
        self,
        pack: CompiledPack,
        history: History,
        chance: Callable[[], int],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.pack, self.history, self._chance, self.now = pack, history, chance, now
        self.sources = Sources(pack, now())
        self.asking = Asking(pack, self.sources)
        self.telling = Telling(pack, self.asking, self.sources)

    @property
    @abstractmethod
    def scope(self) -> str:
        """Whose set it is: a module's id, or the review's own name."""

    @property
    @abstractmethod
    def part(self) -> Part:
        """Which set is asked."""

    @property
    @abstractmethod
    def headings(self) -> tuple[str, str]:
        """What the top of a screen says: whose set it is, and which."""

    @abstractmethod
    def _draw(self, seed: int) -> tuple[str, ...]:
        """Draw the addresses to ask."""

    @property
    def attempt(self) -> Attempt | None:
        """The newest attempt at this set; None when it was not begun."""
        return self.history.attempt(self.scope, self.part)

    def begin(self, mode: Mode = "practice") -> Attempt:
        """Begin an attempt at the current step's items, or give the one that is open."""
        self.history.catch_up()  # another window of this learner may have begun one
        open_ = self.attempt
        if open_ is not None and not open_.done:
            return open_
        seed = self._chance()
        return self._start(self._draw(seed), mode, seed, None)

    def retry(self) -> Attempt | None:
        """Begin a retry of what was not fully right, in the same order of items and options. None when all was right.

        An attempt that is still open is given back instead.
        """
        self.history.catch_up()  # as in `begin`
        last = self.attempt
        if last is None or not last.wrong:
            return None
        if not last.done:
            return last
        return self._start(last.wrong, "practice", last.seed, last.id)

    def _start(self, items: tuple[str, ...], mode: Mode, seed: int, retry_of: str | None) -> Attempt:
        number = self.history.begun + self.history.unknown + 1  # a beginning that was damaged counts as well
        name = f"{self.scope}/{self.part}/{number}"
        self.history.write(
            Started(attempt=name, module=self.scope, part=self.part, mode=mode, seed=seed, items=items, retry_of=retry_of)
        )
        self._forget_drafts()
        return self.history.attempts[name]

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
        answered = Answered(
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
        with self.history.together():
            self.history.write(answered)
            self.draft(address, None)
        return None if attempt.mode == "exam" else self.feedback(address)

    def feedback(self, address: str) -> Feedback:
        """Show the feedback to an item of the current attempt."""
        attempt = self.attempt
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

    def kept(self, address: str) -> tuple[Response, Confidence | None]:
        """Give what to show of an answer when an item is asked: the draft, else what an exam holds already."""
        drafted = self.drafted(address)
        given = self.attempt.given.get(address) if self.attempt else None
        if drafted[0] != Response() or given is None or given.response.dont_know:
            return drafted
        return given.response, given.confidence

    def _forget_drafts(self) -> None:
        for key in [key for key in self.history.places if key.startswith(self._draft_prefix)]:
            self.history.put(key, "")

    @property
    def _draft_prefix(self) -> str:
        return f"draft/{self.scope}/"
