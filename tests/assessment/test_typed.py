from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalearn.assessment import typed


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("memantin", "memantine"),
        ("memanitne", "memantine"),
        ("antagonsit", "antagonist"),
        ("glutammate", "glutamate"),
        ("seam", "steam"),
    ],
)
def test_a_slip_of_the_fingers_is_a_near_miss_and_not_the_same(text: str, accepted: str) -> None:
    assert typed.near(text, [accepted])
    assert not typed.same(text, [accepted])


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("agonist", "antagonist"),
        ("not supported", "supported"),
        ("supported", "not supported"),
        ("phase 3", "phase 2"),
        ("-5 points", "5 points"),
        ("isn't blocked", "is blocked"),
        ("gaba", "ampa"),
        ("cat", "car"),
    ],
)
def test_a_slip_that_turns_the_meaning_round_is_no_near_miss(text: str, accepted: str) -> None:
    assert not typed.near(text, [accepted])


def test_the_accepted_form_itself_is_never_a_near_miss() -> None:
    assert not typed.near(" Memantine ", ["memantine"])


@pytest.mark.parametrize(
    ("text", "value"),
    [("0,5", 0.5), (".5", 0.5), ("1,000", 1000), ("12,345.6", 12345.6), ("−3", -3), ("1e3", 1000), ("20 %", 20), ("３２", 32)],
)
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    assert typed.number(text, "%") == value


@pytest.mark.parametrize("text", ["", "ten", "1 2", "1/2", "inf", "nan", "0x10", "1e999", "--1"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert typed.number(text) is None


@given(st.text())
def test_folding_is_done_once(text: str) -> None:
    assert typed.folded(typed.folded(text)) == typed.folded(text)


@given(st.text(), st.text())
def test_no_text_makes_it_fail(text: str, accepted: str) -> None:
    typed.near(text, [accepted])
    typed.number(text, accepted)
