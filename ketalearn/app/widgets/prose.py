"""Running text: paragraphs with prefixes and hanging indents, wrapped to the width and drawn as one piece.

Textual's Markdown widget mounts a widget a block, which makes it the slow path of a page (a turn of 86 ms against 9).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size
from textual.style import Style
from textual.widget import Widget

from ketalearn.content.text import visible


def safe(text: str, style: str | Style = "") -> Content:
    """Make text that came from a pack or a keyboard drawable: never markup, and no control character."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: its text, what stands before its first and its further lines, and the blank lines after it.

    The prefixes of both are of one width, or there is none before the first line.
    """

    text: Content
    first: Content | str = ""
    rest: Content | str = ""
    after: int = 1
    verbatim: bool = False
    instead: Content | None = None
    """What a drawing says in words."""

    def lines(self, width: int) -> list[Content]:
        """Wrap to a width. A drawing keeps its lines; where they do not fit, what says the same in words is given instead."""
        first = self.first if isinstance(self.first, Content) else Content(self.first)
        rest = self.rest if isinstance(self.rest, Content) else Content(self.rest)
        inner = max(8, width - max(first.cell_length, rest.cell_length))
        parts = list(self.text.split("\n", allow_blank=True) if self.verbatim else self.text.wrap(inner))
        if self.instead is not None and any(part.cell_length > inner for part in parts):
            parts = list(self.instead.wrap(inner))
        return [(first if number == 0 else rest) + part for number, part in enumerate(parts)]


class Prose(Widget):
    """Draws paragraphs. `show` replaces them at once, without mounting anything."""

    DEFAULT_CSS = """
    Prose { width: 1fr; height: auto; }
    """

    def __init__(self, paras: Iterable[Para] = (), *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id, classes=classes)
        self._paras: Sequence[Para] = tuple(paras)
        self._made: tuple[int, list[Content]] | None = None

    def show(self, paras: Iterable[Para]) -> None:
        """Draw other paragraphs from now on."""
        self._paras = tuple(paras)
        self._made = None
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        """Give the lines at a width; blank lines at the end are left out."""
        if self._made is None or self._made[0] != width:
            lines: list[Content] = []
            for para in self._paras:
                lines += para.lines(width)
                lines += [Content("")] * para.after
            while lines and not lines[-1].plain.strip():
                lines.pop()
            self._made = (width, lines)
        return self._made[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines at this width."""
        return len(self.lines(width))

    def render(self) -> Content:
        """Draw."""
        return Content("\n").join(self.lines(self.content_size.width))
