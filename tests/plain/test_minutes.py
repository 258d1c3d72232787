"""A learner who has ten minutes can trust the minutes that a module states."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driving import make_course
from tests.conftest import KETAMINE
from tests.minutes import PARTS, minutes, taken


def test_words_and_responses_of_a_part_are_counted_and_prompts_are_not() -> None:
    page = "== A · A page · step 1 of 3 ==\n" + "word " * 238 + "\n[Enter next]\n> \n"
    stop = "== A · A stopping place · step 2 of 3 ==\n\n[Enter next]\n> \n"
    quiz = "== A · Quiz · step 3 of 3 ==\n" + "word " * 119 + "\n[number 1–4]\n> 2 f\n"
    assert minutes(page + stop + quiz) == {"read": 1.0, "tell": 0.0, "quiz": 0.5 + 5 / 60}


@pytest.mark.parametrize("number", range(9))
def test_a_part_can_be_read_and_answered_in_the_minutes_that_it_states(number: int, home: Path, cache: Path) -> None:
    course = make_course(home, cache, KETAMINE)
    card = course.pack.index.modules[number]
    found = minutes(taken(course, card.id))
    for part in PARTS:
        assert found[part] <= getattr(card.minutes, part), (card.id, part, found)
