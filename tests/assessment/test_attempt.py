"""An attempt is a value: every step gives back a new one. The order of asking follows from what was answered and skipped."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalearn.assessment.attempt import Attempt, Given, Mode
from ketalearn.assessment.events import (
    Answered,
    Event,
    Finished,
    Flagged,
    Hinted,
    Restarted,
    Seen,
    Skipped,
    Started,
    advance,
)
from ketalearn.assessment.response import Response

ITEMS = ("a", "b", "c")


def attempt(mode: Mode = "practice") -> Attempt:
    return Attempt(id="one", module="module", part="quiz", mode=mode, seed=7, items=ITEMS)


def told(mark: float = 1.0, chosen: int = 0) -> Given:
    return Given(response=Response(chosen=(chosen,)), mark=mark)


def test_no_step_changes_the_attempt_it_was_made_from() -> None:
    for first in (attempt(), attempt("exam")):
        before = asdict(first)
        first.answer("a", told()).skip("b").hint("c").finish()
        first.hint("a")
        first.skip("a")
        assert asdict(first) == before
    with pytest.raises(FrozenInstanceError):
        attempt().finished = True  # type: ignore[misc]


def test_items_are_asked_in_their_order() -> None:
    now = attempt()
    asked = []
    while now.current is not None:
        asked.append(now.current)
        now = now.answer(now.current, told())
    assert tuple(asked) == ITEMS
    assert now.done


def test_a_second_answer_in_practice_is_refused_and_the_first_stays() -> None:
    now = attempt().answer("a", told(0.0, 1))
    with pytest.raises(ValueError, match="a is answered"):
        now.answer("a", told(1.0, 0))
    assert now.given["a"] == told(0.0, 1)


def test_a_second_answer_in_an_exam_replaces_the_first_until_it_is_handed_in() -> None:
    now = attempt("exam").answer("a", told(0.0, 1)).answer("a", told(1.0, 0))
    assert now.given["a"] == told(1.0, 0)
    with pytest.raises(ValueError, match="a is answered"):
        now.finish().answer("a", told())


def test_nothing_is_answered_after_the_end() -> None:
    with pytest.raises(ValueError, match="b is answered"):
        attempt().finish().answer("b", told())


def test_an_item_that_is_not_asked_cannot_be_answered() -> None:
    with pytest.raises(ValueError, match="z is not asked"):
        attempt().answer("z", told())


def test_a_skipped_item_comes_behind_all_others_and_those_skipped_before() -> None:
    now = attempt().skip("a")
    assert now.waiting == ("b", "c", "a")
    now = now.skip("b")
    assert now.waiting == ("c", "a", "b")
    now = now.skip("a")
    assert now.waiting == ("c", "b", "a")
    assert now.answer("c", told()).answer("b", told()).current == "a"


def test_an_item_that_is_not_asked_here_never_waits() -> None:
    assert attempt().skip("z").waiting == ITEMS


def test_practice_is_done_when_all_is_answered_and_an_exam_only_when_it_is_handed_in() -> None:
    practice, exam = attempt(), attempt("exam")
    for name in ITEMS:
        assert not practice.done
        practice, exam = practice.answer(name, told()), exam.answer(name, told())
    assert practice.done
    assert practice.current is None
    assert exam.current is None
    assert not exam.done
    assert exam.finish().done
    assert attempt().finish().done
    assert attempt().finish().current is None


def test_wrong_is_everything_below_the_full_mark_in_the_order_of_asking() -> None:
    now = attempt().answer("c", told(0.0)).answer("a", told(0.5))
    assert now.wrong == ITEMS
    assert now.answer("b", told(1.0)).wrong == ("a", "c")


def test_hints_are_counted_by_item() -> None:
    assert attempt().hint("a").hint("a").hint("b").hints == {"a": 2, "b": 1}


# The fold over events


MODES: st.SearchStrategy[Mode] = st.sampled_from(("practice", "exam"))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["answer", "hint", "skip", "finish"]), st.sampled_from([*ITEMS, "z"]), st.sampled_from([0.0, 0.5, 1.0])
    ),
    max_size=25,
)


@given(MODES, STEPS)
def test_the_fold_over_events_gives_the_same_attempt_as_the_steps_themselves(
    mode: Mode, steps: list[tuple[str, str, float]]
) -> None:
    now = attempt(mode)
    attempts: dict[str, Attempt] = {}
    advance(attempts, Started(attempt="one", module="module", part="quiz", mode=mode, seed=7, items=ITEMS))
    for verb, item, mark in steps:
        event: Event
        if verb == "answer":
            try:
                now = now.answer(item, told(mark))
            except ValueError:
                continue  # refused, and so never stored
            event = Answered(attempt="one", item=item, response=Response(chosen=(0,)), mark=mark)
        elif verb == "hint":
            now, event = now.hint(item), Hinted(attempt="one", item=item)
        elif verb == "skip":
            now, event = now.skip(item), Skipped(attempt="one", item=item)
        else:
            now, event = now.finish(), Finished(attempt="one")
        advance(attempts, event)
        assert attempts["one"] == now


@given(MODES, STEPS)
def test_at_every_moment_an_item_is_answered_or_waits_and_never_both(mode: Mode, steps: list[tuple[str, str, float]]) -> None:
    now = attempt(mode)
    for verb, item, mark in steps:
        if verb == "answer":
            try:
                now = now.answer(item, told(mark))
            except ValueError:
                continue
        else:
            now = {"hint": now.hint, "skip": now.skip}[verb](item) if verb != "finish" else now.finish()
        assert sorted([*now.waiting, *now.given]) == sorted(ITEMS)
        assert len(set(now.waiting)) == len(now.waiting)
        assert now.current is None or now.current == now.waiting[0]
        assert set(now.wrong) >= set(now.waiting)
        assert not (now.done and now.current)


@pytest.mark.parametrize(
    "event",
    [
        Answered(attempt="gone", item="a", response=Response(chosen=(0,)), mark=1.0),
        Hinted(attempt="gone", item="a"),
        Skipped(attempt="gone", item="a"),
        Finished(attempt="gone"),
        Seen(module="module", what="page/one"),
        Restarted(module="module"),
        Flagged(item="module/a"),
    ],
)
def test_an_event_of_an_attempt_that_never_began_or_of_none_is_read_over(event: Event) -> None:
    attempts = {"one": attempt()}
    advance(attempts, event)
    assert attempts == {"one": attempt()}


@pytest.mark.parametrize(("mode", "counts"), [("practice", 0.0), ("exam", 1.0)])
def test_of_two_stored_answers_the_first_counts_in_practice_and_the_last_in_an_exam(mode: Mode, counts: float) -> None:
    attempts = {"one": replace(attempt(), mode=mode)}
    for mark in (0.0, 1.0):
        advance(attempts, Answered(attempt="one", item="a", response=Response(chosen=(0,)), mark=mark, confidence=3, hints=2))
    assert attempts["one"].given["a"] == Given(response=Response(chosen=(0,)), mark=counts, confidence=3, hints=2)
