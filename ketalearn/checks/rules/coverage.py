"""Where a document asks for full coverage, every sentence is a claim or listed as context: nothing is judged by silence."""

from collections.abc import Iterator

from ketalearn.checks.context import Context
from ketalearn.content.problem import Problem
from ketalearn.content.text import find_quote, sentences


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
            if not any(start < span.end and end > span.start for start, end in covered):
                words = text[span.start : span.end]
                short = words if len(words) <= 60 else words[:57] + "…"
                message = f"no claim and no context covers “{short}”"
                cure = "Label it as a claim, or list it under “context:”."
                yield context.places.problem(at, (), "uncovered", message, cure)
