"""A list of rows to choose from, by number, arrows or mouse: a menu, one choice of several, or several.

Rows wrap with a hanging indent and say their state by a sign, so that it can be told without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.widget import Widget

from ketalearn.app.widgets.prose import safe

Mode = Literal["menu", "one", "many", "order", "cursor"]
"""Choose and go; one of several; any number; one after the other; only move."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its text, a muted note, and whether choosing it excludes all others (“I don't know”)."""

    text: str
    note: str = ""
    sign: str = ""
    alone: bool = False


class Choices(Widget, can_focus=True):
    """Posts `Changed` when a choice changes and `Chosen` when a row of a menu is chosen."""

    DEFAULT_CSS = """
    Choices { width: 1fr; height: auto; }
    """
    BINDINGS = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("home", "move(-999)", "First", show=False),
        Binding("end", "move(999)", "Last", show=False),
        Binding("space", "choose", "Choose", show=False),
    ]

    class Changed(Message):
        """The choice changed. `chosen` holds positions of rows."""

        def __init__(self, chosen: tuple[int, ...]) -> None:
            super().__init__()
            self.chosen = chosen

    class Chosen(Message):
        """A row of a menu was chosen."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(self, mode: Mode = "menu", *, numbered: bool = True, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.mode: Mode = mode
        self.numbered = numbered
        self.rows: Sequence[Row] = ()
        self.cursor = -1
        self.chosen: tuple[int, ...] = ()
        self._made: tuple[int, list[Content], list[int]] | None = None

    def show(self, rows: Sequence[Row], mode: Mode, chosen: tuple[int, ...] = (), cursor: int | None = None) -> None:
        """Show other rows. A menu starts at its first row, an item without a cursor until a key moves it."""
        self.rows, self.mode, self.chosen = rows, mode, chosen
        start = 0 if mode in ("menu", "cursor") else chosen[0] if chosen else -1
        self.cursor = min(len(rows) - 1, start if cursor is None else cursor)
        self._refresh(layout=True)

    def _refresh(self, layout: bool = False) -> None:
        self._made = None
        self.refresh(layout=layout)
        if layout:
            self.call_after_refresh(self.show_cursor)
        else:
            self.show_cursor()

    # Drawing

    def _make(self, width: int) -> tuple[list[Content], list[int]]:
        """Give the lines, and for each line the row it belongs to."""
        if self._made is None or self._made[0] != width:
            lines: list[Content] = []
            owners: list[int] = []
            column = min(46, max((len(row.text) for row in self.rows), default=0)) + 3
            for number, row in enumerate(self.rows):
                made = self._row(number, row, width, column)
                lines += made
                owners += [number] * len(made)
            self._made = (width, lines, owners)
        return self._made[1], self._made[2]

    def _row(self, number: int, row: Row, width: int, column: int) -> list[Content]:
        here, chosen = number == self.cursor, number in self.chosen
        mark = self._mark(number)
        numbered = self.numbered and self.mode != "cursor"
        key = f"{number + 1:>2}  " if number < 9 else "    "
        bar = Content.styled("▌", "$text-accent") if here else Content(" ")
        lead = Content.assemble(bar, (key if numbered else " ", "$text-accent" if here or chosen else "$text-muted"))
        if mark:
            lead += Content.assemble((mark, "$text-accent bold" if chosen else "$text-muted"), " ")
        if row.sign:
            lead += Content(f"{row.sign} ")
        style = "bold" if chosen or (here and self.mode == "menu") else ""
        text = safe(row.text, style)
        inner = max(8, width - lead.cell_length)
        if row.note and self.mode in ("menu", "cursor") and column + len(row.note) <= inner and text.cell_length < column:
            text = text.pad_right(column - text.cell_length) + safe(row.note, "$text-muted")
            rows = [text]
        else:
            rows = text.wrap(inner)
            if row.note:
                rows += safe(row.note, "$text-muted").wrap(inner)
        rest = Content.assemble(bar, " " * (lead.cell_length - 1))
        made = [(lead if index == 0 else rest) + part for index, part in enumerate(rows)]
        return [
            line.pad_right(max(0, width - line.cell_length)).stylize("on $primary-muted") if here else line for line in made
        ]

    def _mark(self, number: int) -> str:
        """Say the state of a row by a sign."""
        chosen = number in self.chosen
        if self.mode == "order":
            return (
                f"[{self.chosen.index(number) + 1}]" if chosen and not self.rows[number].alone else "[x]" if chosen else "[ ]"
            )
        return {"one": "(•)" if chosen else "( )", "many": "[x]" if chosen else "[ ]"}.get(self.mode, "")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines at this width."""
        return len(self._make(width)[0])

    def render(self) -> Content:
        """Draw."""
        return Content("\n").join(self._make(self.content_size.width)[0])

    def show_cursor(self) -> None:
        """Scroll the row with the cursor into view."""
        if self.cursor < 0 or not self.content_size.width:
            return
        owners = self._make(self.content_size.width)[1]
        first, height = owners.index(self.cursor), owners.count(self.cursor)
        self.scroll_to_region_in_parent(Region(0, first, self.content_size.width, height))

    def scroll_to_region_in_parent(self, region: Region) -> None:
        """Ask the scrolling parent to show a region of this widget."""
        parent = self.parent
        if isinstance(parent, Widget):
            parent.scroll_to_region(region.translate(self.virtual_region.offset), animate=False)

    # Choosing

    def press(self, number: int) -> None:
        """Choose a row by position; nothing happens for one that is not there."""
        if not 0 <= number < len(self.rows):
            return
        self.cursor = number
        if self.mode == "menu":
            self._refresh()
            self.post_message(self.Chosen(number))
            return
        if self.mode == "one" or (self.rows[number].alone and number not in self.chosen):
            self.chosen = (number,)
        elif self.mode == "order" and number in self.chosen:
            self.chosen = self.chosen[: self.chosen.index(number)]  # what came after it stood on it
        elif number in self.chosen:
            self.chosen = tuple(other for other in self.chosen if other != number)
        elif self.mode != "cursor":
            kept = (*(other for other in self.chosen if not self.rows[other].alone), number)
            self.chosen = kept if self.mode == "order" else tuple(sorted(kept))
        self._refresh()
        self.post_message(self.Changed(self.chosen))

    def action_move(self, by: int) -> None:
        """Move the cursor; with one choice of several, the choice moves with it."""
        if not self.rows:
            return
        start = self.cursor if self.cursor >= 0 else (-1 if by > 0 else len(self.rows))
        target = max(0, min(len(self.rows) - 1, start + by))
        if self.mode == "one":
            self.press(target)
        else:
            self.cursor = target
            self._refresh()

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.cursor >= 0:
            self.press(self.cursor)

    def on_key(self, event: events.Key) -> None:
        """Take the digits 1 to 9."""
        if self.mode == "cursor":
            return
        if event.character and event.character in "123456789" and int(event.character) <= len(self.rows):
            event.stop()
            self.press(int(event.character) - 1)

    def on_click(self, event: events.Click) -> None:
        """Choose the row that was clicked."""
        owners = self._make(self.content_size.width)[1]
        offset = event.get_content_offset(self)
        if offset is not None and 0 <= offset.y < len(owners):
            self.focus()
            self.press(owners[offset.y])
