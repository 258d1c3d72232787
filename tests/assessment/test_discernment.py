"""Telling marketing from evidence is counted so that distrusting everything earns nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalearn.assessment.discernment import Discernment, Judgement, count
from ketalearn.content.scheme import Basis, Kind


def judged(basis: Basis, flagged: bool | None, times: int, kind: Kind = "efficacy") -> list[Judgement]:
    return [Judgement(basis=basis, kind=kind, flagged=flagged)] * times


def test_the_worked_example_of_8_hits_and_2_false_flags_gives_j_60_without_a_lean() -> None:
    found = count(
        judged("marketing", True, 8)
        + judged("marketing", False, 2)
        + judged("evidence", True, 2)
        + judged("evidence", False, 8)
    )
    assert (found.caught, found.signal, found.false_flags, found.noise) == (8, 10, 2, 10)
    assert found.j == pytest.approx(0.60)
    assert found.lean == pytest.approx(0.0)


def test_the_worked_example_of_10_hits_and_8_false_flags_gives_j_20_and_leans_to_distrust() -> None:
    found = count(judged("marketing", True, 10) + judged("evidence", True, 8) + judged("evidence", False, 2))
    assert found.j == pytest.approx(0.20)
    assert found.lean == pytest.approx(0.40)


@pytest.mark.parametrize(("signal", "noise"), [(10, 10), (2, 6), (6, 2), (1, 1)])
def test_flagging_everything_earns_nothing_and_leans_to_distrust(signal: int, noise: int) -> None:
    found = count(judged("marketing", True, signal) + judged("evidence", True, noise))
    assert found.j == 0
    assert found.lean == 0.5


@pytest.mark.parametrize(("signal", "noise"), [(10, 10), (2, 6), (6, 2), (1, 1)])
def test_flagging_nothing_earns_nothing_and_leans_to_trust(signal: int, noise: int) -> None:
    found = count(judged("marketing", False, signal) + judged("anecdote", False, noise))
    assert found.j == 0
    assert found.lean == -0.5


def test_an_offer_is_neither_signal_nor_noise() -> None:
    assert count(judged("marketing", True, 3, "offer") + judged("marketing", False, 3, "offer")) == Discernment()


@pytest.mark.parametrize("basis", ["unsupported", "context"])
@pytest.mark.parametrize("flagged", [True, False, None])
def test_what_is_not_backed_or_says_nothing_is_neither_signal_nor_noise(basis: Basis, flagged: bool | None) -> None:
    assert count(judged(basis, flagged, 4)) == Discernment()


def test_stories_count_as_noise_and_a_seller_s_story_as_signal() -> None:
    found = count(judged("anecdote", False, 3, "experience") + judged("marketing", True, 2, "experience"))
    assert (found.noise, found.signal, found.caught) == (3, 2, 2)


def test_i_dont_know_is_counted_apart_and_changes_no_figure() -> None:
    known = judged("marketing", True, 3) + judged("evidence", False, 3)
    with_doubt = count(known + judged("marketing", None, 2) + judged("evidence", None, 1))
    without = count(known)
    assert with_doubt.dont_know == 3
    assert (with_doubt.j, with_doubt.lean, with_doubt.signal, with_doubt.noise) == (without.j, without.lean, 3, 3)


def test_without_both_sorts_there_is_no_figure() -> None:
    for judgements in ([], judged("marketing", True, 5), judged("evidence", False, 5), judged("marketing", None, 5)):
        assert count(judgements).j is None
        assert count(judgements).lean is None


BASES: st.SearchStrategy[Basis] = st.sampled_from(("marketing", "evidence", "anecdote", "unsupported", "context"))
KINDS: st.SearchStrategy[Kind] = st.sampled_from(("efficacy", "offer", "experience", "none"))
JUDGEMENTS = st.lists(st.builds(Judgement, basis=BASES, kind=KINDS, flagged=st.sampled_from([True, False, None])), max_size=40)


@given(JUDGEMENTS)
def test_j_and_lean_stay_in_their_bounds_and_no_count_exceeds_its_n(judgements: list[Judgement]) -> None:
    found = count(judgements)
    assert 0 <= found.caught <= found.signal
    assert 0 <= found.false_flags <= found.noise
    assert found.signal + found.noise + found.dont_know <= len(judgements)
    if found.j is not None and found.lean is not None:
        assert -1 <= found.j <= 1
        assert -0.5 <= found.lean <= 0.5


@given(JUDGEMENTS)
def test_the_order_of_judgements_does_not_matter(judgements: list[Judgement]) -> None:
    assert count(judgements) == count(reversed(judgements))
