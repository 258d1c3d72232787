"""Trees become content: what is missing, unknown or of the wrong sort is said once, at its place, with its cure."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketalearn.content.items import ITEM_KINDS, FillIn, JudgeClaim, MultipleResponse, Numeric, SingleChoice
from ketalearn.content.pack import Card, Claim, Document, Module, Objective, Pack, Page, Quiz, Reference, TacticCard
from ketalearn.content.problem import Problem
from ketalearn.loading.shape import did_you_mean, shape
from ketalearn.loading.tree import read_tree
from tests.loading.small import CARDS, CLAIMS, MODULE, REFERENCES, entry, spoiled, stands_at, the_one


def shaped(cls: type[Any], text: str) -> tuple[Any, list[Problem]]:
    root, problems = read_tree("file.yaml", text.encode())
    assert problems == []
    assert root is not None
    return shape(cls, root, "file.yaml")


def sound(cls: type[Any], text: str) -> Any:
    value, problems = shaped(cls, text)
    assert problems == []
    return value


def fault(cls: type[Any], text: str, code: str) -> Problem:
    value, problems = shaped(cls, text)
    assert value is None
    return the_one(problems, code)


CLAIM = """\
id: c
quote: It works.
kind: efficacy
verdict: supported
why: So.
"""


def test_a_whole_module_becomes_frozen_content_with_its_defaults() -> None:
    module = sound(Module, MODULE)
    assert isinstance(module, Module)
    assert module.objectives == (Objective(id="say", text="Say what slows heat."),)
    assert (module.minutes.read, module.minutes.tell, module.minutes.quiz) == (2, 1, 2)
    assert module.try_first == ("thick",)
    assert module.tactics == (TacticCard(tactic="only-this"),)
    assert module.quiz == Quiz(items=("thick", "judge"), show=2)
    first, second = module.items
    assert isinstance(first, SingleChoice)
    assert [option.key for option in first.options] == [True, False]
    assert second == JudgeClaim(id="judge", claim="dropped")


# Rule 1: only a field whose type is a number or a yes/no is converted


@pytest.mark.parametrize("written", ["No", "010", "3.10", "1:30", "2019-03-05", "yes", "~", "null", "1e3"])
def test_a_text_field_keeps_what_looks_like_something_else(written: str) -> None:
    claim = sound(Claim, spoiled(("It works.", written), ("why: So.", f"why: {written}"), text=CLAIM))
    assert (claim.quote, claim.why) == (written, written)


@pytest.mark.parametrize(("written", "number"), [("8", 8), ("010", 10), ('"7"', 7), ("-3", -3)])
def test_a_field_of_a_whole_number_is_converted(written: str, number: int) -> None:
    assert sound(Quiz, f"items: [a]\nshow: {written}\n").show == number


@pytest.mark.parametrize(("written", "number"), [("8", 8.0), ("0.5", 0.5), ("-3.10", -3.1), ("1e3", 1000.0)])
def test_a_field_of_a_number_is_converted(written: str, number: float) -> None:
    assert sound(Numeric, f"id: i\nkind: numeric\nstem: s\nbecause: b\nvalue: {written}\n").value == number


@pytest.mark.parametrize(("written", "value"), [("true", True), ("false", False), ("yes", True), ("No", False), ('"on"', True)])
def test_a_field_of_yes_or_no_is_converted(written: str, value: bool) -> None:
    assert sound(Claim, CLAIM + f"scored: {written}\n").scored is value


# Missing, unknown


def test_a_missing_key_is_named_with_its_owner_and_what_the_manual_says_of_it() -> None:
    text = spoiled(("why: So.\n", ""), text=CLAIM)
    problem = fault(Claim, text, "missing-key")
    assert stands_at(problem, text, "id: c")
    assert "“why” of “c”" in problem.message
    assert problem.cure == "The explanation in plain words."


def test_each_missing_key_is_named() -> None:
    _, problems = shaped(Claim, "id: c\nquote: It works.\n")
    assert [problem.code for problem in problems] == ["missing-key"] * 3
    assert [problem.message.split("“")[1].split("”")[0] for problem in problems] == ["kind", "verdict", "why"]


def test_a_missing_key_deep_inside_is_found_there() -> None:
    text = spoiled(("        because: Colour hardly matters.\n", ""), text=MODULE)
    problem = fault(Module, text, "missing-key")
    assert stands_at(problem, text, "text: The bright one")
    assert "because" in problem.message


@pytest.mark.parametrize(
    ("cls", "old", "new", "meant"),
    [
        (Module, "title: What", "titel: What", "title"),
        (Module, "try-first:", "try_first:", "try-first"),
        (Module, "    objective: say", "    objectiv: say", "objective"),
        (Module, "    cite: [slows, wall]", "    cites: [slows, wall]", "cite"),
        (Module, "        passage: slows", "        pasage: slows", "passage"),
        (Module, "show: 2}", "shows: 2}", "show"),
    ],
)
def test_an_unknown_key_is_found_at_its_place_and_the_nearest_known_one_is_named(
    cls: type[Any], old: str, new: str, meant: str
) -> None:
    text = spoiled((old, new), text=MODULE)
    _, problems = shaped(cls, text)
    problem = the_one([found for found in problems if found.code != "missing-key"], "unknown-key")
    assert stands_at(problem, text, new.strip() if "}" not in new else "shows")
    assert f"Did you mean “{meant}”?" in problem.cure


def test_an_unknown_key_that_is_like_none_gets_the_list_of_known_ones() -> None:
    text = spoiled(("title: A wall", "colour: red\n    title: A wall"), text=MODULE)
    problem = fault(Module, text, "unknown-key")
    assert stands_at(problem, text, "colour")
    assert problem.cure == "Known here: id, title, body, sensitive."


@pytest.mark.parametrize("key", ["order", "match", "numeric", "spot", "locate"])
def test_a_key_that_is_named_like_a_kind_of_item_is_found_at_its_place(key: str) -> None:
    text = spoiled(("title: A wall", f"{key}: x\n    title: A wall"), text=MODULE)
    assert stands_at(fault(Module, text, "unknown-key"), text, f"{key}: x")


def test_the_order_of_a_pack_that_is_no_list_is_found_at_its_place() -> None:
    text = "format: 1\nid: a\ntitle: b\norder: {c: d}\n"
    problem = fault(Pack, text, "wrong-shape")
    assert stands_at(problem, text, "{c: d}")
    assert problem.message == "“order” needs a list"


def test_a_key_of_another_kind_of_item_is_unknown_to_this_one() -> None:
    text = spoiled(("    claim: dropped", "    claim: dropped\n    stem: What?"), text=MODULE)
    problem = fault(Module, text, "unknown-key")
    assert stands_at(problem, text, "stem: What?")
    assert "claim" in problem.cure


# Wrong sort


@pytest.mark.parametrize(
    ("old", "new", "words", "message", "cure"),
    [
        ("title: What keeps tea warm", "title: [What]", "[What]", "“title” needs a text", "put quotes around it"),
        ("title: What keeps tea warm", "title: {What: x}", "{What", "“title” needs a text", "put quotes around it"),
        ("try-first: [thick]", "try-first: thick", "thick\npages", "“try-first” needs a list", "[one, two]"),
        ("hints: [Think of the wall.]", "hints: Think of the wall.", "Think", "“hints” needs a list", "[one, two]"),
        ("minutes: {read: 2,", "minutes: {read: two,", "two", "“read” needs a whole number", "digits"),
        ("minutes: {read: 2,", "minutes: {read: 2.5,", "2.5", "“read” needs a whole number", "digits"),
        ("minutes: {read: 2,", "minutes: {read: [2],", "[2]", "“read” needs a whole number", "digits"),
        ("minutes: {read: 2,", f"minutes: {{read: {'9' * 5000},", "999", "“read” needs a whole number", "digits"),
        ("minutes: {read: 2, tell: 1, quiz: 2}", "minutes: 5", "5\ntry", "“minutes” needs keys of its own", "key: value"),
        ("key: true", "key: maybe", "maybe", "“key” needs true or false", "true or false"),
        ("key: true", "key: [true]", "[true]", "“key” needs true or false", "true or false"),
        (
            "  - {id: say, text: Say what slows heat.}",
            "  - say",
            "say\nmin",
            "this entry of “objectives” needs keys",
            "key: value",
        ),
        ("  - id: judge\n", "  - judge\n  - id: judge\n", "judge\n  -", "this entry of “items” needs keys", "key: value"),
        ("needs: []", "needs: [[a]]", "[a]", "this entry of “needs” needs a text", "put quotes around it"),
    ],
)
def test_a_value_of_the_wrong_sort_is_said_in_plain_words_at_its_place(
    old: str, new: str, words: str, message: str, cure: str
) -> None:
    text = spoiled((old, new), text=MODULE)
    if "999" in words:  # the number is longer than the words that find it
        assert fault(Module, text, "wrong-shape").line == 5
        return
    problem = fault(Module, text, "wrong-shape")
    assert stands_at(problem, text, words)
    assert message in problem.message
    assert cure in problem.cure


def test_a_number_that_is_none_is_said_in_plain_words() -> None:
    text = "id: i\nkind: numeric\nstem: s\nbecause: b\nvalue: about three\ntolerance: [1]\n"
    _, problems = shaped(Numeric, text)
    assert [problem.message for problem in problems] == ["“value” needs a number", "“tolerance” needs a number"]
    assert all(problem.cure for problem in problems)
    assert stands_at(problems[0], text, "about three")


@pytest.mark.parametrize(
    ("old", "new", "written", "cure"),
    [
        ("kind: efficacy", "kind: eficacy", "eficacy", "Did you mean “efficacy”?"),
        ("verdict: refuted", "verdict: wrong", "wrong", "supported, overstated, unsettled, refuted, not-checkable"),
        ("tactic: only-this", "tactic: only this", "only this", "Did you mean “only-this”?"),
    ],
)
def test_a_value_outside_its_list_is_refused_with_the_nearest_or_with_the_list(
    old: str, new: str, written: str, cure: str
) -> None:
    text = spoiled(
        (old, new), text=CLAIMS.split("- id: slows")[0].replace("- id: only", "  id: only").replace("\n  ", "\n").lstrip()
    )
    problem = fault(Claim, text, "not-one-of")
    assert stands_at(problem, text, new.split(": ")[1])
    assert f"“{written}”" in problem.message
    assert cure in problem.cure


def test_a_list_where_one_of_a_list_is_asked_for_is_refused() -> None:
    text = spoiled(("kind: efficacy", "kind: [efficacy]"), text=CLAIM)
    assert stands_at(fault(Claim, text, "not-one-of"), text, "[efficacy]")


@pytest.mark.parametrize(
    ("written", "message", "cure", "words"),
    [
        ("kind: judge-clam", "“judge-clam” is not a kind of item", "Did you mean “judge-claim”?", "judge-clam\n"),
        ("kind: essay", "“essay” is not a kind of item", "Choose one of: single-choice, multiple-response", "essay"),
        ("hints: []", "this item has no kind", "Choose one of: single-choice, multiple-response", "id: judge"),
    ],
)
def test_an_unknown_or_missing_kind_of_item_is_refused(written: str, message: str, cure: str, words: str) -> None:
    text = spoiled(("    kind: judge-claim", f"    {written}"), text=MODULE)
    problem = fault(Module, text, "unknown-kind")
    assert problem.message == message
    assert cure in problem.cure
    assert stands_at(problem, text, words)


@pytest.mark.parametrize("key", ["title", "try-first", "pages", "minutes", "quiz"])
def test_a_key_without_a_value_is_refused_as_such(key: str) -> None:
    text = "\n".join(["id: m", *(["title: t"] if key != "title" else []), f"{key}:", ""])
    problem = fault(Module, text, "no-value")
    assert (problem.line, problem.column) == (text.count("\n"), len(key) + 2)
    assert '""' in problem.cure


def test_an_empty_text_in_quotes_is_a_value() -> None:
    assert sound(Claim, spoiled(("why: So.", 'why: ""'), text=CLAIM)).why == ""


def test_every_fault_of_a_file_is_found_in_one_run() -> None:
    text = spoiled(
        ("read: 2", "read: two"), ("    claim: dropped\n", "    clam: dropped\n"), ("key: true", "key: maybe"), text=MODULE
    )
    _, problems = shaped(Module, text)
    assert sorted(problem.code for problem in problems) == ["missing-key", "unknown-key", "wrong-shape", "wrong-shape"]


# Short and other forms


def test_a_tactic_card_may_be_its_tactic_alone() -> None:
    module = sound(Module, "id: m\ntitle: t\ntactics:\n  - only-this\n  - {tactic: urgency, body: Look.}\n")
    assert module.tactics == (TacticCard(tactic="only-this"), TacticCard(tactic="urgency", body="Look."))


@pytest.mark.parametrize(
    ("written", "issued"),
    [
        ("1822", "1822"),
        ("2019-03-05", "2019-03-05"),
        ("2019-03", "2019-03"),
        ('"c. 1822"', "c. 1822"),
        ("{date-parts: [[1822]]}", "1822"),
        ("{date-parts: [[2019, 3, 5]]}", "2019-03-05"),
        ("{date-parts: [[2019, '03']]}", "2019-03"),
        ("[{year: 2019, month: 3}]", "2019-03"),
        ("[{year: 2019}]", "2019"),
        ("{year: 2019, month: 11, day: 2}", "2019-11-02"),
        ("{raw: c. 1822}", "c. 1822"),
        ("{literal: in press}", "in press"),
    ],
)
def test_each_way_in_which_csl_writes_a_date_is_read(written: str, issued: str) -> None:
    assert sound(Reference, f"id: r\ntype: book\ntitle: t\nissued: {written}\n").issued == issued


@pytest.mark.parametrize(
    "written",
    [
        "{date-parts: x}",
        "{date-parts: [x]}",
        "{date-parts: {a: b}}",
        "{date-parts: [[[a]]]}",
        "{date-parts: []}",
        "{season: 3}",
        "[[2019]]",
        "[]",
        "{year: [2019]}",
        "{raw: [x]}",
    ],
)
def test_a_date_in_no_form_of_csl_is_refused_at_its_place(written: str) -> None:
    text = f"id: r\ntype: book\ntitle: t\nissued: {written}\n"
    problem = fault(Reference, text, "wrong-shape")
    assert (problem.line, problem.column) == (4, 9)


def test_csl_fields_that_are_not_shown_are_read_over() -> None:
    text = (
        spoiled(("type: book", "type: book\nISSN: 1234\ncustom: {a: [b]}"), text=REFERENCES)
        .replace("- id", "  id")
        .replace("\n  ", "\n")
    )
    reference = sound(Reference, text.lstrip())
    assert (reference.id, reference.author[0].family) == ("Fourier1822", "Fourier")


def test_names_are_written_as_authors_and_csl_write_them() -> None:
    reference = sound(
        Reference, "id: r\ntype: x\ntitle: t\nDOI: 10.1/x\nPMID: 7\nPMCID: PMC7\nURL: https://x\ncontainer-title: j\n"
    )
    assert (reference.doi, reference.pmid, reference.pmcid, reference.url) == ("10.1/x", "7", "PMC7", "https://x")
    assert reference.container_title == "j"
    claim = sound(Claim, CLAIM + "as: seller\n")
    assert claim.as_ == "seller"
    assert sound(Card, entry(CARDS)).as_of == "2026-11"


@pytest.mark.parametrize(("cls", "key"), [(Claim, "as_"), (Reference, "doi"), (Card, "as-of")])
def test_a_name_in_another_form_is_not_the_key(cls: type[Any], key: str) -> None:
    value, problems = shaped(cls, f"{key}: x\n")
    assert value is None
    if cls is not Reference:  # CSL has keys that we read over
        assert "unknown-key" in {problem.code for problem in problems}


def test_did_you_mean_names_a_near_word_and_nothing_for_a_far_one() -> None:
    assert did_you_mean("eficacy", ["safety", "efficacy"]) == "Did you mean “efficacy”?"
    assert did_you_mean("zzz", ["safety", "efficacy"]) == ""
    assert did_you_mean("x" * 100_000, ["x" * 100_000]) == ""
    assert did_you_mean("a", []) == ""


# Anything at all

KEYS = sorted(
    {
        "kind",
        "options",
        "stem",
        "text",
        "because",
        "key",
        "claim",
        "parts",
        "pairs",
        "spare",
        "value",
        "accept",
        "places",
        "excerpt",
    }
    | {
        "id",
        "title",
        "pages",
        "items",
        "quiz",
        "tactics",
        "minutes",
        "objectives",
        "issued",
        "author",
        "show",
        "order",
        "claims",
    }
)
words = st.sampled_from(["a", "1", "true", "nan", "-", "9" * 5000, *ITEM_KINDS])
values = st.recursive(
    words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5), max_leaves=25
)


@given(
    st.sampled_from([Pack, Module, Document, Claim, Card, Reference, Page, FillIn, MultipleResponse]),
    st.dictionaries(st.sampled_from(KEYS), values, max_size=8),
)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_tree_makes_validation_raise_and_every_fault_has_a_place_and_plain_words(
    cls: type[Any], tree: dict[str, Any]
) -> None:
    value, problems = shaped(cls, json.dumps(tree))
    assert (value is None) == bool(problems)
    for problem in problems:
        assert problem.line == 1
        assert problem.column >= 1
        assert problem.cure, problem
        assert not problem.cure.endswith(": ."), problem
        assert "Input should" not in problem.message, "pydantic's own words are for nobody who writes prose"
