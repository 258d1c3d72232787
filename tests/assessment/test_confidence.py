"""Every number of the scoring design that speaks of confidence and gain."""

from __future__ import annotations

import pytest

from ketalearn.assessment.confidence import (
    PROBABILITY,
    Said,
    Tally,
    brier,
    calibration,
    certainty_bonus,
    certainty_mark,
    fit,
    normalised_gain,
    sum_up,
)


def tally(*said: Said) -> Tally:
    whole = Tally()
    for one in said:
        whole = whole.plus(one)
    return whole


@pytest.mark.parametrize(("confidence", "right", "wrong"), [(1, 1, 0), (2, 2, -2), (3, 3, -6)])
def test_certainty_based_marks_are_those_of_the_scheme(confidence: int, right: float, wrong: float) -> None:
    assert certainty_mark(Said(confidence, 1)) == right  # type: ignore[arg-type]  # one of the three steps
    assert certainty_mark(Said(confidence, 0)) == wrong  # type: ignore[arg-type]  # likewise
    assert certainty_mark(Said(confidence, 0.5)) == right / 2  # type: ignore[arg-type]  # likewise


def test_the_worked_example_gives_total_11_average_1_10_accuracy_70_and_bonus_03() -> None:
    said = [Said(3, 1)] * 5 + [Said(3, 0)] + [Said(2, 1)] * 2 + [Said(2, 0)] + [Said(1, 0)]
    whole = tally(*said)
    average, bonus = certainty_bonus([whole])
    assert whole.certainty == 11
    assert average == pytest.approx(1.10)
    assert whole.marks / whole.n == pytest.approx(0.70)
    assert bonus == pytest.approx(0.03)


def test_certain_pays_best_above_80_of_100_and_fairly_sure_above_two_thirds() -> None:
    def expected(confidence: int, p: float) -> float:
        right, wrong = certainty_mark(Said(confidence, 1)), certainty_mark(Said(confidence, 0))  # type: ignore[arg-type]  # a step
        return p * right + (1 - p) * wrong

    assert expected(2, 2 / 3) == pytest.approx(expected(1, 2 / 3))
    assert expected(3, 0.8) == pytest.approx(expected(2, 0.8))
    assert expected(2, 0.7) > expected(1, 0.7)
    assert expected(3, 0.85) > expected(2, 0.85)


def test_nothing_said_gives_no_average_and_no_bonus() -> None:
    assert certainty_bonus([]) == (0.0, 0.0)


def test_brier_1950_gives_19_and_its_modern_form_half_of_it() -> None:
    forecasts = [0.7, 0.9, 0.8, 0.4, 0.2, 0, 0, 0, 0, 0.1]
    outcomes = [0.0, 1, 1, 1, 0, 0, 0, 0, 0, 0]
    assert brier(forecasts, outcomes) == pytest.approx(0.19)
    assert brier(forecasts, outcomes) / 2 == pytest.approx(0.095)


def test_the_worked_calibration_gives_ece_08_bias_08_and_brier_216_in_its_three_parts() -> None:
    said = [Said(1, 1), Said(1, 0)] + [Said(2, 1)] * 3 + [Said(2, 0)] + [Said(3, 1)] * 3 + [Said(3, 0)]
    found = calibration(said)
    assert found is not None
    assert found.ece == pytest.approx(0.08)
    assert found.bias == pytest.approx(0.08)
    assert found.brier == pytest.approx(0.216)
    assert found.reliability == pytest.approx(0.016)
    assert found.resolution == pytest.approx(0.010)
    assert found.uncertainty == pytest.approx(0.210)
    assert found.brier == pytest.approx(found.reliability - found.resolution + found.uncertainty)


def test_only_answers_that_are_wholly_right_or_wrong_count_for_calibration() -> None:
    assert calibration([Said(2, 0.5)]) is None
    found = calibration([Said(2, 0.5), Said(2, 1)])
    assert found is not None
    assert found.n == 1


def test_below_20_answers_calibration_is_too_few_to_tell() -> None:
    few, enough = calibration([Said(3, 1)] * 19), calibration([Said(3, 1)] * 20)
    assert few is not None
    assert enough is not None
    assert not few.enough
    assert enough.enough


@pytest.mark.parametrize(
    ("step", "right", "n", "word"),
    [
        (1, 1, 2, "fits"),
        (1, 9, 10, "under-confident"),
        (1, 7, 10, "slightly under-confident"),
        (2, 7, 10, "fits"),
        (2, 1, 10, "over-confident"),
        (3, 9, 10, "fits"),
        (3, 7, 10, "slightly over-confident"),
        (3, 5, 10, "over-confident"),
        (3, 0, 0, "none yet"),
    ],
)
def test_the_word_for_a_step_follows_the_ideal_range_and_difference_squared_times_n(
    step: int, right: int, n: int, word: str
) -> None:
    assert fit(step, right, n) == word  # type: ignore[arg-type]  # one of the three steps


def test_the_three_steps_are_50_75_and_95_of_100() -> None:
    assert PROBABILITY == {1: 0.5, 2: 0.75, 3: 0.95}


@pytest.mark.parametrize(("before", "after", "gain"), [(40, 70, 0.50), (45, 85, 0.727), (50, 25, -0.5)])
def test_hakes_gain_gives_the_published_values(before: float, after: float, gain: float) -> None:
    assert normalised_gain(before, after) == pytest.approx(gain, abs=0.0005)


def test_hakes_gain_is_undefined_from_100() -> None:
    assert normalised_gain(100, 100) is None


def test_tallies_pool() -> None:
    one, other = tally(Said(1, 1)), tally(Said(3, 0), Said(3, 0.5))
    assert sum_up([one, other]) == Tally(n=3, whole=2, right=1, marks=1.5, certainty=1 - 6 + 1.5)
