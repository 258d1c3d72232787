"""What confidence is worth: certainty-based marks beside the mark, and calibration. Neither ever changes a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ketalearn.assessment.attempt import Confidence

RIGHT: dict[int, float] = {1: 1, 2: 2, 3: 3}
WRONG: dict[int, float] = {1: 0, 2: -2, 3: -6}
PROBABILITY: dict[int, float] = {1: 0.5, 2: 0.75, 3: 0.95}
"""Unsure, fairly sure, certain, as probabilities of being right."""
IDEAL: dict[int, tuple[float, float]] = {1: (0, 2 / 3), 2: (2 / 3, 0.8), 3: (0.8, 1)}
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
class Certainty:
    """Certainty-based marks of a set: total, average, and the bonus for knowing what one knows."""

    n: int
    total: float
    average: float
    accuracy: float
    bonus: float


def certainty(said: Sequence[Said]) -> Certainty | None:
    """Sum the certainty-based marks; None without any answer.

    `bonus = .1 x (average - max over C of (accuracy x right[C] + (1 - accuracy) x wrong[C]))`: what the learner gained
    against giving every answer the one confidence that would have paid best.
    """
    if not said:
        return None
    n = len(said)
    total = sum(map(certainty_mark, said))
    accuracy = sum(one.mark for one in said) / n
    best = max(accuracy * RIGHT[step] + (1 - accuracy) * WRONG[step] for step in RIGHT)
    return Certainty(n=n, total=total, average=total / n, accuracy=accuracy, bonus=0.1 * (total / n - best))


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


def calibration(said: Sequence[Said]) -> Calibration | None:
    """Compare confidence with knowledge; None without an answer that is wholly right or wrong."""
    whole = [one for one in said if one.mark in (0, 1)]
    if not whole:
        return None
    n = len(whole)
    base = sum(one.mark for one in whole) / n
    steps = []
    ece = reliability = resolution = 0.0
    for step, probability in PROBABILITY.items():
        marks = [one.mark for one in whole if one.confidence == step]
        if marks:
            accuracy = sum(marks) / len(marks)
            weight = len(marks) / n
            ece += weight * abs(accuracy - probability)
            reliability += weight * (accuracy - probability) ** 2
            resolution += weight * (accuracy - base) ** 2
        confidence: Confidence = 1 if step == 1 else 2 if step == 2 else 3
        steps.append(Step(confidence=confidence, n=len(marks), right=int(sum(marks)), word=fit(step, marks)))
    return Calibration(
        n=n,
        steps=tuple(steps),
        ece=ece,
        bias=sum(PROBABILITY[one.confidence] for one in whole) / n - base,
        brier=brier([PROBABILITY[one.confidence] for one in whole], [one.mark for one in whole]) / 2,
        reliability=reliability,
        resolution=resolution,
        uncertainty=base * (1 - base),
    )


def fit(step: int, marks: Sequence[float]) -> str:
    """Say whether the accuracy at a step of confidence fits it; difference² x n above .5 is more than slight (Moodle)."""
    if not marks:
        return "none yet"
    accuracy = sum(marks) / len(marks)
    low, high = IDEAL[step]
    difference = low - accuracy if accuracy < low else high - accuracy if accuracy > high else 0.0
    if not difference:
        return "fits"
    word = "over-confident" if difference > 0 else "under-confident"
    return word if difference**2 * len(marks) > 0.5 else f"slightly {word}"


def brier(forecasts: Sequence[float], outcomes: Sequence[float]) -> float:
    """Give the two-class score of Brier 1950, 0 to 2; half of it is the modern binary form."""
    return sum(2 * (forecast - outcome) ** 2 for forecast, outcome in zip(forecasts, outcomes, strict=True)) / len(forecasts)


Sort = Literal["sure and wrong", "lucky guess"]


def sort_of(said: Said) -> Sort | None:
    """Name the two sorts of answers that a learner should look at: confident errors, and right answers given unsure."""
    if said.mark < 1 and said.confidence > 1:
        return "sure and wrong"
    return "lucky guess" if said.mark >= 1 and said.confidence == 1 else None


def normalised_gain(before: float, after: float) -> float | None:
    """Give Hake's ⟨g⟩ = (post - pre)/(100 - pre) of two percentages; undefined at pre = 100."""
    return None if before >= 100 else (after - before) / (100 - before)
