"""Every screen, by keys and by mouse, on the shipped course."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from ketalearn.app.screens.reading import ReadingScreen
from ketalearn.app.widgets.answer import Answer
from ketalearn.app.widgets.bars import Sure
from ketalearn.app.widgets.pane import Pane
from ketalearn.study.course import Course
from tests.app.driving import MODULE, make_course, read_to_primer, seated


async def test_the_first_start_shows_the_notice_over_the_first_lesson(course: Course) -> None:
    async with seated(course) as seat:
        assert seat.screen == "TextSheet"
        assert "not medical advice" in " ".join(seat.text.replace("│", " ").split())
        assert "findahelpline.com" in seat.text
        await seat.press("enter")
        assert seat.screen == "ItemsScreen"
        assert "What is an NMDA receptor?" in seat.text


async def test_a_later_start_opens_home_with_continue_chosen_so_that_enter_goes_on(
    course: Course, home: Path, cache: Path
) -> None:
    async with seated(course) as seat:
        await seat.press("enter")
        await seat.answer()
    async with seated(make_course(home, cache)) as seat:
        assert seat.screen == "HomeScreen"
        assert "Continue" in seat.text
        await seat.press("enter")
        assert seat.screen == "ItemsScreen"
        assert "2 / 3" in seat.text


async def test_a_whole_module_is_finished_by_keys_alone(course: Course) -> None:
    async with seated(course) as seat:
        await seat.press("enter")
        screens = []
        for _ in range(400):
            screens.append(seat.screen)
            if seat.screen == "ReportScreen":
                break
            if seat.screen == "ReadingScreen" or "How would you like" in seat.text:
                await seat.press("enter")
            else:
                await seat.answer("2")
        assert screens[-1] == "ReportScreen"
        assert "Knowledge" in seat.text
        assert "Marketing caught" in seat.text
        await seat.press("escape")
        assert seat.screen == "HomeScreen"
        row = course.rows()[0]
        assert row.state == "done"
        attempt = course.history.attempt(MODULE, "quiz")
        assert attempt is not None
        assert len(attempt.given) == 10


async def test_a_whole_module_is_finished_by_mouse_alone(course: Course) -> None:
    async def click(words: str) -> None:
        """Click on the place where the words stand; the line of keys counts first."""
        lines = list(enumerate(seat.text.splitlines()))
        for row, line in [lines[-1], *lines]:
            column = line.find(words)
            if column >= 0:
                await seat.pilot.click(offset=(column, row))
                await seat.pilot.pause()
                return
        raise AssertionError(f"{words} is not on the screen:\n{seat.text}")

    async def choose() -> None:
        """Choose something; where an answer must be typed, type it."""
        ask = getattr(seat.app.screen, "ask", None)
        assert ask is not None
        if ask.typed:
            await seat.press(*"glutamate")
        elif ask.kind == "match":
            for _ in ask.options:
                await click(f"1  {ask.targets[0]}"[:30])
        else:
            for _ in ask.options if ask.kind == "order" else "1":
                await click("( ) " if ask.kind in ("single-choice", "judge-claim", "locate") else "[ ] ")

    async with seated(course) as seat:
        await click("Close")
        for _ in range(200):
            if seat.screen == "ReportScreen":
                break
            if seat.screen == "ReadingScreen":
                await click("Next" if " Next" in seat.text.splitlines()[-1] else "More")
            elif "How would you like" in seat.text:
                await click("Practice")
            else:
                await choose()
                await click("fairly sure")
                await click("Answer")
                await seat.listen()
                await click("Next")
        assert seat.screen == "ReportScreen"
        quiz = course.history.attempt(MODULE, "quiz")
        assert quiz is not None
        assert {given.confidence for given in quiz.given.values()} == {2}
        await click("Home")
        assert seat.screen == "HomeScreen"
        await click("Documents")
        assert seat.screen == "ListScreen"
        await click("Some Thoughts")
        assert seat.screen == "DocumentScreen"


async def test_enter_is_not_heard_for_half_a_second_after_an_answer(course: Course) -> None:
    async with seated(course) as seat:
        await seat.press("enter", "1", "enter", "enter", "enter")
        assert "You chose" in seat.text
        assert len(seat.attempt.given) == 1
        await seat.listen()
        await seat.press("enter")
        assert "2 / 3" in seat.text


async def test_enter_without_a_choice_answers_nothing(course: Course) -> None:
    async with seated(course) as seat:
        await seat.press("enter", "enter")
        assert not seat.attempt.given
        await seat.pilot.pause(0.3)
        assert "Choose an answer first" in seat.text


async def test_feedback_says_in_words_what_was_chosen_what_is_right_and_why(course: Course) -> None:
    async with seated(course, size=(80, 24)) as seat:
        await seat.press("enter", "3", "c", "c", "enter")
        for words in ("Not quite", "you were fairly sure", "You chose", "The answer", "IN THE DOCUMENT", "▐", "▌"):
            assert words in seat.text, words


async def test_e_shows_every_option_the_cards_and_the_references_and_hides_them_again(course: Course) -> None:
    async with seated(course) as seat:
        await seat.press("enter", "3", "enter")
        assert "ONE BY ONE" not in seat.prose("#told")
        await seat.press("e")
        shown = seat.prose("#told")
        assert "ONE BY ONE" in shown
        assert "EVIDENCE CARD" in shown
        assert "doi:" in shown
        await seat.press("e")
        assert "ONE BY ONE" not in seat.prose("#told")


async def test_o_opens_the_whole_document_at_the_passage_and_escape_comes_back(course: Course) -> None:
    async with seated(course) as seat:
        await seat.press("enter", "3", "enter", "o")
        assert seat.screen == "DocumentScreen"
        assert "▌" in seat.text  # the end of a marked passage
        assert "NMDA receptor" in seat.text
        await seat.press("escape")
        assert seat.screen == "ItemsScreen"
        assert "You chose" in seat.text


async def test_hints_come_one_at_a_time_and_are_counted(course: Course) -> None:
    async with seated(course) as seat:
        await seat.press("enter", "h")
        assert seat.prose("#below").count("Hint") == 1
        await seat.press("h")
        assert seat.prose("#below").count("Hint") == 2
        await seat.press("h", "1", "enter")
        (given,) = seat.attempt.given.values()
        assert given.hints == 2


async def test_a_skipped_item_comes_back_after_the_others(course: Course) -> None:
    async with seated(course) as seat:
        await seat.press("enter", "s")
        assert "2 / 3" in seat.text
        await seat.answer()
        await seat.answer()
        assert "1 / 3" in seat.text


async def test_i_dont_know_is_a_response_without_confidence(course: Course) -> None:
    async with seated(course) as seat:
        await seat.press("enter", "c", "5", "enter")
        (given,) = seat.attempt.given.values()
        assert given.response.dont_know
        assert given.confidence is None


async def test_what_is_chosen_and_not_answered_is_offered_again(course: Course, home: Path, cache: Path) -> None:
    async with seated(course) as seat:
        await seat.press("enter", "2", "c", "c")
        chosen = seat.app.screen.query_one(Answer).rows.chosen
        await seat.pilot.pause(0.7)
    async with seated(make_course(home, cache)) as seat:
        await seat.press("enter")
        assert seat.app.screen.query_one(Answer).rows.chosen == chosen == (1,)
        assert seat.app.screen.query_one(Sure).value == 2
        assert not seat.attempt.given


async def test_an_exam_shows_nothing_until_it_is_handed_in_and_answers_can_change(course: Course) -> None:
    async with seated(course) as seat:
        await read_to_primer(seat)
        await seat.go("quiz")
        await seat.press("down", "enter")
        assert "exam" in seat.text
        assert "Contents" not in seat.text
        first = seat.attempt.items[0]
        await seat.press("1", "enter")
        assert "You chose" not in seat.text
        before = seat.attempt.given[first]
        await seat.press("l")
        assert "not answered" in seat.text
        await seat.press("1")
        assert seat.app.screen.query_one(Answer).response == before.response  # what was answered is seen again
        await seat.press("2", "enter", "l")
        assert seat.attempt.given[first] != before
        await seat.press("end", "enter")
        assert seat.screen == "ItemsScreen"
        assert "no answer can be changed" in seat.text
        await seat.press("enter")
        assert seat.screen == "ReportScreen"
        assert "Not answered" in seat.text


async def test_in_practice_one_may_look_something_up_and_come_back_to_the_item(course: Course) -> None:
    async with seated(course) as seat:
        await read_to_primer(seat)
        await seat.go("quiz")
        await seat.press("enter")
        while "Contents" not in seat.text:  # in a field “t” is a letter
            await seat.answer()
        item = seat.attempt.waiting[0]
        await seat.press("1")
        await seat.go("page/block")
        assert seat.screen == "ReadingScreen"
        await seat.go("quiz")
        assert seat.screen == "ItemsScreen"
        assert seat.attempt.waiting[0] == item
        assert seat.app.screen.query_one(Answer).response is not None


async def test_the_report_shows_an_item_again_and_retries_only_what_was_wrong(course: Course) -> None:
    async with seated(course) as seat:
        await read_to_primer(seat)
        await seat.go("quiz")
        await seat.press("enter")
        await seat.answer_all()
        assert seat.screen == "ReportScreen"
        await seat.press("enter")
        assert "ONE BY ONE" in seat.prose("#figures")
        await seat.press("escape")
        assert seat.screen == "ReportScreen"
        assert course.history.attempt(MODULE, "quiz") is not None
        wrong = course.history.attempts[course.history.current[MODULE, "quiz"]].wrong
        assert wrong
        await seat.press("r")
        assert seat.screen == "ItemsScreen"
        assert seat.attempt.items == wrong


async def test_citations_open_beside_the_page_by_tab_and_by_click(course: Course) -> None:
    async with seated(course) as seat:
        await seat.press("enter")
        await seat.answer_all()
        assert seat.screen == "ReadingScreen"
        assert "EVIDENCE CARD" in seat.prose("#passage")
        await seat.press("tab", "tab")
        assert "▐It works on the NMDA receptor areas.▌" in " ".join(seat.prose("#passage").split())
        row = next(number for number, line in enumerate(seat.text.splitlines()) if "[1]" in line)
        await seat.pilot.click(offset=(seat.text.splitlines()[row].index("[1]") + 1, row))
        await seat.pilot.pause()
        assert "An NMDA receptor opens" in seat.prose("#passage")


async def test_in_a_narrow_window_the_passage_opens_below_and_closes_again(course: Course) -> None:
    async with seated(course, size=(80, 24)) as seat:
        await seat.press("enter")
        await seat.answer_all()
        side = seat.app.screen.query_one("#passage")
        assert not side.display
        await seat.press("tab")
        assert side.display
        assert side.region.y > seat.app.screen.query_one("#text").region.y
        await seat.press("shift+tab")
        assert not side.display


@pytest.mark.parametrize("size", [(80, 24), (130, 24)])
async def test_the_line_that_carries_an_open_citation_is_on_the_screen(course: Course, size: tuple[int, int]) -> None:
    async with seated(course, size=size) as seat:
        await seat.press("enter")
        await seat.answer_all()
        screen, opened = seat.app.screen, set()
        assert isinstance(screen, ReadingScreen)
        page = screen.query_one("#text", Pane)
        for _ in range(12):
            await seat.press("tab")
            shown = screen.shown.cites if screen.shown else ()
            if not 0 <= screen.opened < len(shown):
                continue
            number = shown[screen.opened].number
            opened.add(number)
            lines = [line.rstrip() for line in seat.text.splitlines()[page.region.y : page.region.bottom]]
            assert any(f"[{number}]" in line[: page.region.right] for line in lines), f"[{number}] in {lines}"
        assert len(opened) >= 3


async def test_a_long_citation_below_the_page_scrolls_by_keys_and_escape_closes_it(course: Course) -> None:
    async with seated(course, size=(80, 24)) as seat:
        await seat.press("enter")
        await seat.answer_all()
        await seat.press("tab", "tab")
        side = seat.app.screen.query_one("#passage", Pane)
        while not side.more:
            await seat.press("tab")
        last = side.lines(side.text_width)[-1].plain.strip()
        assert last
        assert last not in seat.text
        for _ in range(20):
            await seat.press("pagedown")
        assert not side.more
        assert last in seat.text
        await seat.press("escape")
        assert seat.screen == "ReadingScreen"
        assert not side.display
        await seat.press("escape")
        assert seat.screen == "HomeScreen"


async def test_enter_passes_over_no_text_unseen(course: Course) -> None:
    async with seated(course, size=(80, 24)) as seat:
        await seat.press("enter")
        await seat.answer_all()
        page = seat.app.screen.query_one("#text", Pane)
        assert "page 1 of 5" in seat.text
        assert not page.more
        await seat.press("enter")
        assert "page 2 of 5" in seat.text
        assert "↓ more" in seat.text
        await seat.press("enter")
        assert "page 2 of 5" in seat.text
        assert "↓ more" not in seat.text
        await seat.press("enter")
        assert "page 3 of 5" in seat.text


async def test_contents_lead_anywhere_but_judging_waits_for_the_four_answers(course: Course) -> None:
    async with seated(course) as seat:
        await seat.press("enter")
        await seat.answer_all()
        await seat.go("tell")
        assert "The four answers" in seat.text.splitlines()[0]
        await seat.go("page/rivals")
        assert "page 3 of 5" in seat.text


async def test_starting_anew_asks_first_and_keeps_the_history(course: Course) -> None:
    async with seated(course) as seat:
        await seat.press("enter")
        await seat.answer()
        await seat.press("escape", "a")
        assert seat.screen == "AskSheet"
        await seat.press("enter")
        assert seat.screen == "HomeScreen"
        await seat.press("a", "2")
        assert seat.screen == "ItemsScreen"
        assert "1 / 3" in seat.text
        assert len(course.history.told) == 1


async def test_the_history_is_erased_only_after_two_questions(course: Course) -> None:
    async with seated(course) as seat:
        await seat.press("enter")
        await seat.answer()
        await seat.press("escape", "x", "2", "enter")
        assert course.history.told
        await seat.press("x", "2", "2")
        assert not course.history.told
        assert seat.screen == "HomeScreen"


async def test_a_note_and_a_flag_are_kept_and_shown_in_the_report(course: Course) -> None:
    async with seated(course) as seat:
        await seat.press("enter", "1", "enter", "n")
        assert seat.app.screen.query_one(Input)
        await seat.press(*"odd [b]", "enter")
        await seat.press("exclamation_mark", "enter")
        assert [(flag.note, flag.bad) for flag in course.history.flags] == [("odd [b]", False), ("", True)]
        await seat.listen()
        await seat.press("enter")
        await seat.answer_all()
        await seat.go("report")
        assert "odd [b]" in seat.text


async def test_copying_a_passage_takes_its_verdict_along(course: Course) -> None:
    async with seated(course) as seat:
        await read_to_primer(seat)
        await seat.go("tell")
        await seat.press("1", "enter", "y")
        copied = seat.app.clipboard
        assert seat.app.screen.told.quote in copied  # type: ignore[attr-defined]  # the items screen is in front
        assert seat.app.screen.told.labels in copied  # type: ignore[attr-defined]  # likewise


async def test_who_wrote_a_sentence_stays_hidden_until_the_answer(course: Course) -> None:
    async with seated(course) as seat:
        await read_to_primer(seat)
        await seat.go("tell")
        labels = [document.label for document in course.pack.documents.values()]
        for _ in range(8):
            if seat.screen != "ItemsScreen":
                break
            assert not any(label in seat.text for label in labels)
            await seat.press("1", "enter")
            assert any(label in seat.prose("#told") for label in labels)
            await seat.listen()
            await seat.press("enter")


@pytest.mark.parametrize("size", [(59, 24), (80, 19), (20, 5), (3, 2)])
async def test_a_window_that_is_too_small_gets_a_clear_word_and_no_crash(course: Course, size: tuple[int, int]) -> None:
    async with seated(course) as seat:
        await seat.press("enter")
        await seat.pilot.resize_terminal(*size)
        await seat.pilot.pause()
        if size[0] > 30:
            assert "too small" in seat.text
        await seat.press("escape", "down", "up")
        await seat.pilot.resize_terminal(80, 24)
        await seat.pilot.pause()
        assert "too small" not in seat.text
        assert seat.screen == "HomeScreen"


async def test_every_screen_says_which_keys_work_within_80_columns(course: Course) -> None:
    async with seated(course, size=(80, 24)) as seat:
        await seat.press("enter")

        def foot() -> str:
            return seat.text.splitlines()[-1]

        assert "Answer" in foot()
        assert "Quit" in foot()
        await seat.press("1", "enter")
        assert "Next" in foot()
        assert "Quit" in foot()
        await seat.listen()
        await seat.press("enter")
        await seat.answer_all()
        await seat.press("tab")
        assert "Document" not in foot() or "Quit" in foot()
        assert "Citation" in foot()


async def test_a_shelf_comes_first_when_there_is_more_than_one_pack(home: Path, cache: Path) -> None:
    from ketalearn.app.app import KetalearnApp

    example = Path(__file__).parents[2] / "ketalearn" / "cli" / "example.yaml"
    courses = [make_course(home, cache), make_course(home, cache, example)]
    app = KetalearnApp(courses)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert type(app.screen).__name__ == "ListScreen"
        await pilot.press("2")
        await pilot.pause()
        assert app.course is courses[1]


async def test_the_box_with_what_comes_next_opens_it_by_mouse(course: Course) -> None:
    async with seated(course) as seat:
        await seat.press("enter", "escape")
        assert seat.screen == "HomeScreen"
        row = next(y for y, line in enumerate(seat.text.splitlines()) if "━" in line or "───  Try first" in line)
        await seat.pilot.click(offset=(20, row))
        await seat.pilot.pause()
        assert seat.screen == "ItemsScreen"
