"""Every word that can be typed, and every word that cannot."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketalearn.plain.run import run
from ketalearn.plain.talk import Talk, number_in
from ketalearn.store.journal import Journal
from ketalearn.study.course import Course
from ketalearn.study.history import History
from tests.conftest import KETAMINE
from tests.plain.person import converse, learner, say
from tests.study.desk import Desk, answer_all, begin, every_kind, read_all

CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def at(desk: Desk, key: str) -> None:
    """Leave the learner at a step, with everything read."""
    sitting = desk.sit()
    read_all(sitting)
    sitting.go(key)


def answered(desk: Desk) -> dict[str, float]:
    """What was answered so far, by item."""
    return {told.event.item: told.event.mark for told in desk.course().history.told}


def test_the_first_start_shows_the_notice_and_the_first_item(desk: Desk) -> None:
    screen = say(desk.course())
    assert screen.startswith("\n== Every kind ==\n\nThis is a test.")
    assert "anywhere: Find a helpline at findahelpline.com." in screen
    assert "== Light and sleep · Try first · step 1 of 10 ==" in screen
    assert "Item 1 of 2\nWhich light is warm?" in screen


def test_a_later_start_opens_home_where_enter_goes_on(desk: Desk) -> None:
    at(desk, "page/second")
    screen = say(desk.course(), "")
    assert "1  Light and sleep (Lamps): begun, page 2 of 2" in screen
    assert "2  Lamps alone: not begun, about 2 min" in screen
    assert "== Light and sleep · Evenings · step 3 of 10 ==" in screen


def test_an_answer_is_a_number_and_how_sure_may_stand_behind_it(desk: Desk) -> None:
    sitting = desk.sit()
    sitting.enter()
    screen = say(desk.course(), "1", "1 c", "", "2 F", "")
    told = desk.course().history.told
    assert [entry.event.confidence for entry in told] == [3, 2]
    assert "; you were certain." in screen
    assert "; you were fairly sure." in screen


def test_x_says_i_dont_know_whatever_stands_behind_it(desk: Desk) -> None:
    desk.sit().enter()
    screen = say(desk.course(), "1", "x c", "", "X")
    assert screen.count("– You said that you don’t know.") == 2
    assert [entry.event.confidence for entry in desk.course().history.told] == [None, None]


def test_s_puts_an_item_behind_the_others(desk: Desk) -> None:
    desk.sit().enter()
    screen = say(desk.course(), "1", "s")
    assert screen.index("Which light is warm?") < screen.index("What does blue light delay?")
    assert desk.course().sit("one").attempt.waiting == ("one/blue", "one/colour")  # type: ignore[union-attr]


def test_hints_come_one_by_one_and_are_no_longer_offered_when_there_is_none(desk: Desk) -> None:
    desk.sit().enter()
    screen = say(desk.course(), "1", "?", "?", "?")
    assert "Hint: Think of a fire." in screen
    assert "Hint: Think of a candle." in screen
    assert "“?” means nothing here." in screen
    assert screen.rpartition("[")[2].count("? hint") == 0


def test_e_shows_every_option_the_card_and_the_references(desk: Desk) -> None:
    desk.sit().enter()
    screen = say(desk.course(), "1", "1", "e")
    first, _, everything = screen.partition("One by one:")
    assert "Evidence card" not in first
    for words in (
        "It holds less blue.",
        "It is cold.",
        "It holds all colours.",
        "Evidence card: Warm light holds less blue",
        "Reference: Two B., Three C.",
    ):
        assert words in " ".join(everything.split()), words


def test_an_exclamation_mark_flags_an_item_with_a_note_and_the_report_shows_it(desk: Desk) -> None:
    at(desk, "quiz")
    sitting = desk.sit()
    sitting.begin()
    say(desk.course(), "1", "x", "! a \x1b[31mred\x07 note", "!")
    sitting = desk.sit()
    answer_all(sitting)
    sitting.go("report")
    screen = say(desk.course(), "1")
    assert "a ␛[31mred␇ note" in screen
    assert screen.count("Flagged: one/") == 2
    assert all(flag.bad for flag in desk.course().history.flags)


def test_b_goes_back_c_shows_the_contents_and_h_goes_home(desk: Desk) -> None:
    at(desk, "page/first")
    screen = say(desk.course(), "1", "b", "c", "3", "c", "", "h")
    assert "== Light and sleep · Try first · step 1 of 10 ==" in screen
    assert "  2  Colours of light, page 1 of 2\n" in screen
    assert "  1  Try first, 2 items (you are here)\n" in screen
    assert screen.count("== Light and sleep · Evenings · step 3 of 10 ==") == 2
    assert screen.endswith("]\n> \nGoodbye. Everything is kept.\n")
    assert desk.sit().step.key == "page/second"


def test_from_an_item_one_can_leave_and_comes_back_to_it(desk: Desk) -> None:
    at(desk, "quiz")
    desk.sit().begin()
    for word, title in (("b", "A stopping place"), ("h", "Every kind"), ("c", "")):
        screen = say(desk.course(), "1", word)
        assert "Item 1 of 13" in screen
        assert title in screen.rpartition("Item 1 of 13")[2]
        desk.sit().go("quiz")
    assert answered(desk) == {}


def test_a_number_opens_a_citation_and_o_its_whole_document(desk: Desk) -> None:
    at(desk, "page/first")
    screen = say(desk.course(), "1", "o", "1", "o", "2", "o", "4")
    assert "“o” means nothing here." in screen.partition(">>>")[0]
    assert ">>> A shade makes a lamp dimmer. <<<" in screen
    assert "a seller · sells lamps · 2021" in screen
    assert "== The lamp shop ==" in screen
    assert "Evidence card: Warm light holds less blue" in screen
    assert screen.rpartition("Evidence card")[2].count("“o” means nothing here.") == 1, "a card is no document"
    assert "“4” means nothing here." in screen


def test_documents_and_the_notice_are_shown_from_home(desk: Desk) -> None:
    desk.sit().enter()
    screen = say(desk.course(), "d", "2", "1", "", "n")
    assert "1  The shop’s page: The lamp shop · 2021" in screen
    assert "somebody · gains nothing that we know of · 2019" in screen
    assert "Our lamps\n" in screen
    assert "## Our lamps" not in screen
    letter = screen.partition("== A letter ==")[2].partition("== The lamp shop ==")[0]
    assert "findahelpline.com" in letter, "it speaks of suicide"
    assert "This is a test." in screen


def test_a_module_is_begun_anew_only_after_a_yes_and_the_history_keeps_what_was(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    answer_all(sitting)
    assert "Begin “Light and sleep” anew?" in say(desk.course(), "a 1", "")
    assert desk.course().rows()[0].state == "done"
    screen = say(desk.course(), "a 1", "y")
    assert "step 1 of 10" in screen
    assert desk.course().rows()[0].state == "begun"
    assert len(answered(desk)) == 13


@pytest.mark.parametrize(
    "lines",
    [
        ["erase"],
        ["erase", ""],
        ["erase", "n"],
        ["erase", "y"],
        ["erase", "y", ""],
        ["erase", "y", "y"],
        ["erase", "y", "ERASE"],
    ],
)
def test_nothing_is_erased_unless_it_is_said_twice(desk: Desk, lines: list[str]) -> None:
    sitting = desk.sit()
    begin(sitting, "try")
    answer_all(sitting)
    say(desk.course(), *lines)
    assert len(answered(desk)) == 2


def test_erasing_said_twice_removes_everything_and_shows_home_as_new(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    answer_all(sitting)
    screen = say(desk.course(), "erase", "y", "erase")
    assert "Your history is erased." in screen
    assert "1  Light and sleep (Lamps): not begun" in screen.rpartition("erased.")[2]
    assert desk.course().is_new
    assert b"one/colour" not in desk.path.read_bytes()


def test_an_exam_says_nothing_until_it_is_handed_in_and_answers_can_be_changed_on_the_sheet(desk: Desk) -> None:
    at(desk, "quiz")
    drive = learner([("Enter practice", ["e"]), ("Enter hand in", ["13", "0", "zz", "h"])])
    screen, _ = converse(desk.course(), drive, "one")
    assert screen.count("Noted.") == 14
    for words in ("✓", "✗", "You chose", "Why:", "Knowledge:"):
        assert words not in screen, words
    assert desk.sit().attempt is not None
    assert not desk.sit().attempt.done  # type: ignore[union-attr]
    screen = say(desk.course(), "1", "")
    assert "Knowledge: " in screen
    assert screen.count("Not answered") == 0
    assert desk.sit().step.key == "report"


def test_an_exam_can_be_handed_in_with_items_unanswered_after_that_is_said(desk: Desk) -> None:
    at(desk, "quiz")
    screen = say(desk.course(), "1", "e", "x", "l", "")
    assert screen.count("not answered\n") == 12
    assert "12 not answered." in screen
    assert "Not answered: 12." in screen
    assert desk.sit().step.key == "report"


def test_the_report_of_an_open_exam_gives_nothing_away(desk: Desk) -> None:
    at(desk, "quiz")
    screen = say(desk.course(), "1", "e", "x", "c", "10", "1", "r")
    report = screen.partition("· Report ·")[2]
    assert "There is nothing to show yet." in report
    assert "All items:" not in report
    assert "“1” means nothing here." in report
    assert "“r” means nothing here." in report


def test_practice_does_not_offer_an_answer_sheet(desk: Desk) -> None:
    at(desk, "quiz")
    screen = say(desk.course(), "1", "", "l", ":l")
    assert "answer sheet" not in screen
    assert "means nothing here" in screen


def test_r_retries_what_was_not_fully_right_and_leads_back_to_the_report(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    while sitting.ask() is not None:
        ask = sitting.ask()
        assert ask is not None
        if ask.address == "one/colour":
            from ketalearn.assessment.response import Response

            sitting.answer(ask.address, Response(dont_know=True))
        else:
            from tests.study.desk import answer

            answer(sitting)
    sitting.go("report")
    order = sitting.asking.ask(sitting.history.attempts[sitting.history.current["one", "quiz"]], "one/colour").order
    screen = say(desk.course(), "1", "r", str(order.index(0) + 1), "", "r")
    assert "Retry the one that was not fully right." in screen
    assert "Item 1 of 1\nWhich light is warm?" in screen
    after = screen.rpartition("· Report ·")[2]
    assert "Next: Go on to “Lamps alone”." in after
    assert "“r” means nothing here." in after


def test_an_item_of_the_report_is_shown_again_with_everything(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    answer_all(sitting)
    sitting.go("report")
    screen = say(desk.course(), "1", "1", "13", "14")
    assert screen.count("\nYou chose") == 2
    assert screen.count("One by one:") + screen.count("Reference:") >= 2
    assert "“14” means nothing here." in screen


def test_y_shows_every_answer_and_each_of_them_whole(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting, "try")
    answer_all(sitting, ok=False, sure=3)
    screen = say(desk.course(), "y", "1", "3", "")
    listed = screen.partition("== Every answer ==")[2]
    assert "  1  ✗ What does blue light delay? (2026-11-25 · before reading · you:" in listed
    assert "  2  ✗ Which light is warm?" in listed
    assert "✗ Not quite; you were certain." in listed
    assert "“3” means nothing here." in listed


def test_y_tells_nothing_of_an_exam_before_it_is_handed_in(desk: Desk) -> None:
    at(desk, "quiz")
    say(desk.course(), "1", "e", "x", "x", "h", "y", "1")
    screen = say(desk.course(), "y", "1", "")
    assert "“1” means nothing here." in screen
    for words in ("You said", "One by one:", "2026-11-25"):
        assert words not in screen.partition("== Every answer ==")[2], words
    desk.sit().finish()
    assert screen != say(desk.course(), "y", "1", "")
    assert "You said that you don’t know" in say(desk.course(), "y", "1", "")


def test_p_shows_the_progress_with_its_numbers(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    answer_all(sitting)
    screen = " ".join(say(desk.course(), "p").split())
    assert "Every kind · Progress" in screen
    assert "Light and sleep: 13 of 13 right when last answered." in screen
    assert "Lamps alone" not in screen.partition("Progress")[2].partition("[Enter continue")[0]


def test_r_reviews_what_is_due_and_is_offered_only_then(desk: Desk) -> None:
    sitting = desk.sit()
    begin(sitting)
    answer_all(sitting, ok=False, sure=3)
    assert "r review" not in say(desk.course(), "")
    assert "Nothing comes back today." in say(desk.course(), "r")
    desk.now = desk.now.replace(month=12)
    assert "r review (13 due)" in say(desk.course())
    drive = learner([("r review (13 due)", ["r"])])
    screen, _ = converse(desk.course(), lambda prompt: "x" if "· x I don" in prompt else drive(prompt))
    assert "Item 10 of 10" in screen
    assert "You said that you don’t know" in screen
    assert desk.course().history.answered == 23
    assert 0 < len(desk.course().review().due()) < 13


KINDS = {
    "where": (["1"], ["0", "3", "1 2", "a", "1a"]),
    "all-of": (["1 2", "1,2", "2 1 u", "1 1"], ["0", "9", "1 9", "a"]),
    "steps": (["2 1 3", "1 2 3 c"], ["1 2", "1 1 2", "4 1 2", "0"]),
    "pairs": (["1a 2b", "2c 1a f", "1a"], ["1", "a", "1d", "3a", "0a", "1a2b"]),
    "word": (["melatonin", "  The  Melatonin ", "s", "b", "h", "1"], [":", ":zz", ""]),
    "count": (["12", "12 people", "1e1", "12,0", "12 c", "12 people U"], [":", "many", "12 lamps", "", "nan"]),
    "judge-deeper": (["1", "4 u"], ["0", "5", "1 2"]),
    "excerpt": (["1", "1 3 5", "0", "0 c"], ["6", "0 1", "a"]),
}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_takes_its_own_answers_and_explains_what_is_none(desk: Desk, name: str) -> None:
    good, bad = KINDS[name]
    for accepted in good:
        begin_at(desk, name)
        before = len(desk.course().history.told)
        screen = say(desk.course(), *(line for word in (*bad, accepted) for line in typed(name, word)), module="one")
        refused = sum(screen.count(words) for words in ("means nothing here", "That is no answer here", "Please type one"))
        assert refused == len(bad), screen
        assert len(desk.course().history.told) == before + 1
        assert desk.course().history.told[-1].event.item == f"one/{name}"
        desk.sit().restart()


def typed(name: str, word: str) -> list[str]:
    """Give the lines for an answer: after a typed one it is asked how sure one is."""
    return [word, ""] if name in ("word", "count") and word and not word.startswith(":") else [word]


def begin_at(desk: Desk, name: str) -> None:
    """Begin the quiz and skip up to an item."""
    at(desk, "quiz")
    sitting = desk.sit()
    sitting.begin()
    while (ask := sitting.ask()) is not None and ask.address != f"one/{name}":
        sitting.skip(ask.address)


def test_a_typed_item_is_left_by_words_with_a_colon(desk: Desk) -> None:
    for word, shown in ((":h", "== Every kind =="), (":b", "A stopping place"), (":s", "Item "), (":q", "Goodbye")):
        begin_at(desk, "word")
        screen = say(desk.course(), word, module="one")
        assert shown in screen.partition("Type your answer")[2], word
        assert "means nothing here" not in screen
    begin_at(desk, "word")
    screen = say(desk.course(), ":x", module="one")
    assert "You said that you don’t know" in screen


UNKNOWN = [
    "zzz",
    "²",
    "٣x",
    "0",
    "-1",
    "1.0",
    "999",
    "9" * 5000,
    "\x00",
    "\x1b[31m",
    "“”",
    "1 2 3",
    "a",
    "a 9",
    "a ²",
    "[/x]",
]


@pytest.mark.parametrize(
    "key", ["try", "page/first", "stop/read", "tell", "quiz", "report", "home", "contents", "documents", "after"]
)
def test_a_word_that_means_nothing_is_answered_at_every_prompt_and_changes_nothing(desk: Desk, key: str) -> None:
    at(desk, key if "/" in key or key in ("try", "tell", "quiz", "report") else "try")
    if key in ("tell", "quiz"):
        desk.sit().begin()
    to = {"home": [], "contents": ["1", "c"], "documents": ["d"], "after": ["1", "1"]}.get(key, ["1"])
    before = desk.sit().step
    words = [word for word in UNKNOWN if key not in ("quiz",) or word[0] not in "1a"]
    screen = say(desk.course(), *to, *words)
    assert screen.count("means nothing here.") + screen.count("no answer here") == len(words)
    assert not CONTROLS.search(screen)
    assert desk.sit().step == before
    assert len(answered(desk)) == (key == "after")


def test_typed_control_characters_come_out_visible(desk: Desk) -> None:
    desk.sit().enter()
    screen = say(desk.course(), "\x1b[31m\x07\x9b5m\u202e\x00")
    assert "“␛[31m␇⟨U+009B⟩5m⟨U+202E⟩␀” means nothing here." in screen


def test_every_line_of_a_course_is_plain_text(home: Path, cache: Path) -> None:
    for pack in (KETAMINE, None):
        desk = Desk(home, every_kind(cache, pack) if pack else every_kind(cache))
        screen, _ = converse(desk.course(), learner(), desk.pack.index.modules[0].id)
        assert not CONTROLS.search(screen)
        assert "[@" not in screen
        long = [line for line in screen.splitlines() if len(line) > 76 and not line.startswith(("[", "=="))]
        assert all(" " not in line.strip() for line in long), "only a word that cannot be broken is longer"
        desk.close()


WORDS = st.sampled_from(
    [
        "",
        "",
        "1",
        "2",
        "3",
        "1 2",
        "1 c",
        "x",
        "s",
        "?",
        "e",
        "o",
        "b",
        "c",
        "h",
        "!",
        "! note",
        "r",
        "l",
        "d",
        "n",
        "a 1",
        "y",
        "erase",
        "1a 2b",
        ":x",
        ":h",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(
        WORDS | st.text(st.characters(exclude_categories=()), max_size=12).map(lambda t: t.replace("\n", "")), max_size=60
    )
)
def test_whatever_is_typed_ends_well_writes_no_control_character_and_keeps_a_whole_history(
    tmp_path_factory: pytest.TempPathFactory, cache: Path, lines: list[str]
) -> None:
    journal = Journal(tmp_path_factory.mktemp("fuzz") / "history.sqlite3")
    pack = every_kind(cache)
    course = Course(pack, History(journal, pack), chance=lambda: 3)
    screen = io.StringIO()
    assert run([course], io.StringIO("\n".join(lines)), screen) == 0
    assert screen.getvalue().endswith("\nGoodbye. Everything is kept.\n")
    assert not CONTROLS.search(screen.getvalue())
    assert journal.verify() is None
    journal.close()


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_no_text_writes_a_control_character_or_is_lost(text: str) -> None:
    screen = io.StringIO()
    talk = Talk(io.StringIO(), screen)
    talk.say(text, "  ", "    ")
    talk.title(text)
    talk.option(1, text)
    talk.unknown(text)
    written = screen.getvalue()
    assert not CONTROLS.search(written)
    words = [word for word in text.split() if word.isalnum()]
    assert all(word in written for word in words)


@pytest.mark.parametrize(
    ("word", "most", "number"),
    [
        ("1", 3, 1),
        ("3", 3, 3),
        ("03", 3, 3),
        ("٣", 3, 3),
        ("4", 3, None),
        ("0", 3, None),
        ("", 3, None),
        ("²", 3, None),
        ("1" * 5000, 3, None),
        ("-1", 3, None),
        ("1 ", 3, None),
    ],
)
def test_a_number_is_decimal_and_within_what_is_offered(word: str, most: int, number: int | None) -> None:
    assert number_in(word, most) == number


def test_a_shelf_of_packs_is_asked_for_one(home: Path, cache: Path) -> None:
    journal = Journal(home / "history.sqlite3")
    packs = [every_kind(cache), every_kind(cache, KETAMINE)]
    courses = [Course(pack, History(journal, pack)) for pack in packs]
    screen = io.StringIO()
    assert run(courses, io.StringIO("²\n3\n2\n"), screen) == 0
    text = screen.getvalue()
    assert "1  Every kind" in text
    assert text.count("means nothing here.") == 2
    assert f"== {packs[1].index.title} ==" in text
    journal.close()
