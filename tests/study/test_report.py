"""What a module's answers mean: every number on scripted histories, each with its n."""

from __future__ import annotations

import pytest

from ketalearn.assessment.attempt import Confidence
from ketalearn.assessment.discernment import Discernment
from ketalearn.assessment.response import Response
from ketalearn.content.items import Spot
from ketalearn.content.scheme import ANSWERS
from ketalearn.study.progress import confidence_sentences, progress
from ketalearn.study.report import confident_words
from ketalearn.study.sitting import Sitting
from tests.study.desk import Desk, answer, answer_all, begin, prime, right, wrong

FLAG, CLEAR = ANSWERS.index("marketing"), ANSWERS.index("evidence")


def judge(sitting: Sitting, judgements: dict[str, Response]) -> None:
    """Answer the items named, as said, and the rest rightly."""
    attempt = sitting.attempt
    assert attempt is not None
    for address in attempt.items:
        name = address.rpartition("/")[2]
        sitting.answer(address, judgements[name] if name in judgements else right(sitting, address))


def test_without_answers_there_is_nothing_to_report_but_what_comes_next(desk: Desk) -> None:
    report = desk.sit().report()
    assert report.lines == ()
    assert (report.asked, report.judged, report.confidence_said, report.again) == (0, 0, 0, 0)
    assert report.discernment == Discernment()
    assert report.next == "Take the quiz."
    assert report.lean_words == "too few sentences to say which way you lean (n = 0)"


def test_knowledge_and_judging_are_reported_apart_and_never_counted_twice(desk: Desk) -> None:
    sitting = desk.sit()
    attempt = begin(sitting)
    judging = {"one/judge-deeper", "one/judge-electricity", "one/after-card", "one/excerpt"}
    for address in attempt.items:
        sitting.answer(address, right(sitting, address) if address in judging else wrong(sitting, address))
    report = sitting.report()
    assert (report.knowledge, report.asked) == (0, 9)
    assert (report.judging, report.judged) == (4, 4)
    assert {line.address for line in report.lines} == set(attempt.items)
    assert len(report.lines) == 13


def test_partial_marks_are_added_as_they_are(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    half = {
        "all-of": Response(chosen=(0,)),
        "pairs": Response(chosen=(0, 2)),
        "judge-deeper": Response(chosen=(FLAG,)),
        "excerpt": Response(chosen=(0, 1)),
    }
    judge(sitting, half)
    report = sitting.report()
    assert report.knowledge == pytest.approx(9 - 0.5 - 0.5)
    assert report.judging == pytest.approx(4 - 0.5 - 1 / 3)


def test_the_sentences_of_the_tell_set_count_for_discernment_and_not_for_the_quiz(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting, "tell")
    answer_all(sitting)
    report = sitting.report()
    assert (report.asked, report.judged) == (0, 0)
    assert len(report.lines) == 4
    assert {line.part for line in report.lines} == {"tell"}
    assert report.discernment.signal + report.discernment.noise >= 2
    assert report.discernment.j == 1
    assert report.next == "Take the quiz."


def test_discernment_counts_every_sentence_that_was_judged_an_excerpt_s_as_well(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    # excerpt: miracle is marketing, come an offer, and less-blue, brighter, delays are backed; after-card is marketing.
    judge(
        sitting,
        {
            "excerpt": Response(chosen=(0, 1, 2)),
            "judge-electricity": Response(chosen=(FLAG,)),
            "after-card": Response(chosen=(CLEAR,)),
            "judge-deeper": Response(chosen=(FLAG,)),
        },
    )
    found = sitting.report().discernment
    assert (found.caught, found.signal) == (1, 2)
    assert (found.false_flags, found.noise) == (2, 4)
    assert found.j == pytest.approx(1 / 2 - 2 / 4)
    assert found.lean == pytest.approx((1 / 2 + 2 / 4 - 1) / 2)
    assert sitting.report().lean_words == "you lean neither way (n = 6)"


def test_a_piece_of_a_document_is_known_in_the_report_by_its_first_sentence(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    answer_all(sitting)
    item = sitting.asking.item("one/excerpt")
    assert isinstance(item, Spot)
    (line,) = [line for line in sitting.report().lines if line.address == "one/excerpt"]
    assert line.text == f"“{desk.pack.claims[item.excerpt[0]].quote}” …"


@pytest.mark.parametrize(("choice", "lean"), [(FLAG, "towards flagging too much"), (CLEAR, "towards flagging too little")])
def test_one_answer_to_every_sentence_leans_and_earns_no_discernment(desk: Desk, choice: int, lean: str) -> None:
    sitting = desk.sit()
    begin(sitting, "tell")
    while (ask := sitting.ask()) is not None:
        sitting.answer(ask.address, Response(chosen=(choice,)))
    begin(sitting)
    every = Response(chosen=tuple(range(5)) if choice == FLAG else ())
    judge(sitting, {"excerpt": every} | dict.fromkeys(("judge-electricity", "after-card"), Response(chosen=(choice,))))
    report = sitting.report()
    assert report.discernment.j == 0
    assert report.lean_words.startswith(f"you lean {lean} (n = ")


def test_i_dont_know_and_hinted_responses_are_left_out_of_discernment(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    judge(sitting, {"excerpt": Response(dont_know=True), "after-card": Response(dont_know=True)})
    found = sitting.report().discernment
    assert (found.signal, found.noise, found.dont_know) == (0, 1, 5)
    sitting.restart()
    begin(sitting)
    sitting.hint("one/judge-deeper")
    answer_all(sitting)
    assert sitting.report().discernment.noise == 4
    sitting.restart()
    attempt = begin(sitting)
    for address in attempt.items:
        if sitting.ask(address).hints_left:  # type: ignore[union-attr]
            sitting.hint(address)
    answer_all(sitting)
    assert sitting.report().discernment.noise == 4


def test_provisional_labels_are_said_and_a_report_without_judging_has_none(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    answer_all(sitting)
    assert sitting.report().provisional
    other = desk.sit("two")
    begin(other)
    answer_all(other)
    assert not other.report().provisional


def test_confidence_is_counted_for_what_was_said_with_its_n_and_changes_no_mark(desk: Desk) -> None:
    sitting = desk.sit()
    attempt = begin(sitting)
    plan: list[tuple[bool, Confidence | None]] = [
        (True, 3),
        (False, 3),
        (True, 2),
        (False, 2),
        (True, 1),
        (False, 1),
        (True, None),
    ]
    for address, (ok, sure) in zip(attempt.items, plan, strict=False):
        sitting.answer(address, right(sitting, address) if ok else wrong(sitting, address), sure)
    report = sitting.report()
    assert (report.confident, report.confident_right, report.confidence_said) == (4, 2, 6)
    assert sum(line.mark for line in report.lines) == 4


def test_sure_and_wrong_comes_first_the_worst_on_top(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    plan = {
        "one/all-of": (Response(chosen=(0,)), 3),
        "one/colour": (Response(chosen=(1,)), 2),
        "one/blue": (Response(chosen=(1,)), 1),
        "one/where": (Response(dont_know=True), 3),
    }
    for address, (response, sure) in plan.items():
        sitting.answer(address, response, sure)  # type: ignore[arg-type]
    report = sitting.report()
    assert [(line.address, line.mark) for line in report.sure_and_wrong] == [("one/colour", 0), ("one/all-of", 0.5)]
    assert report.sure_and_wrong[0].mine.endswith("Blue")
    assert report.sure_and_wrong[0].answer.endswith("Orange")
    assert (report.confident, report.confident_right, report.confident_half) == (2, 0, 1)
    assert confident_words(report).startswith("When certain or fairly sure you were right in 0 of 2, and partly right in 1.")
    shown = confidence_sentences(progress(desk.course()))[0]
    assert shown.startswith("Sure, and wrong: 1. Sure, and partly right: 1, which count as neither. ")


def test_the_warm_up_is_compared_with_the_same_items_of_the_quiz(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting, "try")
    answer(sitting, ok=True)
    answer(sitting, ok=False)
    assert sitting.report().again == 0
    begin(sitting)
    sitting.answer("one/blue", right(sitting, "one/blue"))
    report = sitting.report()
    assert (report.before, report.after, report.again) == (0, 1, 1)
    answer_all(sitting)
    report = sitting.report()
    assert (report.before, report.after, report.again) == (1, 2, 2)


def test_the_warm_up_counts_for_no_mark(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting, "try")
    answer_all(sitting, sure=3)
    report = sitting.report()
    assert (report.asked, report.knowledge, report.confidence_said, report.lines) == (0, 0, 0, ())


def test_one_thing_to_do_next_is_named(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    answer(sitting, ok=False)
    assert sitting.report().next == "Finish the quiz; your answers so far are kept."
    answer(sitting, ok=False)
    answer_all(sitting)
    assert sitting.report().next == "Retry the 2 that were not fully right."
    sitting.retry()
    answer(sitting, ok=False)
    answer_all(sitting)
    assert sitting.report().next == "Retry the one that was not fully right."
    sitting.retry()
    answer_all(sitting)
    assert sitting.report().next == "Go on to “Lamps alone”."
    last = desk.sit("two")
    begin(last)
    answer_all(last)
    assert last.report().next == "Come back in a few days and take the quiz again."


def test_only_what_was_not_fully_right_can_be_retried_and_only_when_all_is_answered(desk: Desk) -> None:
    sitting = desk.sit()
    attempt = begin(sitting)
    answer(sitting, ok=False)
    assert not sitting.report().can_retry
    answer_all(sitting)
    assert sitting.report().can_retry
    sitting.retry()
    answer_all(sitting)
    assert not sitting.report().can_retry
    assert attempt.items[0] in {line.address for line in sitting.report().lines if line.mark == 0}


def test_an_item_of_the_report_is_shown_again_as_it_was_answered(desk: Desk) -> None:
    sitting = desk.sit()
    attempt = begin(sitting)
    told = {address: sitting.answer(address, wrong(sitting, address), 3) for address in attempt.items}
    sitting.retry()
    answer_all(sitting)
    again = desk.sit()
    for line in again.report().lines:
        assert again.look(line.address, line.part) == told[line.address]


def test_a_report_counts_the_newest_taking_since_the_module_was_begun_anew(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    answer_all(sitting, ok=False)
    sitting.restart()
    begin(sitting)
    answer_all(sitting)
    report = sitting.report()
    assert (report.knowledge, report.asked) == (9, 9)
    assert (report.judging, report.judged) == (4, 4)


def test_home_shows_the_state_of_each_module_and_where_to_go_on(desk: Desk) -> None:
    course = desk.course()
    assert course.is_new
    assert [row.state for row in course.rows()] == ["new", "new"]
    assert course.next_module() == "one"
    sitting = course.sit("one")
    sitting.enter()
    sitting.go("page/second")
    assert not desk.course().is_new
    row, other = desk.course().rows()
    assert (row.state, row.where, other.state) == ("begun", "page 2 of 2", "new")
    begin(sitting)
    answer(sitting, ok=False)
    answer_all(sitting)
    row = desk.course().rows()[0]
    assert (row.state, row.where) == ("done", "12 of 13")
    assert desk.course().next_module() == "two"
    sitting.retry()
    row = desk.course().rows()[0]
    assert (row.state, row.where) == ("done", "12 of 13"), "a retry that is open undoes nothing"
    answer_all(sitting)
    assert desk.course().rows()[0].where == "12 of 13", "a retry changes no mark"


def test_home_leads_to_the_module_where_the_learner_was_last(desk: Desk) -> None:
    first, second = desk.sit("one"), desk.sit("two")
    first.enter()
    desk.now = desk.now.replace(hour=13)
    second = desk.sit("two")
    second.enter()
    assert desk.course().next_module() == "two"
    prime(desk.sit("one"))
    desk.now = desk.now.replace(hour=14)
    desk.sit("one").enter()
    assert desk.course().next_module() == "one"
