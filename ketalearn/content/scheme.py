"""The claim scheme: kinds, verdicts, tactics, and the basis that follows from them.

Truth (verdict) and wording (tactic) are labelled apart. The basis, which is what a learner is asked for, is
derived by `basis` and typed nowhere. The scheme is adapted from SciFact and HealthVer labels, Sumner 2014,
Informed Health Choices, DISCERN, HealthNewsReview, SemEval-2020 task 11, GRADE and OCEBM; none of them
validates this exact form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal["background", "mechanism", "efficacy", "safety", "practice", "experience", "offer", "opinion", "none"]
Verdict = Literal["supported", "overstated", "unsettled", "refuted", "not-checkable"]
Test = Literal["T1", "T2", "T3", "T4", "T5", "T6"]
Reason = Literal["none", "conflict", "undefined"]
Group = Literal["A", "B", "C"]
Voice = Literal["patient", "seller", "clinician", "researcher", "regulator", "journalist", "other", "constructed"]
Basis = Literal["context", "evidence", "marketing", "anecdote", "unsupported"]
Strength = Literal["high", "moderate", "low", "very-low", "none", "ungraded"]
TacticId = Literal[
    "hype-words",
    "only-this",
    "certainty-inflation",
    "mechanism-leap",
    "scope-creep",
    "anecdote-as-proof",
    "naked-number",
    "unfair-comparison",
    "safety-gloss",
    "borrowed-authority",
    "everyone-says",
    "vague-science",
    "pain-then-promise",
    "urgency",
    "tie-in",
    "self-praise",
]

UNCHECKABLE: frozenset[str] = frozenset({"experience", "offer", "opinion", "none"})
"""Kinds that no evidence can settle; their verdict is `not-checkable`, and only theirs."""

ANSWERS: tuple[Basis, ...] = ("evidence", "marketing", "anecdote", "unsupported")
"""The four answers to a judging item, in the order in which they are always shown."""


@dataclass(frozen=True, slots=True)
class Tactic:
    """One way of wording that sells. Group A is overreach, B opacity, C a sales push."""

    id: TacticId
    title: str
    family: str
    group: Group
    does: str
    """What the wording does, as the second half of "The wording …"."""
    ask: str
    """The question a reader can put to such a sentence."""


TACTICS: dict[str, Tactic] = {
    tactic.id: tactic
    for tactic in (
        Tactic(
            "hype-words",
            "Hype words",
            "hype",
            "A",
            "praises or sizes in place of data: game-changer, miracle, remarkable, profound.",
            "How much is that, measured how, in how many people?",
        ),
        Tactic(
            "only-this",
            "Only this",
            "hype",
            "A",
            "says that nothing else does it: unique, sole, first, no other.",
            "Is there really no other? Name the nearest rival and look.",
        ),
        Tactic(
            "certainty-inflation",
            "Certainty turned up",
            "hype",
            "A",
            "adds a booster: always, exactly, every, proven, guaranteed, truly, lifesaving.",
            "Does the evidence know it that surely?",
        ),
        Tactic(
            "mechanism-leap",
            "The leap from the brain",
            "leap",
            "A",
            "offers a story about the brain as proof that people feel or do better.",
            "Was the benefit measured in people, or only the step before it?",
        ),
        Tactic(
            "scope-creep",
            "Creeping scope",
            "leap",
            "A",
            "stretches a finding to other people, conditions, products or times.",
            "Who was studied, with which product, for how long?",
        ),
        Tactic(
            "anecdote-as-proof",
            "One story as proof",
            "leap",
            "A",
            "makes one story into a cause or a rule.",
            "What happened to the others, and what would have happened anyway?",
        ),
        Tactic(
            "naked-number",
            "The naked number",
            "numbers",
            "A",
            "gives a figure without outcome, comparator, time or source.",
            "Of whom, of what, against what, after how long?",
        ),
        Tactic(
            "unfair-comparison",
            "The unfair comparison",
            "numbers",
            "A",
            "beats an alternative without a fair comparison.",
            "Were the two tested side by side, in similar people?",
        ),
        Tactic(
            "safety-gloss",
            "The gloss on safety",
            "safety",
            "A",
            "asserts safety wholesale, or shrinks, drops or normalises harms.",
            "Safe for whom, for how long, and which harms are left out?",
        ),
        Tactic(
            "borrowed-authority",
            "Borrowed authority",
            "authority",
            "A",
            "lets the approval or status of one thing vouch for another.",
            "Is it this product, for this use, that was approved?",
        ),
        Tactic(
            "everyone-says",
            "Everyone says",
            "authority",
            "A",
            "takes popularity, hearsay or a trend as proof.",
            "Who says so, and how do they know?",
        ),
        Tactic(
            "vague-science",
            "Vague science",
            "authority",
            "B",
            "invokes “studies” and names none.",
            "Which study? Could I find it?",
        ),
        Tactic(
            "pain-then-promise",
            "Pain, then promise",
            "push",
            "C",
            "presses on suffering in emotive words, near a promise of relief.",
            "What is left if the feeling is taken out?",
        ),
        Tactic("urgency", "Act now", "push", "C", "says act now.", "What would change if I waited a week?"),
        Tactic(
            "tie-in",
            "Works best with ours",
            "push",
            "C",
            "says that it works best with what the writer sells.",
            "Was it tested with and without the extra?",
        ),
        Tactic(
            "self-praise",
            "Self-praise",
            "push",
            "C",
            "takes the provider’s own virtues as evidence.",
            "Who else says so?",
        ),
    )
}

ANSWER_WORDS: dict[str, str] = {
    "evidence": "backed by evidence",
    "marketing": "marketing wording",
    "anecdote": "one person’s story",
    "unsupported": "not backed",
    "context": "says nothing to check",
}
"""The learner sees these words, never the ids."""

ANSWER_GLOSS: dict[str, str] = {
    "evidence": "Fits what has been shown. We can show an evidence card; the text itself may cite nothing.",
    "marketing": "You can point at words that sell (praise, pressure, a number on its own, a rival shut out) or that stretch a "
    "finding: to other people, another product, a cause, “no harm”. The rest may sound sober. This is about the wording, not "
    "the motive.",
    "anecdote": "What one person felt, saw or plans, and no rule is drawn from it.",
    "unsupported": "Unproven or wrong as a whole, and there is no such piece to point at. A wrong figure belongs here, and so "
    "does a claim on people that rests on mice and does not say so.",
}

ANSWER_BRIEF: dict[str, str] = {
    "evidence": "fits what has been shown; an evidence card can be shown",
    "marketing": "words that sell or stretch; you can point at the very words",
    "anecdote": "what one person felt, saw or plans; no rule is drawn from it",
    "unsupported": "unproven or wrong, with no words that sell or stretch",
}
"""One line each, beside the four answers."""

LADDER: tuple[str, ...] = (
    "Is it one person’s story, with no rule drawn from it? Then it is one person’s story.",
    "Can you point at words that sell, or at a piece that stretches a finding? Then it is marketing wording, however dry.",
    "Does it fit what has been shown? Then it is backed by evidence.",
    "Anything else is not backed: unproven or wrong as a whole, in plain words.",
)
"""The four questions in order; the first yes decides."""

VERDICT_WORDS: dict[str, str] = {
    "supported": "holds up",
    "overstated": "goes too far",
    "unsettled": "not settled",
    "refuted": "wrong",
    "not-checkable": "cannot be checked",
}

TEST_WORDS: dict[str, str] = {
    "T1": "it is said more surely than the evidence allows",
    "T2": "it is made bigger than the evidence shows",
    "T3": "it speaks of other people, products or times than were studied",
    "T4": "it leaps from one kind of finding to another",
    "T5": "it compares without a fair comparison",
    "T6": "it makes harm look smaller than it is",
}

REASON_WORDS: dict[str, str] = {
    "none": "no adequate evidence was found",
    "conflict": "the evidence points both ways",
    "undefined": "what is meant cannot be tested",
}

KIND_WORDS: dict[str, str] = {
    "background": "background",
    "mechanism": "how it works",
    "efficacy": "what it changes",
    "safety": "safety",
    "practice": "practice",
    "experience": "an experience",
    "offer": "an offer",
    "opinion": "an opinion",
    "none": "nothing to check",
}

STRENGTH_WORDS: dict[str, str] = {
    "high": "high certainty",
    "moderate": "moderate certainty",
    "low": "low certainty",
    "very-low": "very low certainty",
    "none": "no evidence found",
    "ungraded": "not graded",
}

DESIGN_WORDS: dict[str, str] = {
    "controlled": "controlled study",
    "observational": "observed, without a comparison by lot",
    "animal": "in animals",
    "in vitro": "in the laboratory, on cells or receptors",
    "expert": "what textbooks and experts say",
}
"""The designs of a card that are not plain by themselves; an author may write others."""

VOICE_WORDS: dict[str, str] = {
    "patient": "a patient",
    "seller": "a seller",
    "clinician": "a clinician",
    "researcher": "a researcher",
    "regulator": "a regulator",
    "journalist": "a journalist",
    "other": "another voice",
    "constructed": "written for this course",
}

VOICE_COUNTED: dict[str, tuple[str, str]] = {
    "patient": ("patient", "patients"),
    "seller": ("seller", "sellers"),
    "clinician": ("clinician", "clinicians"),
    "researcher": ("researcher", "researchers"),
    "regulator": ("regulator", "regulators"),
    "journalist": ("journalist", "journalists"),
    "other": ("other", "others"),
    "constructed": ("written for this course", "written for this course"),
}


class Labelled(Protocol):
    """The part of a claim that the basis follows from."""

    @property
    def kind(self) -> Kind:
        """What sort of thing the sentence says."""
        ...

    @property
    def verdict(self) -> Verdict:
        """Whether it holds."""
        ...

    @property
    def cards(self) -> tuple[str, ...]:
        """Ids of the evidence cards behind the verdict."""
        ...

    @property
    def tactic_ids(self) -> tuple[str, ...]:
        """Ids of the tactics of the wording."""
        ...


def sells(tactic_ids: tuple[str, ...]) -> bool:
    """Say whether a tactic of group A or C is among them; B alone never makes a sentence marketing."""
    return any(TACTICS[tactic].group != "B" for tactic in tactic_ids)


def basis(claim: Labelled, voice: str) -> Basis:
    """Derive the basis of a claim from its labels and the voice of its document; the first match wins.

    `voice` is the document's, or for a constructed sentence the voice it takes.
    """
    selling = sells(claim.tactic_ids)
    if claim.kind == "none" or (claim.kind == "opinion" and not selling):
        return "context"
    if claim.kind == "offer" or (claim.kind == "experience" and voice == "seller"):
        return "marketing"
    if claim.kind == "experience" and "anecdote-as-proof" not in claim.tactic_ids:
        return "anecdote"
    if selling:
        return "marketing"
    if claim.verdict == "supported" and claim.cards:
        return "evidence"
    return "unsupported"
