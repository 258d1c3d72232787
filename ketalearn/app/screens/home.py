"""Home: one thing to do next, and the modules with their state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from ketalearn.app.frame import Frame
from ketalearn.app.widgets.choices import Choices, Row
from ketalearn.app.widgets.prose import Para, Prose, safe
from ketalearn.study.course import STATE_SIGNS, ModuleRow


@dataclass(frozen=True, slots=True)
class HomeView:
    """What home shows."""

    title: str
    rows: Sequence[ModuleRow]
    forward: str | None
    """Id of the module to go on with."""
    documents: str
    """A line on the documents."""
    shelf: bool = False
    """Whether there is a shelf of packs to go back to."""


@dataclass(frozen=True, slots=True)
class HomeChoice:
    """What the learner wants."""

    verb: Literal["open", "anew", "documents", "erase", "shelf"]
    module: str = ""


class HomeScreen(Frame[HomeChoice]):
    """Gives back a `HomeChoice`."""

    DEFAULT_CSS = """
    HomeScreen #home { padding: 1 3; max-width: 110; }
    HomeScreen #home-continue { margin-bottom: 1; }
    HomeScreen #home-documents { margin-top: 1; }
    """
    BINDINGS = [
        Binding("enter", "open", "Open"),
        Binding("a", "anew", "Start anew"),
        Binding("d", "documents", "Documents"),
        Binding("x", "erase", "Erase history"),
        Binding("escape,backspace", "shelf", "Shelf", show=False),
    ]

    def __init__(self, view: HomeView) -> None:
        super().__init__()
        self.view = view

    def body(self) -> ComposeResult:
        """Compose the list."""
        with VerticalScroll(id="home", can_focus=False):
            yield Prose(self._headline(), id="home-continue")
            yield Choices("menu")
            yield Prose([Para(safe(self.view.documents, "$text-muted"))], id="home-documents")

    def _headline(self) -> list[Para]:
        row = next((row for row in self.view.rows if row.id == self.view.forward), None)
        if row is None:
            return [Para(safe("This pack has no modules."))]
        words = {"new": "Begin", "begun": "Continue", "done": "Look again"}[row.state]
        where = f" · {row.where}" if row.where else ""
        text = safe(f"{words}  ", "$text-accent bold") + safe(row.title, "bold") + safe(where, "$text-muted")
        return [Para(text, "▸ ", "  ")]

    def on_mount(self) -> None:
        """Put the cursor on what comes next, so that Enter goes on."""
        self.bar.show("ketalearn", self.view.title)
        ids = [row.id for row in self.view.rows]
        rows = [self._row(row) for row in self.view.rows]
        cursor = ids.index(self.view.forward) if self.view.forward in ids else 0
        choices = self.query_one(Choices)
        choices.show(rows, "menu", cursor=cursor)
        choices.focus()

    def _row(self, row: ModuleRow) -> Row:
        parts = [row.topic, row.where if row.state != "new" else f"about {row.minutes} min"]
        return Row(row.title, " · ".join(part for part in parts if part), STATE_SIGNS[row.state])

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """Open a module by number or mouse."""
        self.dismiss(HomeChoice("open", self.view.rows[message.row].id))

    def _current(self) -> str:
        cursor = self.query_one(Choices).cursor
        return self.view.rows[cursor].id if 0 <= cursor < len(self.view.rows) else ""

    def action_open(self) -> None:
        """Open the module under the cursor."""
        if self._current():
            self.dismiss(HomeChoice("open", self._current()))

    def action_anew(self) -> None:
        """Begin the module under the cursor anew."""
        if self._current():
            self.dismiss(HomeChoice("anew", self._current()))

    def action_documents(self) -> None:
        """Show the documents."""
        self.dismiss(HomeChoice("documents"))

    def action_erase(self) -> None:
        """Erase the history, after asking twice."""
        self.dismiss(HomeChoice("erase"))

    def action_shelf(self) -> None:
        """Go back to the shelf, where there is one."""
        if self.view.shelf:
            self.dismiss(HomeChoice("shelf"))
