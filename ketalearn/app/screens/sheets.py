"""Boxes over a screen: the notice with help and keys, a question, a note."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input

from ketalearn.app.frame import Sheet
from ketalearn.app.widgets.bars import KeyBar
from ketalearn.app.widgets.choices import Choices, Row
from ketalearn.app.widgets.prose import Para, Prose, safe


class TextSheet(Sheet[None]):
    """Shows text until a key closes it."""

    BINDINGS = [
        Binding("enter,escape,backspace,left,question_mark,f1", "close", "Close", key_display="enter"),
        Binding("down,j", "scroll_text(1)", "Down", show=False),
        Binding("up,k", "scroll_text(-1)", "Up", show=False),
        Binding("pagedown,space", "scroll_text(10)", "Page down", show=False),
        Binding("pageup", "scroll_text(-10)", "Page up", show=False),
    ]

    def __init__(self, title: str, paras: Iterable[Para]) -> None:
        super().__init__()
        self.heading, self.paras = title, list(paras)

    def compose(self) -> ComposeResult:
        """Compose the box."""
        with Vertical(id="sheet-box") as box:
            box.border_title = safe(self.heading)
            with VerticalScroll(id="sheet-scroll", can_focus=False):
                yield Prose(self.paras)
        yield KeyBar()

    def action_close(self) -> None:
        """Close the box."""
        self.dismiss(None)

    def action_scroll_text(self, by: int) -> None:
        """Scroll."""
        self.query_one("#sheet-scroll", VerticalScroll).scroll_relative(y=by, animate=False)


class AskSheet(Sheet[bool]):
    """Asks a question that is answered with one of two rows; the safe one comes first."""

    BINDINGS = [
        Binding("enter", "choose", "Choose"),
        Binding("escape,backspace,left", "close", "Cancel", key_display="esc"),
    ]

    def __init__(self, title: str, text: str, keep: str, go: str) -> None:
        super().__init__()
        self.heading, self.text, self.keep, self.go = title, text, keep, go

    def compose(self) -> ComposeResult:
        """Compose the box."""
        with Vertical(id="sheet-box") as box:
            box.border_title = safe(self.heading)
            yield Prose([Para(safe(self.text)), Para(safe(""))])
            yield Choices("menu")
        yield KeyBar()

    def on_mount(self) -> None:
        """Put the cursor on the safe row."""
        choices = self.query_one(Choices)
        choices.show([Row(self.keep), Row(self.go)], "menu")
        choices.focus(scroll_visible=False)

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """Give the answer."""
        self.dismiss(message.row == 1)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        self.query_one(Choices).action_choose()

    def action_close(self) -> None:
        """Cancel."""
        self.dismiss(False)


class NoteSheet(Sheet[str | None]):
    """Takes a line of text; None when it was cancelled."""

    BINDINGS = [Binding("escape", "close", "Cancel", key_display="esc")]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.heading, self.text = title, text

    def compose(self) -> ComposeResult:
        """Compose the box."""
        with Vertical(id="sheet-box") as box:
            box.border_title = safe(self.heading)
            yield Prose([Para(safe(self.text))])
            yield Input(max_length=500)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin to type at once."""
        self.query_one(Input).focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Give the text."""
        self.dismiss(message.value)

    def action_close(self) -> None:
        """Cancel."""
        self.dismiss(None)
