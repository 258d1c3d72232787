"""A checkpoint makes a start quick and can be deleted at any time: it never changes what is known, and is never trusted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ketalearn.study.history import CHECKPOINT, History
from tests.study.desk import EVERY_KIND, Desk, answer, answer_all, begin, every_kind, read_all

PACK = "tests/every-kind"


def folded(history: History) -> dict[str, object]:
    """Everything that is folded from the history."""
    return {
        "attempts": history.attempts,
        "current": history.current,
        "counts": (history.begun, history.answered, history.unknown),
        "seen": history.seen,
        "ever": history.ever_seen,
        "flags": history.flags,
        "scores": history.scores.state,
    }


def learn(desk: Desk) -> History:
    """Leave a past with something of everything, and a checkpoint in the middle of it."""
    sitting = desk.sit()
    begin(sitting, "try")
    answer_all(sitting, sure=3)
    begin(sitting, "tell")
    answer_all(sitting, ok=False, sure=1)
    sitting.history.keep_checkpoint()
    begin(sitting)
    answer(sitting, ok=False, sure=2)
    sitting.flag("one/colour", "odd")
    desk.journal().append(PACK, "of-a-later-version", {}, "2026-11-25T12:00:00+00:00")
    answer_all(sitting, sure=3)
    return sitting.history


def test_folding_on_from_a_checkpoint_gives_the_same_as_folding_from_the_beginning(desk: Desk) -> None:
    live = folded(learn(desk))
    assert CHECKPOINT in desk.course().history.places
    assert folded(desk.course().history) == live
    desk.journal().put(PACK, CHECKPOINT, "", "t")
    assert folded(desk.course().history) == live


def test_a_checkpoint_is_read_and_only_what_came_after_it_is_folded(desk: Desk) -> None:
    learn(desk).keep_checkpoint()
    history = desk.course().history
    assert history._folded == 0
    answer_all_again = desk.sit()
    answer_all_again.flag("one/colour", "again")
    assert desk.course().history._folded == 1


@pytest.mark.parametrize("damaged", ["{", "null", "[]", "{}", '{"fold": "2"}', "\x00"])
def test_a_checkpoint_that_cannot_be_read_is_thrown_away(desk: Desk, damaged: str) -> None:
    live = folded(learn(desk))
    desk.journal().put(PACK, CHECKPOINT, damaged, "t")
    assert folded(desk.course().history) == live


@pytest.mark.parametrize(
    ("field", "value"),
    [("fold", "0"), ("pack", "another"), ("chain", "0" * 64), ("seq", 2), ("seq", 99999), ("kept", {"begun": "x"})],
)
def test_a_checkpoint_of_another_fold_pack_or_history_is_thrown_away(desk: Desk, field: str, value: object) -> None:
    live = folded(learn(desk))
    journal = desk.journal()
    kept = json.loads(journal.places(PACK)[CHECKPOINT][0])
    kept[field] = value
    kept["kept"]["flags"] = [{"item": "one/forged", "kind": "flagged"}] if field != "kept" else []
    journal.put(PACK, CHECKPOINT, json.dumps(kept), "t")
    assert folded(desk.course().history) == live


def test_after_an_edit_of_the_pack_scores_are_folded_anew(desk: Desk, tmp_path: Path, cache: Path) -> None:
    learn(desk).keep_checkpoint()
    path = tmp_path / "every-kind.yaml"
    path.write_text(
        EVERY_KIND.read_text(encoding="utf-8").replace("Which light is warm?", "Which light is called warm?"), encoding="utf-8"
    )
    later = Desk(desk.path.parent, every_kind(cache, path))
    history = later.course().history
    assert history.scores.corrected == {"one/colour"}
    assert history.answered == 19
    later.close()


def test_an_erased_history_leaves_no_checkpoint(desk: Desk) -> None:
    learn(desk).keep_checkpoint()
    desk.course().history.erase()
    assert b"one/colour" not in desk.path.read_bytes()
    assert desk.course().history.answered == 0


def test_a_window_that_was_open_while_the_history_was_erased_brings_nothing_back(desk: Desk) -> None:
    other = desk.sit()
    begin(other)
    answer(other)
    other.flag("one/colour", "SECRET note")
    desk.course().history.erase()
    feedback = answer(other)
    assert feedback is not None
    assert feedback.result == "Correct", "what is open goes on"
    other.history.keep_checkpoint()
    assert b"SECRET" not in desk.path.read_bytes()
    after = desk.course().history
    assert (after.attempts, after.flags) == ({}, [])
    assert desk.journal().verify() is None


def test_a_second_window_takes_in_what_the_first_wrote_before_its_own(desk: Desk) -> None:
    one, other = desk.sit(), desk.sit()
    read_all(one)
    one.go("quiz")
    one.begin()
    answer(one)
    other.flag("one/colour", "from the other window")
    assert folded(other.history) == folded(desk.course().history)
    answer(one)
    assert folded(one.history) == folded(desk.course().history)
    one.history.keep_checkpoint()
    assert folded(desk.course().history) == folded(one.history)
