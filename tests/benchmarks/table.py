"""Medians, their spread, and the table."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Line:
    """One figure, and the bare one beside it that was measured in turns with it."""

    what: str
    ours: Sequence[float]
    bare: Sequence[float]
    aim: float | None = None
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return median(self.ours) / median(self.bare)

    def __str__(self) -> str:
        scale = 1000 if self.unit == "ms" else 1
        pairs = [mine / theirs for mine, theirs in zip(self.ours, self.bare, strict=False)]
        low, _, high = quantiles(pairs, n=4)
        verdict = "" if self.aim is None else f"<= {self.aim:<4g} {'met' if self.ratio <= self.aim else 'MISSED'}"
        ours, bare = (_spread([value * scale for value in values]) for values in (self.ours, self.bare))
        ratio = f"{self.ratio:5.2f} [{low:.2f}–{high:.2f}]"
        return f"{self.what:<44} {ours:>24} {bare:>24} {self.unit:<3} {ratio:>20} {verdict:<14} n={len(self.ours)}".rstrip()


def _spread(values: Sequence[float]) -> str:
    low, middle, high = quantiles(values, n=4)
    return f"{middle:.1f} [{low:.1f}–{high:.1f}]"


def show(title: str, bare: str, lines: Sequence[Line]) -> None:
    """Print the figures of one benchmark."""
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    machine = f"Python {platform.python_version()}, Textual {version('textual')}, {os.cpu_count()} cores, load {load}"
    print(f"\n{title}. Medians [quartiles]; ratios of medians [quartiles of the pairs]. {machine}")
    print(f"{'':<44} {'ketalearn':>24} {bare:>24} {'':<3} {'ratio':>20} aim")
    for line in lines:
        print(line, flush=True)
