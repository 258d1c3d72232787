"""A window on running text that scrolls inside itself.

Textual lays a screen out anew when a widget in a scrolling container changes its height, and once more when the bar
beside it comes or goes. A pane keeps its size whatever it shows, so that another page is one frame.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message

from ketalearn.app.widgets.prose import Para, Prose

WHEEL = 3
"""How many lines a turn of the wheel moves."""
BAR = 2
"""Columns kept at the right for the mark of where one is."""


class Pane(Prose):
    """Draws the lines that have room. Where its height is `auto` it asks for as many as it has."""

    DEFAULT_CSS = """
    Pane { width: 1fr; height: 1fr; text-wrap: nowrap; }
    """

    class Moved(Message):
        """Other lines are seen now, or the room for them changed."""

    def __init__(self, *, breadth: int, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        """Take the most columns that a line of text may have; a wider pane centres it."""
        super().__init__(id=id, classes=classes)
        self.breadth = breadth
        self._top = 0

    def show(self, paras: Iterable[Para], *, keep: bool = False) -> None:
        """Draw other paragraphs from now on: from their first line, or keeping the place where they are the same text."""
        self._paras = tuple(paras)
        self._made = None
        self._top = self._top if keep else 0
        self.refresh(layout=self.styles.auto_dimensions)

    @property
    def text_width(self) -> int:
        """How many columns a line has."""
        return max(1, min(self.breadth, self.content_size.width - BAR))

    @property
    def bottom(self) -> int:
        """The first line when the last one is seen."""
        return max(0, len(self.lines(self.text_width)) - self.content_size.height)

    @property
    def above(self) -> bool:
        """Whether there are lines above those that are seen."""
        return self._top > 0

    @property
    def more(self) -> bool:
        """Whether there are lines below those that are seen."""
        return self._top < self.bottom

    def scroll(self, by: int) -> None:
        """Move by lines, as far as there are any."""
        top = min(max(0, self._top + by), self.bottom)
        if top != self._top:
            self._top = top
            self.refresh()
            self.post_message(self.Moved())

    def reveal(self, words: str) -> None:
        """Move as little as it takes to see the first line that holds these words."""
        row = next((row for row, line in enumerate(self.lines(self.text_width)) if words in line.plain), None)
        if row is not None:
            self.scroll(min(0, row - self._top) or max(0, row - self._top - self.content_size.height + 1))

    def scroll_window(self, by: int) -> None:
        """Move by what fits the window, two lines kept for the eye."""
        self.scroll(by * max(1, self.content_size.height - 2))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines at this width."""
        return len(self.lines(max(1, min(self.breadth, width - BAR))))

    def on_resize(self) -> None:
        """Stay inside the text."""
        self._top = min(self._top, self.bottom)
        self.post_message(self.Moved())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move down."""
        event.stop()
        self.scroll(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move up."""
        event.stop()
        self.scroll(-WHEEL)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go to the place of the bar that was pressed."""
        offset = event.get_content_offset(self)
        if offset is not None and self.bottom and offset.x == self.content_size.width - 1:
            self.scroll(round(self.bottom * offset.y / max(1, self.content_size.height - 1)) - self._top)

    def render(self) -> Content:
        """Draw the lines that have room, and where they stand among all."""
        width, height = self.content_size
        lines = self.lines(self.text_width)
        left = Content(" " * (max(0, width - BAR - self.text_width) // 2))
        shown = [left + line for line in lines[self._top : self._top + height]]
        if self.bottom:
            size = max(1, height * height // len(lines))
            start = round((height - size) * self._top / self.bottom)
            bar = [Content.styled("▐" if start <= row < start + size else " ", "$border") for row in range(height)]
            shown += [left] * (height - len(shown))
            shown = [line.pad_right(max(0, width - 1 - line.cell_length)) + mark for line, mark in zip(shown, bar, strict=True)]
        return Content("\n").join(shown)
