"""What nothing leads to is never seen: cards and references that nobody cites, claims that no module teaches."""

from collections.abc import Iterator

from ketalearn.checks.context import Context
from ketalearn.content.items import reasons_of
from ketalearn.content.problem import Problem
from ketalearn.content.text import cited


def check(context: Context) -> Iterator[Problem]:
    """Collect everything that is cited, and compare."""
    used = set(_cited(context))
    for card in context.pack.cards:
        if card.id not in used:
            message = f"nothing cites the evidence card “{card.id}”"
            yield context.places.problem(("cards", card.id), (), "unused", message, "Cite it, or remove it.", "warning")
    for card in context.pack.cards:
        used.update(card.references)
    for entry in context.pack.references:
        if entry.id not in used:
            message = f"nothing cites the reference “{entry.id}”"
            yield context.places.problem(("references", entry.id), (), "unused", message, "Cite it, or remove it.", "warning")
    for claim, document in context.claims():
        if claim.module is None and not document.coverage and context.basis(claim) != "context":
            cure = "Add “module:” when there is one."
            yield context.at_claim(claim, (), "no-module", "no module teaches this claim", cure, "note")


def _cited(context: Context) -> Iterator[str]:
    for claim, _ in context.claims():
        yield from claim.cards
        yield from cited(claim.why)
    for term in context.pack.glossary:
        yield from cited(term.text)
    for module in context.pack.modules:
        for page in module.pages:
            yield from cited(page.body)
        for tactic in module.tactics:
            yield from cited(tactic.body)
        for item in module.items:
            yield from item.cite
            for text in (*item.hints, *(reason for _, reason in reasons_of(item))):
                yield from cited(text)
