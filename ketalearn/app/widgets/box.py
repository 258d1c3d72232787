"""A box with a title that can be clicked."""

from __future__ import annotations

from textual.message import Message

from ketalearn.app.widgets.prose import Prose


class Box(Prose):
    """Posts `Pressed` when it is clicked; its key stands in the line of keys."""

    DEFAULT_CSS = """
    Box { border: round $border; border-title-color: $text-accent; border-title-style: bold; padding: 0 2; }
    Box:hover { border: round $accent; }
    """

    class Pressed(Message):
        """The box was clicked."""

        def __init__(self, box: Box) -> None:
            super().__init__()
            self.box = box

    def on_click(self) -> None:
        """Say so."""
        self.post_message(self.Pressed(self))
