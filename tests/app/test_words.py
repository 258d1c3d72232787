"""A term on a page opens its entry, g opens all of them, and a document that is read cold does not open early."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketalearn.study.course import Course
from tests.app.driving import make_course, seated
from tests.study.test_words import GLOSSARY, changed


@pytest.fixture
def glossed(tmp_path: Path, home: Path, cache: Path) -> Course:
    held = ("    gain: sells lamps\n", "    gain: sells lamps\n    held-out-until: two\n    gaps: {cost: It names no price.}\n")
    return make_course(home, cache, changed(tmp_path, held, more=GLOSSARY))


async def test_a_click_on_a_term_opens_its_entry_and_enter_closes_it(glossed: Course) -> None:
    glossed.sit("one").go("page/first")
    async with seated(glossed) as seat:
        await seat.press("enter")
        assert seat.screen == "ReadingScreen"
        row = next(number for number, line in enumerate(seat.text.splitlines()) if "Warm" in line)
        column = seat.text.splitlines()[row].index("Warm")
        await seat.pilot.click(offset=(column + 2, row))
        await seat.pilot.pause()
        assert seat.screen == "TextSheet"
        assert "It holds less blue." in seat.text
        await seat.press("enter")
        assert seat.screen == "ReadingScreen"


async def test_g_lists_the_words_of_the_page_first_and_comes_back_to_the_page(glossed: Course) -> None:
    glossed.sit("one").go("page/first")
    async with seated(glossed) as seat:
        await seat.press("enter", "g")
        lines = [line for line in seat.text.splitlines() if line.strip()]
        order = [next(n for n, line in enumerate(lines) if word in line) for word in ("warm light", "Aurora", "lamp")]
        assert order == sorted(order)
        await seat.press("enter")
        assert "Less blue." in seat.text
        await seat.press("enter", "escape")
        assert seat.screen == "ReadingScreen"


async def test_g_says_when_there_is_no_glossary(home: Path, cache: Path, tmp_path: Path) -> None:
    course = make_course(home, cache, changed(tmp_path))
    course.sit("one").go("page/first")
    async with seated(course) as seat:
        await seat.press("g")
        assert seat.screen == "HomeScreen"
        assert "no glossary" in " ".join(note.message for note in seat.app._notifications)


async def test_a_document_that_is_read_cold_is_named_and_does_not_open(glossed: Course) -> None:
    glossed.sit("one").go("page/first")
    async with seated(glossed) as seat:
        await seat.press("d")
        assert "to be read cold there" in seat.text
        await seat.press("enter")
        assert seat.screen == "ListScreen"
