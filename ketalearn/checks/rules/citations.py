"""Every answer cites its passage: a knowledge item names words of a document, or says that the documents are silent.

A sentence that was written for the course never serves as a citation, since it proves nothing.
"""

from collections.abc import Iterator

from ketalearn.checks.context import Context
from ketalearn.content.items import KnowledgeItem
from ketalearn.content.problem import Problem


def check(context: Context) -> Iterator[Problem]:
    """Look at what each knowledge item cites."""
    cards = {card.id for card in context.pack.cards}
    references = {reference.id for reference in context.pack.references}
    for module, number, item in context.items():
        if not isinstance(item, KnowledgeItem):
            continue
        quoted = [name for name in item.cite if name in context.document_of]
        for name in quoted:
            if context.document_of[name].voice == "constructed":
                cure = "Cite one of the real documents, or write “silent: true” and cite a card."
                message = f"“{name}” was written for the course and is no citation"
                yield context.at_item(module, number, ("cite",), "constructed-citation", message, cure)
        if not item.silent and not quoted:
            cure = (
                "Cite a claim or passage; where no document speaks of it, write “silent: true” and cite a card and a reference."
            )
            yield context.at_item(module, number, (), "no-passage", "this item cites no words of a document", cure)
        if item.silent and not (set(item.cite) & cards and set(item.cite) & references):
            cure = "Cite an evidence card and a reference."
            yield context.at_item(
                module, number, ("cite",), "silent", "where the documents are silent, evidence must speak", cure
            )
