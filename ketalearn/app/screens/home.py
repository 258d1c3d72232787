"""Home: one thing to do next, and the modules with their state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from ketalearn.app.frame import WIDE, Frame
from ketalearn.app.ink import share
from ketalearn.app.widgets.box import Box
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
    due: int = 0
    """How many items come back today."""
    answered: int = 0
    shelf: bool = False
    """Whether there is a shelf of packs to go back to."""


@dataclass(frozen=True, slots=True)
class HomeChoice:
    """What the learner wants."""

    verb: Literal["open", "anew", "review", "progress", "documents", "erase", "shelf"]
    module: str = ""


class HomeScreen(Frame[HomeChoice]):
    """Gives back a `HomeChoice`."""

    DEFAULT_CSS = """
    HomeScreen #home { padding: 1 3; align-horizontal: center; }
    HomeScreen #home > * { max-width: 100; }
    HomeScreen Choices { margin: 1 0; }
    HomeScreen.-narrow #home { padding: 1 2; }
    """
    BINDINGS = [
        Binding("enter", "open", "Open"),
        Binding("r", "review", "Review"),
        Binding("p", "progress", "Progress"),
        Binding("a", "anew", "Anew"),
        Binding("d", "documents", "Documents"),
        Binding("x", "erase", "Erase"),
        Binding("escape,backspace", "shelf", "Shelf", show=False),
    ]

    def __init__(self, view: HomeView) -> None:
        super().__init__()
        self.view = view

    def body(self) -> ComposeResult:
        """Compose the list."""
        with VerticalScroll(id="home", can_focus=False):
            yield Box(self._next(), id="home-next")
            if self.view.due:
                yield Box(self._due(), id="home-due")
            yield Choices("menu")
            yield Prose([Para(safe(self.view.documents, "$text-muted"))])

    def _next(self) -> list[Para]:
        """Draw the one thing to do next."""
        row = next((row for row in self.view.rows if row.id == self.view.forward), None)
        if row is None:
            return [Para(safe("This pack has no modules."))]
        title = safe(row.title, "bold") + safe(f"   {row.topic}" if row.topic else "", "$text-muted")
        if not row.steps:
            return [Para(title, after=0), Para(safe(f"about {row.minutes} minutes, in three parts", "$text-muted"))]
        return [Para(title, after=0), Para(share(row.at, row.steps) + safe(f"  {row.where}"))]

    def _due(self) -> list[Para]:
        """Draw what comes back today."""
        items = "item comes" if self.view.due == 1 else "items come"
        return [
            Para(
                safe(f"{self.view.due} {items} back today", "bold") + safe("   a few minutes; r begins", "$text-muted"), after=0
            )
        ]

    def on_mount(self) -> None:
        """Put the cursor on what comes next, so that Enter goes on."""
        due = f"{self.view.due} due today" if self.view.due else ""
        self.bar.show("ketalearn", self.view.title, right=due)
        row = next((row for row in self.view.rows if row.id == self.view.forward), None)
        words = {"new": "Begin", "begun": "Continue", "done": "Look again"}
        self.query_one("#home-next", Box).border_title = safe(words[row.state] if row else "Nothing here yet")
        ids = [row.id for row in self.view.rows]
        rows = [self._row(row) for row in self.view.rows]
        cursor = ids.index(self.view.forward) if self.view.forward in ids else 0
        choices = self.query_one(Choices)
        choices.show(rows, "menu", cursor=cursor)
        choices.focus(scroll_visible=False)

    def _row(self, row: ModuleRow) -> Row:
        if row.state == "begun":
            told = "  ".join(f"{part} {STATE_SIGNS[state]}" for part, state in row.parts)
        else:
            # In a narrow window a line a module is worth more than its minutes; the next one's stand in the box above.
            narrow = self.app.size.width < WIDE
            told = row.where if row.state == "done" else "" if narrow else f"about {row.minutes} min"
        return Row(row.title, " · ".join(part for part in (row.topic, told) if part), STATE_SIGNS[row.state])

    def on_box_pressed(self, message: Box.Pressed) -> None:
        """Open what comes next, or the review."""
        if message.box.id == "home-due":
            self.dismiss(HomeChoice("review"))
        elif self.view.forward:
            self.dismiss(HomeChoice("open", self.view.forward))

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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that work here."""
        return {"review": self.view.due > 0, "progress": self.view.answered > 0, "erase": self.view.answered > 0}.get(
            action, True
        )

    def action_review(self) -> None:
        """Review what is due."""
        self.dismiss(HomeChoice("review"))

    def action_progress(self) -> None:
        """Show progress."""
        self.dismiss(HomeChoice("progress"))

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
