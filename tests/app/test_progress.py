"""Review, progress and every past answer, by keys and by mouse, on a course with agreed labels and four sittings."""

from __future__ import annotations

import itertools
import random
from datetime import timedelta
from pathlib import Path

import pytest

from ketalearn.app.widgets.prose import Prose
from ketalearn.assessment.response import Response
from ketalearn.content.scheme import ANSWERS
from ketalearn.store.journal import Journal
from ketalearn.study.course import Course
from ketalearn.study.history import History
from ketalearn.study.packs import open_pack
from tests.app.driving import make_course, seated
from tests.conftest import NOW
from tests.study.test_learners import labelled_pack


@pytest.fixture
def taken(home: Path, cache: Path, tmp_path: Path) -> Course:
    """A learner who took the quiz four times over a fortnight, better each time, and sits down some days later."""
    pack = open_pack(labelled_pack(tmp_path), cache)
    seeds, chance = itertools.count(1), random.Random(2)
    journal = Journal(home / "history.sqlite3")
    for day in range(4):
        at = NOW - timedelta(days=20 - 5 * day)
        course = Course(pack, History(journal, pack, lambda at=at: at), lambda: next(seeds), lambda at=at: at)  # type: ignore[misc]  # a default of a lambda has no type
        sitting = course.sit("lamps")
        if day:
            sitting.restart()
        sitting.go("primer")
        sitting.go("quiz")
        sitting.begin()
        while (ask := sitting.ask()) is not None:
            basis = sitting.asking.labels(sitting.asking.item(ask.address))[0].basis
            answer = basis if chance.random() < 0.6 + 0.1 * day else chance.choice(ANSWERS)
            sitting.answer(ask.address, Response(chosen=(ANSWERS.index(answer),)), chance.choice([1, 2, 3]))
    return Course(pack, History(journal, pack, lambda: NOW), lambda: next(seeds), lambda: NOW)


async def test_home_says_what_is_due_and_r_reviews_it(taken: Course) -> None:
    due = len(taken.review().due())
    assert due
    async with seated(taken, size=(80, 24)) as seat:
        assert f"{due} due today" in seat.text
        await seat.press("r")
        assert seat.screen == "ItemsScreen"
        assert "Review" in seat.text.splitlines()[0]
        await seat.press("2", "enter")
        assert "You chose" in seat.text
        await seat.press("escape")
        assert seat.screen == "HomeScreen"
        assert len(taken.review().due()) == due - 1


async def test_the_box_with_what_is_due_opens_the_review_by_mouse(taken: Course) -> None:
    async with seated(taken, size=(100, 30)) as seat:
        row = next(y for y, line in enumerate(seat.text.splitlines()) if "back today" in line)
        await seat.pilot.click(offset=(10, row))
        await seat.pilot.pause()
        assert seat.screen == "ItemsScreen"


async def test_progress_tells_what_is_known_how_sure_and_how_well_judged_each_with_n(taken: Course) -> None:
    async with seated(taken, size=(80, 24)) as seat:
        await seat.press("p")
        assert seat.screen == "ProgressScreen"
        shown = " ".join(seat.app.screen.query_one("#figures", Prose).render().plain.split())
        for words in (
            "due today",
            "right when last answered",
            "Sure, and wrong:",
            "Right, though you were unsure",
            "(n = ",
            "Discernment J",
            "d′",
            "Marks of each quiz",
            "Right, of 100, by how sure",
        ):
            assert words in shown, words


async def test_every_past_answer_is_found_again_with_its_passage(taken: Course) -> None:
    async with seated(taken, size=(100, 30)) as seat:
        await seat.press("p", "h")
        assert seat.screen == "ListScreen"
        await seat.press("down", "enter")
        assert seat.screen == "LookScreen"
        shown = seat.app.screen.query_one(Prose).render().plain
        assert "ONE BY ONE" in shown
        assert "▐Lamp" in shown
        await seat.press("o")
        assert seat.screen == "DocumentScreen"
        await seat.press("escape", "escape", "escape", "escape")
        assert seat.screen == "HomeScreen"


async def test_a_new_learner_is_offered_neither_review_nor_progress(home: Path, cache: Path) -> None:
    async with seated(make_course(home, cache), size=(80, 24)) as seat:
        await seat.press("enter", "escape")
        foot = seat.text.splitlines()[-1]
        assert "Review" not in foot
        assert "Progress" not in foot
        await seat.press("p", "r", "x")
        assert seat.screen == "HomeScreen"
