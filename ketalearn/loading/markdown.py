"""Markdown to blocks and spans, at compile time, so that no learner's process parses it.

Taken: paragraphs, headings, lists, quotations, code, emphasis, links (http, https, mailto) and citations. Refused, each with
its cure: raw HTML, images, tables, footnotes and other links, because a terminal cannot show them as they were meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ketalearn.content.rich import Block, Rich, SpanStyle, TextSpan
from ketalearn.content.text import CITATION, FORBIDDEN

MAX_PAGE = 20 * 1024
MAX_BLOCKS = 300
MAX_LEVEL = 16
"""A list in a list is two levels. The parser leaves out what lies deeper than 20, so a page is refused before that."""
_LINKS = ("http://", "https://", "mailto:")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,100}\]")

_parser = MarkdownIt("commonmark", {"html": True})
# The parser would show some links (javascript:, file:) as plain text; here every link is looked at, and refused at its place.
_parser.validateLink = lambda url: True  # type: ignore[method-assign]


class Fault(ValueError):
    """Something that a page may not hold: the line inside the text (from 0), a code, what it is, what to do."""

    def __init__(self, line: int, code: str, message: str, cure: str) -> None:
        super().__init__(message)
        self.line, self.code, self.message, self.cure = line, code, message, cure


def render(text: str) -> tuple[Rich, list[Fault]]:
    """Turn a page's Markdown into blocks, and say what it may not hold."""
    faults: list[Fault] = []
    if len(text.encode()) > MAX_PAGE:
        faults.append(Fault(0, "page-too-long", f"this page is longer than {MAX_PAGE // 1024} KB", "Split it."))
        return (), faults
    writer = _Writer(faults)
    tokens = _parser.parse(text)
    deep = next(
        (token for token in tokens if token.level >= MAX_LEVEL and token.type.endswith(("list_open", "quote_open"))), None
    )
    if deep is not None:
        writer.fault(deep, "too-deep", "lists or quotations lie too deep in each other here", "Write it with fewer levels.")
    for token in tokens:
        writer.take(token)
    blocks = tuple(writer.blocks)
    if len(blocks) > MAX_BLOCKS:
        faults.append(Fault(0, "page-too-long", f"this page has more than {MAX_BLOCKS} blocks", "Split it."))
    for line, block in zip(writer.lines, blocks, strict=True):
        hidden = FORBIDDEN.search(block.text + block.alt)
        if hidden:  # written as an entity (“&#x202e;”), since the file itself is clean
            message = f"this text holds the invisible character U+{ord(hidden.group()):04X}"
            faults.append(Fault(line, "control-character", message, "Remove the code that begins with “&”."))
    numbers: dict[str, int] = {}
    return tuple(_number(block, numbers) for block in blocks), faults


def _is_table_rule(row: str) -> bool:
    """Say whether a line is the rule under a table's head: dashes and bars."""
    return "|" in row and "-" in row and not row.strip(" \t:|-")


def _number(block: Block, numbers: dict[str, int]) -> Block:
    """Give each citation the number under which its target first stands on the page."""
    spans = []
    for span in block.spans:
        if span.style == "cite":
            number = numbers.setdefault(span.target, len(numbers) + 1)
            spans.append(TextSpan(text=f"[{number}]", style="cite", target=span.target))
        else:
            spans.append(span)
    return Block(kind=block.kind, spans=tuple(spans), level=block.level, marker=block.marker, alt=block.alt)


class _Writer:
    """Walks markdown-it's flat token list and collects blocks."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        self.blocks: list[Block] = []
        self.lines: list[int] = []  # where each block begins
        self.lists: list[tuple[str, int]] = []  # "-" or "1." with the next number
        self.marker = ""
        self.quoted = 0
        self.heading = 0

    def fault(self, token: Token, code: str, message: str, cure: str, line: int | None = None) -> None:
        start = token.map[0] if token.map else 0
        self.faults.append(Fault(start if line is None else line, code, message, cure))

    def put(self, token: Token, block: Block) -> None:
        self.blocks.append(block)
        self.lines.append(token.map[0] if token.map else 0)

    def take(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self.lists.append(("•", 0))
            case "ordered_list_open":
                self.lists.append(("1", int(token.attrs.get("start", 1))))
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                sign, number = self.lists[-1]
                self.marker = sign if sign == "•" else f"{number}."
                self.lists[-1] = (sign, number + 1)
            case "blockquote_open":
                self.quoted += 1
            case "blockquote_close":
                self.quoted -= 1
            case "heading_open":
                self.heading = int(token.tag[1])
            case "heading_close":
                self.heading = 0
            case "inline":
                self.inline(token)
            case "fence" | "code_block":
                self.code(token)
            case "hr":
                self.put(token, Block(kind="rule"))
            case "html_block":
                self.fault(token, "html", "raw HTML is not part of the format", "Write it in Markdown.")

    def code(self, token: Token) -> None:
        span = (TextSpan(text=token.content.rstrip("\n"), style="code"),)
        info = token.info.strip()
        if info.split(" ")[0] == "figure":
            alt = info.removeprefix("figure").strip()
            if not alt:
                cure = "Say after “figure” what the drawing shows; readers who do not see it get these words."
                self.fault(token, "figure-text", "this figure has no text equivalent", cure)
            self.put(token, Block(kind="figure", spans=span, alt=alt))
        else:
            self.put(token, Block(kind="code", spans=span))

    def inline(self, token: Token) -> None:
        first = token.map[0] if token.map else 0
        for number, row in enumerate(token.content.split("\n")):
            if number and _is_table_rule(row):
                self.fault(token, "table", "tables do not fit a terminal", "Write a list instead.", first + number)
            if _FOOTNOTE.search(row):
                cure = "Cite with [@id], or write it out."
                self.fault(token, "footnote", "footnotes are not part of the format", cure, first + number)
        spans = tuple(self.spans(token))
        if self.heading:
            self.put(token, Block(kind="heading", spans=spans, level=self.heading))
        elif self.lists:
            self.put(token, Block(kind="item", spans=spans, level=len(self.lists), marker=self.marker))
            self.marker = ""  # a second paragraph of the same item has none
        else:
            self.put(token, Block(kind="quote" if self.quoted else "paragraph", spans=spans))

    def spans(self, token: Token) -> Iterator[TextSpan]:
        line = token.map[0] if token.map else 0
        strong = emphasis = 0
        link = ""
        for child in token.children or ():
            match child.type:
                case "text":
                    style: SpanStyle = "link" if link else _STYLES[bool(strong), bool(emphasis)]
                    yield from _split(child.content, style, link)
                case "code_inline":
                    yield TextSpan(text=child.content, style="code")
                case "softbreak":
                    line += 1
                    yield TextSpan(text=" ")
                case "hardbreak":
                    line += 1
                    yield TextSpan(text="\n")
                case "strong_open" | "strong_close":
                    strong += child.nesting
                case "em_open" | "em_close":
                    emphasis += child.nesting
                case "link_open":
                    link = str(child.attrs.get("href", ""))
                    if not link.lower().startswith(_LINKS):
                        cure = "Use a full address that begins with https://."
                        self.fault(child, "link", f"the link “{link}” does not lead to a web page", cure, line)
                case "link_close":
                    # The address is shown, since no front end opens it: a reader sees where a link would lead.
                    yield TextSpan(text=f" ({link})", style="code")
                    link = ""
                case "image":
                    cure = "Draw it in a fenced block “figure …”, or describe it."
                    self.fault(child, "image", "images cannot be shown in a terminal", cure, line)
                case "html_inline":
                    self.fault(
                        child, "html", f"raw HTML ({child.content}) is not part of the format", "Write it in Markdown.", line
                    )


_STYLES: dict[tuple[bool, bool], SpanStyle] = {
    (False, False): "",
    (True, False): "strong",
    (False, True): "em",
    (True, True): "strong-em",
}


def _split(text: str, style: SpanStyle, link: str) -> Iterator[TextSpan]:
    """Cut citations out of a run of text."""
    at = 0
    for match in CITATION.finditer(text):
        if text[at : match.start()]:
            yield TextSpan(text=text[at : match.start()], style=style, target=link)
        for part in match.group(1).split(";"):
            yield TextSpan(text="", style="cite", target=part.strip().removeprefix("@"))
        at = match.end()
    if text[at:]:
        yield TextSpan(text=text[at:], style=style, target=link)
