"""Driving the app by Textual's pilot, on a real pack and a real history, with seeds that do not change."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot

from ketalearn.app import screens
from ketalearn.app.app import KetalearnApp
from ketalearn.app.widgets.choices import Choices
from ketalearn.app.widgets.pane import Pane
from ketalearn.app.widgets.prose import Prose
from ketalearn.assessment.attempt import Attempt
from ketalearn.store.journal import Journal
from ketalearn.study.course import Course
from ketalearn.study.history import History
from ketalearn.study.packs import open_pack
from ketalearn.study.sitting import Sitting
from tests.conftest import KETAMINE, NOW

MODULE = "nmda-antagonism"
assert screens


def one_module_first(cache: Path) -> Path:
    """Give the shipped course with the module that these tests walk through as its first, whatever else is written."""
    folder = cache / "one-module-first" / "ketamine"
    if not folder.exists():
        draft = Path(tempfile.mkdtemp(dir=cache))
        shutil.copytree(KETAMINE, draft / "ketamine")
        head = draft / "ketamine" / "pack.yaml"
        text = head.read_text(encoding="utf-8").replace(f"  - {MODULE}\n", "")
        head.write_text(text.replace("order:\n", f"order:\n  - {MODULE}\n"), encoding="utf-8")
        folder.parent.mkdir(exist_ok=True)
        with suppress(OSError):  # another worker was quicker
            (draft / "ketamine").rename(folder)
    return folder


def make_course(home: Path, cache: Path, pack: Path | None = None) -> Course:
    """Open the course of a learner whose history lies in `home`."""
    compiled = open_pack(pack or one_module_first(cache), cache)
    seeds = itertools.count(1)
    history = History(Journal(home / "history.sqlite3"), compiled, lambda: NOW)
    return Course(compiled, history, chance=lambda: next(seeds), now=lambda: NOW)


@dataclass
class Seat:
    """A person in front of the program."""

    app: KetalearnApp
    pilot: Pilot[None]

    @property
    def screen(self) -> str:
        """The name of the screen in front."""
        return type(self.app.screen).__name__

    @property
    def text(self) -> str:
        """What the screen in front says, top bar and keys included."""
        height = self.app.size.height
        lines = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines[:height])

    async def press(self, *keys: str) -> Seat:
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()
        return self

    async def listen(self) -> None:
        """Wait until Enter is heard again after an answer."""
        await self.pilot.pause(0.55)

    async def answer(self, key: str = "1") -> None:
        """Answer an item of any kind, somehow, and go on."""
        await self.press(*self.keys_for(key), "enter")
        await self.listen()
        await self.press("enter")

    def keys_for(self, key: str) -> list[str]:
        """The keys that answer the item in front: all of an order, each pair of a match, one key for the rest."""
        ask = getattr(self.app.screen, "ask", None)
        if ask is not None and ask.kind == "order":
            return [str(number) for number in range(1, len(ask.options) + 1)]
        return [key] * len(ask.options) if ask is not None and ask.kind == "match" else [key]

    async def answer_all(self) -> None:
        """Answer what the current set asks."""
        for _ in range(40):
            if self.screen != "ItemsScreen":
                return
            await self.answer()
        raise AssertionError(f"the set does not end:\n{self.text}")

    async def go(self, key: str) -> None:
        """Go to a step by the contents, as a person would."""
        assert isinstance(self.app.sitting, Sitting)
        keys = [step.key for step in self.app.sitting.steps]
        await self.press("t")
        choices = self.app.screen.query_one(Choices)
        choices.cursor = keys.index(key)
        await self.press("enter")

    def prose(self, selector: str) -> str:
        """The whole text of a widget, also what is scrolled away."""
        widget = self.app.screen.query_one(selector, Prose)
        width = widget.text_width if isinstance(widget, Pane) else widget.content_size.width
        return "\n".join(line.plain for line in widget.lines(width))

    @property
    def attempt(self) -> Attempt:
        assert self.app.sitting is not None
        attempt = self.app.sitting.attempt
        assert attempt is not None
        return attempt


@asynccontextmanager
async def seated(course: Course, size: tuple[int, int] = (120, 40), theme: str = "ketalearn-dark") -> AsyncIterator[Seat]:
    """Open the program for a course. What ended it early is raised."""
    app = KetalearnApp([course], None, theme)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield Seat(app, pilot)
    if app.failure is not None:
        raise app.failure


async def read_to_primer(seat: Seat) -> None:
    """Close the notice, answer the warm-up and read on to the four answers."""
    await seat.press("enter")
    await seat.answer_all()
    while "The four answers" not in seat.text.splitlines()[0]:
        await seat.press("right")
