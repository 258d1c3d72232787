"""What is asked follows from a stored seed alone, for ever, and keeps the rules of a fair set."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalearn.assessment.draw import draw_quiz, draw_tell, fingerprint, option_order, tell_pool
from ketalearn.content.items import ITEM_KINDS, Item
from ketalearn.content.pack import Claim
from ketalearn.content.scheme import Basis
from tests.assessment.building import (
    claim,
    fill_in,
    judge,
    locate,
    match,
    multiple,
    numeric,
    order,
    pool_of,
    quiz_module,
    single,
    spot,
    tell_module,
    use,
)

SEEDS = range(200)


# The same seed for ever. These values are in learners' histories: a change here reshuffles what somebody is in the middle of.


def test_the_order_of_options_of_a_seed_never_changes() -> None:
    golden = {
        0: ((1, 3, 2, 0), (3, 2, 5, 1, 4, 0), (1, 0, 2, 3)),
        1: ((1, 3, 2, 0), (4, 5, 2, 3, 1, 0), (2, 1, 0, 3)),
        2: ((2, 0, 1, 3), (4, 5, 1, 0, 2, 3), (2, 1, 3, 0)),
    }
    for seed, orders in golden.items():
        assert option_order(seed, "module/item", single("--k-")) == orders[0]
        assert option_order(seed, "module/item", multiple("k-k-kk")) == orders[1]
        assert option_order(seed, "module/other", single("--k-")) == orders[2]


def test_the_items_of_a_seed_never_change() -> None:
    golden = {
        0: "k3 k5 j2 k2 j3 j1 j6 k1 k0 j4",
        1: "k2 k8 j5 k0 j3 j4 k1 j6 j1 k6",
        2: "k1 j4 j6 k2 k4 j5 k7 j1 k0 j3",
        2**31 - 1: "j0 k1 k3 k2 j4 k0 j5 k5 j1 j3",
    }
    module, items = quiz_module(9, 7, show=10, judge_count=5, try_first=3)
    assert {seed: " ".join(draw_quiz(module, items, seed)) for seed in golden} == golden


def test_the_sentences_of_a_seed_never_change() -> None:
    golden = {0: "m0 m6 m1 m3 m8 u3 e5 m5", 1: "e4 m4 e2 e8 e7 m8 e1 a1", 2: "m7 e3 u2 m5 m6 m2 m8 m3"}
    bases = pool_of(9, 9, 4, 5)
    assert {seed: " ".join(draw_tell(tell_module(), list(bases), bases, seed)) for seed in golden} == golden


def test_of_two_twins_only_one_stands_in_a_set_and_each_of_them_in_some() -> None:
    bases = pool_of(6, 6, 0, 0)
    twins = {**{f"m{n}": f"e{n}" for n in range(6)}, **{f"e{n}": f"m{n}" for n in range(6)}}
    seen: set[str] = set()
    for seed in SEEDS:
        drawn = draw_tell(tell_module(), list(bases), bases, seed, twins)
        assert not any(twins[name] in drawn for name in drawn)
        seen.update(drawn)
    assert seen == set(bases)


# The order of options


SHUFFLED: list[Item] = [single(), multiple(), order(), match(), locate()]


@pytest.mark.parametrize("item", SHUFFLED, ids=lambda item: item.kind)
def test_every_position_is_shown_once_and_the_key_stands_everywhere_in_turn(item: Item) -> None:
    orders = [option_order(seed, "module/item", item) for seed in SEEDS]
    number = len(orders[0])
    assert all(sorted(shown) == list(range(number)) for shown in orders)
    for position in range(number):
        places = Counter(shown.index(position) for shown in orders)
        assert min(places[place] for place in range(number)) > len(SEEDS) / number / 3


def test_an_item_keeps_its_order_in_a_retry_and_another_item_has_its_own() -> None:
    assert option_order(7, "module/item", single()) == option_order(7, "module/item", single())
    orders = {option_order(7, f"module/{number}", single()) for number in range(40)}
    assert len(orders) > 10


def test_options_that_keep_the_order_written_are_never_shuffled() -> None:
    assert {option_order(seed, "module/item", single("--k-", shuffle=False)) for seed in SEEDS} == {(0, 1, 2, 3)}


def test_parts_are_never_shown_already_in_order() -> None:
    assert all(option_order(seed, "module/item", order(3)) != (0, 1, 2) for seed in SEEDS)
    assert {option_order(seed, "module/item", order(2)) for seed in SEEDS} == {(1, 0)}


@pytest.mark.parametrize("item", [judge(), spot(), fill_in(), numeric()], ids=lambda item: item.kind)
def test_the_four_answers_an_excerpt_and_a_typed_answer_have_nothing_to_shuffle(item: Item) -> None:
    assert option_order(1, "module/item", item) == ()


# The quiz


def test_items_tried_before_reading_are_always_drawn() -> None:
    module, items = quiz_module(9, 7, show=10, judge_count=5, try_first=3)
    assert all({"k0", "k1", "k2"} <= set(draw_quiz(module, items, seed)) for seed in SEEDS)
    module, items = quiz_module(9, 7, show=4, judge_count=3, try_first=3)
    assert all({"k0", "k1", "k2"} <= set(draw_quiz(module, items, seed)) for seed in SEEDS)


@pytest.mark.parametrize(
    ("knowing", "judging", "show", "wanted", "drawn"),
    [
        (9, 7, 10, 5, 5),  # as written
        (10, 7, 10, 0, 0),
        (9, 3, 10, 5, 3),  # there are no more
        (2, 9, 10, 5, 8),  # too few others: judging items fill up
        (9, 7, 16, 5, 7),
        (9, 7, 4, 4, 4),
        (9, 7, 2, 5, 2),  # never more than are shown
    ],
)
def test_the_number_of_judging_items_is_exact_where_the_pool_allows(
    knowing: int, judging: int, show: int, wanted: int, drawn: int
) -> None:
    module, items = quiz_module(knowing, judging, show, wanted)
    for seed in SEEDS:
        names = draw_quiz(module, items, seed)
        assert len(names) == len(set(names)) == show if knowing + judging >= show else knowing + judging
        assert sum(name.startswith("j") for name in names) == drawn


def test_each_item_of_the_pool_comes_up_at_every_place() -> None:
    module, items = quiz_module(9, 7, show=10, judge_count=5, try_first=3)
    draws = [draw_quiz(module, items, seed) for seed in SEEDS]
    assert Counter(name for names in draws for name in names).keys() == items.keys()
    assert {names.index("k0") for names in draws} == set(range(10))


@given(
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(1, 20),
    st.none() | st.integers(0, 12),
    st.integers(0, 4),
    st.integers(0, 2**31),
)
def test_no_draw_repeats_an_item_exceeds_what_is_shown_or_leaves_out_a_tried_one(
    knowing: int, judging: int, show: int, wanted: int | None, tried: int, seed: int
) -> None:
    tried = min(tried, knowing)
    module, items = quiz_module(knowing, judging, show, wanted, tried)
    names = draw_quiz(module, items, seed)
    assert len(names) == len(set(names)) == min(show, knowing + judging)
    assert set(names) <= set(items)
    if tried <= show:
        assert {f"k{number}" for number in range(tried)} <= set(names)


def test_an_item_that_is_not_ready_is_not_drawn() -> None:
    module, items = quiz_module(9, 7, show=10, judge_count=5)
    ready = {name: item for name, item in items.items() if name not in ("k1", "j1")}
    assert all({"k1", "j1"}.isdisjoint(draw_quiz(module, ready, seed)) for seed in SEEDS)


def test_a_module_without_a_quiz_asks_nothing() -> None:
    module, items = quiz_module(3, 3, show=3, judge_count=None)
    assert draw_quiz(replace(module, quiz=None), items, 1) == ()


# The Tell set


def drawn_by_seed(bases: dict[str, Basis], show: int = 8, low: int = 2, high: int = 6) -> list[Counter[Basis]]:
    sets = []
    for seed in SEEDS:
        names = draw_tell(tell_module(show, low, high), list(bases), bases, seed)
        assert len(set(names)) == len(names)
        sets.append(Counter(bases[name] for name in names))
    return sets


def test_the_number_of_marketing_sentences_stays_in_its_bounds_and_takes_every_value_in_them() -> None:
    sets = drawn_by_seed(pool_of(9, 9, 4, 5))
    assert {found["marketing"] for found in sets} == {2, 3, 4, 5, 6}
    assert {found.total() for found in sets} == {8}


def test_the_bounds_hold_also_where_they_are_wider_than_the_set() -> None:
    sets = drawn_by_seed(pool_of(9, 9, 4, 5), show=4, low=2, high=6)
    assert {found["marketing"] for found in sets} == {2, 3, 4}
    assert {found.total() for found in sets} == {4}


def test_stories_are_at_most_a_quarter_of_the_set() -> None:
    assert max(found["anecdote"] for found in drawn_by_seed(pool_of(9, 9, 9, 0))) == 2
    assert max(found["anecdote"] for found in drawn_by_seed(pool_of(9, 9, 9, 0), show=12)) == 3


def test_a_set_with_room_for_it_has_a_sentence_that_is_backed() -> None:
    assert min(found["evidence"] for found in drawn_by_seed(pool_of(9, 1, 4, 12))) == 1


def test_none_to_two_are_not_backed_however_many_the_pool_has_of_them() -> None:
    for few in (2, 4, 30):
        assert {found["unsupported"] for found in drawn_by_seed(pool_of(9, 9, 4, few))} == {0, 1, 2}
    assert {found["unsupported"] for found in drawn_by_seed(pool_of(9, 9, 4, 0))} == {0}
    assert min(found["evidence"] for found in drawn_by_seed(pool_of(9, 9, 4, 30))) >= 1


def test_each_sentence_comes_up() -> None:
    bases = pool_of(9, 9, 4, 5)
    assert {name for seed in SEEDS for name in draw_tell(tell_module(), list(bases), bases, seed)} == set(bases)


def test_what_a_small_pool_has_is_taken() -> None:
    bases = pool_of(1, 2)
    assert {frozenset(draw_tell(tell_module(), list(bases), bases, seed)) for seed in SEEDS} == {frozenset(bases)}
    assert draw_tell(tell_module(), [], {}, 1) == ()


def test_the_pool_leaves_out_what_is_used_unscored_split_sensitive_elsewhere_offered_or_empty() -> None:
    claims = [
        claim("kept"),
        claim("agreed", label="agreed"),
        claim("used"),
        claim("unscored", scored=False),
        claim("split", label="split"),
        claim("sensitive", sensitive="suicide"),
        claim("elsewhere", module="other"),
        claim("homeless", module=None),
        claim("offer", kind="offer", verdict="not-checkable"),
        claim("says-nothing", kind="none", verdict="not-checkable"),
    ]
    bases: dict[str, Basis] = {c.id: "context" if c.id == "says-nothing" else "evidence" for c in claims}
    assert tell_pool(tell_module(), {c.id: c for c in claims}, bases, {"used"}) == ["kept", "agreed"]


# The fingerprint


def prints(*pairs: tuple[Item, tuple[Claim, ...]]) -> set[str]:
    return {fingerprint(item, claims) for item, claims in pairs}


def test_a_fingerprint_changes_with_the_stem_the_options_and_the_key() -> None:
    item = single("--k-")
    changed: list[Item] = [
        item,
        replace(item, stem="Which?"),
        replace(item, options=item.options[:3]),
        replace(item, options=(*item.options[:3], replace(item.options[3], text="another"))),
        replace(item, options=tuple(reversed(item.options))),
        single("-k--"),
        multiple("--k-"),
    ]
    assert len({fingerprint(each) for each in changed}) == len(changed)


def test_a_fingerprint_does_not_change_with_reasons_hints_citations_or_notes() -> None:
    item = single("--k-")
    same: list[Item] = [
        item,
        replace(item, hints=("think",)),
        replace(item, cite=("card",)),
        replace(item, because="it is so", silent=True),
        replace(item, note="for authors", objective="other", needs=("page/one",), status="draft"),
        replace(item, id="renamed", shuffle=False),
        replace(item, options=tuple(replace(option, because="other", passage="p") for option in item.options)),
    ]
    assert len({fingerprint(each) for each in same}) == 1


def test_a_judging_item_s_fingerprint_follows_the_words_and_labels_of_its_claim_and_nothing_else() -> None:
    one = claim()
    asked = [
        one,
        replace(one, quote="another quote"),
        replace(one, kind="safety"),
        replace(one, verdict="refuted"),
        replace(one, tactics=(use("hype-words"),)),
        replace(one, tactics=(use("only-this"),)),
    ]
    assert len(prints(*((judge(), (each,)) for each in asked))) == len(asked)
    same = [one, replace(one, why="other"), replace(one, fairer="fair"), replace(one, note="n"), replace(one, cards=("card",))]
    assert len(prints(*((judge(), (each,)) for each in same))) == 1


@pytest.mark.parametrize(
    ("item", "changed"),
    [
        (order(3), order(4)),
        (match(2), match(2, spare=2)),
        (match(2, rights="ab"), match(2, rights="ba")),
        (fill_in("a"), fill_in("b")),
        (numeric(1), numeric(2)),
        (numeric(1), numeric(1, 0.5)),
        (locate("k-"), locate("-k")),
        (spot(3), spot(4)),
    ],
    ids=lambda item: item.kind,
)
def test_every_other_kind_s_fingerprint_follows_what_is_asked(item: Item, changed: Item) -> None:
    assert fingerprint(item) != fingerprint(changed)
    assert fingerprint(item) == fingerprint(replace(item, hints=("think",), note="n"))


def test_a_fingerprint_never_changes_from_one_version_to_the_next() -> None:
    items: list[Item] = [single(), multiple(), order(), match(), fill_in(), numeric(), locate(), spot()]
    found = {item.kind: fingerprint(item) for item in items}
    found["judge-claim"] = fingerprint(judge(), (claim(tactics=(use(),)),))
    assert found.keys() == ITEM_KINDS.keys()
    assert found == {
        "single-choice": "460b99ec96219099",
        "multiple-response": "caefada4da3c464a",
        "order": "03e91af1471239c8",
        "match": "2942dacffafec177",
        "fill-in": "2b7a4e27dde60fa8",
        "numeric": "b6f706df1a58465a",
        "locate": "4464a65159220b95",
        "spot": "75ebade9b103d679",
        "judge-claim": "f6c7e74a261d074e",
    }
