"""Home and the way through a module, line by line."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TextIO

from ketalearn.content.text import paragraphs
from ketalearn.plain.items import take_items
from ketalearn.plain.show import show_feedback, show_passage, show_progress, show_report
from ketalearn.plain.talk import Ended, Talk, number_in
from ketalearn.study.course import STATE_WORDS, Course
from ketalearn.study.past import look, past_lines
from ketalearn.study.progress import progress
from ketalearn.study.sitting import Sitting
from ketalearn.study.sources import GAPS_TITLE, gap_lines, help_lines, named
from ketalearn.study.words import words


class Home(Exception):
    """The learner went home."""


def run(courses: list[Course], source: TextIO, target: TextIO, module: str | None = None, review: bool = False) -> int:
    """Run the plain front end until the learner quits. Gives the exit code 0; the store's errors pass through."""
    talk = Talk(source, target)
    try:
        course = courses[0] if len(courses) == 1 else _shelf(talk, courses)
        if module is not None:
            course = next(c for c in courses if module in {card.id for card in c.pack.index.modules})
        if review:
            _review(talk, course)
        elif course.is_new:
            _notice(talk, course)
            module = module or course.next_module()
        while True:
            if module is not None:
                with contextlib.suppress(Home):
                    _module(talk, course, course.sit(module))
            module = _home(talk, course)
    except Ended:
        talk.say("Goodbye. Everything is kept.")
    return 0


def _shelf(talk: Talk, courses: list[Course]) -> Course:
    talk.title("Shelf")
    for number, course in enumerate(courses, start=1):
        talk.option(number, course.pack.index.title)
    while True:
        word = talk.ask("number open · q quit")
        chosen = number_in(word, len(courses))
        if chosen is not None:
            return courses[chosen - 1]
        talk.unknown(word)


def _notice(talk: Talk, course: Course) -> None:
    index = course.pack.index
    talk.title(index.title)
    if index.notice:
        talk.say(" ".join(index.notice.split()))
        talk.say()
    for line in index.help:
        talk.say(f"{line.country}: {line.text}", "  ")


def _home(talk: Talk, course: Course) -> str:
    """Show the modules and give the one chosen."""
    rows = course.rows()
    forward = course.next_module()
    talk.title(course.pack.index.title)
    for row in rows:
        parts = [STATE_WORDS[row.state], row.where, f"about {row.minutes} min" if row.state == "new" else ""]
        topic = f" ({row.topic})" if row.topic else ""
        talk.option(row.number, f"{row.title}{topic}: {', '.join(part for part in parts if part)}")
    while True:
        due = len(course.due())
        again = f"r review ({due} due) · " if due else ""
        word = talk.ask(
            f"Enter continue · number open · a NUMBER anew · {again}p progress · y every answer · d documents · n notice · "
            "erase · q quit"
        )
        if word == "" and forward is not None:
            return forward
        number = number_in(word, len(rows))
        if number is not None:
            return rows[number - 1].id
        first, _, rest = word.partition(" ")
        anew = number_in(rest.strip(), len(rows)) if first == "a" else None
        if anew is not None:
            row = rows[anew - 1]
            if talk.ask(f"Begin “{row.title}” anew? The history keeps what was. · y yes · Enter no") == "y":
                course.sit(row.id).restart()
                return row.id
        elif word == "r":
            _review(talk, course)
        elif word == "p":
            show_progress(talk, progress(course))
        elif word == "y":
            _past(talk, course)
        elif word == "d":
            _documents(talk, course)
        elif word == "n":
            _notice(talk, course)
        elif word == "erase":
            _erase(talk, course)
            return _home(talk, course)
        else:
            talk.unknown(word)


def _review(talk: Talk, course: Course) -> None:
    """Take what is due."""
    review = course.review()
    if not review.due() and (review.attempt is None or review.attempt.done):
        talk.say("Nothing comes back today.")
        return
    talk.title("Review")
    if review.attempt is None or review.attempt.done:
        review.begin()
    take_items(talk, review)


def _past(talk: Talk, course: Course) -> None:
    """List every answer, newest first, and show one whole."""
    desk = course.review()
    lines = past_lines(course.history, desk)
    talk.title("Every answer")
    for number, line in enumerate(lines, start=1):
        talk.option(number, f"{line.sign} {line.text} ({line.note})")
    while True:
        word = talk.ask("number look at it · Enter back · q quit")
        if word == "":
            return
        chosen = number_in(word, len(lines))
        if chosen is None:
            talk.unknown(word)
            continue
        view = look(desk, lines[chosen - 1])
        if view is None:
            talk.say("This item is no longer in the course; your answer is kept.")
        else:
            show_feedback(talk, view, everything=True)


def _erase(talk: Talk, course: Course) -> None:
    talk.say("This removes every answer, place and note of this learner, in every pack. It cannot be undone.")
    sure = talk.ask("y go on · Enter keep everything") == "y"
    if sure and talk.ask("Type the word erase to remove it for good · Enter keep everything") == "erase":
        course.history.erase()
        talk.say("Your history is erased.")
    else:
        talk.say("Everything is kept.")


def _documents(talk: Talk, course: Course) -> None:
    documents = list(course.pack.documents.values())
    talk.title("Documents")
    for number, document in enumerate(documents, start=1):
        module = course.kept_for(document)
        kept = f"kept for “{module}”, to be read cold there" if module else ""
        talk.option(number, f"{named(document)} · {kept or document.date or 'undated'}")
    while True:
        word = talk.ask("number read · Enter back · q quit")
        if word == "":
            return
        chosen = number_in(word, len(documents))
        if chosen is not None and (module := course.kept_for(documents[chosen - 1])):
            talk.say(f"It opens when “{module}” is done.")
        elif chosen is not None:
            show_document(talk, course, documents[chosen - 1].id)
        else:
            talk.unknown(word)


def show_document(talk: Talk, course: Course, document_id: str) -> None:
    """Write a whole document, with who wrote it, and where help is found if it speaks of suicide."""
    document = course.pack.documents[document_id]
    talk.title(document.title)
    talk.say(f"{document.author} · {document.gain or 'gains nothing that we know of'} · {document.date or 'undated'}")
    if any(quote.sensitive for quote in document.quotes):
        talk.say(help_lines(course.pack.index.help))
    talk.say()
    text = document.text or ""
    for span in paragraphs(text):
        talk.say(text[span.start : span.end].removeprefix("## "))
        talk.say()
    if gaps := gap_lines(document):
        talk.say(f"{GAPS_TITLE}:")
        for word, gap in gaps:
            talk.say(f"{word}: {gap}", "  ")


def _module(talk: Talk, course: Course, sitting: Sitting) -> None:
    """Go through a module from where the learner left it. Raises `Home` at its end and on h."""
    sitting.enter()
    while True:
        step = sitting.step
        number, total = sitting.position
        talk.title(f"{sitting.module.title} · {step.title} · step {number} of {total}")
        if step.is_items:
            word = take_items(talk, sitting)
        elif step.kind == "report":
            word = _report(talk, sitting)
        else:
            word = _read(talk, course, sitting)
        match word:
            case "":
                sitting.forward()
            case "b":
                sitting.back()
            case "c":
                _contents(talk, sitting)
            case _:
                raise Home


def _read(talk: Talk, course: Course, sitting: Sitting) -> str:
    """Show a page, card or stopping place; numbers open its citations."""
    view = sitting.reading()
    talk.rich(view.blocks)
    if view.help:
        talk.say(view.help)
    numbered = [cite for cite in view.cites if cite.number]
    which = "1 opens the citation" if len(numbered) == 1 else f"number 1–{len(numbered)} open a citation"
    opens = f"{which} · " if numbered else ""
    shown = None
    while True:
        extra = "o whole document · " if shown else ""
        look_up = "g words · " if course.pack.terms else ""
        word = talk.ask(f"Enter next · b back · {opens}{extra}{look_up}c contents · h home · q quit")
        if word in ("", "b", "c", "h"):
            return word
        number = number_in(word, len(numbered))
        if number is not None:
            cite = numbered[number - 1]
            shown = cite.passage
            show_passage(talk, cite)
        elif word == "g" and look_up:
            _glossary(talk, course, sitting, view.terms)
        elif word == "o" and shown:
            show_document(talk, course, shown.document)
        else:
            talk.unknown(word)


def _glossary(talk: Talk, course: Course, sitting: Sitting, here: Sequence[str]) -> None:
    """List what words mean, those of the page first, and say one of them in full."""
    views = words(course.pack, sitting.sources, here)
    for number, view in enumerate(views, start=1):
        talk.option(number, f"{view.term}: {view.short}{' (on this page)' if view.here else ''}")
    while True:
        word = talk.ask("number in full · Enter back · q quit")
        if word == "":
            return
        chosen = number_in(word, len(views))
        if chosen is not None:
            talk.say(f"{views[chosen - 1].term}: {views[chosen - 1].text}")
        else:
            talk.unknown(word)


def _contents(talk: Talk, sitting: Sitting) -> None:
    for number, step in enumerate(sitting.steps, start=1):
        here = " (you are here)" if step == sitting.step else ""
        note = f", {step.note}" if step.note else ""
        talk.option(number, f"{step.title}{note}{here}")
    while True:
        word = talk.ask("number go there · Enter stay · q quit")
        if word == "":
            return
        chosen = number_in(word, len(sitting.steps))
        if chosen is not None:
            sitting.go(sitting.steps[chosen - 1].key)
            return
        talk.unknown(word)


def _report(talk: Talk, sitting: Sitting) -> str:
    """Show the report; numbers show an item again, r retries. Gives where to go."""
    report = sitting.report()
    show_report(talk, report)
    retry = "r retry what was not fully right · " if report.can_retry else ""
    while True:
        word = talk.ask(f"{retry}number look at an item again · b back · c contents · Enter home · q quit")
        if word == "":
            return "h"
        if word in ("b", "c", "h"):
            return word
        if word == "r" and report.can_retry:
            sitting.go("quiz")
            sitting.retry()
            return take_items(talk, sitting)
        number = number_in(word, len(report.lines))
        if number is not None:
            line = report.lines[number - 1]
            show_feedback(talk, sitting.look(line.address, line.part), everything=True)
        else:
            talk.unknown(word)
