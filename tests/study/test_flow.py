"""The steps of a module: judging waits for the four answers, and nothing is asked before what it needs was shown."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from ketalearn.assessment.events import Seen
from ketalearn.content.cover import steps
from ketalearn.content.scheme import ANSWERS
from ketalearn.study.flow import card_claim, reading_view
from ketalearn.study.packs import open_pack
from ketalearn.study.sources import Sources
from tests.conftest import KETAMINE, NOW
from tests.study.desk import Desk, begin, prime

EVERY_STEP = [
    "try", "page/first", "page/second", "stop/read", "primer", "tactic/only-this", "tell", "stop/tell", "quiz", "report",
]  # fmt: skip


def test_a_module_has_its_steps_in_the_order_of_learning(desk: Desk) -> None:
    sitting = desk.sit()
    assert [step.key for step in sitting.steps] == EVERY_STEP
    assert [step.part for step in sitting.steps] == ["read"] * 4 + ["tell"] * 4 + ["quiz"] * 2
    assert [step.key for step in sitting.steps if step.is_items] == ["try", "tell", "quiz"]


def test_what_a_module_does_not_have_leaves_no_step(desk: Desk) -> None:
    assert [step.key for step in desk.sit("two").steps] == ["page/only", "stop/read", "quiz", "report"]


def test_keys_of_steps_are_addresses_and_stand_once(desk: Desk) -> None:
    for module in ("one", "two"):
        keys = [step.key for step in steps(desk.pack.module(module).module)]
        assert len(set(keys)) == len(keys)


def test_forward_and_back_stay_at_the_ends(desk: Desk) -> None:
    sitting = desk.sit()
    assert sitting.back().key == "try"
    walked = [sitting.step.key, *(sitting.forward().key for _ in range(12))]
    assert walked == [*EVERY_STEP, "report", "report", "report"]
    assert sitting.position == (10, 10)


@pytest.mark.parametrize("key", ["tell", "quiz"])
def test_judging_waits_for_the_four_answers(desk: Desk, key: str) -> None:
    sitting = desk.sit()
    assert sitting.go(key).key == "primer"
    assert sitting.go(key).key == key
    assert desk.sit().step.key == key


def test_who_saw_the_four_answers_once_is_not_sent_to_them_again(desk: Desk) -> None:
    sitting = desk.sit()
    prime(sitting)
    sitting.restart()
    assert desk.sit().go("quiz").key == "quiz"


def test_the_warm_up_and_a_module_without_judging_wait_for_nothing(desk: Desk) -> None:
    assert desk.sit().go("try").key == "try"
    assert desk.sit("two").go("quiz").key == "quiz"


def test_a_step_that_the_module_does_not_have_is_refused(desk: Desk) -> None:
    with pytest.raises(StopIteration):
        desk.sit().go("page/third")
    with pytest.raises(KeyError):
        desk.course().sit("three")


def test_an_item_that_needs_an_unseen_page_or_card_is_never_drawn(desk: Desk) -> None:
    sitting = desk.sit()
    prime(sitting)
    sitting.go("quiz")
    assert {"one/later", "one/after-card"}.isdisjoint(set(itertools.chain(*(sitting._draw(seed) for seed in range(50)))))
    sitting.go("page/second")
    sitting.go("quiz")
    drawn = sitting.begin().items
    assert "one/later" in drawn
    assert "one/after-card" not in drawn
    sitting.finish()
    sitting.go("tactic/only-this")
    sitting.go("quiz")
    assert {"one/later", "one/after-card"} <= set(sitting.begin().items)


def test_after_beginning_anew_a_needed_page_must_be_seen_again(desk: Desk) -> None:
    sitting = desk.sit()
    assert "one/later" in begin(sitting).items
    sitting.restart()
    sitting.go("quiz")
    assert "one/later" not in sitting.begin().items


def test_the_warm_up_asks_nothing_that_needs_an_unseen_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    sitting = desk.sit()
    monkeypatch.setattr(sitting, "module", replace(sitting.module, try_first=("colour", "later")))
    assert sitting.begin().items == ("one/colour",)


def test_tell_never_shows_a_sentence_that_a_page_or_card_has_judged_while_enough_others_are_left(desk: Desk) -> None:
    sitting = desk.sit()
    prime(sitting)
    sitting.go("tell")
    fresh = set(itertools.chain(*(sitting._draw(seed) for seed in range(80))))
    assert "one/claim/shade" in fresh, "nothing has judged it yet"
    sitting.go("page/first")  # quotes shade
    sitting.go("tell")
    drawn = set(itertools.chain(*(sitting._draw(seed) for seed in range(80))))
    assert drawn == fresh - {"one/claim/shade"}


def test_tell_asks_nothing_that_the_quiz_asks_a_card_shows_or_that_is_sensitive(desk: Desk) -> None:
    sitting = desk.sit()
    prime(sitting)
    sitting.go("tell")
    drawn = {address.rpartition("/")[2] for address in itertools.chain(*(sitting._draw(seed) for seed in range(200)))}
    assert drawn == {"gland", "amazing", "dreams", "shade", "dim", "slept", "broke", "monday"}


def test_where_too_few_fresh_sentences_are_left_seen_ones_come_again(desk: Desk) -> None:
    sitting = desk.sit()
    prime(sitting)
    for name in ("gland", "dreams", "shade", "dim", "slept"):
        sitting.history.write(Seen(module="one", what=f"claim/{name}"))
    sitting.go("tell")
    assert len(sitting.begin().items) == 4


def test_the_primer_names_the_four_answers_in_the_order_in_which_they_are_asked(desk: Desk) -> None:
    sitting = desk.sit()
    prime(sitting)
    items = [block for block in sitting.reading().blocks if block.kind == "item"]
    assert [block.marker for block in items[: len(ANSWERS)]] == ["1.", "2.", "3.", "4."]
    starts = ("Backed by evidence.", "Marketing wording.", "One person’s story.", "Not backed.")
    assert all(block.text.startswith(start) for block, start in zip(items, starts, strict=False))


def test_a_card_calls_no_sentence_real_that_was_written_for_the_course(cache: Path) -> None:
    pack = open_pack(KETAMINE, cache)
    sources = Sources(pack, NOW)
    headings = {True: "A sentence written for this course", False: "A real sentence"}
    for card in pack.index.modules:
        compiled = pack.module(card.id)
        for tactic in compiled.module.tactics:
            step = next(step for step in steps(compiled.module) if step.key == f"tactic/{tactic.tactic}")
            texts = [block.text for block in reading_view(pack, sources, compiled, step).blocks]
            written = pack.document_of(card_claim(pack, compiled.module, tactic.tactic).id).voice == "constructed"
            assert headings[written] in texts
            assert headings[not written] not in texts


def test_a_page_that_is_marked_shows_where_to_find_help(cache: Path) -> None:
    pack = open_pack(KETAMINE, cache)
    compiled = pack.module("trials")
    marked = {page.id for page in compiled.module.pages if page.sensitive}
    assert marked
    for step in steps(compiled.module):
        if step.key.removeprefix("page/") in marked:
            assert "findahelpline.com" in reading_view(pack, Sources(pack, NOW), compiled, step).help


def test_a_tactic_card_marks_the_words_and_says_what_is_known_and_fair(desk: Desk) -> None:
    sitting = desk.sit()
    sitting.go("tactic/only-this")
    view = sitting.reading()
    quote = next(block for block in view.blocks if block.kind == "quote")
    assert [(span.text, span.style) for span in quote.spans if span.style] == [("the only lamp", "strong")]
    text = "\n".join(block.text for block in view.blocks)
    for words in (
        "Look for the word.",
        "No other lamp does it.",
        "Other lamps do the same (Two",
        "as others do",
        "nearest rival",
    ):
        assert words in text, words
    assert [cite.passage.id for cite in view.cites if cite.passage] == ["only-lamp"]


def test_a_page_numbers_its_citations_in_the_order_in_which_they_stand(desk: Desk) -> None:
    sitting = desk.sit()
    sitting.go("page/first")
    view = sitting.reading()
    found = [(c.number, c.passage.id if c.passage else c.card.id if c.card else "") for c in view.cites]
    assert found == [(1, "shade"), (2, "warm-card"), (3, "shop-many")]


def test_a_page_that_quotes_a_sensitive_sentence_says_where_help_is_found_and_others_do_not(desk: Desk) -> None:
    sitting = desk.sit()
    sitting.go("page/second")
    assert "findahelpline.com" in sitting.reading().help
    sitting.go("page/first")
    assert sitting.reading().help == ""


def test_items_have_no_reading_view(desk: Desk) -> None:
    with pytest.raises(KeyError):
        desk.sit().reading()
