from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ketalearn.assessment.review import rating, reviewed

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("mark", "confidence", "dont_know", "rated"),
    [
        (1, 1, False, 2),
        (1, 2, False, 3),
        (1, 3, False, 4),
        (1, None, False, 3),
        (0, 3, False, 1),
        (0.5, 3, False, 1),
        (0, None, True, 1),
    ],
)
def test_the_rating_follows_the_mark_and_how_sure_one_was(
    mark: float, confidence: int | None, dont_know: bool, rated: int
) -> None:
    assert rating(mark, confidence, dont_know) == rated  # type: ignore[arg-type]  # one of the three steps


@pytest.mark.parametrize(("rated", "stability", "days"), [(1, 0.212, 1), (2, 1.2931, 1), (3, 2.3065, 2), (4, 8.2956, 8)])
def test_the_first_rating_gives_the_published_stability_and_days(rated: int, stability: float, days: int) -> None:
    card = reviewed(None, rated, NOW, "x")
    assert card.stability == pytest.approx(stability)
    assert datetime.fromisoformat(card.due) - NOW == timedelta(days=days)


def test_the_same_reviews_give_the_same_dates_twice() -> None:
    def fold() -> str:
        card = reviewed(None, 3, NOW, "x")
        for number, rated in enumerate((3, 1, 4, 2), start=1):
            card = reviewed(card, rated, NOW + timedelta(days=5 * number), "x")
        return card.due

    assert fold() == fold()


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_jumps_locks_nothing(years: int) -> None:
    card = reviewed(None, 3, NOW, "x")
    there = reviewed(card, 3, NOW.replace(year=NOW.year + years), "x")
    back = reviewed(there, 1, NOW, "x")
    assert datetime.fromisoformat(back.due) >= datetime.fromisoformat(back.last) + timedelta(days=1)


def test_an_edited_item_begins_anew() -> None:
    card = reviewed(reviewed(None, 4, NOW, "old"), 4, NOW + timedelta(days=8), "old")
    assert reviewed(card, 3, NOW + timedelta(days=9), "new").stability == pytest.approx(2.3065)


def test_what_is_due_is_told_by_days() -> None:
    card = reviewed(None, 1, NOW.replace(hour=23), "x")
    assert not card.is_due(NOW)
    assert card.is_due((NOW + timedelta(days=1)).replace(hour=1))
