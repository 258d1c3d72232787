"""What confidence is worth: certainty-based marks beside the mark, and calibration. Neither ever changes a mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from ketalearn.assessment.attempt import Confidence

RIGHT: dict[Confidence, float] = {1: 1, 2: 2, 3: 3}
WRONG: dict[Confidence, float] = {1: 0, 2: -2, 3: -6}
PROBABILITY: dict[Confidence, float] = {1: 0.5, 2: 0.75, 3: 0.95}
"""Unsure, fairly sure, certain, as probabilities of being right."""
IDEAL: dict[Confidence, tuple[float, float]] = {1: (0, 2 / 3), 2: (2 / 3, 0.8), 3: (0.8, 1)}
"""The accuracy at which each step pays best: C2 beats C1 above 2/3, C3 beats C2 above .8."""
ENOUGH = 20
"""Below so many answers calibration tells nothing: with these steps a perfectly calibrated learner shows an ECE of about
.16 at 10 answers and still .12 at 20."""


@dataclass(frozen=True, slots=True)
class Said:
    """One answer with its confidence: the mark, 0 to 1."""

    confidence: Confidence
    mark: float


def certainty_mark(said: Said) -> float:
    """Give the certainty-based mark (Gardner-Medwin; Moodle's scheme); partial credit f earns f times the right mark."""
    return said.mark * RIGHT[said.confidence] if said.mark > 0 else WRONG[said.confidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """First, unhinted responses at one step of confidence."""

    n: int = 0
    whole: int = 0
    """How many were wholly right or wrong; only these count for calibration."""
    right: int = 0
    marks: float = 0.0
    certainty: float = 0.0

    def plus(self, said: Said) -> Tally:
        """Add one response."""
        return Tally(
            n=self.n + 1,
            whole=self.whole + (said.mark in (0, 1)),
            right=self.right + (said.mark == 1),
            marks=self.marks + said.mark,
            certainty=self.certainty + certainty_mark(said),
        )


def certainty_bonus(tallies: Iterable[Tally]) -> tuple[float, float]:
    """Give the average certainty-based mark and the bonus for knowing what one knows; 0, 0 without answers.

    `bonus = .1 x (average - max over C of (accuracy x right[C] + (1 - accuracy) x wrong[C]))`: what the learner gained
    against giving every answer the one confidence that would have paid best.
    """
    whole = sum_up(tallies)
    if not whole.n:
        return 0.0, 0.0
    average, accuracy = whole.certainty / whole.n, whole.marks / whole.n
    best = max(accuracy * RIGHT[step] + (1 - accuracy) * WRONG[step] for step in RIGHT)
    return average, 0.1 * (average - best)


def sum_up(tallies: Iterable[Tally]) -> Tally:
    """Pool the steps."""
    whole = Tally()
    for tally in tallies:
        whole = Tally(**{field.name: getattr(whole, field.name) + getattr(tally, field.name) for field in fields(Tally)})
    return whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of confidence: how many answers, how many right, and whether that fits."""

    confidence: Confidence
    n: int
    right: int
    word: str
    """“fits”, “slightly over-confident” …; “none yet” without answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How well confidence fits, over answers that are wholly right or wrong. All figures need `n` beside them."""

    n: int
    steps: tuple[Step, ...]
    ece: float
    """Expected calibration error: the mean distance between accuracy and confidence, weighted by n."""
    bias: float
    """Mean confidence less accuracy: above 0 over-confident."""
    brier: float
    """The modern binary form: mean squared distance of probability and outcome; 0 is best."""
    reliability: float
    resolution: float
    uncertainty: float
    """Murphy 1973: brier = reliability - resolution + uncertainty."""

    @property
    def enough(self) -> bool:
        """Whether there are enough answers to tell anything."""
        return self.n >= ENOUGH


def calibration(said: Iterable[Said]) -> Calibration | None:
    """Compare confidence with knowledge; None without an answer that is wholly right or wrong."""
    tallies: dict[str, Tally] = {}
    for one in said:
        key = str(one.confidence)
        tallies[key] = tallies.get(key, Tally()).plus(one)
    return tallied(tallies)


def tallied(tallies: Mapping[str, Tally]) -> Calibration | None:
    """Give the calibration of tallies by step of confidence: “1”, “2”, “3”."""
    n = sum(tally.whole for tally in tallies.values())
    if not n:
        return None
    base = sum(tally.right for tally in tallies.values()) / n
    steps = []
    ece = reliability = resolution = mean = squares = 0.0
    for step, probability in PROBABILITY.items():
        tally = tallies.get(str(step), Tally())
        if tally.whole:
            accuracy, weight = tally.right / tally.whole, tally.whole / n
            ece += weight * abs(accuracy - probability)
            reliability += weight * (accuracy - probability) ** 2
            resolution += weight * (accuracy - base) ** 2
            mean += weight * probability
            squares += weight * (accuracy * (1 - probability) ** 2 + (1 - accuracy) * probability**2)
        steps.append(Step(confidence=step, n=tally.whole, right=tally.right, word=fit(step, tally.right, tally.whole)))
    return Calibration(
        n=n,
        steps=tuple(steps),
        ece=ece,
        bias=mean - base,
        brier=squares,
        reliability=reliability,
        resolution=resolution,
        uncertainty=base * (1 - base),
    )


def fit(step: Confidence, right: int, n: int) -> str:
    """Say whether the accuracy at a step of confidence fits it; difference² x n above .5 is more than slight (Moodle)."""
    if not n:
        return "none yet"
    accuracy = right / n
    low, high = IDEAL[step]
    difference = low - accuracy if accuracy < low else high - accuracy if accuracy > high else 0.0
    if not difference:
        return "fits"
    word = "over-confident" if difference > 0 else "under-confident"
    return word if difference**2 * n > 0.5 else f"slightly {word}"


def brier(forecasts: Sequence[float], outcomes: Sequence[float]) -> float:
    """Give the two-class score of Brier 1950, 0 to 2; half of it is the modern binary form."""
    return sum(2 * (forecast - outcome) ** 2 for forecast, outcome in zip(forecasts, outcomes, strict=True)) / len(forecasts)


def normalised_gain(before: float, after: float) -> float | None:
    """Give Hake's ⟨g⟩ = (post - pre)/(100 - pre) of two percentages; undefined at pre = 100."""
    return None if before >= 100 else (after - before) / (100 - before)
