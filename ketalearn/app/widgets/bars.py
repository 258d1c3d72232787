"""The line at the top, and how sure: one line each."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from ketalearn.app.widgets.prose import safe
from ketalearn.assessment.attempt import CONFIDENCE_WORDS, Confidence


class TopBar(Widget):
    """Where one is at the left, how far at the right."""

    DEFAULT_CSS = """
    TopBar { dock: top; height: 2; width: 1fr; padding: 0 2; border-bottom: solid $border; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._left: tuple[str, ...] = ()
        self._right = ""

    def show(self, *left: str, right: str = "") -> None:
        """Show a path and a position."""
        self._left, self._right = left, right
        self.refresh()

    def render(self) -> Content:
        """Draw; the last part of the path is cut first."""
        width = self.content_size.width
        left = Content(" › ").join(
            [safe(part, "$text-accent bold" if number == 0 else "") for number, part in enumerate(self._left)]
        )
        right = safe(self._right, "$text-muted")
        room = max(0, width - right.cell_length - 2)
        left = left.truncate(room, ellipsis=True)
        return left.pad_right(max(0, width - left.cell_length - right.cell_length)) + right


class Sure(Widget):
    """How sure somebody is: unset at first, never asked for twice, never part of the mark."""

    DEFAULT_CSS = """
    Sure { height: 1; width: 1fr; margin: 1 0 0 0; }
    """

    class Changed(Message):
        """The learner said how sure they are, or took it back."""

    def __init__(self) -> None:
        super().__init__()
        self.value: Confidence | None = None
        self._spans: list[tuple[int, int]] = []

    def set(self, value: Confidence | None) -> None:
        """Set without telling anybody."""
        self.value = value
        self.refresh()

    def turn(self) -> None:
        """Go to the next step: unset, unsure, fairly sure, certain, unset."""
        steps: tuple[Confidence | None, ...] = (None, 1, 2, 3)
        self.set(steps[(steps.index(self.value) + 1) % 4])
        self.post_message(self.Changed())

    def render(self) -> Content:
        """Draw, and remember where each step stands for the mouse."""
        line = Content.styled("    How sure?  ", "$text-muted")
        self._spans = []
        for value, word in CONFIDENCE_WORDS.items():
            here = value == self.value
            part = Content.styled(f"{'(•)' if here else '( )'} {word}", "$text-accent bold" if here else "")
            self._spans.append((line.cell_length, line.cell_length + part.cell_length))
            line += part + Content("   ")
        return line

    def on_click(self, event: events.Click) -> None:
        """Choose the step that was clicked; a second click takes it back."""
        offset = event.get_content_offset(self)
        steps: tuple[Confidence, ...] = (1, 2, 3)
        for value, (start, end) in zip(steps, self._spans, strict=False):
            if offset is not None and start <= offset.x < end:
                self.set(None if self.value == value else value)
                self.post_message(self.Changed())
