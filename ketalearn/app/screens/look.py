"""A past answer, whole."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from ketalearn.app import paint
from ketalearn.app.frame import Frame
from ketalearn.app.requests import DocumentWanted
from ketalearn.app.widgets.prose import Prose
from ketalearn.study.feedback import Feedback


class LookScreen(Frame[None]):
    """Shows everything about an answer that was given some time."""

    DEFAULT_CSS = """
    LookScreen #look { padding: 1 3; height: 1fr; align-horizontal: center; }
    LookScreen #look Prose { max-width: 84; }
    """
    BINDINGS = [
        Binding("o", "document", "Document"),
        Binding("escape,left,backspace,enter", "close", "Back", key_display="esc"),
        Binding("down,j", "scroll_text(1)", "Down", show=False),
        Binding("up,k", "scroll_text(-1)", "Up", show=False),
        Binding("pagedown,space", "scroll_text(15)", "Page down", key_display="space"),
        Binding("pageup", "scroll_text(-15)", "Page up", show=False),
    ]

    def __init__(self, view: Feedback, note: str) -> None:
        super().__init__()
        self.view, self.note = view, note

    def body(self) -> ComposeResult:
        """Compose the answer."""
        with VerticalScroll(id="look", can_focus=False):
            yield Prose(paint.feedback(self.view, everything=True))

    def on_mount(self) -> None:
        """Say when it was."""
        self.bar.show("Every answer", self.note)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that work here."""
        return bool(self.view.passages) if action == "document" else True

    def action_document(self) -> None:
        """Open the document at the passage."""
        self.post_message(DocumentWanted(self.view.passages[0].document, self.view.passages[0].id))

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

    def action_scroll_text(self, by: int) -> None:
        """Scroll."""
        self.query_one("#look", VerticalScroll).scroll_relative(y=by, animate=False)
