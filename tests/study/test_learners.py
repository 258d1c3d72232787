"""Four learners on one course: who flags everything, who flags nothing, who guesses and who knows get reports that say so."""

from __future__ import annotations

import io
import itertools
import os
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ketalearn.assessment.attempt import Confidence
from ketalearn.assessment.marking import Judged
from ketalearn.assessment.response import Response
from ketalearn.content.scheme import ANSWERS
from ketalearn.library.compiled import CompiledPack
from ketalearn.plain.show import show_progress
from ketalearn.plain.talk import Talk
from ketalearn.store.journal import Journal
from ketalearn.study.course import Course
from ketalearn.study.history import History
from ketalearn.study.packs import open_pack
from ketalearn.study.progress import Progress, progress
from ketalearn.study.review import Review

START = datetime(2026, 11, 1, 9, tzinfo=UTC)


HEAD = """format: 1
id: lamps
title: Lamps
documents:
  - id: page
    title: A page
    label: the page
    voice: seller
    author: nobody, for tests
    text: |
"""
SALES = """        verdict: unsettled
        reason: none
        fairer: It gives light.
        tactics: [{tactic: hype-words, words: a miracle, implied_claim: It gives more than light.}]
"""
BACKED = """        verdict: supported
        cards: [card]
"""
TAIL = """cards:
  - id: card
    title: Light
    outcome: light
    population: lamps
    result: They give light.
    strength: ungraded
    design: observation
    references: [ref]
    as_of: 2026-11
references:
  - {id: ref, type: book, title: A book on light, issued: 1990}
modules:
  - id: lamps
    title: Lamps
    items:
"""


def labelled_pack(folder: Path, sentences: int = 50) -> Path:
    """Write a pack whose labels are agreed: half of the sentences are sales lines, half are backed."""
    text, claims, items = "", "    claims:\n", ""
    for number in range(sentences):
        selling = number % 2 == 0
        quote = f"Lamp {number} is a miracle." if selling else f"Lamp {number} gives light."
        text += f"      {quote}\n\n"
        claims += f"      - id: c{number}\n        quote: {quote}\n        kind: efficacy\n        module: lamps\n"
        claims += "        label: agreed\n        why: So it is.\n" + (SALES if selling else BACKED)
        items += f"      - {{id: j{number}, kind: judge-claim, claim: c{number}}}\n"
    names = ", ".join(f"j{number}" for number in range(sentences))
    quiz = f"    quiz: {{items: [{names}], show: {sentences}}}\n"
    pack = folder / "lamps.yaml"
    pack.write_text(HEAD + text + claims + TAIL + items + quiz, encoding="utf-8")
    return pack


Judge = Callable[[Judged], tuple[str, Confidence]]
_guess = random.Random(5)
LEARNERS: dict[str, Judge] = {
    "flags everything": lambda labels: ("marketing", 3),
    "flags nothing": lambda labels: ("evidence", 3),
    "guesses": lambda labels: (_guess.choice(["marketing", "evidence"]), 3),
    "knows": lambda labels: (labels.basis, 3),
}


@pytest.fixture
def pack(tmp_path: Path, cache: Path) -> CompiledPack:
    return open_pack(labelled_pack(tmp_path), cache)


def take(home: Path, pack: CompiledPack, judge: Judge, at: datetime = START) -> Course:
    """Take the whole quiz as a learner would who judges so."""
    seeds = itertools.count(1)
    course = Course(pack, History(Journal(home / "history.sqlite3"), pack, lambda: at), lambda: next(seeds), lambda: at)
    sitting = course.sit("lamps")
    sitting.go("primer")
    sitting.go("quiz")
    sitting.begin()
    while (ask := sitting.ask()) is not None:
        answer, sure = judge(sitting.asking.labels(sitting.asking.item(ask.address))[0])
        sitting.answer(ask.address, Response(chosen=(ANSWERS.index(answer),)), sure)
    return course


def told(course: Course) -> tuple[Progress, str]:
    written = io.StringIO()
    view = progress(course)
    show_progress(Talk(io.StringIO(), written), view)
    return view, " ".join(written.getvalue().split())


@pytest.mark.parametrize(
    ("name", "j", "lean", "says"),
    [
        ("flags everything", 0.0, 0.5, ["You flag nearly everything", "Not mastered yet", "confidence is too high"]),
        ("flags nothing", 0.0, -0.5, ["You flag nearly nothing", "Not mastered yet", "confidence is too high"]),
        ("knows", 1.0, 0.0, ["Mastered", "your doubts fall on both sorts alike", "confidence is about right"]),
    ],
)
def test_a_report_says_who_one_is(home: Path, pack: CompiledPack, name: str, j: float, lean: float, says: list[str]) -> None:
    view, text = told(take(home, pack, LEARNERS[name]))
    assert view.pooled.j == pytest.approx(j)
    assert view.pooled.lean == pytest.approx(lean)
    for words in says:
        assert words in text, text


def test_guessing_is_told_as_guessing(home: Path, pack: CompiledPack) -> None:
    view, text = told(take(home, pack, LEARNERS["guesses"]))
    assert view.pooled.j is not None
    assert abs(view.pooled.j) < 0.35
    assert not view.pooled.mastered
    assert "Not mastered yet" in text
    assert "confidence is too high" in text


def test_below_twenty_and_twenty_nothing_is_said_of_mastery(home: Path, cache: Path, tmp_path: Path) -> None:
    small = open_pack(labelled_pack(tmp_path, 30), cache)
    view, text = told(take(home, small, LEARNERS["knows"]))
    assert view.pooled.j == 1
    assert view.pooled.d_prime is None
    assert not view.pooled.mastered
    assert "Mastery can be told from 20 + 20 sentences on; here are 15 + 15." in text


def test_only_the_first_unhinted_response_to_a_sentence_counts(home: Path, pack: CompiledPack) -> None:
    take(home, pack, LEARNERS["flags everything"])
    again = take(home, pack, LEARNERS["knows"], START + timedelta(days=1))
    assert again.history.scores.pooled.signal + again.history.scores.pooled.noise == 50
    assert again.history.scores.pooled.j == 0


def test_provisional_labels_count_for_no_score(home: Path, cache: Path, tmp_path: Path) -> None:
    path = labelled_pack(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("label: agreed", "label: provisional"), encoding="utf-8")
    view, text = told(take(home, open_pack(path, cache), LEARNERS["knows"]))
    assert view.pooled.signal == 0
    assert view.practice.j == 1
    assert "counts for no score" in text
    assert "Mastered" not in text


def test_the_same_history_gives_the_same_scores_from_a_checkpoint_and_from_the_beginning(
    home: Path, pack: CompiledPack
) -> None:
    course = take(home, pack, LEARNERS["guesses"])
    course.history.keep_checkpoint()
    journal = Journal(home / "history.sqlite3")
    quick = History(journal, pack, lambda: START)
    journal.put(pack.index.address, "checkpoint", "", START.isoformat())
    whole = History(journal, pack, lambda: START)
    assert quick.scores.state == whole.scores.state == course.history.scores.state
    assert quick.attempts == whole.attempts
    assert (quick.begun, quick.answered) == (whole.begun, whole.answered) == (1, 50)


@pytest.mark.parametrize("spoil", ["nonsense", '{"fold": "0"}', "other chain"])
def test_a_checkpoint_that_is_not_of_this_history_is_thrown_away(home: Path, pack: CompiledPack, spoil: str) -> None:
    course = take(home, pack, LEARNERS["knows"])
    course.history.keep_checkpoint()
    kept = course.history.place("checkpoint")
    assert kept is not None
    journal = Journal(home / "history.sqlite3")
    value = kept.replace('"chain":"', '"chain":"0') if spoil == "other chain" else spoil
    journal.put(pack.index.address, "checkpoint", value, START.isoformat())
    again = History(journal, pack, lambda: START)
    assert again.scores.state == course.history.scores.state


def test_wrong_and_unsure_items_come_back_on_their_days(home: Path, pack: CompiledPack) -> None:
    course = take(home, pack, lambda labels: ("evidence", 3))
    scores = course.history.scores
    wrong = [name for name, mark in scores.latest.items() if mark < 1]
    right = [name for name, mark in scores.latest.items() if mark == 1]
    assert scores.due(START) == []
    tomorrow = scores.due(START + timedelta(days=1))
    assert sorted(tomorrow) == sorted(wrong)
    assert set(right) <= set(scores.due(START + timedelta(days=9)))


def test_a_review_asks_at_most_ten_and_answers_move_their_day(home: Path, pack: CompiledPack) -> None:
    take(home, pack, lambda labels: ("evidence", 3))
    later = START + timedelta(days=1)
    course = Course(pack, History(Journal(home / "history.sqlite3"), pack, lambda: later), lambda: 3, lambda: later)
    review: Review = course.review()
    before = len(review.due())
    review.begin()
    asked = 0
    while (ask := review.ask()) is not None:
        review.answer(ask.address, Response(chosen=(ANSWERS.index("marketing"),)), 3)
        asked += 1
    assert asked == 10
    assert len(course.review().due()) == before - 10
    assert course.history.scores.pooled.j == 0, "a review changes no discernment"


def test_an_item_corrected_since_it_was_answered_says_so_and_comes_back(home: Path, cache: Path, tmp_path: Path) -> None:
    path = labelled_pack(tmp_path)
    take(home, open_pack(path, cache), LEARNERS["knows"])
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Lamp 3 gives light.", "Lamp 3 gives some light."), encoding="utf-8")
    pack = open_pack(path, cache)
    course = Course(pack, History(Journal(home / "history.sqlite3"), pack, lambda: START), lambda: 1, lambda: START)
    assert course.review().due() == ["lamps/j3"]
    assert course.review().is_corrected("lamps/j3")


def test_an_item_that_is_gone_stays_in_the_history_and_says_so(home: Path, cache: Path, tmp_path: Path) -> None:
    from ketalearn.study.past import look, past_lines

    path = labelled_pack(tmp_path)
    take(home, open_pack(path, cache), LEARNERS["knows"])
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("      - {id: j49, kind: judge-claim, claim: c49}\n", "")
        .replace(", j49]", "]")
        .replace("show: 50", "show: 49"),
        encoding="utf-8",
    )
    pack = open_pack(path, cache)
    course = Course(pack, History(Journal(home / "history.sqlite3"), pack, lambda: START), lambda: 1, lambda: START)
    lines = past_lines(course.history, course.review())
    assert len(lines) == 50
    (gone,) = [line for line in lines if line.address == "lamps/j49"]
    assert "no longer in the course" in gone.note
    assert look(course.review(), gone) is None


@pytest.mark.parametrize("name", sorted(LEARNERS))
def test_what_is_told_to_each_learner_is_kept_as_a_transcript(home: Path, pack: CompiledPack, name: str) -> None:
    """Look at the files in `learners/`; write them anew with KETALEARN_GOLDEN=write."""
    _guess.seed(5)
    written = io.StringIO()
    show_progress(Talk(io.StringIO(), written), progress(take(home, pack, LEARNERS[name])))
    golden = Path(__file__).parent / "learners" / f"{name.replace(' ', '-')}.txt"
    if os.environ.get("KETALEARN_GOLDEN") == "write":
        golden.write_text(written.getvalue(), encoding="utf-8")
    assert written.getvalue() == golden.read_text(encoding="utf-8")
