"""Reading: the text at the left, the cited passage at the right (below it where the window is narrow)."""

from __future__ import annotations

from typing import Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll

from ketalearn.app import paint
from ketalearn.app.frame import WIDE, Frame
from ketalearn.app.requests import DocumentWanted
from ketalearn.app.widgets.prose import Prose
from ketalearn.study.flow import ReadingView
from ketalearn.study.sitting import Sitting

Left = Literal["on", "contents", "home"]
"""Where the learner goes: on to another kind of step, to the contents, or home."""


class ReadingScreen(Frame[Left]):
    """Turns pages inside itself, and gives back where to go when a step is no page."""

    DEFAULT_CSS = """
    ReadingScreen #split { layout: horizontal; height: 1fr; }
    ReadingScreen #page { width: 1fr; padding: 1 3; align-horizontal: center; }
    ReadingScreen #page Prose { max-width: 76; }
    ReadingScreen #side { width: 44%; max-width: 70; padding: 1 2; border-left: solid $border; background: $surface; }
    ReadingScreen #side.-empty { display: none; }
    ReadingScreen.-narrow #split { layout: vertical; }
    ReadingScreen.-narrow #page { height: 1fr; padding: 1 2; }
    ReadingScreen.-narrow #side {
        width: 1fr; max-width: 100%; height: auto; max-height: 45%; padding: 0 2; border-left: none; border-top: solid $border;
    }
    """
    BINDINGS = [
        Binding("enter", "more", "More"),
        Binding("enter", "forward", "Next"),
        Binding("right", "forward", "Next", show=False),
        Binding("left", "back", "Back", key_display="←"),
        Binding("tab", "cite(1)", "Citation", key_display="tab"),
        Binding("shift+tab", "cite(-1)", "Citation before", show=False),
        Binding("o", "document", "Document"),
        Binding("t", "contents", "Contents"),
        Binding("escape,backspace", "home", "Home", key_display="esc"),
        Binding("down,j", "scroll_text(1)", "Down", show=False),
        Binding("up,k", "scroll_text(-1)", "Up", show=False),
        Binding("pagedown,space", "scroll_page(1)", "Page down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", show=False),
    ]

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self.shown: ReadingView | None = None
        self.opened = -1

    def body(self) -> ComposeResult:
        """Compose text and passage."""
        with Container(id="split"):
            with VerticalScroll(id="page", can_focus=False):
                yield Prose(id="text")
            with VerticalScroll(id="side", can_focus=False):
                yield Prose(id="passage")

    def on_mount(self) -> None:
        """Show where the learner is."""
        self._turn()

    def _turn(self) -> None:
        """Show the current step. Swapping the content of two widgets is what makes a turn quick."""
        step = self.sitting.step
        self.shown = self.sitting.reading()
        self.bar.show(self.sitting.module.title, step.title, right=step.note)
        # Beside the page there is room for the first passage; below it only when somebody asks.
        self.opened = 0 if self.shown.cites and self._wide else -1
        self._page.scroll_home(animate=False)
        self._draw()

    @property
    def _wide(self) -> bool:
        """Whether the passage stands beside the page."""
        return self.app.size.width >= WIDE

    @property
    def _page(self) -> VerticalScroll:
        return self.query_one("#page", VerticalScroll)

    def _scrolled(self) -> None:
        """Say whether there is more below, and let Enter show that first: no text is passed over unseen."""
        step, (number, total) = self.sitting.step, self.sitting.position
        more = self._page.scroll_y < self._page.max_scroll_y
        self.bar.show(
            self.sitting.module.title, step.title, right=("↓ more   " if more else "") + (step.note or f"{number} / {total}")
        )
        self.refresh_bindings()

    def _draw(self) -> None:
        assert self.shown is not None
        cites = self.shown.cites
        cite = cites[self.opened] if 0 <= self.opened < len(cites) else None
        target = ""
        if cite is not None:
            part = cite.passage or cite.card or cite.reference
            target = part.id if part else ""
        self.query_one("#text", Prose).show(paint.reading(self.shown, target))
        side = self.query_one("#side", VerticalScroll)
        side.set_class(cite is None, "-empty")
        if cite is not None:
            numbered = sum(1 for other in cites if other.number)
            self.query_one("#passage", Prose).show(paint.cite(cite, numbered))
            side.scroll_home(animate=False)
        self.call_after_refresh(self._scrolled)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that work here."""
        cites = self.shown.cites if self.shown else ()
        if action == "cite":
            return len(cites) > 1 or (bool(cites) and not self._wide)
        if action == "more":
            return self._page.scroll_y < self._page.max_scroll_y
        if action == "document":
            return bool(0 <= self.opened < len(cites) and cites[self.opened].passage)
        return True

    def action_forward(self) -> None:
        """Go on."""
        self._after(self.sitting.forward().kind)

    def action_back(self) -> None:
        """Go back."""
        self._after(self.sitting.back().kind)

    def _after(self, kind: str) -> None:
        if kind in ("page", "primer", "tactic", "stop"):
            self._turn()
        else:
            self.dismiss("on")

    def action_more(self) -> None:
        """Show what is below."""
        self.action_scroll_page(1)

    def action_cite(self, by: int) -> None:
        """Open the next citation of this page; below the page, the round ends with none open."""
        if self.shown and self.shown.cites:
            stops = list(range(len(self.shown.cites))) + ([] if self._wide else [-1])
            here = stops.index(self.opened) if self.opened in stops else 0
            self.opened = stops[(here + by) % len(stops)]
            self._draw()

    def action_open_cite(self, number: int) -> None:
        """Open a citation by its number: what a click on it does."""
        for position, cite in enumerate(self.shown.cites if self.shown else ()):
            if cite.number == number:
                self.opened = position
                self._draw()

    def action_document(self) -> None:
        """Open the whole document at the passage."""
        cite = self.shown.cites[self.opened] if self.shown and 0 <= self.opened < len(self.shown.cites) else None
        if cite is not None and cite.passage is not None:
            self.post_message(DocumentWanted(cite.passage.document, cite.passage.id))

    def action_contents(self) -> None:
        """Show the contents of the module."""
        self.dismiss("contents")

    def action_home(self) -> None:
        """Go home; the place is kept."""
        self.dismiss("home")

    def action_scroll_text(self, by: int) -> None:
        """Scroll the text by lines."""
        self._page.scroll_relative(y=by, animate=False)
        self.call_after_refresh(self._scrolled)

    def action_scroll_page(self, by: int) -> None:
        """Scroll the text by what fits the window, two lines kept for the eye."""
        self.action_scroll_text(by * max(1, self._page.size.height - 2))
