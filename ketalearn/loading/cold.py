"""A document that is read cold, as items: every claim of it, from its beginning to its end, in excerpts to be marked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ketalearn.content.items import Spot
from ketalearn.content.pack import Claim, Document, Module, Quiz
from ketalearn.content.text import Span

FEW, MANY = 5, 8
"""An excerpt ends at a heading once it has so many sentences, and anywhere when it has the second number."""
_HEADING = re.compile(r"^#+ ", re.MULTILINE)


def with_cold_reading(module: Module, documents: Mapping[str, Document], anchors: Mapping[str, Span]) -> Module:
    """Give the module with the items of its cold documents, asked after its own in the order of the text."""
    items = tuple(item for name in module.cold if name in documents for item in _items(documents[name], anchors))
    if not items:
        return module
    own = module.quiz or Quiz(items=(), show=0)
    pool = (*own.items, *(item.id for item in items))
    quiz = replace(own, items=pool, show=own.show + len(items), judging=None, order="as-written")
    return replace(module, items=(*module.items, *items), quiz=quiz)


def _items(document: Document, anchors: Mapping[str, Span]) -> list[Spot]:
    claims = sorted((c for c in document.claims if c.id in anchors and _asked(c)), key=lambda c: anchors[c.id].start)
    headings = [match.start() for match in _HEADING.finditer(document.text or "")]
    excerpts: list[list[str]] = []
    before = 0
    for claim in claims:
        at = anchors[claim.id].start
        turned = any(before < heading < at for heading in headings)
        if not excerpts or len(excerpts[-1]) >= MANY or (turned and len(excerpts[-1]) >= FEW):
            excerpts.append([])
        excerpts[-1].append(claim.id)
        before = at
    if len(excerpts) > 1 and len(excerpts[-1]) < FEW // 2:
        rest = excerpts.pop()
        excerpts[-1] += rest
    return [_item(document.id, number, excerpt) for number, excerpt in enumerate(excerpts, start=1)]


def _item(document: str, number: int, excerpt: Sequence[str]) -> Spot:
    return Spot(id=f"cold-{document}-{number}", excerpt=tuple(excerpt))


def _asked(claim: Claim) -> bool:
    """Leave out a sentence that says nothing, and one that labellers disagree on."""
    return claim.kind != "none" and claim.label != "split"
