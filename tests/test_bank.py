"""The bank of items gives nothing away by its form: where the key stands, how long it is, and of which kinds items are."""

from __future__ import annotations

from collections import Counter
from statistics import mean

import pytest

from ketalearn.content.items import ITEM_KINDS, JUDGING, JudgeClaim, MultipleResponse, SingleChoice
from ketalearn.content.pack import Module, Pack
from ketalearn.loading.pack import read_pack
from tests.conftest import KETAMINE


@pytest.fixture(scope="module")
def pack() -> Pack:
    found = read_pack(KETAMINE).pack
    assert found is not None
    return found


def choices(pack: Pack) -> list[SingleChoice]:
    return [item for module in pack.modules for item in module.items if isinstance(item, SingleChoice)]


def taught(pack: Pack) -> list[Module]:
    """The modules that teach; the last one only asks."""
    return [module for module in pack.modules if not module.cold]


def test_the_bank_holds_a_hundred_items_of_every_kind(pack: Pack) -> None:
    kinds = Counter(item.kind for module in pack.modules for item in module.items if item.status == "ready")
    assert kinds.total() >= 100
    assert kinds.keys() == ITEM_KINDS.keys()


def test_every_module_asks_in_at_least_five_ways_and_one_of_them_is_typed(pack: Pack) -> None:
    for module in taught(pack):
        kinds = {item.kind for item in module.items if module.quiz is not None and item.id in module.quiz.items}
        assert len(kinds) >= 5, module.id
        assert kinds & {"fill-in", "numeric"}, module.id


def test_every_module_keeps_to_the_plan(pack: Pack) -> None:
    for module in taught(pack):
        assert len(module.pages) <= 5, module.id
        assert len(module.tactics) == 2, module.id
        assert 3 <= len(module.try_first) <= 4, module.id
        assert module.tell is not None, module.id
        assert 6 <= module.tell.show <= 8, module.id
        assert module.quiz is not None, module.id
        assert (module.quiz.show, len(module.quiz.items) >= 12) == (10, True), module.id
        asked = [item for item in module.items if item.id in module.quiz.items]
        judged = [item for item in asked if item.kind in JUDGING]
        assert len(judged) >= 4, module.id
        assert all(max(minutes) <= 10 for minutes in [(module.minutes.read, module.minutes.tell, module.minutes.quiz)])


def test_each_tactic_is_taught_once_in_the_course(pack: Pack) -> None:
    cards = Counter(card.tactic for module in pack.modules for card in module.tactics)
    assert set(cards.values()) == {1}


def test_the_key_stands_everywhere_about_equally_often(pack: Pack) -> None:
    places = Counter(next(n for n, option in enumerate(item.options) if option.key) for item in choices(pack))
    share = {place: count / places.total() for place, count in places.items()}
    assert places.total() >= 40
    assert all(0.15 <= share[place] <= 0.35 for place in range(4)), dict(places)


def test_the_key_is_the_longest_option_no_more_often_than_chance(pack: Pack) -> None:
    def is_longest(item: SingleChoice) -> bool:
        lengths = [len(option.text) for option in item.options]
        key = next(n for n, option in enumerate(item.options) if option.key)
        return lengths[key] == max(lengths) and lengths.count(max(lengths)) == 1

    longest = [item.id for item in choices(pack) if is_longest(item)]
    assert len(longest) / len(choices(pack)) <= 0.3, longest


def test_keys_and_distractors_are_about_equally_long(pack: Pack) -> None:
    ratios = []
    for module in pack.modules:
        for item in module.items:
            if isinstance(item, SingleChoice | MultipleResponse):
                keys = mean(len(option.text) for option in item.options if option.key)
                others = mean(len(option.text) for option in item.options if not option.key)
                ratios.append(keys / others)
    assert 0.9 <= mean(ratios) <= 1.1
    assert max(ratios) <= 1.6


def test_no_sentence_is_asked_as_an_item_of_two_modules(pack: Pack) -> None:
    asked = Counter(item.claim for module in pack.modules for item in module.items if isinstance(item, JudgeClaim))
    assert [claim for claim, times in asked.items() if times > 1] == []


def test_the_glossary_has_sixty_terms_and_each_form_opens_one_entry(pack: Pack) -> None:
    forms = Counter(form.casefold() for term in pack.glossary for form in (term.term, *term.also))
    assert len(pack.glossary) >= 60
    assert [form for form, times in forms.items() if times > 1] == []
    assert all(len(term.short) <= 90 for term in pack.glossary)
