"""Where a document asks for full coverage, every sentence is a claim or listed as context: nothing is judged by silence."""

from collections.abc import Iterator

from ketalearn.checks.context import Context
from ketalearn.content.problem import Problem
from ketalearn.content.text import Span, find_quote, sentences

PUNCTUATION = " \n\t\u00a0.,;:!?…“”\"’'()[]–—-#*"
LEFT = 3
"""So many words in a row may stand outside: “However, ”, “and this is why”. More of them could say something."""


def check(context: Context) -> Iterator[Problem]:
    """Find sentences that no claim and no context touches, and context that is not there."""
    anchors = context.loaded.resolved.anchors
    for document in context.pack.documents:
        text = document.text or ""
        at = ("documents", document.id)
        covered = [(anchors[c.id].start, anchors[c.id].end) for c in document.claims if c.id in anchors]
        for number, quote in enumerate(document.context):
            spans = find_quote(text, quote)
            if not spans:
                message = "these words do not stand in the document"
                cure = "Copy them from the document."
                yield context.places.problem(at, ("context", number), "quote-not-found", message, cure)
            covered += [(span.start, span.end) for span in spans]
        if not document.coverage:
            continue
        for span in sentences(text):
            touched = any(start < span.end and end > span.start for start, end in covered)
            for words in _outside(text, span, covered):
                if touched and len(words.split()) <= LEFT:
                    continue
                short = words if len(words) <= 60 else words[:57] + "…"
                message = f"no claim and no context covers “{short}”"
                cure = "Label it as a claim, or list it under “context:”."
                yield context.places.problem(at, (), "uncovered", message, cure)
        for claim in document.claims:
            if claim.module is None and context.basis(claim) != "context":
                cure = "Add “module:”, since this document asks for full coverage."
                yield context.at_claim(claim, (), "no-module", "no module teaches this claim", cure)


def _outside(text: str, span: Span, covered: list[tuple[int, int]]) -> Iterator[str]:
    """Give the runs of words of a sentence that nothing covers."""
    at = span.start
    for start, end in sorted(covered):
        if end > at and start < span.end:
            if text[at : max(at, start)].strip(PUNCTUATION):
                yield text[at:start].strip()
            at = max(at, end)
    if at < span.end and text[at : span.end].strip(PUNCTUATION):
        yield text[at : span.end].strip()
