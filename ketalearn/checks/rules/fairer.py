"""Every marketing sentence gets a fair wording: learners see that the same thing can be said without the sale."""

from collections.abc import Iterator

from ketalearn.checks.context import Context
from ketalearn.content.problem import Problem


def check(context: Context) -> Iterator[Problem]:
    """Ask for `fairer` where the wording of a checkable claim sells."""
    for claim, _ in context.claims():
        if context.basis(claim) == "marketing" and claim.tactics and claim.kind != "offer" and not claim.fairer.strip():
            cure = "Add “fairer:” with a wording that the evidence carries."
            yield context.at_claim(claim, (), "no-fairer", "this marketing sentence has no fair wording", cure)
