"""The sheet to take away: a module's items with my answers, the reasons and the quotes, as Markdown or HTML.

It holds a quote with two sentences on each side, never a whole document.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ketalearn.assessment.attempt import Part
from ketalearn.content.text import ended, fold, paragraphs, sentences, visible
from ketalearn.library.compiled import CompiledPack
from ketalearn.study.course import Course, number_words
from ketalearn.study.feedback import Feedback
from ketalearn.study.report import Report
from ketalearn.study.sitting import Sitting
from ketalearn.study.sources import PassageView

Format = Literal["markdown", "html"]
AROUND = 2
"""How many sentences of a document stand on each side of a quote."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the sheet: a heading of a level, a quotation, a list entry or a paragraph."""

    kind: Literal["h1", "h2", "h3", "quote", "item", "text"]
    text: str


def sheet(course: Course, module: str, format_: Format = "markdown") -> str:
    """Write the sheet of a module. Raises `KeyError` for an unknown module."""
    lines = list(_lines(course, course.sit(module)))
    return _html(lines, course.pack.index.title) if format_ == "html" else _markdown(lines)


def _lines(course: Course, sitting: Sitting) -> Iterator[_Line]:
    report = sitting.report()
    index = course.pack.index
    yield _Line("h1", sitting.module.title)
    yield _Line("text", index.title)
    if index.notice:
        yield _Line("text", fold(index.notice))
    yield from _figures(report)
    for part, title in (("tell", "Sentences"), ("quiz", "Quiz")):
        attempt = course.history.reported(sitting.module.id, "tell" if part == "tell" else "quiz")
        shown = [line for line in report.lines if line.part == part]
        if attempt is None or not shown:
            continue
        yield _Line("h2", title)
        for number, line in enumerate(shown, start=1):
            own: Part = "tell" if part == "tell" else "quiz"
            yield from _item(course.pack, number, sitting.look(line.address, own))
    notes = [flag for flag in course.history.flags if flag.item.startswith(sitting.module.id + "/")]
    if notes:
        yield _Line("h2", "My notes")
        for flag in notes:
            yield _Line("item", f"{flag.item}{' (flagged)' if flag.bad else ''}: {flag.note}".rstrip(": "))


def _figures(report: Report) -> Iterator[_Line]:
    if not report.lines:
        yield _Line("text", "Nothing is answered yet.")
        return
    if report.asked:
        yield _Line("item", f"Knowledge: {number_words(report.knowledge)} of {report.asked}")
    if report.judged:
        yield _Line("item", f"Judging: {number_words(report.judging)} of {report.judged}")
    found = report.discernment
    if found.signal or found.noise:
        practice = " (practice: the labels are provisional)" if report.provisional else ""
        caught = f"Marketing caught: {found.caught} of {found.signal}; wrongly flagged: {found.false_flags} of {found.noise}"
        yield _Line("item", caught + practice)


def _item(pack: CompiledPack, number: int, view: Feedback) -> Iterator[_Line]:
    yield _Line("h3", f"{number}. {view.quote or view.stem}")
    sure = f" ({view.sure})" if view.sure else ""
    yield _Line("text", f"{view.sign} {view.result}{sure}. You: {ended(view.chosen)} It is: {ended(view.answer)}")
    if view.mine:
        yield _Line("text", f"About your answer: {view.mine}")
    yield _Line("text", f"Why: {view.because}")
    if view.labels:
        yield _Line("text", view.labels + (" (provisional)" if view.provisional else ""))
    if view.fairer:
        yield _Line("text", f"A fair wording: {view.fairer}")
    if view.silent:
        yield _Line("text", view.silent)
    for passage in view.passages:
        yield _Line("quote", excerpt(pack, passage))
        yield _Line("text", f"{passage.label}: {passage.byline}")
    for card in view.cards:
        yield _Line("item", f"Evidence: {card.title} " + " ".join(f"{label}: {ended(text)}" for label, text in card.lines))
    for reference in view.references:
        yield _Line("item", reference.text)
    if view.help:
        yield _Line("text", view.help)


def excerpt(pack: CompiledPack, view: PassageView) -> str:
    """Give the quote between >> and <<, with at most two sentences of its document on each side.

    Of what was written for an exercise only the paragraph is given: the next one in the list is on something else, and may
    be false.
    """
    span, document = pack.span(view.id), pack.documents[view.document]
    text = document.text or ""
    cut = sentences(text)
    if document.voice == "constructed":
        own = [part for part in paragraphs(text) if part.start < span.end and part.end > span.start]
        cut = [one for one in cut if any(part.start <= one.start < part.end for part in own)]
    inside = [number for number, one in enumerate(cut) if one.start < span.end and one.end > span.start]
    first, last = (inside[0], inside[-1]) if inside else (0, -1)
    start = cut[max(0, first - AROUND)].start if inside else span.start
    end = cut[min(len(cut) - 1, last + AROUND)].end if inside else span.end
    words = f"{text[start : span.start]}>> {view.quote} <<{text[span.end : end]}"
    return fold(words.replace("## ", ""))


def _markdown(lines: list[_Line]) -> str:
    marks = {"h1": "# ", "h2": "## ", "h3": "### ", "quote": "> ", "item": "- ", "text": ""}
    return "\n\n".join(marks[line.kind] + _escaped(line.text) for line in lines) + "\n"


def _escaped(text: str) -> str:
    """Keep text from being read as Markdown or HTML."""
    text = re.sub(r"([\\`*_\[\]#|])", r"\\\1", visible(fold(text)))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _html(lines: list[_Line], title: str) -> str:
    tags = {"h1": "h1", "h2": "h2", "h3": "h3", "quote": "blockquote", "item": "li", "text": "p"}
    parts: list[str] = []
    listing = False
    for line in lines:
        if (line.kind == "item") != listing:
            parts.append("</ul>" if listing else "<ul>")
            listing = not listing
        parts.append(f"<{tags[line.kind]}>{html.escape(visible(fold(line.text)))}</{tags[line.kind]}>")
    if listing:
        parts.append("</ul>")
    style = (
        "body{font:1.05rem/1.55 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1b1f23;"
        "background:#fcfbf8}blockquote{border-left:4px solid #0b5357;margin-left:0;padding-left:1rem;background:#f5f3ee}"
        "h3{margin-top:2rem}"
    )
    head = f"<meta charset=utf-8><meta name=viewport content='width=device-width'><title>{html.escape(title)}</title>"
    body = "\n".join(parts)
    return f"<!doctype html>\n<html lang=en>\n<head>{head}<style>{style}</style></head>\n<body>\n{body}\n</body>\n</html>\n"
