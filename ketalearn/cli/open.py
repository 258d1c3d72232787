"""Open a course: in Textual, or as plain lines where there is no terminal to draw on."""

from __future__ import annotations

import io
import os
import sys
from functools import partial
from pathlib import Path
from typing import TextIO

from ketalearn.cli.exits import OUTPUT, PACK, say
from ketalearn.library.compiled import CompiledPack
from ketalearn.store.home import cache, history_path, home, make_home
from ketalearn.store.journal import Journal
from ketalearn.store.settings import keep_theme, read_theme
from ketalearn.study.course import Course
from ketalearn.study.history import History
from ketalearn.study.packs import open_pack, shelf


def open_course(path: str | None, plain: bool, learner: str | None, module: str | None) -> int:
    """Open a pack, or the packs that ship with the program, and run a front end. Gives the exit code."""
    paths = [Path(path)] if path is not None else shelf()
    if not paths:
        say("No lessons were found beside the program. Name a pack: ketalearn PATH.")
        return PACK
    make_home()
    packs = [open_pack(found, cache(), say) for found in paths]
    if module is not None and all(module not in {card.id for card in pack.index.modules} for pack in packs):
        known = ", ".join(card.id for pack in packs for card in pack.index.modules)
        say(f"There is no module “{module}”. There is: {known}.")
        return PACK
    if sys.stdout is None:
        say("There is no output to write to.")
        return OUTPUT
    journal = Journal(history_path(learner))
    try:
        courses = [_course(pack, journal) for pack in packs]
        if plain or not _can_draw():
            from ketalearn.plain.run import run as run_plain

            return run_plain(courses, _input(), sys.stdout, module)
        from ketalearn.app.app import run as run_app

        return run_app(courses, module, read_theme(home()), partial(keep_theme, home()))
    finally:
        journal.close()


def _course(pack: CompiledPack, journal: Journal) -> Course:
    return Course(pack, History(journal, pack))


def _input() -> TextIO:
    """Give what is typed. A byte that is no text must not end a lesson; a missing input has ended."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    return sys.stdin if sys.stdin is not None else io.StringIO()


def _can_draw() -> bool:
    """Say whether there is a terminal to draw on; Textual itself would draw into a pipe."""
    streams = (sys.stdin, sys.stdout, sys.stderr)  # it draws on standard error
    return all(stream is not None and stream.isatty() for stream in streams) and os.environ.get("TERM", "") not in (
        "dumb",
        "unknown",
    )
