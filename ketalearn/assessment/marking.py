"""Marks: one small function a kind of item, named in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ketalearn.assessment import typed
from ketalearn.assessment.response import Response
from ketalearn.content.items import (
    FillIn,
    Item,
    JudgeClaim,
    Locate,
    Match,
    MultipleResponse,
    Numeric,
    Order,
    SingleChoice,
    Spot,
)
from ketalearn.content.scheme import ANSWERS, Basis, Kind, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The labels of one claim that a judging item is marked by."""

    basis: Basis
    verdict: Verdict
    kind: Kind = "background"

    @property
    def signal(self) -> bool:
        """Whether it is marketing that counts; offers are free hits and do not."""
        return self.basis == "marketing" and self.kind != "offer"

    @property
    def noise(self) -> bool:
        """Whether flagging it is wrong without a doubt."""
        return self.basis in ("evidence", "anecdote")


Labels = tuple[Judged, ...]
"""The labels of the claims that an item asks to judge, in its order; empty for knowledge."""


def mark(item: Item, response: Response, judged: Labels = ()) -> float:
    """Mark a response: 0 to 1. “I don't know” is 0. Items that judge claims need their labels.

    Raises `ValueError` for a response that does not fit the item.
    """
    if response.dont_know:
        return 0.0
    return MARKERS[item.kind](item, response, judged)


def _single(item: Item, response: Response, judged: Labels) -> float:
    assert isinstance(item, SingleChoice)
    (chosen,) = _within(response, len(item.options), at_least=1, at_most=1)
    return float(item.options[chosen].key)


def _multiple(item: Item, response: Response, judged: Labels) -> float:
    """right/keys - wrong/distractors, not below 0, so that choosing all earns nothing."""
    assert isinstance(item, MultipleResponse)
    chosen = set(_within(response, len(item.options), at_least=1, at_most=len(item.options)))
    keys = {number for number, option in enumerate(item.options) if option.key}
    distractors = len(item.options) - len(keys)
    wrong = len(chosen - keys) / distractors if distractors else 0.0
    return max(0.0, len(chosen & keys) / len(keys) - wrong)


def _judge(item: Item, response: Response, judged: Labels) -> float:
    """1 for the basis; where the verdict is not supported, ½ for taking “not backed” for “marketing” or the reverse."""
    assert isinstance(item, JudgeClaim)
    if len(judged) != 1:
        raise ValueError("a judging item is marked by its claim's labels")
    (chosen,) = _within(response, len(ANSWERS), at_least=1, at_most=1)
    answer, labels = ANSWERS[chosen], judged[0]
    if answer == labels.basis:
        return 1.0
    if labels.verdict != "supported" and {answer, labels.basis} == {"marketing", "unsupported"}:
        return 0.5
    return 0.0


def _order(item: Item, response: Response, judged: Labels) -> float:
    """Kendall's tau of the order given, not below 0."""
    assert isinstance(item, Order)
    n = len(item.parts)
    put = _within(response, n, at_least=n, at_most=n)
    pairs = [(a, b) for a in range(n) for b in range(a + 1, n)]
    agree = sum(put[a] < put[b] for a, b in pairs)
    return max(0.0, (2 * agree - len(pairs)) / len(pairs))


def _match(item: Item, response: Response, judged: Labels) -> float:
    """Give the share of pairs found; a left side without a target is -1."""
    assert isinstance(item, Match)
    targets = len(item.pairs) + len(item.spare)
    if len(response.chosen) != len(item.pairs) or any(not -1 <= target < targets for target in response.chosen):
        raise ValueError(f"{response.chosen} is no response to a match of {len(item.pairs)} pairs")
    found = sum(_right(item, target) == pair.right for pair, target in zip(item.pairs, response.chosen, strict=True))
    return found / len(item.pairs)


def _right(item: Match, target: int) -> str:
    """Give the words of a target; two pairs may share one."""
    return ([pair.right for pair in item.pairs] + list(item.spare))[target] if target >= 0 else ""


def _fill_in(item: Item, response: Response, judged: Labels) -> float:
    assert isinstance(item, FillIn)
    if not response.text.strip():
        raise ValueError("nothing was typed")
    return float(typed.same(response.text, item.accept))


def _numeric(item: Item, response: Response, judged: Labels) -> float:
    assert isinstance(item, Numeric)
    number = typed.number(response.text, item.unit)
    if number is None:
        raise ValueError("that is no number")
    return float(typed.close_to(number, item.value, item.tolerance))


def _locate(item: Item, response: Response, judged: Labels) -> float:
    assert isinstance(item, Locate)
    (chosen,) = _within(response, len(item.places), at_least=1, at_most=1)
    return float(item.places[chosen].key)


def _spot(item: Item, response: Response, judged: Labels) -> float:
    """J of the excerpt, not below 0: hits/signal - false flags/noise. Sentences that are neither do not count."""
    assert isinstance(item, Spot)
    if len(judged) != len(item.excerpt):
        raise ValueError("an excerpt is marked by its claims' labels")
    flagged = set(_within(response, len(item.excerpt), at_least=0, at_most=len(item.excerpt)))
    signal = {number for number, labels in enumerate(judged) if labels.signal}
    noise = {number for number, labels in enumerate(judged) if labels.noise}
    hits = len(flagged & signal) / len(signal) if signal else 1.0
    false = len(flagged & noise) / len(noise) if noise else 0.0
    return max(0.0, hits - false)


def _within(response: Response, options: int, *, at_least: int, at_most: int) -> tuple[int, ...]:
    chosen = tuple(dict.fromkeys(response.chosen))
    if not at_least <= len(chosen) <= at_most or any(not 0 <= number < options for number in chosen):
        raise ValueError(f"{response.chosen} is no response to an item with {options} options")
    return chosen


MARKERS: dict[str, Callable[[Item, Response, Labels], float]] = {
    "single-choice": _single,
    "multiple-response": _multiple,
    "order": _order,
    "match": _match,
    "fill-in": _fill_in,
    "numeric": _numeric,
    "locate": _locate,
    "judge-claim": _judge,
    "spot": _spot,
}
