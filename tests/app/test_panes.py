"""The pane scrolls inside itself, and the line of keys says what works here: by keys, by mouse, at any size."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding

from ketalearn.app import paint
from ketalearn.app.widgets.bars import KeyBar
from ketalearn.app.widgets.pane import Pane
from ketalearn.app.widgets.prose import Para, safe
from ketalearn.checks.rules.length import MAX_COLUMNS
from ketalearn.study.packs import open_pack
from tests.conftest import KETAMINE


class Shown(App[None]):
    """A pane and a line of keys."""

    BINDINGS = [
        Binding("a", "first", "First thing"),
        Binding("b,c", "second", "Second thing"),
        Binding("d", "hidden", "Hidden", show=False),
    ]

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.lines = lines
        self.pressed: list[str] = []
        self.can_second = True

    def compose(self) -> ComposeResult:
        yield Pane(breadth=20)
        yield KeyBar()

    def on_mount(self) -> None:
        self.pane.show(numbered(self.lines))

    @property
    def pane(self) -> Pane:
        return self.query_one(Pane)

    @property
    def seen(self) -> list[str]:
        """The lines in sight, without the mark at the right."""
        return [line.rstrip(" ▐").strip() for line in self.pane.render().plain.split("\n")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return (True if self.can_second else None) if action == "second" else True

    def action_first(self) -> None:
        self.pressed.append("first")

    def action_second(self) -> None:
        self.pressed.append("second")


def numbered(lines: int) -> Iterable[Para]:
    return [Para(safe(f"line {number}"), after=0) for number in range(lines)]


async def test_a_pane_shows_a_window_of_its_lines_and_goes_no_further_than_the_last() -> None:
    app = Shown(30)
    async with app.run_test(size=(40, 11)) as pilot:
        await pilot.pause()
        assert app.seen == [f"line {number}" for number in range(10)]
        assert app.pane.more
        app.pane.scroll(1)
        assert app.seen[0] == "line 1"
        app.pane.scroll_window(1)
        assert app.seen[0] == "line 9", "two lines are kept for the eye"
        app.pane.scroll(1000)
        assert app.seen[-1] == "line 29"
        assert not app.pane.more
        app.pane.scroll(-1000)
        assert app.seen[0] == "line 0"


@pytest.mark.parametrize("lines", [0, 1, 9, 10])
async def test_text_that_fits_has_no_mark_and_nothing_below(lines: int) -> None:
    app = Shown(lines)
    async with app.run_test(size=(40, 11)) as pilot:
        await pilot.pause()
        assert not app.pane.more
        assert "▐" not in app.pane.render().plain


async def test_the_mark_tells_where_one_is_and_goes_where_it_is_pressed() -> None:
    app = Shown(100)
    async with app.run_test(size=(40, 11)) as pilot:
        await pilot.pause()

        def mark() -> list[int]:
            return [row for row, line in enumerate(app.pane.render().plain.split("\n")) if line.endswith("▐")]

        assert mark() == [0]
        await pilot.mouse_down(Pane, offset=(39, 9))
        assert app.seen[-1] == "line 99"
        assert mark() == [9]
        await pilot.mouse_down(Pane, offset=(39, 0))
        assert app.seen[0] == "line 0"
        await pilot.mouse_down(Pane, offset=(5, 9))
        assert app.seen[0] == "line 0", "a press on the text moves nothing"


async def test_other_text_begins_at_its_first_line_and_a_larger_window_keeps_the_end_in_sight() -> None:
    app = Shown(30)
    async with app.run_test(size=(40, 11)) as pilot:
        await pilot.pause()
        app.pane.scroll(1000)
        await pilot.resize_terminal(40, 21)
        await pilot.pause()
        assert app.seen == [f"line {number}" for number in range(10, 30)]
        app.pane.show(numbered(25))
        assert app.seen[0] == "line 0"


async def test_the_line_of_keys_presses_what_is_clicked_and_names_an_action_once() -> None:
    app = Shown(1)
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        bar = app.query_one(KeyBar)
        line = bar.render().plain
        assert "First thing" in line
        assert line.count("Second thing") == 1
        assert "Hidden" not in line
        await pilot.mouse_down(KeyBar, offset=(line.index("Second") + 2, 0))
        await pilot.pause()
        assert app.pressed == ["second"]
        await pilot.mouse_down(KeyBar, offset=(70, 0))
        await pilot.pause()
        assert app.pressed == ["second"]


async def test_a_key_that_cannot_be_pressed_now_is_dim_and_does_nothing() -> None:
    app = Shown(1)
    app.can_second = False
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        bar = app.query_one(KeyBar)
        at = bar.render().plain.index("Second")
        assert any("dim" in str(span.style) for span in bar.render().spans if span.start <= at < span.end)
        await pilot.mouse_down(KeyBar, offset=(at, 0))
        await pilot.pause()
        assert app.pressed == []


def test_a_drawing_keeps_its_lines_and_where_they_do_not_fit_it_is_told_in_words(cache: Path) -> None:
    pack = open_pack(KETAMINE, cache)
    seen = 0
    for card in pack.index.modules:
        for page in pack.module(card.id).pages.values():
            for block, para in zip(page, paint.blocks(page), strict=True):
                if block.kind == "figure":
                    rows = block.text.rstrip("\n").split("\n")
                    drawn = [line.plain.rstrip() for line in para.lines(MAX_COLUMNS + 2)]
                    assert drawn[: len(rows)] == [f"  {row}".rstrip() for row in rows]
                    told = [line.plain.strip() for line in para.lines(max(map(len, rows)) + 1)]
                    assert " ".join(told) == f"Figure: {block.alt}"
                    seen += 1
    assert seen >= 8
