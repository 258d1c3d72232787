"""Text rules that reading, checking and showing share: folding, finding a quote, cutting sentences, visible controls."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

SPACE = re.compile(r"[ \t\n\u00a0\u202f\u2007]+")
"""White space that a quote may differ in; nothing else is folded."""

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u2028\u2029"  # line and paragraph separators: a line break that no reader sees
    "\u202a-\u202e\u2066-\u2069"  # bidirectional overrides and isolates
    "\ud800-\udfff\ufffe\uffff"  # lone surrogates and non-characters
    "\U000e0000-\U000e007f]"  # tag characters: text that nobody sees
)
"""Characters that are refused at the door and shown visibly if they still arrive. Joiners stay: scripts need them."""

CITATION = re.compile(r"\[(@[A-Za-z0-9][\w.-]*(?:; ?@[A-Za-z0-9][\w.-]*)*)\]", re.ASCII)
"""Pandoc's [@id] and [@id; @id]."""
BEGUN_CITATION = re.compile(r"\[@")

# Possessive and begun only at the start of a run, so that a hostile text costs no more time than a plain one.
_SENTENCE_END = re.compile(r"(?:(?<![.!?…])[.!?…]++[\"”’)\]]*+(?=\s|$)|[?!](?=[A-Z]:\s)|:(?=\s*$))")
_ABBREVIATION = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|St|vs|etc|e\.g|i\.e|al|Fig|No|approx)|\b[A-Z])\.$")
_LONGEST_ABBREVIATION = 12
"""No abbreviation is longer, with the character before it; only so much is looked at."""
_HEADING = re.compile(r"[ \t]*#{1,6}(?:\s|$)")
_ITEM = re.compile(r"[ \t]*(?:[-*+•–]|\d{1,3}[.)])[ \t\u00a0]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters in a document's text."""

    start: int
    end: int


def cited(text: str) -> Iterator[str]:
    """Give the ids that a text cites as [@id] or [@id; @id], in order."""
    for match in CITATION.finditer(text):
        for part in match.group(1).split(";"):
            yield part.strip().removeprefix("@")


def ended(text: str) -> str:
    """End a text as a sentence, if it does not end so already."""
    return text if text.endswith((".", "?", "!", "”")) else f"{text}."


def fold(text: str) -> str:
    """Replace each run of white space, no-break spaces included, by one blank."""
    return SPACE.sub(" ", text).strip(" ")


def visible(text: str) -> str:
    """Replace every forbidden character by a visible stand-in, so that none reaches a terminal."""
    return FORBIDDEN.sub(_stand_in, text)


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(0x2400 + code) if code < 0x20 else f"⟨U+{code:04X}⟩"


@lru_cache(maxsize=4)
def _folded(text: str) -> tuple[str, array[int]]:
    """Fold a document and remember where each folded character stood."""
    out: list[str] = []
    where = array("I")
    blank = True  # swallows leading white space
    for index, char in enumerate(text):
        if char in " \t\n\u00a0\u202f\u2007":
            if not blank:
                out.append(" ")
                where.append(index)
            blank = True
        else:
            out.append(char)
            where.append(index)
            blank = False
    return "".join(out), where


def find_quote(text: str, quote: str, prefix: str = "", suffix: str = "", at_most: int | None = None) -> list[Span]:
    """Find every place where the quote stands word for word, white space folded and nothing else.

    `prefix` and `suffix` are the words just before and after it; they narrow the places and are not part of them.
    The search ends when `at_most` places are found.
    """
    folded, where = _folded(text)
    needle = fold(quote)
    before, after = fold(prefix), fold(suffix)
    found: list[Span] = []
    at = folded.find(needle) if needle else -1
    while at >= 0 and (at_most is None or len(found) < at_most):
        end = at + len(needle)
        left = at - 1 if folded[at - 1 : at] == " " else at
        right = end + 1 if folded[end : end + 1] == " " else end
        if folded.endswith(before, 0, left) and folded.startswith(after, right):
            found.append(Span(where[at], where[end - 1] + 1))
        at = folded.find(needle, at + 1)
    return found


def paragraphs(text: str) -> list[Span]:
    """Cut a document at blank lines; white space around a paragraph is not part of it."""
    spans: list[Span] = []
    start, end, at = -1, 0, 0
    for line in [*text.split("\n"), ""]:
        if line.strip():
            if start < 0:
                start = at + len(line) - len(line.lstrip())
            end = at + len(line.rstrip())
        elif start >= 0:
            spans.append(Span(start, end))
            start = -1
        at += len(line) + 1
    return spans


def sentences(text: str) -> list[Span]:
    """Cut a document into sentences, by one rule.

    A paragraph ends a sentence, and so do a heading and a list item. Inside a paragraph a sentence ends at . ! ? or …
    with any closing quotes and brackets, before white space (but not after an abbreviation or an initial); at ? or !
    directly before a capital and a colon ("treatment?A: When"); and at a colon that ends the paragraph (a lead-in).
    """
    spans: list[Span] = []
    for piece in _pieces(text):
        block = text[piece.start : piece.end]
        if _HEADING.match(block):
            spans.append(piece)
            continue
        start = 0
        marker = _ITEM.match(block)  # the full stop of “1.” ends no sentence
        for match in _SENTENCE_END.finditer(block, marker.end() if marker else 0):
            tail = block[max(start, match.end() - _LONGEST_ABBREVIATION) : match.end()]
            if _ABBREVIATION.search(tail) and match.end() < len(block):
                continue
            spans.append(_trim(block, start, match.end(), piece.start))
            start = match.end()
        if block[start:].strip():
            spans.append(_trim(block, start, len(block), piece.start))
    return spans


def _pieces(text: str) -> Iterator[Span]:
    """Cut paragraphs further where a line is a heading or begins a list item."""
    for paragraph in paragraphs(text):
        start = at = paragraph.start
        after_heading = False
        for line in text[paragraph.start : paragraph.end].split("\n"):
            heading = _HEADING.match(line) is not None
            if at > start and (heading or after_heading or _ITEM.match(line)):
                yield _trim(text, start, at - 1, 0)
                start = at
            after_heading = heading
            at += len(line) + 1
        yield _trim(text, start, paragraph.end, 0)


def _trim(block: str, start: int, end: int, offset: int) -> Span:
    while start < end and block[start].isspace():
        start += 1
    while end > start and block[end - 1].isspace():
        end -= 1
    return Span(offset + start, offset + end)
