"""Whatever happens, the learner is found again exactly where they were: page, item, draft, hints and report."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from ketalearn.assessment.attempt import Confidence, Mode
from ketalearn.assessment.response import Response
from ketalearn.study.sitting import Sitting
from tests.conftest import KETAMINE
from tests.study.desk import Desk, answer, begin, every_kind, prime, right, wrong


def told(sitting: Sitting) -> dict[str, object]:
    """Everything that a front end could ask of a sitting."""
    attempt = sitting.attempt if sitting.step.is_items else None
    addresses = attempt.items if attempt else ()
    return {
        "step": sitting.step,
        "position": sitting.position,
        "attempt": attempt,
        "ask": sitting.ask() if attempt else None,
        "asks": [sitting.ask(address) for address in addresses],
        "drafts": [sitting.drafted(address) for address in addresses],
        "feedback": [sitting.feedback(address) for address in addresses],
        "reading": None if sitting.step.is_items or sitting.step.kind == "report" else sitting.reading(),
        "report": sitting.report(),
        "seen": sitting.history.seen,
        "told": sitting.history.told,
        "places": sitting.history.places,
    }


def step(sitting: Sitting, chance: random.Random) -> str:
    """Do one thing that a learner could do now."""
    attempt = sitting.attempt if sitting.step.is_items else None
    ask = sitting.ask() if attempt and not attempt.done else None
    can: dict[str, Callable[[], object]] = {
        "forward": sitting.forward,
        "back": sitting.back,
        "go": lambda: sitting.go(chance.choice(sitting.steps).key),
        "flag": lambda: sitting.flag(f"{sitting.module.id}/x", "note \x1b ✓", bad=True),
    }
    if sitting.step.is_items and ask is None:
        can["begin" if attempt is None else "retry"] = sitting.retry if attempt else lambda: sitting.begin(chance.choice(MODES))
    if ask is not None:
        name, sure = ask.address, chance.choice(SURE)
        response = chance.choice([right, wrong, lambda *_: Response(dont_know=True)])(sitting, name)
        can |= {
            "answer": lambda: sitting.answer(name, response, sure),
            "hint": lambda: sitting.hint(name),
            "skip": lambda: sitting.skip(name),
            "draft": lambda: sitting.draft(name, response, sure),
            "finish": sitting.finish,
        }
    weights = [WEIGHTS[verb] for verb in can]
    verb = chance.choices(list(can), weights)[0] if chance.random() > 0.01 else "restart"
    (sitting.restart if verb == "restart" else can[verb])()
    return verb


MODES: tuple[Mode, Mode] = ("practice", "exam")
SURE: tuple[Confidence | None, ...] = (None, 1, 2, 3)
WEIGHTS = {
    "forward": 5,
    "back": 1,
    "go": 1,
    "flag": 1,
    "begin": 9,
    "retry": 9,
    "answer": 15,
    "hint": 4,
    "skip": 4,
    "draft": 4,
    "finish": 1,
}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_learner_who_is_cut_off_after_any_event_goes_on_exactly_there(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    sitting = desk.sit()
    sitting.enter()
    done = []
    for _ in range(100):
        done.append(step(sitting, chance))
        again = desk.sit()
        assert told(again) == told(sitting), done
        if chance.random() < 0.3:
            sitting = again  # and goes on from the copy
        desk.close_all_but(sitting)
    assert {"answer", "begin", "go"} <= set(done)


def test_the_shipped_course_is_resumed_in_the_middle_of_its_quiz(home: Path, cache: Path) -> None:
    desk = Desk(home, every_kind(cache, KETAMINE))
    sitting = desk.sit("nmda-antagonism")
    begin(sitting)
    for number in range(4):
        answer(sitting, ok=number % 2 == 0, sure=2)
    ask = sitting.ask()
    assert ask is not None
    sitting.hint(ask.address)
    sitting.draft(ask.address, right(sitting, ask.address), 3)
    again = desk.sit("nmda-antagonism")
    assert told(again) == told(sitting)
    found = again.ask()
    assert found is not None
    assert (found.number, found.address) == (ask.number, ask.address)
    assert again.drafted(ask.address) == (right(sitting, ask.address), 3)
    desk.close()


def test_a_draft_is_offered_again_and_never_graded(desk: Desk) -> None:
    sitting = desk.sit()
    attempt = begin(sitting)
    address = attempt.items[0]
    sitting.draft(address, right(sitting, address), 2)
    again = desk.sit()
    assert again.drafted(address) == (right(sitting, address), 2)
    assert again.attempt is not None
    assert again.attempt.given == {}
    assert again.report().confidence_said == 0


def test_a_draft_is_gone_once_its_item_is_answered_or_the_set_is_closed(desk: Desk) -> None:
    sitting = desk.sit()
    attempt = begin(sitting)
    first, second = attempt.items[:2]
    for address in (first, second):
        sitting.draft(address, right(sitting, address), 1)
    sitting.answer(first, wrong(sitting, first))
    assert desk.sit().drafted(first) == (Response(), None)
    assert desk.sit().drafted(second) == (right(sitting, second), 1)
    sitting.finish()
    assert desk.sit().drafted(second) == (Response(), None)


def test_an_emptied_draft_is_forgotten(desk: Desk) -> None:
    sitting = desk.sit()
    address = begin(sitting).items[0]
    sitting.draft(address, right(sitting, address), None)
    sitting.draft(address, Response(), None)
    assert not [key for key in desk.course().history.places if key.startswith("draft/")]


@pytest.mark.parametrize("kept", ["{", "[]", "3", '{"response": 3}', '{"response": {"chosen": ["a"]}}', '{"confidence": 9}'])
def test_a_draft_that_cannot_be_read_counts_as_none(desk: Desk, kept: str) -> None:
    sitting = desk.sit()
    address = begin(sitting).items[0]
    sitting.history.put(f"draft/{address}", kept)
    assert desk.sit().drafted(address) == (Response(), None)


def test_a_place_that_the_module_no_longer_has_leads_to_its_first_step(desk: Desk) -> None:
    sitting = desk.sit()
    sitting.go("page/second")
    sitting.history.put("step/one", "page/removed")
    assert desk.sit().position[0] == 1


def test_the_history_names_the_time_of_an_event_in_utc(desk: Desk) -> None:
    prime(desk.sit())
    rows = desk.journal().rows("tests/every-kind")
    assert {row.at for row in rows} == {"2026-11-25T12:00:00.000+00:00"}
