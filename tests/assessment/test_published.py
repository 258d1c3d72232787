"""Published and worked values of discernment, mastery and calibration that the formulas must give."""

from __future__ import annotations

import random
from math import comb

import pytest

from ketalearn.assessment.confidence import PROBABILITY, Said, calibration
from ketalearn.assessment.discernment import GATE, Discernment, log_linear


def d_prime(hits: int, signal: int, false_flags: int, noise: int) -> float:
    high, low = log_linear(hits, signal, false_flags, noise)
    return high - low


def criterion(hits: int, signal: int, false_flags: int, noise: int) -> float:
    return -0.5 * sum(log_linear(hits, signal, false_flags, noise))


def test_the_log_linear_correction_gives_hautus_values() -> None:
    assert d_prime(9, 10, 2, 9) == pytest.approx(1.7713, abs=5e-5)
    assert criterion(9, 10, 2, 9) == pytest.approx(-0.2112, abs=5e-5)


def test_yes_to_everything_has_no_sensitivity_and_a_strong_lean() -> None:
    assert d_prime(10, 10, 10, 10) == pytest.approx(0)
    assert criterion(10, 10, 10, 10) == pytest.approx(-1.6906, abs=5e-5)


@pytest.mark.parametrize(("n", "ceiling"), [(3, 2.30), (5, 2.77), (10, 3.38), (20, 3.96)])
def test_the_best_possible_d_prime_grows_with_n(n: int, ceiling: float) -> None:
    assert d_prime(n, n, 0, n) == pytest.approx(ceiling, abs=0.005)


@pytest.mark.parametrize(
    ("caught", "false_flags", "j", "lean", "sensitivity"), [(8, 2, 0.60, 0.0, 1.50), (10, 8, 0.20, 0.40, 0.94)]
)
def test_the_two_worked_examples_of_ten_and_ten(
    caught: int, false_flags: int, j: float, lean: float, sensitivity: float
) -> None:
    found = Discernment(caught=caught, signal=10, false_flags=false_flags, noise=10)
    assert found.j == pytest.approx(j)
    assert found.lean == pytest.approx(lean)
    assert d_prime(caught, 10, false_flags, 10) == pytest.approx(sensitivity, abs=0.005)
    assert found.d_prime is None, "hidden until 20 and 20 are pooled"
    assert not found.mastered


def passes(n: int, hit: float, right: float) -> float:
    """The chance that both gates are passed on n + n sentences."""

    def gate(p: float) -> float:
        return sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1) if k / n >= GATE)

    return gate(hit) * gate(right)


def test_twenty_and_twenty_tell_a_knower_from_a_guesser_and_five_and_five_do_not() -> None:
    assert passes(20, 0.8, 0.8) == pytest.approx(0.83, abs=0.005)
    assert passes(20, 0.5, 0.5) == pytest.approx(0.003, abs=0.0005)
    assert passes(5, 0.8, 0.8) == pytest.approx(0.54, abs=0.005)
    assert passes(5, 0.5, 0.5) == pytest.approx(0.035, abs=0.0005)


@pytest.mark.parametrize(("caught", "false_flags"), [(20, 20), (0, 0)])
def test_neither_flag_everything_nor_flag_nothing_can_pass(caught: int, false_flags: int) -> None:
    found = Discernment(caught=caught, signal=20, false_flags=false_flags, noise=20)
    assert found.j == 0
    assert not found.mastered


def test_mastery_is_met_exactly_at_the_gates() -> None:
    assert Discernment(caught=14, signal=20, false_flags=6, noise=20).mastered
    assert not Discernment(caught=13, signal=20, false_flags=6, noise=20).mastered
    assert not Discernment(caught=14, signal=20, false_flags=7, noise=20).mastered


@pytest.mark.parametrize(("n", "expected"), [(10, 0.16), (20, 0.12), (100, 0.05)])
def test_even_a_perfectly_calibrated_learner_shows_an_error_when_answers_are_few(n: int, expected: float) -> None:
    chance = random.Random(7)
    errors = []
    for _ in range(2000):
        steps = [chance.choice(list(PROBABILITY)) for _ in range(n)]
        found = calibration([Said(step, float(chance.random() < PROBABILITY[step])) for step in steps])
        assert found is not None
        errors.append(found.ece)
    assert sum(errors) / len(errors) == pytest.approx(expected, abs=0.012)
