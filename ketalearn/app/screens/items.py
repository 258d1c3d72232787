"""Items: begin, ask, what becomes of the answer, and in an exam the answer sheet. One screen whose content is swapped."""

from __future__ import annotations

from time import monotonic
from typing import Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer

from ketalearn.app import paint
from ketalearn.app.frame import Frame
from ketalearn.app.ink import ACCENT, MUTED
from ketalearn.app.requests import DocumentWanted, NoteWanted
from ketalearn.app.widgets.answer import Answer, missing
from ketalearn.app.widgets.bars import KeyBar, Sure
from ketalearn.app.widgets.choices import Choices, Row
from ketalearn.app.widgets.pane import Pane
from ketalearn.app.widgets.prose import Para, Prose, safe
from ketalearn.assessment.response import Response
from ketalearn.content.text import visible
from ketalearn.study.asking import Ask
from ketalearn.study.desk import Desk
from ketalearn.study.feedback import Feedback

Left = Literal["on", "back", "contents", "home"]
State = Literal["begin", "ask", "told", "sheet", "done"]

DEAF_SECONDS = 0.5
"""Enter is not heard for this long after an answer, so that a key pressed twice does not skip the feedback."""
DRAFT_SECONDS = 0.5


class ItemsScreen(Frame[Left]):
    """Takes one set of items; gives back where the learner goes."""

    DEFAULT_CSS = """
    ItemsScreen #item, ItemsScreen #told { padding: 1 3; height: 1fr; }
    ItemsScreen #item { align-horizontal: center; }
    ItemsScreen #item > * { max-width: 84; }
    ItemsScreen.-narrow #item, ItemsScreen.-narrow #told { padding: 1 2; }
    ItemsScreen #below, ItemsScreen #choices { margin-top: 1; }
    ItemsScreen .-gone { display: none; }
    """
    BINDINGS = [
        Binding("enter", "answer", "Answer"),
        Binding("enter", "choose", "Choose"),
        Binding("enter", "go_on", "Next"),
        Binding("c", "sure", "How sure"),
        Binding("f3", "sure_typed", "How sure", key_display="F3"),
        Binding("h", "hint", "Hint"),
        Binding("f2", "hint_typed", "Hint", key_display="F2"),
        Binding("s", "skip", "Skip"),
        Binding("f4", "skip_typed", "Skip", key_display="F4"),
        Binding("e", "everything", "All"),
        Binding("o", "document", "Document"),
        Binding("y", "copy", "Copy"),
        Binding("n", "note", "Note"),
        Binding("exclamation_mark", "flag", "Flag", key_display="!"),
        Binding("f5", "flag_typed", "Flag", key_display="F5"),
        Binding("l", "sheet", "Answer sheet"),
        Binding("left", "back", "Back", key_display="←"),
        Binding("t", "contents", "Contents"),
        Binding("escape,backspace", "home", "Home", key_display="esc"),
        Binding("pagedown", "scroll_item(10)", "Page down", show=False),
        Binding("pageup", "scroll_item(-10)", "Page up", show=False),
        Binding("down,j", "scroll_item(1)", "Down", show=False),
        Binding("up,k", "scroll_item(-1)", "Up", show=False),
    ]

    def __init__(self, sitting: Desk) -> None:
        super().__init__()
        self.sitting = sitting
        self.state: State = "begin"
        self.ask: Ask | None = None
        self.told: Feedback | None = None
        self.all_shown = False
        self._told_at = 0.0
        self._draft_timer: Timer | None = None
        self._empty_enters = 0
        self._handing_in = False

    def body(self) -> ComposeResult:
        """Compose what all states share."""
        with VerticalScroll(id="item", can_focus=False):
            yield Prose(id="above")
            yield Choices("menu", id="choices")
            yield Answer()
            yield Sure()
            yield Prose(id="below")
        yield Pane(breadth=84, id="told")

    def on_mount(self) -> None:
        """Go on where the learner was."""
        attempt = self.sitting.attempt
        if attempt is None or (attempt.done and self.sitting.part == "review"):
            self._begin()
        elif attempt.done:
            self._done()
        else:
            self._next()

    def on_unmount(self) -> None:
        """Keep what is half done."""
        self._keep_draft()

    @property
    def choices(self) -> Choices:
        """The rows of the beginning and of the answer sheet."""
        return self.query_one("#choices", Choices)

    @property
    def answer(self) -> Answer:
        """Where the answer is given."""
        return self.query_one(Answer)

    # The states

    def _enter(self, state: State, above: list[Para], below: list[Para]) -> None:
        self.state = state
        scroll, told = self.query_one("#item", VerticalScroll), self.query_one("#told", Pane)
        scroll.display, told.display = state != "told", state == "told"
        if state == "told":
            told.show([*above, *below])
            self.set_focus(None)
        else:
            self._show_asked(state, above, below)
        attempt = self.sitting.attempt
        right = ""
        if state in ("ask", "told") and attempt is not None:
            number = self.ask.number if self.ask else 0
            right = f"{number} / {len(attempt.items)}   {attempt.mode}"
        self.bar.show(*self.sitting.headings, right=right)
        self.query_one(KeyBar).follow()

    def _show_asked(self, state: State, above: list[Para], below: list[Para]) -> None:
        self.query_one("#above", Prose).show(above)
        self.query_one("#below", Prose).show(below)
        choosing = state in ("begin", "sheet")
        choices = self.choices
        choices.set_class(not choosing, "-gone")
        self.answer.set_class(state != "ask", "-gone")
        self.query_one(Sure).set_class(state != "ask", "-gone")
        scroll = self.query_one("#item", VerticalScroll)
        scroll.scroll_home(animate=False)
        self.call_after_refresh(scroll.scroll_home, animate=False)
        if choosing:
            choices.focus(scroll_visible=False)
        elif state == "ask":
            self.answer.take_focus()
        else:
            self.set_focus(None)

    def _begin(self) -> None:
        """Say what comes. Only a quiz asks anything first."""
        part = self.sitting.part
        if part == "quiz":
            above = [
                Para(safe("How would you like to take the quiz?", "bold")),
                Para(safe("Some items ask what is known, some ask you to judge sentences. Nothing is timed.")),
            ]
            rows = [
                Row("Practice", "you see after each answer whether it was right, and why"),
                Row("Exam", "everything is shown at the end; until then you can change answers"),
            ]
            self.choices.show(rows, "menu")
            self._enter("begin", above, [])
            return
        self.sitting.begin()
        self._next()

    def _next(self) -> None:
        self.ask = self.sitting.ask()
        if self.ask is None:
            attempt = self.sitting.attempt
            if attempt is not None and attempt.mode == "exam" and not attempt.finished:
                self._sheet()
            else:
                self.dismiss("on")
            return
        self._ask()

    def _ask(self) -> None:
        ask = self.ask
        assert ask is not None
        kept, confidence = self.sitting.kept(ask.address)
        self.answer.show(ask, kept)
        self._empty_enters = 0
        self.query_one(Sure).set(confidence)
        self._enter("ask", self._above(ask), self._below(ask))

    def _above(self, ask: Ask) -> list[Para]:
        made: list[Para] = []
        if self.sitting.part == "try" and ask.number == 1:
            words = "A few items before you read. Trying first helps you to remember, even when you are wrong."
            made.append(Para(safe(words, MUTED)))
        if ask.note:
            made.append(Para(safe(ask.note, "$text-warning")))
        if ask.quote:
            bar = Content.styled("▐ ", ACCENT)
            made.append(Para(safe(ask.lead, MUTED), after=0))
            made.append(Para(safe(f"“{ask.quote}”", "bold"), bar, bar))
        stem = safe(ask.stem, "" if ask.quote else "bold")
        if ask.how:
            stem += Content.styled(f"  {ask.how}", MUTED)
        made.append(Para(stem))
        return made

    def _below(self, ask: Ask) -> list[Para]:
        made = [Para(safe(hint), Content.styled("Hint  ", ACCENT), "      ", 0) for hint in ask.hints]
        if ask.help:
            made.append(Para(safe(ask.help, "$text-warning"), "♥ ", "  "))
        return made

    def _tell(self, feedback: Feedback) -> None:
        self.told = feedback
        self.all_shown = False
        self._told_at = monotonic()
        self._show_told()

    def _show_told(self) -> None:
        assert self.told is not None
        self._enter("told", paint.feedback(self.told, self.all_shown), self._halfway())

    def _halfway(self) -> list[Para]:
        """Offer a quiz of ten as five and five."""
        attempt = self.sitting.attempt
        if attempt is None or self.sitting.part != "quiz" or attempt.retry_of or attempt.mode == "exam":
            return []
        if len(attempt.items) < 8 or len(attempt.given) != len(attempt.items) // 2:
            return []
        done, left = len(attempt.given), len(attempt.items) - len(attempt.given)
        words = f"Half-way: {done} items are done, {left} are left. You can stop here (esc) and go on another day."
        return [Para(safe(words, MUTED))]

    def _sheet(self) -> None:
        attempt = self.sitting.attempt
        assert attempt is not None
        missing = len(attempt.items) - len(attempt.given)
        head = "All items are answered." if not missing else f"{missing} of {len(attempt.items)} not answered."
        above = [
            Para(safe("Your answer sheet", "bold")),
            Para(safe(f"{head} Choose an item to look at it again or to change your answer, or hand in.")),
        ]
        rows = []
        for address in attempt.items:
            title = self.sitting.asking.title(self.sitting.asking.item(address))
            rows.append(Row(title, sign="•" if address in attempt.given else "–"))
        rows.append(Row("Hand in", "and see what became of your answers", sign="▸"))
        first_open = next((n for n, address in enumerate(attempt.items) if address not in attempt.given), 0)
        self._handing_in = False
        self.choices.show(rows, "menu", cursor=first_open)
        self._enter("sheet", above, [])

    def _done(self) -> None:
        words = (
            "These items are answered. The report shows each of them again, and you can retry there what was not fully right."
        )
        self._enter("done", [Para(safe("Done", "bold")), Para(safe(words))], [])

    # What keys and mouse do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that work here."""
        attempt = self.sitting.attempt
        typing = self.state == "ask" and self.ask is not None and self.ask.typed
        name = action.removesuffix("_typed")
        if name != action and not typing:
            return False
        if name == action and typing and action in ("sure", "hint", "skip", "flag"):
            return False
        works = {
            "answer": self.state == "ask",
            "choose": self.state in ("begin", "sheet"),
            "go_on": self.state in ("told", "done"),
            "sure": self.state == "ask",
            "hint": self.state == "ask" and self.ask is not None and self.ask.hints_left > 0,
            "skip": self.state == "ask" and attempt is not None and len(attempt.waiting) > 1,
            "everything": self.state == "told",
            "document": self.state == "told" and self.told is not None and bool(self.told.passages),
            "copy": self.state == "told" and self.told is not None and bool(self.told.passages),
            "note": self.state == "told",
            "flag": self.state in ("ask", "told"),
            "sheet": self.state == "ask" and attempt is not None and attempt.mode == "exam",
            "contents": self.state in ("begin", "done") or (self.state == "ask" and not typing and self._practising),
            "back": self.state in ("begin", "done"),
            "scroll_item": self.state in ("told", "done"),
        }
        return works.get(name, True)

    @property
    def _practising(self) -> bool:
        """Whether one may look something up: not in an exam, and not before anything was read."""
        attempt = self.sitting.attempt
        return attempt is not None and attempt.mode == "practice" and self.sitting.part in ("tell", "quiz")

    def action_choose(self) -> None:
        """Choose a row of the beginning or of the answer sheet."""
        self.choices.action_choose()

    def action_go_on(self) -> None:
        """Go on. Just after an answer the key is not heard."""
        if self.state == "done":
            self.dismiss("on")
        elif monotonic() - self._told_at >= DEAF_SECONDS:
            self._next()

    def action_answer(self) -> None:
        """Answer the item with what is chosen or typed; a second Enter on an empty field says “I don’t know”."""
        ask = self.ask
        assert ask is not None
        response = self.answer.response
        if response is None and ask.typed and self._empty_enters:
            response = Response(dont_know=True)
        if response is None:
            self._empty_enters += 1
            self.notify(missing(ask.kind), timeout=4, markup=False)
            return
        if ask.kind == "spot" and response == Response() and not self._empty_enters:
            self._empty_enters += 1
            self.notify("Nothing is marked. Enter once more says that none of them sells.", timeout=4, markup=False)
            return
        self._stop_timer()
        try:
            feedback = self.sitting.answer(ask.address, response, self.query_one(Sure).value)
        except ValueError:
            self.notify("That is no number. Type digits, such as 12 or 0.5.", timeout=4, markup=False)
            return
        if feedback is None:
            self._next()
        else:
            self._tell(feedback)

    def on_input_submitted(self) -> None:
        """Enter in the field answers."""
        self.action_answer()

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """Take a row of the beginning or of the answer sheet."""
        if self.state == "begin":
            self.sitting.begin("exam" if message.row == 1 else "practice")
            self._next()
            return
        attempt = self.sitting.attempt
        if self.state == "sheet" and attempt is not None:
            if message.row < len(attempt.items):
                self.ask = self.sitting.ask(attempt.items[message.row])
                self._ask()
            elif self._handing_in:
                self.sitting.finish()
                self.dismiss("on")
            else:
                self._handing_in = True
                self.notify("After that no answer can be changed. Enter once more hands in.", timeout=6, markup=False)

    def on_answer_changed(self) -> None:
        """Keep the draft a moment after the last change."""
        self._empty_enters = 0
        self._draft_later()

    def on_sure_changed(self) -> None:
        """Likewise."""
        self._draft_later()

    def _draft_later(self) -> None:
        self._stop_timer()
        self._draft_timer = self.set_timer(DRAFT_SECONDS, self._keep_draft)

    def _stop_timer(self) -> None:
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None

    def _keep_draft(self) -> None:
        if self._draft_timer is None or self.state != "ask" or self.ask is None:
            return
        self._stop_timer()
        self.sitting.draft(self.ask.address, self.answer.draft, self.query_one(Sure).value)

    def action_sure(self) -> None:
        """Say how sure; each press goes one step."""
        self.query_one(Sure).turn()

    def action_hint(self) -> None:
        """Show one more hint."""
        if self.ask is not None:
            self.ask = self.sitting.hint(self.ask.address)
            self.query_one("#below", Prose).show(self._below(self.ask))
            self.query_one(KeyBar).follow()

    def action_skip(self) -> None:
        """Put the item off."""
        if self.ask is not None:
            self._stop_timer()
            self.ask = self.sitting.skip(self.ask.address)
            if self.ask is not None:
                self._ask()

    # In a typed item letters go into the field, so that these four have keys of their own.
    action_sure_typed = action_sure
    action_hint_typed = action_hint
    action_skip_typed = action_skip

    def action_flag_typed(self) -> None:
        """Flag the item as one that may be bad."""
        self.action_flag()

    def action_everything(self) -> None:
        """Show every option's reason, the evidence and the references, or only the first screen again."""
        self.all_shown = not self.all_shown
        self._show_told()

    def action_document(self) -> None:
        """Open the document at the passage."""
        if self.told is not None and self.told.passages:
            shown = self.told.passages[0]
            self.post_message(DocumentWanted(shown.document, shown.id))

    def action_copy(self) -> None:
        """Copy the passage, with what is known of it and where it stands: a false sentence never travels alone."""
        if self.told is None or not self.told.passages:
            return
        shown = self.told.passages[0]
        known = self.told.labels or self.told.because
        self.app.copy_to_clipboard(visible(f"“{shown.quote}”\n{known}\n{shown.label}, {shown.byline}"))
        self.notify("Copied, with what is known of it.", timeout=3, markup=False)

    def action_note(self) -> None:
        """Write a note."""
        if self.told is not None:
            self.post_message(NoteWanted(self.told.address, bad=False))

    def action_flag(self) -> None:
        """Flag the item as one that may be bad."""
        address = self.told.address if self.state == "told" and self.told else self.ask.address if self.ask else ""
        if address:
            self.post_message(NoteWanted(address, bad=True))

    def action_sheet(self) -> None:
        """Show the answer sheet of an exam."""
        self._keep_draft()
        self._sheet()

    def action_back(self) -> None:
        """Go back a step."""
        self.dismiss("back")

    def action_contents(self) -> None:
        """Show the contents of the module; what is chosen stays as a draft."""
        self._keep_draft()
        self.dismiss("contents")

    def action_home(self) -> None:
        """Go home; what is chosen stays as a draft."""
        self._keep_draft()
        self.dismiss("home")

    def action_scroll_item(self, by: int) -> None:
        """Scroll the feedback."""
        if self.state == "told":
            self.query_one("#told", Pane).scroll(by)
        else:
            self.query_one("#item", VerticalScroll).scroll_relative(y=by, animate=False)
