"""Marks: one small function a kind of item, named in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ketalearn.content.items import Item, JudgeClaim, MultipleResponse, SingleChoice
from ketalearn.content.scheme import ANSWERS, Basis, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a learner answered: positions in the author's order (for a judging item in `ANSWERS`), or “I don't know”."""

    chosen: tuple[int, ...] = ()
    dont_know: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The labels that a judging item is marked by."""

    basis: Basis
    verdict: Verdict


def mark(item: Item, response: Response, judged: Judged | None = None) -> float:
    """Mark a response: 0 to 1. “I don't know” is 0. A judging item needs `judged`.

    Raises `ValueError` for a position that the item does not have.
    """
    if response.dont_know:
        return 0.0
    return MARKERS[item.kind](item, response, judged)


def _single(item: Item, response: Response, judged: Judged | None) -> float:
    assert isinstance(item, SingleChoice)
    (chosen,) = _within(response, len(item.options), at_least=1, at_most=1)
    return float(item.options[chosen].key)


def _multiple(item: Item, response: Response, judged: Judged | None) -> float:
    """right/keys - wrong/distractors, not below 0, so that choosing all earns nothing."""
    assert isinstance(item, MultipleResponse)
    chosen = set(_within(response, len(item.options), at_least=1, at_most=len(item.options)))
    keys = {number for number, option in enumerate(item.options) if option.key}
    distractors = len(item.options) - len(keys)
    wrong = len(chosen - keys) / distractors if distractors else 0.0
    return max(0.0, len(chosen & keys) / len(keys) - wrong)


def _judge(item: Item, response: Response, judged: Judged | None) -> float:
    """1 for the basis; where the verdict is not supported, ½ for taking “not backed” for “marketing” or the reverse."""
    assert isinstance(item, JudgeClaim)
    if judged is None:
        raise ValueError("a judging item is marked by its claim's labels")
    (chosen,) = _within(response, len(ANSWERS), at_least=1, at_most=1)
    answer = ANSWERS[chosen]
    if answer == judged.basis:
        return 1.0
    if judged.verdict != "supported" and {answer, judged.basis} == {"marketing", "unsupported"}:
        return 0.5
    return 0.0


def _within(response: Response, options: int, *, at_least: int, at_most: int) -> tuple[int, ...]:
    chosen = tuple(dict.fromkeys(response.chosen))
    if not at_least <= len(chosen) <= at_most or any(not 0 <= number < options for number in chosen):
        raise ValueError(f"{response.chosen} is no response to an item with {options} options")
    return chosen


MARKERS: dict[str, Callable[[Item, Response, Judged | None], float]] = {
    "single-choice": _single,
    "multiple-response": _multiple,
    "judge-claim": _judge,
}
