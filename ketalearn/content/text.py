"""Text rules that reading, checking and showing share: folding, finding a quote, cutting sentences, visible controls."""

from __future__ import annotations

import re
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

_SENTENCE_END = re.compile(r"(?:[.!?…]+[\"”’)\]]*(?=\s+|$)|[?!](?=[A-Z]:\s)|:(?=\s*$))")
_ABBREVIATION = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|St|vs|etc|e\.g|i\.e|al|Fig|No|approx)|\b[A-Z])\.$")


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


def fold(text: str) -> str:
    """Replace each run of white space, no-break spaces included, by one blank."""
    return SPACE.sub(" ", text).strip(" ")


def visible(text: str) -> str:
    """Replace every forbidden character by a visible stand-in, so that none reaches a terminal."""
    return FORBIDDEN.sub(_stand_in, text)


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(0x2400 + code) if code < 0x20 else f"⟨U+{code:04X}⟩"


@lru_cache(maxsize=64)
def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """Fold a document and remember where each folded character stood."""
    out: list[str] = []
    where: list[int] = []
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
    return "".join(out), (*where, len(text))


def find_quote(text: str, quote: str, prefix: str = "", suffix: str = "") -> list[Span]:
    """Find every place where the quote stands word for word, white space folded and nothing else.

    `prefix` and `suffix` are the words just before and after it; they narrow the places and are not part of them.
    """
    folded, where = _folded(text)
    needle = fold(quote)
    before, after = fold(prefix), fold(suffix)
    found: list[Span] = []
    at = folded.find(needle) if needle else -1
    while at >= 0:
        end = at + len(needle)
        if folded[:at].rstrip(" ").endswith(before) and folded[end:].lstrip(" ").startswith(after):
            found.append(Span(where[at], where[end - 1] + 1))
        at = folded.find(needle, at + 1)
    return found


def paragraphs(text: str) -> list[Span]:
    """Cut a document at blank lines; white space around a paragraph is not part of it."""
    spans = []
    for match in re.finditer(r"(?:[^\n]*\S[^\n]*\n?)+", text):
        block = match.group()
        spans.append(Span(match.start() + len(block) - len(block.lstrip()), match.start() + len(block.rstrip())))
    return spans


def sentences(text: str) -> list[Span]:
    """Cut a document into sentences, by one rule.

    A paragraph ends a sentence, and so do a heading and a list item. Inside a paragraph a sentence ends at . ! ? or …
    with any closing quotes and brackets, before white space (but not after an abbreviation or an initial); at ? or !
    directly before a capital and a colon ("treatment?A: When"); and at a colon that ends the paragraph (a lead-in).
    """
    spans: list[Span] = []
    for paragraph in paragraphs(text):
        block = text[paragraph.start : paragraph.end]
        if block.startswith("#"):
            spans.append(paragraph)
            continue
        start = 0
        for match in _SENTENCE_END.finditer(block):
            if _ABBREVIATION.search(block[start : match.end()]) and match.end() < len(block):
                continue
            spans.append(_trim(block, start, match.end(), paragraph.start))
            start = match.end()
        if block[start:].strip():
            spans.append(_trim(block, start, len(block), paragraph.start))
    return spans


def _trim(block: str, start: int, end: int, offset: int) -> Span:
    while start < end and block[start].isspace():
        start += 1
    return Span(offset + start, offset + end)
