"""The way of one answer: marked, stored, and only then shown. And what practice, exam, retry, hint and skip do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ketalearn.assessment.response import Response
from ketalearn.store import journal as journal_module
from ketalearn.store.journal import StoreProblem
from tests.study.desk import Desk, answer, answer_all, begin, prime, read_all, right, wrong


def stored(desk: Desk, kind: str) -> list[dict[str, object]]:
    return [row.body for row in desk.journal().rows("tests/every-kind") if row.kind == kind]


def test_an_answer_is_on_the_disk_when_its_feedback_is_given(desk: Desk) -> None:
    sitting = desk.sit()
    attempt = begin(sitting)
    for number, address in enumerate(attempt.items, start=1):
        feedback = sitting.answer(address, right(sitting, address), 3)
        assert feedback is not None
        assert feedback.mark == 1
        kept = desk.course().history.attempts[attempt.id]
        assert len(kept.given) == number
        assert kept.given[address].response == right(sitting, address)
        assert kept.given[address].confidence == 3


def test_an_answer_that_cannot_be_stored_is_not_accepted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_module, "BUSY_SECONDS", 0.05)
    import sqlite3

    sitting = desk.sit()
    attempt = begin(sitting)
    answer(sitting)
    before, ask = sitting.attempt, sitting.ask()
    assert ask is not None
    other = sqlite3.connect(desk.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreProblem):
        sitting.answer(ask.address, right(sitting, ask.address))
    assert sitting.attempt == before
    assert sitting.ask() == ask
    other.execute("ROLLBACK")
    assert len(stored(desk, "answered")) == 1
    feedback = sitting.answer(ask.address, right(sitting, ask.address))
    assert feedback is not None
    assert len(desk.course().history.attempts[attempt.id].given) == 2


def test_a_response_that_does_not_fit_stores_nothing(desk: Desk) -> None:
    sitting = desk.sit()
    attempt = begin(sitting)
    for address in attempt.items:
        with pytest.raises(ValueError, match=r"response|typed|number"):
            sitting.answer(address, Response(chosen=(99,)))
    assert stored(desk, "answered") == []
    assert sitting.attempt == attempt


def test_an_item_of_another_attempt_cannot_be_answered(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting, "try")
    with pytest.raises(ValueError, match="one/where is not asked"):
        sitting.answer("one/where", right(sitting, "one/where"))


def test_in_practice_an_item_is_answered_once(desk: Desk) -> None:
    sitting = desk.sit()
    address = begin(sitting).items[0]
    sitting.answer(address, wrong(sitting, address))
    with pytest.raises(ValueError, match="is answered"):
        sitting.answer(address, right(sitting, address))
    assert len(stored(desk, "answered")) == 1
    assert desk.sit().feedback(address).mark == 0


def test_i_dont_know_is_never_counted_as_confident(desk: Desk) -> None:
    sitting = desk.sit()
    address = begin(sitting).items[0]
    feedback = sitting.answer(address, Response(dont_know=True), 3)
    assert feedback is not None
    assert feedback.result == "You said that you don’t know"
    assert feedback.sure == ""
    assert feedback.chosen == "I don’t know"
    assert desk.course().history.told[0].event.confidence is None


def test_an_exam_shows_no_feedback_until_it_is_handed_in(desk: Desk) -> None:
    sitting = desk.sit()
    attempt = begin(sitting, mode="exam")
    for address in attempt.items[:6]:
        assert sitting.answer(address, wrong(sitting, address), 3) is None
    report = sitting.report()
    assert report.lines == ()
    assert report.sure_and_wrong == ()
    assert (report.knowledge, report.judging, report.asked, report.judged) == (0, 0, 0, 0)
    assert (report.confidence_said, report.discernment.signal, report.again) == (0, 0, 0)
    assert not report.can_retry
    assert report.next == "Finish the quiz; your answers so far are kept."
    sitting.finish()
    report = sitting.report()
    assert len(report.lines) == 13
    assert report.unanswered == 7
    assert sitting.look(attempt.items[0], "quiz").result in ("Not quite", "Close: check the spelling")
    assert sitting.look(attempt.items[-1], "quiz").result == "Not answered"
    assert report.can_retry


def test_a_changed_answer_of_an_exam_replaces_the_first_which_stays_in_the_past(desk: Desk) -> None:
    sitting = desk.sit()
    address = begin(sitting, mode="exam").items[0]
    sitting.answer(address, wrong(sitting, address), 3)
    sitting.answer(address, wrong(sitting, address), 2)
    sitting.answer(address, right(sitting, address), 1)
    told = desk.course().history.told
    assert [entry.event.supersedes for entry in told] == [None, told[0].seq, told[1].seq]
    assert [entry.event.mark for entry in told] == [0, 0, 1]
    again = desk.sit()
    assert again.attempt is not None
    assert again.attempt.given[address].confidence == 1
    again.finish()
    assert sum(line.mark for line in again.report().lines) == 1


def test_an_exam_is_open_until_it_is_handed_in_and_closed_after(desk: Desk) -> None:
    sitting = desk.sit()
    address = begin(sitting, mode="exam").items[0]
    answer_all(sitting)
    assert sitting.ask() is None
    assert sitting.attempt is not None
    assert not sitting.attempt.done
    assert sitting.ask(address) is not None
    sitting.finish()
    with pytest.raises(ValueError, match="is answered"):
        sitting.answer(address, right(sitting, address))
    sitting.finish()
    assert len(stored(desk, "finished")) == 1


def test_a_retry_asks_only_what_was_not_fully_right_in_the_same_order_of_items_and_options(desk: Desk) -> None:
    sitting = desk.sit()
    attempt = begin(sitting)
    shown = {address: sitting.ask(address) for address in attempt.items}
    for number, address in enumerate(attempt.items):
        sitting.answer(address, wrong(sitting, address) if number % 3 == 0 else right(sitting, address))
    again = desk.sit().retry()
    assert again is not None
    assert again.items == attempt.items[::3]
    assert again.retry_of == attempt.id
    resumed = desk.sit()
    for address in again.items:
        before, now = shown[address], resumed.ask(address)
        assert before is not None
        assert now is not None
        assert (now.options, now.targets, now.order) == (before.options, before.targets, before.order)


def test_after_a_retry_only_what_is_still_wrong_comes_again_until_nothing_is(desk: Desk) -> None:
    sitting = desk.sit()
    attempt = begin(sitting)
    answer_all(sitting, ok=False)
    second = sitting.retry()
    assert second is not None
    assert second.items == attempt.items
    answer(sitting, ok=False)
    answer_all(sitting)
    third = sitting.retry()
    assert third is not None
    assert third.items == second.items[:1]
    assert third.retry_of == second.id
    answer_all(sitting)
    assert sitting.retry() is None
    assert len(desk.course().history.attempts) == 3


def test_what_is_counted_is_the_first_taking_and_not_its_retry(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    answer_all(sitting, ok=False)
    first = sitting.report()
    sitting.retry()
    open_ = sitting.report()
    assert open_.next == "Finish the retry; your answers so far are kept."
    assert not open_.can_retry
    answer_all(sitting)
    after = sitting.report()
    assert (after.knowledge, after.judging) == (first.knowledge, first.judging) == (0, 0)
    assert [line.mark for line in after.lines] == [0] * 13
    assert not after.can_retry
    assert after.next.startswith("Go on to")


def test_a_retry_of_what_is_still_open_is_that_attempt(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    answer(sitting, ok=False)
    assert sitting.retry() == sitting.attempt
    assert len(stored(desk, "started")) == 1


def test_hints_come_one_at_a_time_are_kept_and_mark_the_response_as_hinted(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting, "try")
    address = "one/colour"
    asked = sitting.ask(address)
    assert asked is not None
    assert (asked.hints, asked.hints_left) == ((), 2)
    asked = sitting.hint(address)
    assert (asked.hints, asked.hints_left) == (("Think of a fire.",), 1)
    again = desk.sit()
    found = again.ask(address)
    assert found is not None
    assert (found.hints, found.hints_left) == (("Think of a fire.",), 1)
    asked = again.hint(address)
    assert (asked.hints, asked.hints_left) == (("Think of a fire.", "Think of a candle."), 0)
    again.hint(address)
    assert len(stored(desk, "hinted")) == 2, "there is no third hint to count"
    feedback = again.answer(address, right(again, address))
    assert feedback is not None
    assert feedback.hints == ("Think of a fire.", "Think of a candle.")
    assert desk.course().history.told[0].event.hints == 2


def test_a_skipped_item_comes_last_also_in_another_sitting(desk: Desk) -> None:
    sitting = desk.sit()
    attempt = begin(sitting)
    following = sitting.skip(attempt.items[0])
    assert following is not None
    assert following.address == attempt.items[1]
    again = desk.sit()
    asked = []
    while (ask := again.ask()) is not None:
        asked.append(ask.address)
        answer(again)
    assert tuple(asked) == (*attempt.items[1:], attempt.items[0])


def test_a_practice_set_can_be_left_and_shows_the_reasons_for_all_of_it(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    answer(sitting)
    sitting.finish()
    assert sitting.ask() is None
    report = sitting.report()
    assert (len(report.lines), report.unanswered) == (13, 12)


def test_a_report_of_an_open_set_gives_away_nothing_of_what_is_still_asked(desk: Desk) -> None:
    sitting = desk.sit()
    attempt = begin(sitting)
    answer(sitting)
    report = sitting.report()
    assert [line.address for line in report.lines] == [attempt.items[0]]
    assert report.asked + report.judged == 1
    assert report.unanswered == 12


def test_beginning_anew_keeps_the_history_and_starts_progress_at_the_first_step(desk: Desk) -> None:
    sitting = desk.sit()
    first = begin(sitting)
    answer_all(sitting)
    sitting.draft(first.items[0], Response(chosen=(0,)))
    sitting.restart()
    again = desk.sit()
    assert again.position[0] == 1
    assert again.attempt is None
    assert not [key for key in again.history.places if key.startswith("draft/")]
    assert again.history.attempts[first.id].done
    assert len(again.history.told) == 13
    assert again.report().lines == ()
    second = begin(again)
    assert second.id != first.id
    assert second.seed != first.seed
    assert second.given == {}


def test_a_note_or_a_flag_is_kept_with_its_item_and_shown_in_the_report_of_its_module(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting, "try")
    sitting.flag("one/colour", "the stem is unclear ✓", bad=True)
    sitting.flag("two/plain", "elsewhere")
    again = desk.sit()
    assert again.report().flags == (("one/colour", "the stem is unclear ✓"),)
    assert [flag.bad for flag in again.history.flags] == [True, False]
    begin(again)
    answer_all(again)
    assert again.report().flags == (("one/colour", "the stem is unclear ✓"),)


def test_without_an_open_attempt_nothing_can_be_asked_or_answered(desk: Desk) -> None:
    sitting = desk.sit()
    prime(sitting)
    sitting.go("quiz")
    uses: tuple[Callable[[], object], ...] = (
        sitting.ask,
        lambda: sitting.skip("one/colour"),
        lambda: sitting.hint("one/colour"),
    )
    for use in uses:
        with pytest.raises(ValueError, match="no attempt is open"):
            use()
    assert sitting.retry() is None
    sitting.finish()
    assert stored(desk, "finished") == []


def test_an_open_attempt_is_given_again_and_not_drawn_anew(desk: Desk) -> None:
    sitting = desk.sit()
    attempt = begin(sitting)
    answer(sitting)
    assert sitting.begin("exam") == sitting.attempt
    assert desk.sit().begin().id == attempt.id
    assert len(stored(desk, "started")) == 1


def test_the_seed_alone_decides_what_is_asked(desk: Desk) -> None:
    sitting = desk.sit()
    read_all(sitting)
    sitting.go("quiz")
    seeds: dict[int, tuple[str, ...]] = {}
    for _ in range(3):
        attempt = sitting.begin()
        seeds[attempt.seed] = attempt.items
        sitting.finish()
    assert sorted(seeds) == [1, 2, 3]
    assert len(set(seeds.values())) == 3
    assert {seed: sitting._draw(seed) for seed in seeds} == seeds
