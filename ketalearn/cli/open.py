"""Open a course: in Textual, or as plain lines where there is no terminal to draw on."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TextIO

from ketalearn.cli.exits import OUTPUT, PACK, say
from ketalearn.content.problem import Problem
from ketalearn.store.home import cache, history_path, home, make_home
from ketalearn.store.journal import Journal, StoreProblem
from ketalearn.store.settings import keep_theme, read_theme
from ketalearn.study.course import Course
from ketalearn.study.history import History
from ketalearn.study.packs import PackProblem, lessons_folder, open_pack, shelf


def open_course(path: str | None, plain: bool, learner: str | None, module: str | None, review: bool = False) -> int:
    """Open a pack, or the packs that ship with the program, and run a front end. Gives the exit code."""
    if sys.stdout is None:
        say("There is no output to write to.")
        return OUTPUT
    with courses_of(path, learner) as courses:
        if module is not None and all(module not in {card.id for card in course.pack.index.modules} for course in courses):
            known = ", ".join(card.id for course in courses for card in course.pack.index.modules)
            say(f"There is no module “{module}”. There is: {known}.")
            return PACK
        if plain or not _can_draw():
            from ketalearn.plain.run import run as run_plain

            gc.enable()
            return run_plain(courses, _input(), sys.stdout, module, review=review)
        from ketalearn.app.app import run as run_app

        return run_app(courses, module, read_theme(home()), partial(keep_theme, home()), review=review)


@contextmanager
def courses_of(path: str | None, learner: str | None) -> Iterator[list[Course]]:
    """Open packs and a learner's history, and leave a checkpoint behind. Raises `PackProblem` and `StoreProblem`."""
    paths = [Path(path)] if path is not None else shelf()
    if not paths:
        cure = "Name a pack: ketalearn PATH."
        raise PackProblem(lessons_folder(), [Problem(str(lessons_folder()), 0, 0, "no-lessons", "no lessons are here", cure)])
    make_home()
    packs = [open_pack(found, cache(), say) for found in paths]
    journal = Journal(history_path(learner))
    courses: list[Course] = []
    try:
        courses += [Course(pack, History(journal, pack)) for pack in packs]
        yield courses
    finally:
        with contextlib.suppress(StoreProblem):  # a checkpoint only saves time
            for course in courses:
                course.history.keep_checkpoint()
        journal.close()


def _input() -> TextIO:
    """Give what is typed. A byte that is no text must not end a lesson; a missing input has ended."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    return sys.stdin if sys.stdin is not None else io.StringIO()


def _can_draw() -> bool:
    """Say whether there is a terminal to draw on; Textual itself would draw into a pipe."""
    streams = (sys.stdin, sys.stdout, sys.stderr)  # it draws on standard error
    drawn = all(stream is not None and stream.isatty() for stream in streams)
    return drawn and os.environ.get("TERM", "") not in ("dumb", "unknown")
