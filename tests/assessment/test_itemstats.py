"""Moodle's own fixture, a published 10 x 10 table for KR-20, and what is undefined."""

from __future__ import annotations

import pytest

from ketalearn.assessment.itemstats import (
    correlation_interval,
    error_ratio,
    internal_consistency,
    item_statistics,
    kuder_richardson,
    options_taken,
)

TOTALS = [12, 7.4, 11.7, 8.5, 10.1, 11.3, 11.2, 14.1, 8.6, 11.6, 9.3, 13.1, 11.5, 11.3, 5.5, 4.8, 8.7, 11.8, 6, 5.9, 12.8, 13.8]
SLOT_8 = [5.5, 1, 2.5, 4, 3, 4.5, 3, 6, 0.5, 5.5, 2.5, 4, 4, 3, 1, 1, 1.5, 4, 2, 1, 6, 7]
SLOT_13 = [float(attempt in (1, 2, 7, 10, 13, 15, 17, 22)) for attempt in range(1, 23)]
WUENSCH = "1111110110 1011011101 1111011001 0010001000 0000010010 1110111111 1101110111 1111111101 0101111101 1101101110"
ROWS = [[int(sign) for sign in row] for row in WUENSCH.split()]


def test_slot_8_of_moodles_fixture() -> None:
    found = item_statistics(SLOT_8, TOTALS, 8)
    assert found.n == 22
    assert found.facility == pytest.approx(41.19318182)
    assert found.sd == pytest.approx(1.912733589)
    assert found.discrimination_index == pytest.approx(25.88327077)
    assert found.discriminative_efficiency == pytest.approx(27.23492723)


def test_slot_13_of_moodles_fixture() -> None:
    found = item_statistics(SLOT_13, TOTALS, 1)
    assert found.facility == pytest.approx(36.36363636)
    assert found.sd == pytest.approx(0.4923659639)
    assert found.discrimination_index == pytest.approx(-12.99017581)
    assert found.discriminative_efficiency == pytest.approx(-17.5074184)


def test_kr_20_and_kr_21_give_the_published_values() -> None:
    found = kuder_richardson(ROWS)
    assert found is not None
    assert found[0] == pytest.approx(0.69635, abs=5e-6)
    assert found[1] == pytest.approx(0.68417, abs=5e-6)


def test_internal_consistency_of_right_or_wrong_items_is_kr_20() -> None:
    consistency = internal_consistency(list(zip(*ROWS, strict=True)))
    kr = kuder_richardson(ROWS)
    assert consistency is not None
    assert kr is not None
    assert consistency / 100 == pytest.approx(kr[0])
    assert error_ratio(consistency) == pytest.approx(100 * (1 - kr[0]) ** 0.5)


@pytest.mark.parametrize(("n", "low", "high"), [(10, -0.23, 0.77), (30, 0.07, 0.61)])
def test_an_interval_says_how_little_a_small_class_tells(n: int, low: float, high: float) -> None:
    found = correlation_interval(0.37, n)
    assert found is not None
    assert found[0] == pytest.approx(low, abs=0.006)
    assert found[1] == pytest.approx(high, abs=0.006)


def test_a_distractor_that_nobody_takes_is_told_from_thirty_learners_on() -> None:
    few = options_taken({0: [1.0] * 28, 1: [0.5]})
    many = options_taken({0: [1.0] * 29, 1: [0.5]})
    assert not few[1].nobody
    assert many[1].nobody
    assert many[1].share == pytest.approx(1 / 30)
    assert many[0].mean_rest == 1
    assert options_taken({0: []})[0].mean_rest is None


def test_what_is_undefined_stays_undefined_and_is_never_0() -> None:
    same = item_statistics([1, 1, 1], [2, 3, 4], 1)
    assert same.discrimination_index is None
    assert same.discriminative_efficiency is None
    assert item_statistics([1], [2], 1).sd is None
    assert item_statistics([], [], 1).facility is None
    assert internal_consistency([[1, 0], [1, 0]][:1]) is None
    assert error_ratio(None) is None
    assert kuder_richardson([[1, 0]]) is None
    assert kuder_richardson([[1, 0], [1, 0]]) is None
    assert correlation_interval(1.0, 30) is None
    assert correlation_interval(0.5, 3) is None
