"""What is said of an answer: the result, the labels of a sentence, and why each of the four answers fits it or does not."""

from __future__ import annotations

from collections.abc import Sequence

from ketalearn.assessment.attempt import CONFIDENCE_WORDS, Confidence, Given
from ketalearn.content.pack import Claim, TacticUse
from ketalearn.content.scheme import ANSWER_WORDS, REASON_WORDS, TACTICS, TEST_WORDS, VERDICT_WORDS


def result_words(given: Given | None, near: bool = False) -> tuple[str, str]:
    """Give the result in words and as a sign; colour never says it alone."""
    if given is None:
        return "Not answered", "–"
    if given.response.dont_know:
        return "You said that you don’t know", "–"
    if given.mark >= 1:
        return "Correct", "✓"
    if near:
        return "Close: check the spelling", "✗"
    if given.mark > 0:
        return "Partly right", "◐"
    return "Not quite", "✗"


def confidence_words(confidence: Confidence | None) -> str:
    """Say how sure the learner was; nothing when it was not said."""
    return f"you were {CONFIDENCE_WORDS[confidence]}" if confidence else ""


def labels(claim: Claim, basis: str) -> str:
    """Give the one line of labels: the basis, the tactics with their words, the verdict with its reason."""
    parts = [ANSWER_WORDS[basis].upper()]
    parts += [f"{TACTICS[use.tactic].title.lower()}: “{use.words}”" for use in claim.tactics]
    parts.append(VERDICT_WORDS[claim.verdict] + _detail(claim))
    return " · ".join(parts)


def why_not(claim: Claim, answer: str, basis: str) -> str:
    """Give the reason for one of the four answers, from the labels: both axes are named."""
    selling = [use for use in claim.tactics if TACTICS[use.tactic].group != "B"]
    if answer == "evidence":
        return _why_not_evidence(claim, basis, selling)
    if answer == "marketing":
        if selling:
            return f"You can point at the words: {selling_words(selling)}."
        if basis == "marketing":
            return "It comes from somebody who sells, and offers or praises what is sold."
        if basis == "evidence":
            return "Nothing in it makes you expect more than was shown."
        return f"No words here sell or stretch; that it {HOLDS[claim.verdict]} is another matter."
    if answer == "anecdote":
        if basis == "anecdote":
            return "It tells what one person felt or saw and draws no rule from it."
        return "It does not tell what one person lived through, and leave it at that."
    if basis == "unsupported":
        return f"It is plainly worded, and it {HOLDS[claim.verdict]}{_detail(claim)}."
    if claim.verdict == "supported":
        return "Nothing in it goes beyond what is known."
    if claim.verdict == "not-checkable":
        return "There is nothing in it that could be backed or not backed."
    return f"It {HOLDS[claim.verdict]}. But you can point at words that do it, and that comes first: {selling_words(selling)}."


def _why_not_evidence(claim: Claim, basis: str, selling: Sequence[TacticUse]) -> str:
    if basis == "evidence":
        return "It fits what has been shown, and nothing in the wording sells."
    if claim.verdict == "not-checkable":
        return "There is nothing here that evidence could settle."
    if claim.verdict == "supported" and selling:
        return f"What it says holds, but the wording sells: {selling_words(selling)}."
    return f"What it says {HOLDS[claim.verdict]}{_detail(claim)}."


HOLDS: dict[str, str] = {
    "overstated": "goes too far",
    "unsettled": "is not settled",
    "refuted": "is wrong",
    "supported": "has no evidence card",
    "not-checkable": "cannot be checked",
}


def selling_words(uses: Sequence[TacticUse]) -> str:
    """Name the words that sell, each with its tactic."""
    return ", ".join(f"“{use.words}” ({TACTICS[use.tactic].title.lower()})" for use in uses)


def _detail(claim: Claim) -> str:
    if claim.test:
        return f": {TEST_WORDS[claim.test]}"
    if claim.reason:
        return f": {REASON_WORDS[claim.reason]}"
    return ""
