"""SVG snapshots of the screens that people see most; the README shows one of them.

Every bump of Textual rewrites them: look at the new pictures, then run pytest with --snapshot-update.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from ketalearn.app.app import KetalearnApp
from ketalearn.app.screens.items import ItemsScreen
from tests.app.driving import make_course

Compare = Callable[..., bool]


@pytest.fixture
def app(home: Path, cache: Path) -> KetalearnApp:
    return KetalearnApp([make_course(home, cache)], None, "ketalearn-dark")


def journey(*keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Press keys one by one; “wait” lets Enter be heard again after an answer."""

    async def run(pilot: Pilot[None]) -> None:
        await pilot.pause()
        for key in keys:
            if key == "wait":
                await pilot.pause(0.55)
            else:
                await pilot.press(key)
                await pilot.pause()
        await pilot.pause(0.1)

    return run


ANSWERED = ("1", "enter", "wait", "enter")
WARMED_UP = ("enter", *ANSWERED, *ANSWERED, *ANSWERED)


def test_the_notice_at_80_by_24(app: App[None], snap_compare: Compare) -> None:
    assert snap_compare(app, run_before=journey(), terminal_size=(80, 24))


def test_an_answer_at_80_by_24(app: App[None], snap_compare: Compare) -> None:
    assert snap_compare(app, run_before=journey("enter", "3", "c", "enter"), terminal_size=(80, 24))


def test_a_page_at_80_by_24(app: App[None], snap_compare: Compare) -> None:
    assert snap_compare(app, run_before=journey(*WARMED_UP, "tab"), terminal_size=(80, 24))


def test_a_page_at_120_by_40(app: App[None], snap_compare: Compare) -> None:
    assert snap_compare(app, run_before=journey(*WARMED_UP, "right"), terminal_size=(120, 40))


def test_home_at_120_by_40(app: App[None], snap_compare: Compare) -> None:
    assert snap_compare(app, run_before=journey(*WARMED_UP, "escape"), terminal_size=(120, 40))


def test_a_page_in_the_light_theme(app: App[None], snap_compare: Compare) -> None:
    app.theme = "ketalearn-light"
    assert snap_compare(app, run_before=journey(*WARMED_UP, "right"), terminal_size=(120, 40))


async def judge_a_sentence_of_a_web_page(pilot: Pilot[None]) -> None:
    """Go to the set of sentences, answer those that were written for the course, and judge the first other one."""
    await journey(*WARMED_UP)(pilot)
    while not isinstance(pilot.app.screen, ItemsScreen):
        await journey("right")(pilot)
    screen = pilot.app.screen
    while screen.ask is not None and screen.sitting.pack.document_of(screen.ask.address.split("/")[-1]).voice == "constructed":
        await journey(*ANSWERED)(pilot)
    await journey("1", "c", "c", "enter")(pilot)


def test_the_readme_shows_the_program(app: App[None], snap_compare: Compare) -> None:
    assert snap_compare(app, run_before=judge_a_sentence_of_a_web_page, terminal_size=(96, 28))
    assert "test_the_readme_shows_the_program.svg" in (Path(__file__).parents[2] / "README.md").read_text()
