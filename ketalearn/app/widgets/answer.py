"""Where an answer is given: rows to choose, to put in order or to pair, or a field to type in; one widget for all kinds."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from ketalearn.app.widgets.choices import Choices, Mode, Row
from ketalearn.app.widgets.prose import Para, Prose, safe
from ketalearn.assessment.response import Response
from ketalearn.study.asking import Ask

DONT_KNOW = "I don’t know"


class Field(Input):
    """A field whose Enter is named in the line of keys."""

    BINDINGS = [Binding("enter", "submit", "Answer")]


class Answer(Vertical):
    """Shows an item's way of answering. `response` is None while there is nothing to hand in."""

    DEFAULT_CSS = """
    Answer { height: auto; width: 1fr; margin-top: 1; }
    Answer .-gone { display: none; }
    Answer Input { width: 40; max-width: 100%; }
    Answer #answer-targets { margin-top: 1; }
    """

    class Changed(Message):
        """What is chosen or typed changed."""

    def __init__(self) -> None:
        super().__init__()
        self._ask: Ask | None = None
        self._found: list[int] = []
        """For a match: the target row of each left side, or -1."""

    def compose(self) -> ComposeResult:
        """Compose every way; `show` leaves the one that fits."""
        yield Choices("one", id="answer-rows")
        yield Choices("menu", id="answer-targets")
        yield Field(id="answer-field", max_length=200)
        yield Prose(id="answer-unit", classes="-gone")

    @property
    def rows(self) -> Choices:
        """The rows of the item."""
        return self.query_one("#answer-rows", Choices)

    @property
    def targets(self) -> Choices:
        """The targets of a match."""
        return self.query_one("#answer-targets", Choices)

    @property
    def field(self) -> Input:
        """The field of a typed item."""
        return self.query_one("#answer-field", Input)

    def show(self, ask: Ask, kept: Response) -> None:
        """Show an item, with what was kept of an answer."""
        self._ask = ask
        mode = MODES.get(ask.kind)
        self.rows.set_class(mode is None, "-gone")
        self.targets.set_class(ask.kind != "match", "-gone")
        self.field.set_class(not ask.typed, "-gone")
        unit = self.query_one("#answer-unit", Prose)
        unit.set_class(not ask.unit, "-gone")
        if ask.unit:
            unit.show([Para(safe(f"in {ask.unit}", "$text-muted"))])
        if ask.typed:
            with self.field.prevent(Input.Changed):
                self.field.value = kept.text
            self.field.cursor_position = len(kept.text)
        elif ask.kind == "match":
            found = list(kept.chosen) if len(kept.chosen) == len(ask.options) else [-1] * len(ask.options)
            self._found = [ask.order.index(position) if position in ask.order else -1 for position in found]
            self.targets.show([Row(text) for text in ask.targets], "menu", cursor=-1)
            self._show_pairs(cursor=0)
        elif mode is not None:
            glosses = ask.glosses or ("",) * len(ask.options)
            rows = [Row(text, gloss) for text, gloss in zip(ask.options, glosses, strict=True)]
            shown = tuple(ask.order.index(position) for position in kept.chosen if position in ask.order)
            self.rows.show([*rows, Row(DONT_KNOW, alone=True)], mode, shown)
        self.take_focus()

    def _show_pairs(self, cursor: int) -> None:
        assert self._ask is not None
        targets = self._ask.targets
        rows = [
            Row(left, f"→ {targets[target]}" if target >= 0 else "→ …")
            for left, target in zip(self._ask.options, self._found, strict=True)
        ]
        self.rows.show(rows, "cursor", cursor=cursor)

    def take_focus(self) -> None:
        """Put the keys where the answer is given."""
        widget = self.field if self._ask is not None and self._ask.typed else self.rows
        widget.focus(scroll_visible=False)

    @property
    def response(self) -> Response | None:
        """What would be handed in now; None when nothing is chosen, typed or paired."""
        ask = self._ask
        if ask is None:
            return None
        if ask.typed:
            return Response(text=self.field.value) if self.field.value.strip() else None
        if ask.kind == "match":
            chosen = tuple(ask.order[target] if target >= 0 else -1 for target in self._found)
            return Response(chosen=chosen) if any(target >= 0 for target in chosen) else None
        chosen = self.rows.chosen
        if any(self.rows.rows[row].alone for row in chosen):
            return Response(dont_know=True)
        if ask.kind == "order" and len(chosen) < len(ask.options):
            return None
        return Response(chosen=tuple(ask.order[row] for row in chosen)) if chosen or ask.kind == "spot" else None

    @property
    def draft(self) -> Response:
        """What to keep of an answer that is not handed in."""
        ask = self._ask
        response = self.response
        if response is not None and not response.dont_know:
            return response
        if ask is not None and ask.kind == "order":
            return Response(chosen=tuple(ask.order[row] for row in self.rows.chosen if row < len(ask.options)))
        return Response()

    # What keys and mouse do

    def on_choices_changed(self, message: Choices.Changed) -> None:
        """Pass it on in one form."""
        message.stop()
        self.post_message(self.Changed())

    def on_input_changed(self, message: Input.Changed) -> None:
        """Likewise."""
        message.stop()
        self.post_message(self.Changed())

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """Pair the current left side with the target that was chosen."""
        if self._ask is not None and self._ask.kind == "match":
            message.stop()
            self._pair(message.row)

    def on_key(self, event: events.Key) -> None:
        """In a match, take a digit as a target."""
        if self._ask is None or self._ask.kind != "match" or not (event.character and event.character in "123456789"):
            return
        if int(event.character) <= len(self._ask.targets):
            event.stop()
            self._pair(int(event.character) - 1)

    def _pair(self, target: int) -> None:
        here = max(0, self.rows.cursor)
        self._found[here] = target
        open_ = [left for left, found in enumerate(self._found) if found < 0]
        self._show_pairs(cursor=min((left for left in open_ if left > here), default=open_[0] if open_ else here))
        self.rows.focus(scroll_visible=False)
        self.post_message(self.Changed())


MODES: dict[str, Mode] = {
    "single-choice": "one",
    "multiple-response": "many",
    "order": "order",
    "match": "cursor",
    "locate": "one",
    "judge-claim": "one",
    "spot": "many",
}
"""How the rows of each kind are chosen; the kinds that are not here are typed."""

MISSING: dict[str, str] = {
    "order": "Put all of them in order first: choose them one after the other.",
    "match": "Pair at least one first: choose a left side, then the number of its target.",
}
"""What is said when there is nothing to hand in yet; `missing` knows the rest."""


def missing(kind: str) -> str:
    """Say what is needed before an item of this kind can be handed in."""
    typed = "Type an answer, or press Enter again to say that you don’t know."
    default = typed if kind not in MODES else "Choose an answer first: a number, the arrows or the mouse."
    return MISSING.get(kind, default)
