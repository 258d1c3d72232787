"""The report: what the answers mean, one thing to do next, and every item to look at again."""

from __future__ import annotations

from typing import Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content

from ketalearn.app import paint
from ketalearn.app.frame import Frame
from ketalearn.app.ink import ACCENT
from ketalearn.app.requests import DocumentWanted
from ketalearn.app.widgets.choices import Choices, Row
from ketalearn.app.widgets.prose import Para, Prose
from ketalearn.study.feedback import Feedback
from ketalearn.study.sitting import Sitting

Left = Literal["retry", "back", "contents", "home"]


class ReportScreen(Frame[Left]):
    """Shows the report, or one of its items; gives back where the learner goes."""

    DEFAULT_CSS = """
    ReportScreen #report { padding: 1 3; height: 1fr; align-horizontal: center; }
    ReportScreen #report > * { max-width: 84; }
    ReportScreen.-narrow #report { padding: 1 2; }
    ReportScreen .-gone { display: none; }
    """
    BINDINGS = [
        Binding("enter", "look", "Look at an item"),
        Binding("r", "retry", "Retry"),
        Binding("o", "document", "Document"),
        Binding("left", "back", "Back", key_display="←"),
        Binding("t", "contents", "Contents"),
        Binding("escape,backspace", "home", "Home", key_display="esc"),
        Binding("pagedown", "scroll_report(10)", "Page down", show=False),
        Binding("pageup", "scroll_report(-10)", "Page up", show=False),
    ]

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self.report = sitting.report()
        self.looked: Feedback | None = None
        self._row = 0

    def body(self) -> ComposeResult:
        """Compose figures and items."""
        with VerticalScroll(id="report", can_focus=False):
            yield Prose(id="figures")
            yield Choices("menu", numbered=False)

    def on_mount(self) -> None:
        """Show the figures."""
        self._show()
        self.call_after_refresh(lambda: self.query_one("#report", VerticalScroll).scroll_home(animate=False))

    def _show(self) -> None:
        looked, choices = self.looked, self.query_one(Choices)
        choices.set_class(looked is not None, "-gone")
        scroll = self.query_one("#report", VerticalScroll)
        if looked is not None:
            self.bar.show(self.report.title, "Report", right="an item again")
            self.query_one("#figures", Prose).show(paint.feedback(looked, everything=True))
            self.set_focus(None)
            scroll.scroll_home(animate=False)
        else:
            self.bar.show(self.report.title, "Report")
            heading = [Para(Content.styled("ALL ITEMS", f"bold {ACCENT}"), after=0)] if self.report.lines else []
            self.query_one("#figures", Prose).show([*paint.report(self.report), *heading])
            choices.show([Row(line.text, sign=line.sign) for line in self.report.lines], "menu", cursor=self._row)
            choices.focus(scroll_visible=False)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that work here."""
        works = {
            "look": self.looked is None and bool(self.report.lines),
            "retry": self.looked is None and self.report.can_retry,
            "document": self.looked is not None and bool(self.looked.passages),
            "contents": self.looked is None,
        }
        return works.get(action, True)

    def action_look(self) -> None:
        """Look at the item under the cursor."""
        self.query_one(Choices).action_choose()

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """Look at an item as it was answered."""
        line = self.report.lines[message.row]
        self._row = message.row
        self.looked = self.sitting.look(line.address, line.part)
        self._show()

    def action_retry(self) -> None:
        """Retry what was not fully right."""
        self.dismiss("retry")

    def action_document(self) -> None:
        """Open the document at the passage."""
        if self.looked is not None and self.looked.passages:
            self.post_message(DocumentWanted(self.looked.passages[0].document, self.looked.passages[0].id))

    def action_back(self) -> None:
        """Go back: from an item to the report, from the report a step."""
        if self.looked is not None:
            self.looked = None
            self._show()
        else:
            self.dismiss("back")

    def action_contents(self) -> None:
        """Show the contents of the module."""
        self.dismiss("contents")

    def action_home(self) -> None:
        """Go home, or from an item to the report."""
        if self.looked is not None:
            self.action_back()
        else:
            self.dismiss("home")

    def action_scroll_report(self, by: int) -> None:
        """Scroll."""
        self.query_one("#report", VerticalScroll).scroll_relative(y=by, animate=False)
