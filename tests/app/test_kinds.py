"""Every kind of item is answered by keys alone, by mouse wherever nothing must be typed, and in plain mode."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from ketalearn.app.widgets.answer import MODES
from ketalearn.assessment.marking import MARKERS
from ketalearn.assessment.response import Response
from ketalearn.content.items import ITEM_KINDS, Item
from ketalearn.plain.run import run
from ketalearn.study.asking import ASKS
from ketalearn.study.course import Course
from ketalearn.study.feedback import PARTS
from tests.app.driving import Seat, make_course, seated

PACK = Path(__file__).parents[1] / "kinds.yaml"
TYPED = {"fill-in", "numeric"}
RIGHT: dict[str, list[str]] = {
    "single-choice": ["A lid"],
    "multiple-response": ["A draught", "Steam"],
    "order": ["The water is cold.", "The water is warm.", "The water boils.", "The kettle is dry."],
    "match": ["keeps heat in", "carries heat away"],
    "fill-in": ["Steam"],
    "numeric": ["100"],
    "locate": ["Water boils when"],
    "judge-claim": ["Backed by evidence"],
    "spot": ["Our kettle is a miracle"],
}
"""What is right, as the words that stand on the screen, in the order in which to choose them."""


def test_a_table_names_every_part_of_every_kind() -> None:
    kinds = set(ITEM_KINDS)
    assert set(MARKERS) == kinds, "marking"
    assert set(ASKS) == kinds, "before the answer"
    assert set(PARTS) == kinds, "after the answer"
    assert set(MODES) | TYPED == kinds, "the widget"
    assert set(RIGHT) == kinds, "the tests below"
    assert {item.kind for item in make_items()} == kinds, "the pack that they run on"


def make_items() -> list[Item]:
    from ketalearn.loading.compile import load

    pack = load(PACK).reading.pack
    assert pack is not None
    return list(pack.modules[0].items)


@pytest.fixture
def kinds(home: Path, cache: Path) -> Course:
    return make_course(home, cache, PACK)


async def to_kind(seat: Seat, kind: str) -> None:
    """Begin the quiz in practice and skip to the item of a kind."""
    if seat.screen == "TextSheet":
        await seat.press("enter")
    if seat.screen == "ReadingScreen":
        await seat.press("right")
    await seat.press("enter")
    for _ in range(9):
        ask = seat.app.screen.ask  # type: ignore[attr-defined]  # the items screen is in front
        if ask.kind == kind:
            return
        await seat.press("f4" if ask.typed else "s")
    raise AssertionError(f"{kind} did not come")


def row_of(seat: Seat, words: str) -> tuple[int, int]:
    for y, line in enumerate(seat.text.splitlines()):
        x = line.find(words)
        if x >= 0 and y > 1:
            return x, y
    raise AssertionError(f"{words} is not on the screen:\n{seat.text}")


def key_of(seat: Seat, words: str) -> str:
    """The digit in front of the words."""
    _, y = row_of(seat, words)
    return next(part for part in seat.text.splitlines()[y].replace("▌", " ").split() if part.isdigit())


@pytest.mark.parametrize("kind", sorted(ITEM_KINDS))
async def test_it_is_answered_by_keys_alone(kinds: Course, kind: str) -> None:
    async with seated(kinds, size=(80, 24)) as seat:
        await to_kind(seat, kind)
        for words in RIGHT[kind]:
            await seat.press(*(words.lower() if kind in TYPED else key_of(seat, words)))
        await seat.press("enter")
        assert "Correct" in seat.text, seat.text
        (given,) = seat.attempt.given.values()
        assert given.mark == 1


async def test_one_enter_hands_in_no_unmarked_excerpt_and_a_second_says_that_nothing_sells(kinds: Course) -> None:
    async with seated(kinds, size=(80, 24)) as seat:
        await to_kind(seat, "spot")
        await seat.press("enter")
        assert seat.attempt.given == {}
        assert "Nothing is marked" in seat.text
        await seat.press("enter")
        (given,) = seat.attempt.given.values()
        assert given.response == Response()


@pytest.mark.parametrize("kind", sorted(set(ITEM_KINDS) - TYPED))
async def test_it_is_answered_by_mouse_alone(kinds: Course, kind: str) -> None:
    async with seated(kinds, size=(100, 30)) as seat:
        await to_kind(seat, kind)
        for words in RIGHT[kind]:
            await seat.pilot.click(offset=row_of(seat, words))
            await seat.pilot.pause()
        await seat.pilot.click(offset=row_of(seat, "Answer"))
        await seat.pilot.pause()
        (given,) = seat.attempt.given.values()
        assert given.mark == 1, seat.text


@pytest.mark.parametrize("kind", sorted(ITEM_KINDS))
async def test_a_draft_of_it_is_offered_again_and_never_graded(kinds: Course, kind: str, home: Path, cache: Path) -> None:
    async with seated(kinds, size=(100, 30)) as seat:
        await to_kind(seat, kind)
        for words in RIGHT[kind][:1]:
            await seat.press(*(words.lower() if kind in TYPED else key_of(seat, words)))
        await seat.pilot.pause(0.7)
    async with seated(make_course(home, cache, PACK), size=(100, 30)) as seat:
        await seat.press("enter")
        ask = seat.app.screen.ask  # type: ignore[attr-defined]  # the items screen is in front
        assert ask.kind == kind
        assert not seat.attempt.given
        answer = seat.app.screen.answer  # type: ignore[attr-defined]  # likewise
        assert answer.draft.chosen or answer.draft.text


@pytest.mark.parametrize("kind", sorted(ITEM_KINDS))
def test_it_is_answered_in_plain_lines(kinds: Course, kind: str) -> None:
    sitting = kinds.sit("all")
    while sitting.step.kind != "quiz":
        sitting.forward()
    sitting.begin()
    lines: list[str] = []
    while True:
        ask = sitting.ask()
        assert ask is not None
        if ask.kind == kind:
            break
        sitting.skip(ask.address)
    rows = (
        [next(n for n, text in enumerate(ask.options, start=1) if words in text) for words in RIGHT[kind]]
        if ask.options and kind != "match"
        else []
    )
    if kind in TYPED:
        lines = [RIGHT[kind][0], "c"]
    elif kind == "match":
        letters = ["abc"[ask.targets.index(words)] for words in RIGHT[kind]]
        lines = [f"1{letters[0]} 2{letters[1]} c"]
    else:
        lines = [" ".join(map(str, rows)) + " c"]
    written = io.StringIO()
    run([kinds], io.StringIO("\n".join(["", *lines]) + "\n"), written, None)
    assert "✓ Correct; you were certain." in written.getvalue(), written.getvalue()


async def test_a_near_miss_is_named_and_not_marked_right(kinds: Course) -> None:
    async with seated(kinds, size=(80, 24)) as seat:
        await to_kind(seat, "fill-in")
        await seat.press(*"staem", "enter")
        assert "Close: check the spelling" in seat.text
        (given,) = seat.attempt.given.values()
        assert given.mark == 0


async def test_letters_of_a_typed_answer_go_into_the_field_and_the_keys_are_f2_to_f5(kinds: Course) -> None:
    async with seated(kinds, size=(100, 30)) as seat:
        await to_kind(seat, "fill-in")
        await seat.press(*"chsq")
        answer = seat.app.screen.answer  # type: ignore[attr-defined]  # the items screen is in front
        assert answer.field.value == "chsq"
        foot = seat.text.splitlines()[-1]
        assert "F3" in foot
        assert "F5" in foot
        await seat.press("f3", "enter")
        (given,) = seat.attempt.given.values()
        assert given.confidence == 1


async def test_a_number_that_is_none_is_refused_in_words_and_nothing_is_lost(kinds: Course) -> None:
    async with seated(kinds, size=(100, 30)) as seat:
        await to_kind(seat, "numeric")
        await seat.press(*"ten", "enter")
        await seat.pilot.pause(0.3)
        assert "no number" in seat.text
        assert not seat.attempt.given


async def test_enter_twice_on_an_empty_field_says_that_one_does_not_know(kinds: Course) -> None:
    async with seated(kinds, size=(100, 30)) as seat:
        await to_kind(seat, "fill-in")
        await seat.press("enter")
        assert not seat.attempt.given
        await seat.press("enter")
        (given,) = seat.attempt.given.values()
        assert given.response.dont_know


async def test_an_order_is_handed_in_only_when_it_is_whole(kinds: Course) -> None:
    async with seated(kinds, size=(100, 30)) as seat:
        await to_kind(seat, "order")
        await seat.press("1", "2", "enter")
        assert not seat.attempt.given
        await seat.press("1", "2", "1", "3", "4", "enter")
        assert seat.attempt.given
