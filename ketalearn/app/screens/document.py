"""A whole document, opened at the passage that is cited."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from ketalearn.app import paint
from ketalearn.app.frame import Frame
from ketalearn.app.widgets.prose import Prose
from ketalearn.library.compiled import CompiledPack


class DocumentScreen(Frame[None]):
    """Shows a document's text as it is, with one quote marked."""

    DEFAULT_CSS = """
    DocumentScreen #document { padding: 1 3; height: 1fr; align-horizontal: center; }
    DocumentScreen #document Prose { max-width: 80; }
    """
    BINDINGS = [
        Binding("escape,left,backspace,enter", "close", "Back", key_display="esc"),
        Binding("down,j", "scroll_text(1)", "Down", show=False),
        Binding("up,k", "scroll_text(-1)", "Up", show=False),
        Binding("pagedown,space", "scroll_text(15)", "Page down", key_display="space"),
        Binding("pageup", "scroll_text(-15)", "Page up", show=False),
        Binding("home", "scroll_text(-99999)", "Top", show=False),
        Binding("end", "scroll_text(99999)", "End", show=False),
    ]

    def __init__(self, pack: CompiledPack, document: str, passage: str | None) -> None:
        super().__init__()
        self.label = pack.documents[document].label
        self.paras, self.at = paint.document(pack, document, passage)

    def body(self) -> ComposeResult:
        """Compose the text."""
        with VerticalScroll(id="document", can_focus=False):
            yield Prose(self.paras)

    def on_mount(self) -> None:
        """Scroll to the passage."""
        self.bar.show("Documents", self.label)
        if self.at:
            self.call_after_refresh(self._to_passage)

    def _to_passage(self) -> None:
        width = self.query_one(Prose).content_size.width
        line = paint.lines_before(self.paras, self.at, width)
        self.query_one("#document", VerticalScroll).scroll_to(y=max(0, line - 4), animate=False)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

    def action_scroll_text(self, by: int) -> None:
        """Scroll."""
        self.query_one("#document", VerticalScroll).scroll_relative(y=by, animate=False)
