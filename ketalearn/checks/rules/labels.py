"""The labels of a claim must fit each other, so that the basis that learners are asked for means something.

An overstated claim names the test that failed, an unsettled one the reason, and a supported one its evidence. What
nobody can check is never called supported or refuted.
"""

from collections.abc import Iterator

from ketalearn.checks.context import Context
from ketalearn.content.problem import Problem
from ketalearn.content.scheme import UNCHECKABLE


def check(context: Context) -> Iterator[Problem]:
    """Compare verdict, test, reason, kind and cards of each claim."""
    for claim, _ in context.claims():
        if (claim.verdict == "overstated") != (claim.test is not None):
            cure = "Add “test: T1” to “T6”." if claim.test is None else "Remove the test, or make the verdict “overstated”."
            yield context.at_claim(claim, ("verdict",), "test", "an overstated claim, and only that, names a test", cure)
        if (claim.verdict == "unsettled") != (claim.reason is not None):
            cure = "Add “reason: none”, “conflict” or “undefined”."
            if claim.reason is not None:
                cure = "Remove the reason, or make the verdict “unsettled”."
            yield context.at_claim(claim, ("verdict",), "reason", "an unsettled claim, and only that, gives a reason", cure)
        if (claim.verdict == "not-checkable") != (claim.kind in UNCHECKABLE):
            message = f"the kind “{claim.kind}” and the verdict “{claim.verdict}” do not go together"
            cure = "Experience, offer, opinion and none are not-checkable, and nothing else is."
            yield context.at_claim(claim, ("verdict",), "checkable", message, cure)
        if claim.verdict == "supported" and not claim.cards:
            cure = "Name an evidence card under “cards:”; without one the verdict is “unsettled”, reason “none”."
            yield context.at_claim(claim, ("verdict",), "no-card", "a supported claim needs an evidence card", cure)
        for number, use in enumerate(claim.tactics):
            if not use.implied_claim.strip():
                cure = "Write what a hopeful reader takes from the words; where nothing is implied there is no tactic."
                message = f"the tactic “{use.tactic}” has no implied claim"
                yield context.at_claim(claim, ("tactics", number, "implied_claim"), "no-implied-claim", message, cure)
        if not claim.why.strip():
            yield context.at_claim(
                claim, ("why",), "no-reason", "learners read why, and there is no why", "Say it in plain words."
            )
