"""Every module of the shipped course is taken from its first key to its report, in the program and in plain lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketalearn.app.screens import items
from ketalearn.loading.pack import read_pack
from tests.app.driving import make_course, seated
from tests.conftest import KETAMINE
from tests.plain.person import converse, learner

PACK = read_pack(KETAMINE).pack
assert PACK is not None
MODULES = [module.id for module in PACK.modules]


@pytest.mark.parametrize("module", MODULES)
async def test_a_module_is_taken_from_start_to_end(
    module: str, home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(items, "DEAF_SECONDS", 0.0)  # that Enter is not heard just after an answer is tested elsewhere
    course = make_course(home, cache, KETAMINE)
    course.sit(MODULES[0]).go("primer")  # what the first module teaches before any sentence is judged
    sitting = course.sit(module)
    sitting.go(sitting.steps[0].key)
    seen = []
    async with seated(course, size=(80, 24)) as seat:
        await seat.press(str(MODULES.index(module) + 1))
        for _ in range(250):
            seen.append(seat.screen)
            if seat.screen == "ReportScreen":
                break
            if seat.screen == "ReadingScreen" or "How would you like" in seat.text:
                await seat.press("enter")
            else:
                await seat.press(*seat.keys_for("1"), "enter", "enter")
        else:
            raise AssertionError(f"{module} does not end:\n{seat.text}")
        assert "Nothing is answered yet" not in seat.text
    assert {"ItemsScreen", "ReadingScreen"} <= set(seen)
    attempt = course.history.attempt(module, "quiz")
    assert attempt is not None
    assert attempt.done


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_taken_in_plain_lines(module: str, home: Path, cache: Path) -> None:
    course = make_course(home, cache, KETAMINE)
    course.sit(MODULES[0]).go("primer")
    screen, _ = converse(course, learner(), module=module)
    attempt = course.history.attempt(module, "quiz")
    assert attempt is not None
    assert attempt.done
    assert "Next: " in screen
