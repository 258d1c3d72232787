"""Progress: what is known, whether confidence can be trusted, and whether marketing is told from evidence."""

from __future__ import annotations

from typing import Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from ketalearn.app import paint, plots
from ketalearn.app.frame import Frame
from ketalearn.app.ink import verbatim
from ketalearn.app.widgets.prose import Para, Prose
from ketalearn.study.progress import Progress

Left = Literal["history", "review", "back"]


class ProgressScreen(Frame[Left]):
    """Shows the figures with their n, then the plots; gives back where the learner goes."""

    DEFAULT_CSS = """
    ProgressScreen #progress { padding: 1 3; height: 1fr; align-horizontal: center; }
    ProgressScreen #progress > * { max-width: 84; }
    ProgressScreen.-narrow #progress { padding: 1 2; }
    """
    BINDINGS = [
        Binding("h", "history", "Every answer"),
        Binding("r", "review", "Review"),
        Binding("escape,left,backspace", "close", "Back", key_display="esc"),
        Binding("down,j", "scroll_text(1)", "Down", show=False),
        Binding("up,k", "scroll_text(-1)", "Up", show=False),
        Binding("pagedown,space,enter", "scroll_text(15)", "Page down", key_display="space"),
        Binding("pageup", "scroll_text(-15)", "Page up", show=False),
        Binding("home", "scroll_text(-99999)", "Top", show=False),
        Binding("end", "scroll_text(99999)", "End", show=False),
    ]

    def __init__(self, view: Progress) -> None:
        super().__init__()
        self.view = view

    def body(self) -> ComposeResult:
        """Compose figures and plots."""
        with VerticalScroll(id="progress", can_focus=False):
            yield Prose(id="figures")

    def on_mount(self) -> None:
        """Draw."""
        self.bar.show(self.view.title, "Progress")
        self.query_one("#figures", Prose).show([*paint.progress(self.view), *self._plots()])

    def _plots(self) -> list[Para]:
        width = min(76, self.app.size.width - 8)
        view, drawn = self.view, []
        if sum(score.part == "quiz" for score in view.sittings) > 1:
            drawn.append(plots.scores(view.sittings, width))
        if view.calibration is not None and view.calibration.enough:
            drawn.append(plots.reliability(view.calibration, width))
        if sum(bool(score.found.signal and score.found.noise) for score in view.sittings) > 1:
            drawn.append(plots.flags(view.sittings, width))
        return [verbatim(text) for text in drawn]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that work here."""
        return {"review": self.view.due > 0, "history": self.view.answered > 0}.get(action, True)

    def action_history(self) -> None:
        """Show every answer."""
        self.dismiss("history")

    def action_review(self) -> None:
        """Review what is due."""
        self.dismiss("review")

    def action_close(self) -> None:
        """Go back."""
        self.dismiss("back")

    def action_scroll_text(self, by: int) -> None:
        """Scroll."""
        self.query_one("#progress", VerticalScroll).scroll_relative(y=by, animate=False)
