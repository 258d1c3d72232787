"""Item statistics of a class, by Moodle's definitions, so that the numbers match those of the learning management system.

Pure functions over plain numbers. What is undefined (no spread, too few learners) is None and never 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh

NOBODY = 0.05
ENOUGH = 30
"""A distractor that fewer than 5 of 100 take is told from so many learners on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatistics:
    """One item in a class of `n`; all but `sd` in percent."""

    n: int
    facility: float | None
    sd: float | None
    discrimination_index: float | None
    discriminative_efficiency: float | None


def item_statistics(marks: Sequence[float], totals: Sequence[float], maximum: float) -> ItemStatistics:
    """Compare the marks of one item with the rest of each attempt (total less item).

    Facility is mean/max. The discrimination index is 100 x corr(item, rest); the discriminative efficiency is 100 x
    cov(item, rest) over the covariance of both sorted, the largest that these marks allow. Sample variance (n - 1).
    """
    rest = [total - mark for mark, total in zip(marks, totals, strict=True)]
    together = covariance(marks, rest)
    most = covariance(sorted(marks), sorted(rest))
    spreads = covariance(marks, marks), covariance(rest, rest)
    index = None
    if together is not None and spreads[0] and spreads[1]:
        index = 100 * together / sqrt(spreads[0] * spreads[1])
    return ItemStatistics(
        n=len(marks),
        facility=100 * sum(marks) / len(marks) / maximum if marks and maximum else None,
        sd=sqrt(spreads[0]) if spreads[0] is not None else None,
        discrimination_index=index,
        discriminative_efficiency=100 * together / most if together is not None and most else None,
    )


def covariance(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Give the sample covariance (n - 1); undefined below two values."""
    n = len(one)
    if n < 2:
        return None
    means = sum(one) / n, sum(other) / n
    return sum((a - means[0]) * (b - means[1]) for a, b in zip(one, other, strict=True)) / (n - 1)


def internal_consistency(items: Sequence[Sequence[float]]) -> float | None:
    """Give the coefficient of internal consistency, 100 x p/(p - 1) x (1 - Σ var(item)/var(total)); a row an item."""
    totals = [sum(marks) for marks in zip(*items, strict=True)]
    spread = covariance(totals, totals)
    own = [covariance(marks, marks) for marks in items]
    if len(items) < 2 or not spread or any(value is None for value in own):
        return None
    return 100 * len(items) / (len(items) - 1) * (1 - sum(value or 0.0 for value in own) / spread)


def error_ratio(consistency: float | None) -> float | None:
    """Give 100 x √(1 - CIC/100): how much of the spread of totals is chance."""
    return None if consistency is None or consistency > 100 else 100 * sqrt(1 - consistency / 100)


def kuder_richardson(rows: Sequence[Sequence[int]]) -> tuple[float, float] | None:
    """Give KR-20 and KR-21 (Kuder and Richardson 1937) of right-or-wrong answers; a row a learner.

    Both take the population variance: mixing p x q with the sample variance would inflate them.
    """
    people, items = len(rows), len(rows[0]) if rows else 0
    totals = [sum(row) for row in rows]
    if people < 2 or items < 2:
        return None
    mean = sum(totals) / people
    variance = sum((total - mean) ** 2 for total in totals) / people
    if not variance:
        return None
    shares = [sum(column) / people for column in zip(*rows, strict=True)]
    factor = items / (items - 1)
    own = sum(share * (1 - share) for share in shares)
    return factor * (1 - own / variance), factor * (1 - mean * (items - mean) / (items * variance))


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How an option of an item was taken: by how many, and how they did on the rest."""

    n: int
    share: float
    mean_rest: float | None
    nobody: bool
    """Whether too few take it to be a distractor; said from thirty learners on."""


def options_taken(rest_by_option: Mapping[int, Sequence[float]]) -> dict[int, Taken]:
    """Describe each option by the rest scores of those who took it."""
    everybody = sum(len(rests) for rests in rest_by_option.values())
    return {
        option: Taken(
            n=len(rests),
            share=len(rests) / everybody if everybody else 0.0,
            mean_rest=sum(rests) / len(rests) if rests else None,
            nobody=everybody >= ENOUGH and len(rests) / everybody < NOBODY,
        )
        for option, rests in rest_by_option.items()
    }


def correlation_interval(r: float, n: int, z: float = 1.644854) -> tuple[float, float] | None:
    """Give the interval of a correlation by Fisher's z (90 % by default); undefined below four learners or at ±1."""
    if n < 4 or not -1 < r < 1:
        return None
    half = z / sqrt(n - 3)
    return tanh(atanh(r) - half), tanh(atanh(r) + half)
