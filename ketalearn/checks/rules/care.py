"""Sentences on suicide are shown with where to find help, and never as a warm-up.

So each of them is marked: a claim or passage with “sensitive: suicide” covers a sentence of a document, and a page or an
item that speaks of suicide itself has “sensitive: suicide”.
"""

import re
from collections.abc import Iterator

from ketalearn.checks.context import Context
from ketalearn.content.items import KnowledgeItem, claims_of, passages_of
from ketalearn.content.problem import Problem
from ketalearn.content.text import sentences

WORD = re.compile(r"suicid", re.IGNORECASE)


def check(context: Context) -> Iterator[Problem]:
    """Ask for help lines and for marks, and keep sensitive items out of the warm-up."""
    spoken = any(page.sensitive for module in context.pack.modules for page in module.pages) or any(
        isinstance(item, KnowledgeItem) and item.sensitive for _, _, item in context.items()
    )
    if (context.sensitive or spoken) and not context.pack.help:
        cure = "Add “help:” with a country and what to do there, for example findahelpline.com."
        message = "this pack speaks of suicide and names no help"
        yield context.places.problem(("pack", ""), (), "no-help", message, cure)
    yield from _unmarked(context)
    yield from _unmarked_texts(context)
    for module, number, item in context.items():
        if item.id not in module.try_first:
            continue
        names = {*item.cite, *passages_of(item), *claims_of(item)}
        if names & context.sensitive or (isinstance(item, KnowledgeItem) and item.sensitive):
            cure = "Take it out of “try-first”."
            yield context.at_item(module, number, (), "sensitive-warm-up", "a sensitive item is never a warm-up", cure)


def _unmarked(context: Context) -> Iterator[Problem]:
    """Find sentences that speak of suicide and are not marked so."""
    anchors = context.loaded.resolved.anchors
    for document in context.pack.documents:
        text = document.text or ""
        marked = [anchors[quote.id] for quote in document.quotes if quote.sensitive and quote.id in anchors]
        for span in sentences(text):
            words = text[span.start : span.end]
            if WORD.search(words) and not any(one.start < span.end and one.end > span.start for one in marked):
                message = f"“{words[:60]}” speaks of suicide and is not marked"
                cure = "Add a passage (or a claim) with these words and “sensitive: suicide”."
                yield context.places.problem(("documents", document.id), (), "unmarked-sensitive", message, cure)


def _unmarked_texts(context: Context) -> Iterator[Problem]:
    """Find pages and items of the author's own words that speak of suicide and would show no help."""
    cure = "Add “sensitive: suicide” to it, so that it is shown with where to find help."
    for module in context.pack.modules:
        for number, page in enumerate(module.pages):
            helped = page.sensitive or any(f"@{name}]" in page.body for name in context.sensitive)
            if WORD.search(page.title + page.body) and not helped:
                message = f"the page “{page.id}” speaks of suicide and is not marked"
                yield context.places.problem(("modules", module.id), ("pages", number), "unmarked-sensitive", message, cure)
    for module, number, item in context.items():
        if isinstance(item, KnowledgeItem) and not item.sensitive and WORD.search(repr(item)):
            message = f"the item “{item.id}” speaks of suicide and is not marked"
            yield context.at_item(module, number, (), "unmarked-sensitive", message, cure)
