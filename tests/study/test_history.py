"""The past is folded from the journal: what is unknown or damaged is kept and read over, what is gone stays in the past."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ketalearn.assessment.events import Event, Flagged, Seen, Started
from ketalearn.content.items import JUDGING
from ketalearn.store import journal as journal_module
from ketalearn.store.journal import StoreProblem
from ketalearn.study.history import EVENTS
from tests.store.children import raw
from tests.study.desk import EVERY_KIND, Desk, answer, answer_all, begin, every_kind, prime, right

AT = "2026-11-25T12:00:00+00:00"


def test_every_event_can_be_read_again() -> None:
    assert set(EVENTS.values()) == set(Event.__args__)
    assert set(EVENTS) == {"started", "answered", "hinted", "skipped", "finished", "seen", "restarted", "flagged"}


@pytest.mark.parametrize("at", ["", "yesterday", "2026-11-25", "2026-11-25T12:00:00", "2026-99-25T12:00:00+00:00"])
def test_a_row_without_a_time_in_utc_is_kept_and_read_over(desk: Desk, at: str) -> None:
    sitting = desk.sit()
    begin(sitting)
    answer(sitting)
    told = sitting.history.told[0]
    journal = desk.journal()
    body = journal.rows("tests/every-kind")[told.seq - 1].body
    journal.append("tests/every-kind", "answered", body, at)
    after = desk.course().history
    assert after.unknown == 1
    assert after.told == [told]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("dreamt", {"module": "one"}),
        ("answered", {}),
        ("answered", {"attempt": "one/quiz/1", "item": "one/colour", "response": 3, "mark": 1.0}),
        ("answered", {"attempt": "one/quiz/1", "item": "one/colour", "response": {"chosen": ["0"]}, "mark": 1.0}),
        ("answered", {"attempt": "one/quiz/1", "item": "one/colour", "response": {"chosen": [0]}, "mark": "1"}),
        ("answered", {"attempt": "one/quiz/1", "item": "one/colour", "response": {}, "mark": 1.0, "of_a_later_version": 1}),
        ("started", {"attempt": "a", "module": "one", "part": "nap", "mode": "practice", "seed": 1, "items": []}),
        ("started", {"attempt": "a", "module": "one", "part": "quiz", "mode": "practice", "seed": 1, "items": "colour"}),
        ("seen", {"module": ["one"], "what": "primer"}),
        ("flagged", {"item": None}),
    ],
)
def test_a_row_that_this_version_cannot_read_is_kept_and_read_over(desk: Desk, kind: str, body: dict[str, object]) -> None:
    begin(desk.sit())
    before = desk.course().history
    journal = desk.journal()
    journal.append("tests/every-kind", kind, body, AT)
    journal.append("tests/every-kind", "flagged", {"item": "one/after"}, AT)
    after = desk.course().history
    assert after.unknown == 1
    assert after.attempts == before.attempts
    assert after.flags == [Flagged(item="one/after")]
    assert journal.rows("tests/every-kind")[-2].body == body


def test_a_row_whose_bytes_are_damaged_is_read_over_and_the_rest_counts(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    answer(sitting)
    answer(sitting)
    (first, second) = (told.seq for told in sitting.history.told)
    raw(desk.path, "DROP TRIGGER event_is_written_once", f"UPDATE event SET body = '[[' WHERE seq = {first}")
    history = desk.course().history
    assert history.unknown == 1
    assert [told.seq for told in history.told] == [second]
    assert desk.journal().verify() == first


def test_after_a_damaged_beginning_a_new_attempt_takes_no_name_that_is_taken(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting, "try")
    answer_all(sitting)
    old = begin(sitting)
    answer(sitting)
    raw(
        desk.path,
        "DROP TRIGGER event_is_written_once",
        "UPDATE event SET body = '' WHERE body LIKE '%try%' AND kind = 'started'",
    )
    again = desk.sit()
    again.finish()
    again.restart()
    new = begin(again)
    assert old.id != new.id
    assert desk.course().history.attempts[new.id].given == {}
    assert [told.event.attempt for told in desk.course().history.told] == ["one/try/1", "one/try/1", old.id]


def test_an_answer_to_an_item_that_is_gone_from_the_pack_stays_in_the_past(desk: Desk, tmp_path: Path, cache: Path) -> None:
    sitting = desk.sit()
    begin(sitting)
    answer_all(sitting)
    text = EVERY_KIND.read_text(encoding="utf-8")
    edited = tmp_path / "every-kind.yaml"
    edited.write_text(text.replace("- id: colour\n", "- id: hue\n").replace("[colour, blue", "[hue, blue"), encoding="utf-8")
    later = Desk(desk.path.parent, every_kind(cache, edited))
    after = later.sit()
    assert len(after.history.told) == 13
    after.go("quiz")
    report = after.report()
    assert len(report.lines) == 12
    assert "one/colour" not in {line.address for line in report.lines}
    later.close()


def test_two_packs_in_one_history_share_nothing(home: Path, cache: Path, desk: Desk, tmp_path: Path) -> None:
    begin(desk.sit())
    other = tmp_path / "every-kind.yaml"
    other.write_text(EVERY_KIND.read_text(encoding="utf-8").replace("namespace: tests", "namespace: others"), encoding="utf-8")
    elsewhere = Desk(home, every_kind(cache, other))
    course = elsewhere.course()
    assert course.is_new
    assert not course.history.attempts
    assert not course.history.seen
    elsewhere.close()


def test_erasing_forgets_everything_at_once_and_for_good(desk: Desk) -> None:
    course = desk.course()
    sitting = course.sit("one")
    begin(sitting)
    answer(sitting)
    sitting.flag("one/colour", "a note")
    course.history.erase()
    for history in (course.history, desk.course().history):
        assert (history.attempts, history.told, history.flags, history.places, history.seen) == ({}, [], [], {}, {})
    assert course.is_new
    assert course.rows()[0].state == "new"


def test_nothing_is_taken_in_when_it_cannot_be_stored(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_module, "BUSY_SECONDS", 0.05)
    history = desk.course().history
    other = sqlite3.connect(desk.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for event in (
        Started(attempt="a", module="one", part="quiz", mode="practice", seed=1, items=("one/colour",)),
        Seen(module="one", what="primer"),
        Flagged(item="one/colour"),
    ):
        with pytest.raises(StoreProblem):
            history.write(event)
    with pytest.raises(StoreProblem):
        history.put("step/one", "quiz")
    other.execute("ROLLBACK")
    assert (history.attempts, history.seen, history.flags, history.places) == ({}, {}, [], {})
    assert desk.journal().rows("tests/every-kind") == []


def test_what_was_seen_is_noted_once(desk: Desk) -> None:
    sitting = desk.sit()
    for _ in range(3):
        prime(sitting)
        sitting.go("page/first")
    seen = [row.body["what"] for row in desk.journal().rows("tests/every-kind") if row.kind == "seen"]
    assert seen == ["primer", "page/first", "claim/shade", "claim/shop-many"]


def test_what_another_window_began_is_taken_up_and_not_begun_twice(desk: Desk) -> None:
    one, other = desk.sit(), desk.sit()
    begun = begin(one)
    answer(one)
    prime(other)
    other.go("quiz")
    taken = other.begin()
    assert taken.id == begun.id
    assert len(taken.given) == 1
    assert len([row for row in desk.journal().rows("tests/every-kind") if row.kind == "started"]) == 1


def test_two_windows_in_different_parts_never_mix_their_answers(desk: Desk) -> None:
    one, other = desk.sit(), desk.sit()
    for sitting, part in ((one, "try"), (other, "tell")):
        prime(sitting)
        sitting.go(part)
    first, second = one.begin(), other.begin()
    assert first.id != second.id
    answer_all(one)
    answer_all(other)
    history = desk.course().history
    assert set(history.attempts[first.id].given) == set(first.items)
    assert set(history.attempts[second.id].given) == set(second.items)
    assert history.unknown == 0


def test_a_response_keeps_what_was_asked_in_which_order_and_under_which_labels(desk: Desk) -> None:
    sitting = desk.sit()
    attempt = begin(sitting)
    for address in attempt.items:
        asked = sitting.ask(address)
        assert asked is not None
        sitting.answer(address, right(sitting, address), 2)
        event = desk.course().history.told[-1].event
        order = () if asked.kind in JUDGING else asked.order  # the four answers and an excerpt are never shuffled
        assert (event.item, event.order, event.confidence, event.mark) == (address, order, 2, 1.0)
        assert event.response == right(sitting, address)
        assert event.claims == tuple(claim.id for claim in sitting.asking.claims(sitting.asking.item(address)))
        assert len(event.fingerprint) == 16
