"""When an item comes back: a fold over the history by FSRS. The same history gives the same days, twice and for ever.

`fsrs` is imported where a card is reviewed, never at start: what is due is kept in the checkpoint.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from ketalearn.assessment.attempt import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCard:
    """What is remembered of an item: FSRS's state, and what was asked."""

    stability: float
    difficulty: float
    due: str
    """Aware UTC, ISO 8601."""
    last: str
    fingerprint: str

    def is_due(self, now: datetime) -> bool:
        """Say whether it is due by the end of this UTC day: a learner plans by days, not by minutes."""
        return datetime.fromisoformat(self.due).date() <= now.date()


def rating(mark: float, confidence: Confidence | None, dont_know: bool = False) -> int:
    """Give FSRS's rating: 1 again, 2 hard, 3 good, 4 easy. A mark below 1 is again; not said how sure is good."""
    if mark < 1 or dont_know:
        return 1
    return {1: 2, 2: 3, 3: 4}[confidence] if confidence else 3


def reviewed(card: ReviewCard | None, rated: int, at: datetime, fingerprint: str) -> ReviewCard:
    """Give the card after a review. A clock that went back counts as no time passed; an edited item begins anew."""
    fsrs, scheduler = _scheduler()
    if card is None or card.fingerprint != fingerprint:
        before = fsrs.Card(card_id=1)
    else:
        at = max(at, datetime.fromisoformat(card.last))
        before = fsrs.Card(
            card_id=1,
            state=fsrs.State.Review,
            stability=card.stability,
            difficulty=card.difficulty,
            due=datetime.fromisoformat(card.due),
            last_review=datetime.fromisoformat(card.last),
        )
    after, _ = scheduler.review_card(before, fsrs.Rating(rated), at.astimezone(UTC))
    return ReviewCard(
        stability=after.stability,
        difficulty=after.difficulty,
        due=max(after.due, at + timedelta(days=1)).isoformat(),
        last=at.isoformat(),
        fingerprint=fingerprint,
    )


@lru_cache(maxsize=1)
def _scheduler() -> tuple[Any, Any]:
    import fsrs

    # Without steps and fuzz the fold is deterministic, and nothing comes back within the same day.
    return fsrs, fsrs.Scheduler(enable_fuzzing=False, learning_steps=(), relearning_steps=())
