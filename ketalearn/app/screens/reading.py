"""Reading: the text at the left, the cited passage at the right (below it where the window is narrow)."""

from __future__ import annotations

from typing import Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container

from ketalearn.app import paint
from ketalearn.app.frame import WIDE, Frame
from ketalearn.app.requests import DocumentWanted, WordWanted
from ketalearn.app.widgets.bars import KeyBar
from ketalearn.app.widgets.pane import Pane
from ketalearn.study.flow import ReadingView
from ketalearn.study.sitting import Sitting

Left = Literal["on", "contents", "home"]
"""Where the learner goes: on to another kind of step, to the contents, or home."""


class ReadingScreen(Frame[Left]):
    """Turns pages inside itself, and gives back where to go when a step is no page."""

    DEFAULT_CSS = """
    ReadingScreen #split { layout: horizontal; height: 1fr; }
    ReadingScreen #text { padding: 1 3; }
    ReadingScreen #passage { width: 36%; max-width: 70; padding: 1 2; border-left: solid $border; background: $surface; }
    ReadingScreen #passage.-empty { display: none; }
    ReadingScreen.-narrow #split { layout: vertical; }
    ReadingScreen.-narrow #text { padding: 1 2; }
    ReadingScreen.-narrow #passage {
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
        Binding("escape,backspace", "close", "Close", key_display="esc"),
        Binding("escape,backspace", "home", "Home", key_display="esc"),
        Binding("g", "app.glossary", "Words"),
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
            yield Pane(breadth=76, id="text")
            yield Pane(breadth=76, id="passage")

    def on_mount(self) -> None:
        """Show where the learner is."""
        self._turn()

    def _turn(self) -> None:
        """Show the current step. Swapping the content of two widgets is what makes a turn quick."""
        self.shown = self.sitting.reading()
        # Beside the page there is room for the first passage; below it only when somebody asks.
        self.opened = 0 if self.shown.cites and self._wide else -1
        self._draw(keep=False)

    @property
    def _wide(self) -> bool:
        """Whether the passage stands beside the page."""
        return self.app.size.width >= WIDE

    @property
    def _page(self) -> Pane:
        return self.query_one("#text", Pane)

    @property
    def _passage(self) -> Pane:
        return self.query_one("#passage", Pane)

    @property
    def _under(self) -> bool:
        """Whether a citation is open below the page: somebody asked for it, so the keys are about it first."""
        return self.opened >= 0 and not self._wide

    def _moved(self, by: int) -> Pane:
        """Give the pane that a key moves: an open citation below the page, else the page and then what stands beside it."""
        if self.opened < 0:
            return self._page
        first, then = (self._passage, self._page) if self._under else (self._page, self._passage)
        if by > 0:
            return first if first.more or not then.more else then
        return then if then.above or not first.above else first

    def on_pane_moved(self) -> None:
        """Say whether there is more below, and let Enter show that first: no text is passed over unseen."""
        step, (number, total) = self.sitting.step, self.sitting.position
        right = ("↓ more   " if self._page.more else "") + (step.note or f"{number} / {total}")
        self.bar.show(self.sitting.module.title, step.title, right=right)
        self.query_one(KeyBar).follow()

    def _draw(self, *, keep: bool = True) -> None:
        assert self.shown is not None
        cites = self.shown.cites
        cite = cites[self.opened] if 0 <= self.opened < len(cites) else None
        target = ""
        if cite is not None:
            part = cite.passage or cite.card or cite.reference
            target = part.id if part else ""
        self._page.show(paint.reading(self.shown, target), keep=keep)
        passage = self._passage
        passage.set_class(cite is None, "-empty")
        if cite is not None:
            passage.show(paint.cite(cite, sum(1 for other in cites if other.number)))
        if keep and cite is not None and cite.number:
            # Below the page the citation takes half of it; that is known when the screen was laid out anew.
            self.call_after_refresh(self._page.reveal, f"[{cite.number}]")
        self.on_pane_moved()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that work here."""
        cites = self.shown.cites if self.shown else ()
        if action == "cite":
            return len(cites) > 1 or (bool(cites) and not self._wide)
        if action == "more":
            return self._page.more
        if action == "close":
            return self._under
        if action == "home":
            return not self._under
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
        """Show what is below on the page."""
        self._page.scroll_window(1)
        self.on_pane_moved()  # now, and not when the message comes: one frame

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

    @property
    def words(self) -> tuple[str, ...]:
        """The terms of the page."""
        return self.shown.terms if self.shown else ()

    def action_open_term(self, number: int) -> None:
        """Open a term by its place among those of the page: what a click on it does."""
        if number < len(self.words):
            self.post_message(WordWanted(self.words[number]))

    def action_document(self) -> None:
        """Open the whole document at the passage."""
        cite = self.shown.cites[self.opened] if self.shown and 0 <= self.opened < len(self.shown.cites) else None
        if cite is not None and cite.passage is not None:
            self.post_message(DocumentWanted(cite.passage.document, cite.passage.id))

    def action_contents(self) -> None:
        """Show the contents of the module."""
        self.dismiss("contents")

    def action_close(self) -> None:
        """Close the citation below the page."""
        self.opened = -1
        self._draw()

    def action_home(self) -> None:
        """Go home; the place is kept."""
        self.dismiss("home")

    def action_scroll_text(self, by: int) -> None:
        """Scroll by lines."""
        self._moved(by).scroll(by)
        self.on_pane_moved()

    def action_scroll_page(self, by: int) -> None:
        """Scroll by what fits the window."""
        self._moved(by).scroll_window(by)
        self.on_pane_moved()  # now, and not when the message comes: one frame
