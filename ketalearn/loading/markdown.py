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
from ketalearn.content.text import CITATION

MAX_PAGE = 20 * 1024
MAX_BLOCKS = 300
_LINKS = ("http://", "https://", "mailto:")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]")
_TABLE = re.compile(r"^\s*\|?[\s:|-]*-{3,}[\s:|-]*\|[\s:|-]*$", re.MULTILINE)

_parser = MarkdownIt("commonmark", {"html": True})


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
    table = _TABLE.search(text)
    if table:
        line = text.count("\n", 0, table.start())
        faults.append(Fault(line, "table", "tables do not fit a terminal", "Write a list instead."))
    note = _FOOTNOTE.search(text)
    if note:
        line = text.count("\n", 0, note.start())
        faults.append(Fault(line, "footnote", "footnotes are not part of the format", "Cite with [@id], or write it out."))
    writer = _Writer(faults)
    for token in _parser.parse(text):
        writer.take(token)
    blocks = tuple(writer.blocks)
    if len(blocks) > MAX_BLOCKS:
        faults.append(Fault(0, "page-too-long", f"this page has more than {MAX_BLOCKS} blocks", "Split it."))
    numbers: dict[str, int] = {}
    return tuple(_number(block, numbers) for block in blocks), faults


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
        self.lists: list[tuple[str, int]] = []  # "-" or "1." with the next number
        self.marker = ""
        self.quoted = 0
        self.heading = 0

    def fault(self, token: Token, code: str, message: str, cure: str, line: int = 0) -> None:
        start = token.map[0] if token.map else line
        self.faults.append(Fault(start, code, message, cure))

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
                self.blocks.append(Block(kind="rule"))
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
            self.blocks.append(Block(kind="figure", spans=span, alt=alt))
        else:
            self.blocks.append(Block(kind="code", spans=span))

    def inline(self, token: Token) -> None:
        spans = tuple(self.spans(token))
        if self.heading:
            self.blocks.append(Block(kind="heading", spans=spans, level=self.heading))
        elif self.lists:
            self.blocks.append(Block(kind="item", spans=spans, level=len(self.lists), marker=self.marker))
            self.marker = ""  # a second paragraph of the same item has none
        else:
            self.blocks.append(Block(kind="quote" if self.quoted else "paragraph", spans=spans))

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
                    yield TextSpan(text=" ")
                case "hardbreak":
                    yield TextSpan(text="\n")
                case "strong_open" | "strong_close":
                    strong += child.nesting
                case "em_open" | "em_close":
                    emphasis += child.nesting
                case "link_open":
                    link = str(child.attrs.get("href", ""))
                    if not link.startswith(_LINKS):
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
