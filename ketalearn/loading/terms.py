"""Marks the terms of the glossary on a page, each where it stands first, so that a front end can open its entry."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ketalearn.content.pack import Term
from ketalearn.content.rich import Block, Rich, TextSpan

_MARKED = {"paragraph", "item"}


class Terms:
    """The terms of a pack, to be found on its pages. Longer forms win: “NMDA receptor” before “receptor”."""

    def __init__(self, glossary: Iterable[Term]) -> None:
        self._ids: dict[str, str] = {}
        for term in glossary:
            for form in (term.term, *term.also):
                self._ids.setdefault(_folded(form), term.id)
        forms = sorted(self._ids, key=len, reverse=True)
        words = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)
        self._pattern = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE) if forms else None

    def mark(self, blocks: Rich) -> Rich:
        """Give the blocks with every term marked once. Headings, figures, code, quotes and links stay as they are."""
        if self._pattern is None:
            return blocks
        seen: set[str] = set()
        return tuple(self._block(block, seen) if block.kind in _MARKED else block for block in blocks)

    def _block(self, block: Block, seen: set[str]) -> Block:
        spans: list[TextSpan] = []
        for span in block.spans:
            spans += self._span(span, seen) if span.style == "" else [span]
        return replace(block, spans=tuple(spans))

    def _span(self, span: TextSpan, seen: set[str]) -> Iterable[TextSpan]:
        assert self._pattern is not None
        at = 0
        for match in self._pattern.finditer(span.text):
            name = self._ids[_folded(match.group())]
            if name in seen:
                continue
            seen.add(name)
            if match.start() > at:
                yield TextSpan(text=span.text[at : match.start()])
            yield TextSpan(text=match.group(), style="term", target=name)
            at = match.end()
        if at < len(span.text):
            yield TextSpan(text=span.text[at:])


def _folded(form: str) -> str:
    return " ".join(form.split()).casefold()
