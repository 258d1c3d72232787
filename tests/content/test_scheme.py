"""The basis follows from the labels by one fixed rule; the table is the one of design/claims.md."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketalearn.content import scheme
from ketalearn.content.pack import Claim, TacticUse
from ketalearn.content.scheme import (
    TACTICS,
    UNCHECKABLE,
    Basis,
    Kind,
    Reason,
    Strength,
    TacticId,
    Test,
    Verdict,
    Voice,
    basis,
    sells,
)

GROUPS = {
    "A": {
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
    },
    "B": {"vague-science"},
    "C": {"pain-then-promise", "urgency", "tie-in", "self-praise"},
}
FAMILIES = {
    "hype": {"hype-words", "only-this", "certainty-inflation"},
    "leap": {"mechanism-leap", "scope-creep", "anecdote-as-proof"},
    "numbers": {"naked-number", "unfair-comparison"},
    "safety": {"safety-gloss"},
    "authority": {"borrowed-authority", "everyone-says", "vague-science"},
    "push": {"pain-then-promise", "urgency", "tie-in", "self-praise"},
}
# sentence, kind, verdict, tactics, basis: the table “Worked labels”, row by row
WORKED = [
    ("Ketamine is an NMDA receptor antagonist", "mechanism", "supported", (), "evidence"),
    ("Ketamine promotes the growth of new neural connections", "mechanism", "overstated", (), "unsupported"),
    ("Ketamine is the only treatment that causes neurogenesis.", "mechanism", "refuted", ("only-this",), "marketing"),
    ("Ketamine has shown remarkable efficacy", "efficacy", "overstated", ("hype-words",), "marketing"),
    ("ketamine often produces noticeable improvements", "efficacy", "supported", (), "evidence"),
    ("a lifesaving intervention", "efficacy", "overstated", ("certainty-inflation",), "marketing"),
    ("its 70% success rate is higher", "efficacy", "unsettled", ("naked-number", "unfair-comparison"), "marketing"),
    ("they don’t last", "efficacy", "supported", (), "evidence"),
    ("It’s an essential medicine around the world.", "practice", "supported", (), "evidence"),
    ("It’s said that you can look at problems", "efficacy", "unsettled", ("everyone-says",), "marketing"),
    ("Over three sessions my ability to walk has improved", "experience", "not-checkable", (), "anecdote"),
    ("the primary muscle that holds deep trauma", "background", "unsettled", (), "unsupported"),
]

kinds = st.sampled_from(get_args(Kind))
verdicts = st.sampled_from(get_args(Verdict))
voices = st.sampled_from(get_args(Voice))
tactic_ids = st.lists(st.sampled_from(get_args(TacticId)), max_size=3, unique=True).map(tuple)
card_ids = st.lists(st.just("card"), max_size=1).map(tuple)


def labelled(kind: str, verdict: str, tactics: tuple[str, ...] = (), cards: tuple[str, ...] = ("card",)) -> Claim:
    uses = tuple(TacticUse(tactic=name, words="w", implied_claim="i") for name in tactics)  # type: ignore[arg-type]
    return Claim(id="c", quote="q", kind=kind, verdict=verdict, tactics=uses, cards=cards, why="so")  # type: ignore[arg-type]


@pytest.mark.parametrize(("sentence", "kind", "verdict", "tactics", "expected"), WORKED)
def test_each_worked_label_has_the_basis_of_the_table(
    sentence: str, kind: str, verdict: str, tactics: tuple[str, ...], expected: str
) -> None:
    assert basis(labelled(kind, verdict, tactics), "patient") == expected


@pytest.mark.parametrize("tactics", [(), ("hype-words",), ("urgency",), ("vague-science",)])
@pytest.mark.parametrize("voice", get_args(Voice))
def test_rule_0_what_asserts_nothing_is_context_whatever_its_wording(voice: str, tactics: tuple[str, ...]) -> None:
    assert basis(labelled("none", "not-checkable", tactics), voice) == "context"


@pytest.mark.parametrize(
    ("tactics", "expected"),
    [
        ((), "context"),
        (("vague-science",), "context"),
        (("hype-words",), "marketing"),
        (("urgency",), "marketing"),
        (("vague-science", "self-praise"), "marketing"),
    ],
)
def test_rule_0_an_opinion_is_context_unless_it_sells(tactics: tuple[str, ...], expected: str) -> None:
    assert basis(labelled("opinion", "not-checkable", tactics), "seller") == expected


@pytest.mark.parametrize("voice", get_args(Voice))
def test_rule_1_an_offer_is_marketing_whoever_makes_it(voice: str) -> None:
    assert basis(labelled("offer", "not-checkable"), voice) == "marketing"


@pytest.mark.parametrize("voice", get_args(Voice))
def test_rule_1_an_experience_is_marketing_only_where_a_seller_shows_it(voice: str) -> None:
    assert basis(labelled("experience", "not-checkable"), voice) == ("marketing" if voice == "seller" else "anecdote")


@pytest.mark.parametrize(
    ("tactics", "expected"),
    [
        (("hype-words",), "anecdote"),
        (("pain-then-promise", "vague-science"), "anecdote"),
        (("anecdote-as-proof",), "marketing"),
        (("hype-words", "anecdote-as-proof"), "marketing"),
    ],
)
def test_rule_2_a_story_stays_a_story_unless_a_rule_is_drawn_from_it(tactics: tuple[str, ...], expected: str) -> None:
    assert basis(labelled("experience", "not-checkable", tactics), "patient") == expected


@pytest.mark.parametrize("tactic", sorted(GROUPS["A"] | GROUPS["C"]))
@pytest.mark.parametrize("verdict", ["supported", "overstated", "unsettled", "refuted"])
def test_rule_3_one_tactic_of_group_a_or_c_makes_a_checkable_claim_marketing_also_a_true_one(verdict: str, tactic: str) -> None:
    assert basis(labelled("efficacy", verdict, (tactic,)), "clinician") == "marketing"


@pytest.mark.parametrize("tactics", [(), ("vague-science",)])
@pytest.mark.parametrize("kind", sorted(set(get_args(Kind)) - UNCHECKABLE))
def test_rule_4_a_supported_claim_is_evidence_only_with_a_card(kind: str, tactics: tuple[str, ...]) -> None:
    assert basis(labelled(kind, "supported", tactics), "seller") == "evidence"
    assert basis(labelled(kind, "supported", tactics, cards=()), "seller") == "unsupported"


@pytest.mark.parametrize("verdict", ["overstated", "unsettled", "refuted"])
def test_rule_5_a_plain_claim_that_does_not_hold_is_not_backed_even_with_a_card(verdict: str) -> None:
    assert basis(labelled("safety", verdict), "seller") == "unsupported"


def test_group_b_alone_never_sells() -> None:
    assert not sells(("vague-science",))
    assert not sells(())
    for tactic in GROUPS["A"] | GROUPS["C"]:
        assert sells((tactic,))
        assert sells(("vague-science", tactic))


@given(kinds, verdicts, tactic_ids, card_ids, voices)
@settings(deadline=None)
def test_vague_science_never_changes_a_basis(
    kind: str, verdict: str, tactics: tuple[str, ...], cards: tuple[str, ...], voice: str
) -> None:
    without = tuple(name for name in tactics if name != "vague-science")
    with_it = (*without, "vague-science")
    assert basis(labelled(kind, verdict, with_it, cards), voice) == basis(labelled(kind, verdict, without, cards), voice)


@given(kinds, verdicts, tactic_ids, card_ids, voices)
@settings(deadline=None)
def test_evidence_has_a_card_and_no_tactic_that_sells(
    kind: str, verdict: str, tactics: tuple[str, ...], cards: tuple[str, ...], voice: str
) -> None:
    found = basis(labelled(kind, verdict, tactics, cards), voice)
    assert found in get_args(Basis)
    if found == "evidence":
        assert (verdict, cards) == ("supported", ("card",))
        assert not set(tactics) & (GROUPS["A"] | GROUPS["C"])


@given(kinds, verdicts, tactic_ids, card_ids, st.sampled_from([voice for voice in get_args(Voice) if voice != "seller"]))
@settings(deadline=None)
def test_who_speaks_counts_for_a_sellers_experience_and_for_nothing_else(
    kind: str, verdict: str, tactics: tuple[str, ...], cards: tuple[str, ...], voice: str
) -> None:
    claim = labelled(kind, verdict, tactics, cards)
    assert (basis(claim, "seller") == basis(claim, voice)) or kind == "experience"


def test_the_tactics_are_those_of_the_table_with_their_groups_and_families() -> None:
    assert {name: tactic.group for name, tactic in TACTICS.items()} == {
        n: group for group, names in GROUPS.items() for n in names
    }
    assert {name: tactic.family for name, tactic in TACTICS.items()} == {
        n: family for family, names in FAMILIES.items() for n in names
    }
    assert list(TACTICS) == list(get_args(TacticId))


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (scheme.ANSWER_WORDS, Basis),
        (scheme.VERDICT_WORDS, Verdict),
        (scheme.TEST_WORDS, Test),
        (scheme.REASON_WORDS, Reason),
        (scheme.KIND_WORDS, Kind),
        (scheme.STRENGTH_WORDS, Strength),
        (scheme.VOICE_WORDS, Voice),
        (scheme.VOICE_COUNTED, Voice),
    ],
)
def test_every_id_of_the_scheme_has_plain_words(words: dict[str, object], ids: object) -> None:
    assert set(words) == set(get_args(ids))
    assert all(words.values())


def test_the_learner_is_offered_four_answers_and_never_context() -> None:
    assert scheme.ANSWERS == ("evidence", "marketing", "anecdote", "unsupported")
    assert [scheme.ANSWER_WORDS[name] for name in scheme.ANSWERS] == [
        "backed by evidence",
        "marketing wording",
        "one person’s story",
        "not backed",
    ]
    assert set(scheme.ANSWER_GLOSS) == set(scheme.ANSWER_BRIEF) == set(scheme.ANSWERS)
