"""Twins are a sales line and a fair sentence on one topic: alike in length, different in what is said, never in one set.

Were they of different lengths, or side by side, the pair would give its answer away.
"""

from collections.abc import Iterator

from ketalearn.checks.context import Context
from ketalearn.content.items import claims_of
from ketalearn.content.problem import Problem

APART = 1.2
"""The longer one has at most so many times the words of the shorter."""


def check(context: Context) -> Iterator[Problem]:
    """Compare the partners of each pair, and look for both of them in one quiz."""
    for claim, _ in context.claims():
        twin = context.claim.get(claim.twin or "")
        if twin is None or claim.id > twin.id:
            continue
        if (context.basis(claim) == "marketing") == (context.basis(twin) == "marketing"):
            cure = "One of them is a sales line and the other is not; look at the labels again."
            yield context.at_claim(claim, ("twin",), "twins", f"it and its twin “{twin.id}” are of one sort", cure)
        lengths = sorted(len(one.quote.split()) for one in (claim, twin))
        if lengths[1] > lengths[0] * APART:
            message = f"it and its twin “{twin.id}” have {lengths[0]} and {lengths[1]} words"
            cure = "Bring them within a fifth, so that length gives nothing away."
            yield context.at_claim(claim, ("quote",), "twins", message, cure, "warning")
    for module in context.pack.modules:
        pool = set(module.quiz.items) if module.quiz else set()
        asked = {name for item in module.items if item.id in pool for name in claims_of(item)}
        for number, item in enumerate(module.items):
            for name in claims_of(item) if item.id in pool else ():
                partner = context.claim[name].twin
                if partner in asked and partner is not None and name < partner:
                    message = f"the quiz can ask both “{name}” and its twin “{partner}”"
                    cure = "Ask one of them, and leave the other to “tell”."
                    yield context.at_item(module, number, (), "twins", message, cure)
