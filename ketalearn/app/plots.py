"""Plots as plain text, by plotext without its colours, so that they fit every theme; each has a sentence that says the same.

Imported only where a plot is shown.
"""

from __future__ import annotations

from collections.abc import Sequence

import plotext  # type: ignore[import-untyped]  # it carries no types

from ketalearn.assessment.confidence import PROBABILITY, Calibration
from ketalearn.study.scores import SittingScore

HEIGHT = 14


def _draw(width: int, title: str) -> str:
    plotext.theme("clear")
    plotext.plotsize(max(40, width), HEIGHT)
    plotext.ylim(0, 100)
    plotext.yticks([0, 25, 50, 75, 100])
    plotext.title(title)
    drawn = plotext.uncolorize(plotext.build())
    plotext.clear_figure()
    return "\n".join(line.rstrip() for line in drawn.splitlines())


def scores(sittings: Sequence[SittingScore], width: int) -> str:
    """Plot the share of marks of each quiz, oldest first."""
    plotext.clear_figure()
    shares = [100 * score.marks / score.n for score in sittings if score.part == "quiz" and score.n]
    plotext.xlim(0.5, len(shares) + 0.5)
    plotext.xticks(list(range(1, len(shares) + 1)))
    plotext.scatter(list(range(1, len(shares) + 1)), shares, marker="●")
    return _draw(width, "Marks of each quiz, of 100")


def reliability(found: Calibration, width: int) -> str:
    """Plot how often one was right at each step of confidence, beside what would fit."""
    plotext.clear_figure()
    plotext.xlim(40, 100)
    ideal = [100 * value for value in PROBABILITY.values()]
    plotext.plot(ideal, ideal, marker="·", label="would fit")
    told = [(100 * PROBABILITY[step.confidence], 100 * step.right / step.n) for step in found.steps if step.n]
    plotext.scatter([x for x, _ in told], [y for _, y in told], marker="●", label="you")
    plotext.xticks(ideal, ["unsure", "fairly sure", "certain"])
    return _draw(width, "Right, of 100, by how sure")


def flags(sittings: Sequence[SittingScore], width: int) -> str:
    """Plot the share caught and the share wrongly flagged over sittings."""
    plotext.clear_figure()
    told = [score.found for score in sittings if score.found.signal and score.found.noise]
    numbers = list(range(1, len(told) + 1))
    plotext.xlim(0.5, len(told) + 0.5)
    plotext.xticks(numbers)
    plotext.scatter(numbers, [100 * found.caught / found.signal for found in told], marker="●", label="caught")
    plotext.scatter(numbers, [100 * found.false_flags / found.noise for found in told], marker="○", label="wrongly flagged")
    return _draw(width, "Flags over sittings, of 100")
