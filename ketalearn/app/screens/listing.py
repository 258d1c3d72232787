"""A list to choose from: the shelf, the documents, the contents of a module."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from ketalearn.app.frame import Frame
from ketalearn.app.widgets.choices import Choices, Row


class ListScreen(Frame[int | None]):
    """Gives back the position of the chosen row, or None."""

    DEFAULT_CSS = """
    ListScreen #list { padding: 1 3; height: 1fr; align-horizontal: center; }
    ListScreen Choices { max-width: 100; }
    """
    BINDINGS = [
        Binding("enter", "choose", "Open"),
        Binding("escape,left,backspace", "close", "Back", key_display="esc"),
    ]

    def __init__(self, path: Sequence[str], rows: Sequence[Row], cursor: int = 0) -> None:
        super().__init__()
        self.path, self.rows, self.start = path, rows, cursor

    def body(self) -> ComposeResult:
        """Compose the list."""
        with VerticalScroll(id="list", can_focus=False):
            yield Choices("menu")

    def on_mount(self) -> None:
        """Show the rows."""
        self.bar.show(*self.path)
        choices = self.query_one(Choices)
        choices.show(self.rows, "menu", cursor=self.start)
        choices.focus(scroll_visible=False)

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """Give the row."""
        self.dismiss(message.row)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        self.query_one(Choices).action_choose()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
