"""Every past response: what was asked, what was answered, what is right, and the passage, also years later.

An item that is gone from the pack stays in the list and says so; one that was changed since says that.
"""

from __future__ import annotations

from dataclasses import dataclass

from ketalearn.assessment.attempt import Attempt, Given
from ketalearn.assessment.draw import fingerprint
from ketalearn.assessment.events import Answered, Started
from ketalearn.study.desk import Desk
from ketalearn.study.feedback import Feedback
from ketalearn.study.history import History, Told
from ketalearn.study.reasons import result_words

NEWEST = 500
PART_WORDS = {"try": "before reading", "tell": "sentences", "quiz": "quiz", "review": "review"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PastLine:
    """One past response as a line, and what it takes to show it whole."""

    at: str
    sign: str
    text: str
    note: str
    attempt: Attempt | None
    """None when the item is gone from the pack."""
    address: str


def past_lines(history: History, desk: Desk, limit: int = NEWEST) -> tuple[PastLine, ...]:
    """Give the newest responses, newest first. Those of an exam that was not handed in yet are not told."""
    began = history.beginnings()
    sealed = {name for name, attempt in history.attempts.items() if attempt.mode == "exam" and not attempt.done}
    found = [told for told in history.told if told.event.attempt not in sealed]
    return tuple(_line(told, began.get(told.event.attempt), desk) for told in reversed(found[-limit:]))


def _line(told: Told, began: Started | None, desk: Desk) -> PastLine:
    event = told.event
    given = Given(response=event.response, mark=event.mark, confidence=event.confidence, hints=event.hints)
    day = told.at[:10]
    part = PART_WORDS.get(began.part, "") if began else ""
    try:
        item = desk.asking.item(event.item)
        attempt = Attempt(
            id=event.attempt,
            module=event.item.partition("/")[0],
            part=began.part if began else "quiz",
            seed=began.seed if began else 0,
            items=(event.item,),
            given={event.item: given},
        )
        feedback = desk.telling.feedback(attempt, event.item)
    except (KeyError, IndexError, ValueError):
        note = f"{day} · {part} · this item is no longer in the course; your answer is kept"
        return PastLine(at=told.at, sign="–", text=event.item, note=note, attempt=None, address=event.item)
    changed = _is_changed(event, fingerprint(item, desk.asking.claims(item)))
    notes = [day, part, f"you: {feedback.chosen}", "corrected since you answered" if changed else ""]
    return PastLine(
        at=told.at,
        sign=result_words(given)[1],
        text=desk.asking.title(item),
        note=" · ".join(note for note in notes if note),
        attempt=attempt,
        address=event.item,
    )


def _is_changed(event: Answered, asked: str) -> bool:
    return bool(event.fingerprint) and event.fingerprint != asked


def look(desk: Desk, line: PastLine) -> Feedback | None:
    """Show a past response whole; None when the item is gone."""
    return desk.telling.feedback(line.attempt, line.address) if line.attempt is not None else None
