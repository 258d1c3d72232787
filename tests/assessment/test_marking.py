"""Marks: right earns 1, and no way of guessing everything earns anything."""

from __future__ import annotations

import itertools
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalearn.assessment.marking import MARKERS, Judged, Labels, mark
from ketalearn.assessment.response import Response
from ketalearn.content.items import ITEM_KINDS, Item
from ketalearn.content.scheme import ANSWERS, Basis, Verdict
from tests.assessment.building import fill_in, judge, locate, match, multiple, numeric, order, single, spot

SUPPORTED: Labels = (Judged(basis="evidence", verdict="supported"),)
VERDICTS: tuple[Verdict, ...] = ("supported", "overstated", "unsettled", "refuted", "not-checkable")


def answer(*chosen: int) -> Response:
    return Response(chosen=chosen)


def test_every_kind_of_item_has_a_marker_and_no_other() -> None:
    assert set(MARKERS) == set(ITEM_KINDS)
    assert {item.kind for item in ONE_OF_EACH} == set(ITEM_KINDS), "and each of them is tried here"


def test_a_single_choice_earns_1_for_the_key_and_0_for_any_other() -> None:
    assert [mark(single("--k-"), answer(number)) for number in range(4)] == [0, 0, 1, 0]


@pytest.mark.parametrize(
    ("keys", "chosen", "earned"),
    [
        ("k-k--", (0, 2), 1.0),
        ("k-k--", (0,), 0.5),
        ("k-k--", (0, 1), 1 / 2 - 1 / 3),
        ("k-k--", (0, 2, 1), 1 - 1 / 3),
        ("k-k--", (0, 1, 2, 3, 4), 0.0),
        ("k-k--", (1, 3), 0.0),
        ("kk", (0,), 0.5),
        ("kk", (0, 1), 1.0),
        ("k-", (0, 1), 0.0),
        ("kkkk-", (0, 1, 2), 0.75),
        ("k---", (0, 1), 1 - 1 / 3),
    ],
)
def test_a_multiple_response_earns_right_over_keys_less_wrong_over_distractors(
    keys: str, chosen: tuple[int, ...], earned: float
) -> None:
    assert mark(multiple(keys), answer(*chosen)) == pytest.approx(earned)


def test_choosing_all_options_earns_nothing_where_there_is_a_distractor() -> None:
    for keys in ("k-", "kkk-", "k-----", "kk--"):
        assert mark(multiple(keys), answer(*range(len(keys)))) == 0


def test_the_order_and_the_number_of_clicks_do_not_matter() -> None:
    item = multiple("k-k--")
    assert {mark(item, answer(*chosen)) for chosen in itertools.permutations((0, 1, 2))} == {mark(item, answer(0, 1, 2))}
    assert mark(item, answer(0, 0, 2, 2)) == 1.0
    assert mark(single("k-"), answer(0, 0)) == 1.0


@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("basis", ANSWERS)
def test_a_judgement_earns_1_for_the_basis_and_half_only_between_marketing_and_not_backed_where_it_does_not_hold(
    basis: Basis, verdict: Verdict
) -> None:
    for position, given_ in enumerate(ANSWERS):
        earned = mark(judge(), answer(position), (Judged(basis=basis, verdict=verdict),))
        if given_ == basis:
            assert earned == 1
        elif verdict != "supported" and {given_, basis} == {"marketing", "unsupported"}:
            assert earned == 0.5
        else:
            assert earned == 0


def test_a_true_sentence_that_sells_gives_no_half_mark_for_not_backed() -> None:
    assert mark(judge(), answer(ANSWERS.index("unsupported")), (Judged(basis="marketing", verdict="supported"),)) == 0


def test_a_judging_item_is_never_marked_without_labels() -> None:
    for item, response in ((judge(), answer(0)), (spot(), answer(0))):
        with pytest.raises(ValueError, match="labels"):
            mark(item, response)


ONE_OF_EACH: list[Item] = [single(), multiple(), order(), match(), fill_in(), numeric(), locate(), judge(), spot()]


@pytest.mark.parametrize("item", ONE_OF_EACH, ids=lambda item: item.kind)
def test_i_dont_know_earns_0_for_every_kind(item: Item) -> None:
    assert mark(item, Response(dont_know=True), SUPPORTED) == 0


@pytest.mark.parametrize(
    ("item", "chosen"),
    [
        (single("--k-"), (4,)),
        (single("--k-"), (-1,)),
        (single("--k-"), ()),
        (single("--k-"), (0, 2)),
        (multiple("k--"), (3,)),
        (multiple("k--"), (-1, 0)),
        (multiple("k--"), ()),
        (judge(), (4,)),
        (judge(), (-1,)),
        (judge(), ()),
        (judge(), (0, 1)),
        (locate("-k-"), (3,)),
        (locate("-k-"), ()),
        (locate("-k-"), (0, 1)),
        (order(3), (0, 1)),
        (order(3), (0, 1, 1)),
        (order(3), (0, 1, 3)),
        (order(3), ()),
        (match(2), (0,)),
        (match(2), (0, 1, 2)),
        (match(2), (0, 3)),
        (match(2), (0, -2)),
    ],
)
def test_a_position_that_the_item_does_not_have_is_refused(item: Item, chosen: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="no response"):
        mark(item, answer(*chosen), SUPPORTED)


@given(
    keys=st.text("k-", min_size=2, max_size=8).filter(lambda keys: "k" in keys),
    chosen=st.sets(st.integers(0, 7), min_size=1),
)
def test_every_mark_lies_between_0_and_1_and_is_1_only_for_all_keys_and_nothing_else(keys: str, chosen: set[int]) -> None:
    chosen = {number for number in chosen if number < len(keys)} or {0}
    earned = mark(multiple(keys), answer(*chosen))
    assert 0 <= earned <= 1
    assert (earned == 1) == (chosen == {number for number, sign in enumerate(keys) if sign == "k"})


@given(
    keys=st.text("k-", min_size=2, max_size=8).filter(lambda keys: "k" in keys), chosen=st.sets(st.integers(0, 7), min_size=1)
)
def test_one_more_distractor_never_earns_more(keys: str, chosen: set[int]) -> None:
    chosen = {number for number in chosen if number < len(keys)} or {0}
    before = mark(multiple(keys), answer(*chosen))
    for number, sign in enumerate(keys):
        if sign == "-":
            assert mark(multiple(keys), answer(*chosen, number)) <= before


@pytest.mark.parametrize(
    ("put", "earned"),
    [((0, 1, 2, 3, 4), 1.0), ((0, 2, 1, 3, 4), 0.8), ((1, 2, 3, 4, 0), 0.2), ((4, 3, 2, 1, 0), 0.0), ((4, 0, 1, 2, 3), 0.2)],
)
def test_an_order_earns_kendall_s_tau_and_never_less_than_0(put: tuple[int, ...], earned: float) -> None:
    assert mark(order(5), answer(*put)) == pytest.approx(earned)


def test_a_match_earns_the_share_of_pairs_and_a_spare_target_earns_nothing() -> None:
    assert mark(match(4), answer(0, 1, 2, 3)) == 1
    assert mark(match(4), answer(0, 1, 3, 2)) == 0.5
    assert mark(match(4), answer(4, 1, 2, 3)) == 0.75
    assert mark(match(4), answer(-1, -1, 2, 3)) == 0.5
    assert mark(match(4), answer(4, 4, 4, 4)) == 0


def test_pairs_that_share_their_target_are_right_with_either() -> None:
    assert mark(match(3, rights="aab"), answer(1, 0, 2)) == 1


def test_a_locate_earns_1_for_the_passage_that_shows_it() -> None:
    assert [mark(locate("-k-"), answer(number)) for number in range(3)] == [0, 1, 0]


@pytest.mark.parametrize(
    ("typed", "earned"),
    [
        ("antagonist", 1),
        ("  AntaGonist ", 1),
        ("ａntagonist", 1),
        ("agonist", 0),
        ("antagonists", 0),
        ("an tagonist", 0),
        ("no antagonist", 0),
    ],
)
def test_a_typed_word_is_right_whatever_its_case_and_spaces_and_nothing_else_is(typed: str, earned: float) -> None:
    assert mark(fill_in(), Response(text=typed)) == earned


@pytest.mark.parametrize(
    ("typed", "accept"), [("non-NMDA", "NMDA"), ("1938", "1983"), ("-3", "3"), ("does act", "does not act")]
)
def test_digits_a_minus_and_words_that_turn_a_meaning_round_always_count(typed: str, accept: str) -> None:
    assert mark(fill_in(accept), Response(text=typed)) == 0


@pytest.mark.parametrize(
    ("typed", "accept"), [("café", "cafe\u0301"), ("Alzheimer’s", "alzheimer's"), ("−3", "-3"), ("a  b", "A B")]
)
def test_forms_of_one_and_the_same_text_count_as_the_same(typed: str, accept: str) -> None:
    assert mark(fill_in("other", accept), Response(text=typed)) == 1


@pytest.mark.parametrize(
    ("typed", "item", "earned"),
    [
        ("32", numeric(32), 1),
        ("32.0", numeric(32), 1),
        ("32 people", numeric(32, unit="people"), 1),
        ("32people", numeric(32, unit="people"), 1),
        ("33", numeric(32), 0),
        ("33", numeric(32, 1), 1),
        ("33.01", numeric(32, 1), 0),
        (".3", numeric(0.2, 0.1), 1),
        ("0,3", numeric(0.3), 1),
        ("1,000", numeric(1000), 1),
        ("1e3", numeric(1000), 1),
        ("−3", numeric(-3), 1),
        ("3", numeric(-3), 0),
    ],
)
def test_a_typed_number_is_right_within_its_tolerance_the_bound_included(typed: str, item: Item, earned: float) -> None:
    assert mark(item, Response(text=typed)) == earned


@pytest.mark.parametrize("typed", ["", "  ", "many", "3 or 4", "1/3", "nan", "inf", "1e999", "0x10", "3_0", "9" * 400])
def test_what_is_no_number_is_refused_and_not_marked_wrong(typed: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        mark(numeric(3), Response(text=typed))


def test_a_blank_word_is_refused_and_not_marked_wrong() -> None:
    with pytest.raises(ValueError, match="nothing was typed"):
        mark(fill_in(), Response(text=" \t"))


def labelled(bases: str) -> Labels:
    """Labels by a word: m marketing, o an offer, e evidence, a anecdote, u not backed."""
    words: dict[str, Basis] = {"m": "marketing", "o": "marketing", "e": "evidence", "a": "anecdote", "u": "unsupported"}
    return tuple(Judged(basis=words[sign], verdict="supported", kind="offer" if sign == "o" else "efficacy") for sign in bases)


@pytest.mark.parametrize(
    ("bases", "flagged", "earned"),
    [
        ("mmeea", (0, 1), 1.0),
        ("mmeea", (0,), 0.5),
        ("mmeea", (0, 1, 2), 1 - 1 / 3),
        ("mmeea", (0, 1, 2, 3, 4), 0.0),
        ("mmeea", (), 0.0),
        ("mmeea", (2, 3), 0.0),
        ("moeea", (0,), 1.0),
        ("moeea", (0, 1), 1.0),
        ("mueea", (0, 1), 1.0),
    ],
)
def test_an_excerpt_earns_its_j_and_what_is_neither_signal_nor_noise_does_not_count(
    bases: str, flagged: tuple[int, ...], earned: float
) -> None:
    assert mark(spot(5), answer(*flagged), labelled(bases)) == pytest.approx(earned)


def test_a_response_is_never_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        answer(1).chosen = (2,)  # type: ignore[misc]
