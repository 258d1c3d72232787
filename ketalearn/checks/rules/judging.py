"""A sentence can be judged only once with a fresh eye: what a page or card has judged is not asked as new.

A sentence that says nothing to check is never asked, and a set must have enough sentences of both sorts to draw from.
"""

from collections.abc import Iterator

from ketalearn.assessment.draw import tell_pool
from ketalearn.checks.context import Context
from ketalearn.content.items import JudgeClaim, claims_of, passages_of
from ketalearn.content.pack import Claim, Module
from ketalearn.content.problem import Problem
from ketalearn.content.text import cited


def check(context: Context) -> Iterator[Problem]:
    """Compare judging items with pages and cards, and the Tell pool with what is shown of it."""
    for module, number, item in context.items():
        for position, name in enumerate(claims_of(item)):
            if name in context.claim:
                path = ("claim",) if isinstance(item, JudgeClaim) else ("excerpt", position)
                yield from _fresh(context, module, number, path, context.claim[name])
    for module in context.pack.modules:
        yield from _pool(context, module)


def _fresh(context: Context, module: Module, number: int, path: tuple[str | int, ...], claim: Claim) -> Iterator[Problem]:
    if context.basis(claim) == "context" and path == ("claim",):
        cure = "Ask about another sentence."
        yield context.at_item(module, number, path, "nothing-to-judge", "this sentence says nothing to check", cure)
    if claim.label == "split":
        cure = "Show it as a discussion card; never score it."
        yield context.at_item(module, number, path, "split", "labellers disagree on this sentence", cure)
    pages = [page.id for page in module.pages if claim.id in set(cited(page.body))]
    cards = [card.tactic for card in module.tactics if context.shown_by(module, card) == claim.id]
    if pages or cards:
        cure = "Cite another sentence there, or judge another one here."
        message = f"the sentence was already judged on “{', '.join([*pages, *cards])}”"
        yield context.at_item(module, number, path, "judged-before", message, cure, "warning")
        return
    told = [other.id for other in module.items if claim.id in passages_of(other)]
    if told:
        cure = "Show another passage there, or judge another sentence here."
        message = f"the reasons of “{', '.join(told)}” show this sentence, and with it the answer"
        yield context.at_item(module, number, path, "judged-before", message, cure, "warning")


def _pool(context: Context, module: Module) -> Iterator[Problem]:
    if module.tell is None:
        return
    asked = {name for item in module.items for name in claims_of(item)}
    shown = {name for card in module.tactics if (name := context.shown_by(module, card))}
    bases = {claim.id: context.basis(claim) for claim, _ in context.claims()}
    pool = tell_pool(module, context.claim, bases, asked | shown)
    selling = sum(bases[name] == "marketing" for name in pool)
    at = ("modules", module.id)
    if len(pool) < module.tell.show:
        message = f"“tell” shows {module.tell.show} sentences, and {len(pool)} are left to draw from"
        cure = "Label more sentences with this module, or show fewer."
        yield context.places.problem(at, ("tell", "show"), "pool", message, cure)
    elif selling < module.tell.marketing_to or len(pool) - selling < module.tell.show - module.tell.marketing_from:
        message = f"of {len(pool)} sentences to draw from, {selling} are marketing"
        cure = "That is too few of one sort for the bounds of “tell”; narrow them or label more."
        yield context.places.problem(at, ("tell",), "pool", message, cure, "warning")
