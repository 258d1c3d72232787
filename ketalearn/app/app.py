"""The Textual program: themes, keys that work everywhere, and the way between screens. It wires; it decides nothing."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.app import App
from textual.binding import Binding
from textual.worker import Worker, WorkerState

from ketalearn.app.frame import Frame
from ketalearn.app.ink import ACCENT, MUTED, labelled
from ketalearn.app.requests import DocumentWanted, NoteWanted, WordWanted
from ketalearn.app.screens.home import HomeChoice, HomeScreen, HomeView
from ketalearn.app.themes import DARK, LIGHT
from ketalearn.app.widgets.choices import Row
from ketalearn.app.widgets.prose import Para, safe
from ketalearn.content.scheme import VOICE_COUNTED
from ketalearn.study.course import Course

if TYPE_CHECKING:
    from ketalearn.app.screens.sheets import TextSheet
    from ketalearn.study.desk import Desk
    from ketalearn.study.sitting import Sitting
    from ketalearn.study.words import WordView

# Screens are imported where they are opened: home, which opens first, needs none of the others.

CHECKPOINT_EVERY = 200
"""How many events may wait before home writes a checkpoint; quitting writes one as well."""

KEYS = (
    ("1–9, arrows, mouse", "choose"),
    ("Enter", "answer, next, open"),
    ("→ ←", "next and previous page"),
    ("Tab", "next citation of a page"),
    ("o", "open the document at the passage"),
    ("c", "how sure you are"),
    ("h · s", "hint · skip and come back"),
    ("e", "everything about an answer"),
    ("n · !", "note · flag an item that may be bad"),
    ("y", "copy a passage"),
    ("t", "contents of the module"),
    ("g", "what the words mean; a click on a coloured word opens it"),
    ("r · p · d", "review · progress · documents (at home)"),
    ("Esc", "back, home"),
    (": or ctrl+p", "all commands, and the colours"),
    ("q", "quit; everything is kept"),
)


class KetalearnApp(App[None]):
    """Runs one or more courses."""

    TITLE = "ketalearn"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = [
        Binding("question_mark,f1", "help", "Help", key_display="?"),
        Binding("q", "quit", "Quit"),
        Binding("g", "glossary", "Words", show=False),
        Binding("colon", "command_palette", "Commands", show=False),
    ]

    def __init__(
        self,
        courses: Sequence[Course],
        module: str | None = None,
        theme: str | None = None,
        keep_theme: Callable[[str], None] = lambda name: None,
        review: bool = False,
    ) -> None:
        """Take the courses, a module or the review to open at once, the kept theme, and a way to keep another one."""
        # Textual's own answer to NO_COLOR is shades of grey; with the terminal's own palette it sends no colour at all.
        no_colour = bool(os.environ.get("NO_COLOR"))
        super().__init__(ansi_color=True if no_colour else None)
        self.courses = courses
        self.course = courses[0]
        self.sitting: Desk | None = None
        self.failure: BaseException | None = None
        """What ended the program early, for the command line to say."""
        self._module = module
        self._at_once = review
        self._wanted_theme = theme
        self._keep_theme = keep_theme
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = "ansi-dark" if no_colour else theme if theme in self.available_themes else DARK.name

    def on_mount(self) -> None:
        """Begin, and leave the terminal usable when somebody closes the window."""
        self.theme_changed_signal.subscribe(self, lambda theme: self._keep_theme(theme.name))
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            try:
                loop.add_signal_handler(getattr(signal, name), self.exit)
            except (AttributeError, NotImplementedError, RuntimeError, ValueError):
                continue  # a platform without this signal, or a loop that does not own the main thread
        self.go()

    def on_ready(self) -> None:
        """Collect garbage again; until the first frame it only cost time."""
        gc.freeze()
        gc.enable()

    # The way from one screen to the next

    @work(exit_on_error=False)
    async def go(self) -> None:
        """Walk through screens until the learner quits."""
        module = self._module
        if module is not None:
            self.course = next(c for c in self.courses if module in {card.id for card in c.pack.index.modules})
        elif len(self.courses) > 1:
            await self._shelf()
        if self.course.is_new and not self._at_once:
            module = module or self.course.next_module()
            if module is not None:
                # The lesson stands behind the notice, so that it is there at once when the notice is closed.
                self.call_after_refresh(self.action_help)
        if self._at_once:
            await self._review()
        while True:
            if module is not None:
                await self._take(self.course.sit(module))
            module = await self._home()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """End when the way from screen to screen ends in an error."""
        if event.state == WorkerState.ERROR and event.worker.error is not None:
            self._handle_exception(event.worker.error)  # type: ignore[arg-type]  # a worker's error is an Exception

    def _handle_exception(self, error: Exception) -> None:
        """End quietly and keep the error for the command line, which says it in one line.

        Textual's own way prints a traceback with local variables. There is no public hook; a test watches this one.
        """
        if self.failure is None:
            self.failure = error
            self.exit(return_code=1)

    async def _shelf(self) -> None:
        from ketalearn.app.screens.listing import ListScreen

        rows = [Row(course.pack.index.title, ", ".join(course.pack.index.authors)) for course in self.courses]
        chosen = None
        while chosen is None:
            chosen = await self.push_screen_wait(ListScreen(["ketalearn", "Shelf"], rows))
        self.course = self.courses[chosen]

    async def _home(self) -> str | None:
        """Show home until a module is chosen."""
        from ketalearn.app.screens.sheets import AskSheet

        self.sitting = None
        course = self.course
        course.history.keep_checkpoint(at_least=CHECKPOINT_EVERY)
        choice: HomeChoice = await self.push_screen_wait(HomeScreen(self._home_view(course)))
        match choice.verb:
            case "open":
                return choice.module
            case "anew":
                text = "Your progress in this module starts from the beginning. What you answered before stays in the history."
                if await self.push_screen_wait(AskSheet("Start anew?", text, "Keep my progress", "Start this module anew")):
                    course.sit(choice.module).restart()
                    return choice.module
            case "review":
                await self._review()
            case "progress":
                await self._progress()
            case "documents":
                await self._documents()
            case "erase":
                await self._erase()
            case "shelf":
                await self._shelf()
        return None

    def _home_view(self, course: Course) -> HomeView:
        documents = course.pack.index.documents
        voices: dict[str, int] = {}
        for document in documents:
            voices[document.voice] = voices.get(document.voice, 0) + 1
        words = " · ".join(f"{number} {VOICE_COUNTED[voice][number > 1]}" for voice, number in voices.items())
        line = f"{len(documents)} document{'' if len(documents) == 1 else 's'}: {words}" if documents else ""
        return HomeView(
            title=course.pack.index.title,
            rows=course.rows(),
            forward=course.next_module(),
            documents=line,
            due=len(course.due()),
            answered=course.history.answered,
            shelf=len(self.courses) > 1,
        )

    async def _review(self) -> None:
        """Take what is due; Esc goes home, and the rest waits."""
        from ketalearn.app.screens.items import ItemsScreen

        review = self.course.review()
        if not review.due() and (review.attempt is None or review.attempt.done):
            self.notify("Nothing comes back today.", markup=False)
            return
        self.sitting = review
        await self.push_screen_wait(ItemsScreen(review))
        self.sitting = None

    async def _progress(self) -> None:
        """Show progress, every answer, and each of them whole."""
        from ketalearn.app.screens.progress import ProgressScreen
        from ketalearn.study.progress import progress

        while True:
            left = await self.push_screen_wait(ProgressScreen(progress(self.course)))
            if left == "review":
                await self._review()
            elif left == "history":
                await self._past()
            else:
                return

    async def _past(self) -> None:
        from ketalearn.app.screens.listing import ListScreen
        from ketalearn.app.screens.look import LookScreen
        from ketalearn.study.past import look, past_lines

        desk = self.course.review()
        lines = past_lines(self.course.history, desk)
        at = 0
        while True:
            rows = [Row(line.text, line.note, line.sign) for line in lines]
            chosen = await self.push_screen_wait(ListScreen([self.course.pack.index.title, "Every answer"], rows, at))
            if chosen is None:
                return
            at = chosen
            view = look(desk, lines[chosen])
            if view is None:
                self.notify("This item is no longer in the course; your answer is kept.", markup=False)
            else:
                await self.push_screen_wait(LookScreen(view, lines[chosen].note))

    async def _documents(self) -> None:
        from ketalearn.app.screens.document import DocumentScreen
        from ketalearn.app.screens.listing import ListScreen
        from ketalearn.study.sources import named

        documents = list(self.course.pack.documents.values())
        kept = [self.course.kept_for(document) for document in documents]
        rows = [
            Row(
                named(d),
                f"kept for “{module}”, to be read cold there" if module else " · ".join(p for p in (d.gain, d.date) if p),
            )
            for d, module in zip(documents, kept, strict=True)
        ]
        at = 0
        while True:
            chosen = await self.push_screen_wait(ListScreen([self.course.pack.index.title, "Documents"], rows, at))
            if chosen is None:
                return
            at = chosen
            if kept[chosen]:
                self.notify(f"It opens when “{kept[chosen]}” is done.", markup=False)
                continue
            await self.push_screen_wait(DocumentScreen(self.course.pack, documents[chosen].id, None))

    async def _erase(self) -> None:
        from ketalearn.app.screens.sheets import AskSheet

        first = "This removes every answer, place and note of this learner, in every pack. It cannot be undone."
        if not await self.push_screen_wait(AskSheet("Erase my history?", first, "Keep everything", "Erase my history")):
            return
        second = "Once more: after this nothing can bring it back."
        if await self.push_screen_wait(AskSheet("Really erase it?", second, "No, keep everything", "Yes, erase it for good")):
            self.course.history.erase()
            for course in self.courses:
                course.history.reload()
            self.notify("Your history is erased.", markup=False)

    async def _take(self, sitting: Sitting) -> None:
        """Go through a module from where the learner left it, until they go home."""
        self.sitting = sitting
        sitting.enter()
        while True:
            match await self._step(sitting):
                case "back":
                    sitting.back()
                case "contents":
                    await self._contents(sitting)
                case "home":
                    return

    async def _step(self, sitting: Sitting) -> str:
        """Show the current step on its screen, and give where the learner goes from it."""
        from ketalearn.app.screens.items import ItemsScreen
        from ketalearn.app.screens.reading import ReadingScreen
        from ketalearn.app.screens.report import ReportScreen

        if sitting.step.is_items:
            done = await self.push_screen_wait(ItemsScreen(sitting))
            if done == "on":
                sitting.forward()
            return done
        if sitting.step.kind != "report":
            return await self.push_screen_wait(ReadingScreen(sitting))
        left = await self.push_screen_wait(ReportScreen(sitting))
        if left == "retry":
            sitting.go("quiz")
            sitting.retry()
        return left

    async def _contents(self, sitting: Sitting) -> None:
        from ketalearn.app.screens.listing import ListScreen

        rows = [Row(step.title, step.note) for step in sitting.steps]
        here = sitting.position[0] - 1
        chosen = await self.push_screen_wait(ListScreen([sitting.module.title, "Contents"], rows, here))
        if chosen is not None:
            sitting.go(sitting.steps[chosen].key)

    # What works everywhere

    def on_document_wanted(self, message: DocumentWanted) -> None:
        """Lay a document over the screen that asked."""
        from ketalearn.app.screens.document import DocumentScreen

        self.push_screen(DocumentScreen(self.course.pack, message.document, message.passage))

    def on_word_wanted(self, message: WordWanted) -> None:
        """Show what a word means."""
        self.push_screen(_word_sheet(self._words((message.term,))[0]))

    def _words(self, here: Sequence[str]) -> list[WordView]:
        from ketalearn.study.sources import Sources
        from ketalearn.study.words import words

        return words(self.course.pack, Sources(self.course.pack, self.course.now()), here)

    @work
    async def action_glossary(self) -> None:
        """Show all words, those of the page in front first."""
        from ketalearn.app.screens.listing import ListScreen

        here = self.screen.words if isinstance(self.screen, Frame) else ()
        views = self._words(here)
        if not views:
            self.notify("This pack has no glossary.", markup=False)
            return
        rows = [Row(view.term, view.short, "▸" if view.here else "") for view in views]
        chosen: int | None = 0
        while chosen is not None:
            chosen = await self.push_screen_wait(ListScreen([self.course.pack.index.title, "Words"], rows, chosen))
            if chosen is not None:
                await self.push_screen_wait(_word_sheet(views[chosen]))

    @work
    async def on_note_wanted(self, message: NoteWanted) -> None:
        """Take a note or a flag and keep it in the history."""
        from ketalearn.app.screens.sheets import NoteSheet

        if self.sitting is None:
            return
        title, text = ("Flag this item", "What is wrong with it? (Enter flags it; words are optional.)")
        if not message.bad:
            title, text = "Note", "Your note on this item. It is kept in your history and shown in the report."
        note = await self.push_screen_wait(NoteSheet(title, text))
        if note is not None and (note or message.bad):
            self.sitting.flag(message.address, note, message.bad)
            self.notify("Flagged; the report shows it." if message.bad else "Noted.", markup=False)

    def action_help(self) -> None:
        """Show the notice, where to find help, and the keys."""
        from ketalearn.app.screens.sheets import TextSheet

        if isinstance(self.screen, TextSheet):
            return
        index = self.course.pack.index
        paras = [Para(safe(" ".join(index.notice.split())))] if index.notice else []
        if index.help:
            paras.append(Para(safe("In a crisis", "bold"), after=0))
            paras += [labelled(f"{line.country}: ", line.text, 0, MUTED) for line in index.help]
            paras.append(Para(safe(""), after=0))
        paras.append(Para(safe("Keys", "bold"), after=0))
        paras += [Para(safe(what), safe(f"{key:<20}", ACCENT), " " * 20, 0) for key, what in KEYS]
        self.push_screen(TextSheet(index.title, paras))


def _word_sheet(view: WordView) -> TextSheet:
    from ketalearn.app.screens.sheets import TextSheet

    return TextSheet(view.term, [Para(safe(view.short, "bold")), Para(safe(view.text))])


def run(
    courses: Sequence[Course], module: str | None, theme: str | None, keep_theme: Callable[[str], None], review: bool = False
) -> int:
    """Run the program until the learner quits, and give its exit code. Raises what ended it early."""
    app = KetalearnApp(courses, module, theme, keep_theme, review)
    app.run()
    if app.failure is not None:
        raise app.failure
    sys.stdout.flush()
    return app.return_code or 0
