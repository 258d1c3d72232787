"""What all screens share: the bars, the body, and a clear word where the terminal is too small for them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.widgets import Static

from ketalearn.app.widgets.bars import KeyBar, TopBar

MIN_WIDTH, MIN_HEIGHT = 60, 20
TOO_SMALL = (
    f"This window is too small.\nketalearn needs {MIN_WIDTH} × {MIN_HEIGHT}.\nMake it larger, or use\nketalearn --plain."
)
WIDE = 118
"""From this width on, what belongs together stands side by side: a page keeps room for drawings of 66 columns."""
BREADTHS = [(0, "-tiny"), (MIN_WIDTH, "-narrow"), (WIDE, "-wide")]
HEIGHTS = [(0, "-short"), (MIN_HEIGHT, "-tall")]

FRAME_CSS = """
Frame { background: $background; color: $text; }
Frame #frame-body { height: 1fr; width: 1fr; }
Frame #frame-small { display: none; width: 1fr; height: 1fr; content-align: center middle; text-align: center; }
Frame.-tiny #frame-small, Frame.-short #frame-small { display: block; }
Frame.-tiny #frame-body, Frame.-short #frame-body, Frame.-tiny TopBar, Frame.-short TopBar { display: none; }
Frame.-tiny KeyBar, Frame.-short KeyBar { display: none; }
Frame VerticalScroll { scrollbar-size-vertical: 1; }
"""


class Frame(Screen[ScreenResultType]):
    """A full screen: top bar, body, one line of keys."""

    HORIZONTAL_BREAKPOINTS = BREADTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = FRAME_CSS
    AUTO_FOCUS = ""  # a screen says itself what has the keys; Textual would also scroll to it

    def compose(self) -> ComposeResult:
        """Lay out the frame around the screen's own body."""
        yield TopBar()
        yield Static(Content(TOO_SMALL), id="frame-small")
        with Container(id="frame-body"):
            yield from self.body()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """Compose what stands between the bars."""
        raise NotImplementedError

    @property
    def words(self) -> tuple[str, ...]:
        """Ids of the glossary's terms that stand here."""
        return ()

    @property
    def bar(self) -> TopBar:
        """The line at the top."""
        return self.query_one(TopBar)


class Sheet(ModalScreen[ScreenResultType]):
    """A box over the screen beneath."""

    HORIZONTAL_BREAKPOINTS = BREADTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    DEFAULT_CSS = """
    Sheet { align: center middle; background: $background 70%; }
    Sheet > #sheet-box {
        width: 84; max-width: 94%; height: auto; max-height: 90%; padding: 1 2;
        background: $surface; color: $text; border: round $border; border-title-color: $text-accent;
    }
    Sheet > #sheet-box VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    """
