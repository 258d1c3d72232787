"""The parts of a pack fit each other: ids lead somewhere, quotes stand once, items can be marked, pools can be drawn."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from textwrap import indent

import pytest

from ketalearn.content.problem import Problem
from ketalearn.content.text import fold
from ketalearn.loading.compile import Loaded, load
from tests.conftest import KETAMINE
from tests.loading.small import (
    CLAIMS,
    MODULE,
    SMALL,
    TEXT,
    more_items,
    place,
    spoiled,
    stands_at,
    the_one,
    write_file,
    write_folder,
)


def loaded(folder: Path, text: str = SMALL) -> Loaded:
    return load(write_file(folder, text))


def fault(folder: Path, text: str, code: str) -> Problem:
    """Give the one problem of a pack."""
    return the_one(loaded(folder, text).problems, code)


# What fits


def test_a_sound_pack_has_no_problem_and_every_quote_has_its_place(tmp_path: Path) -> None:
    found = loaded(tmp_path)
    assert found.problems == found.errors == []
    anchors = found.resolved.anchors
    assert set(anchors) == {"only", "slows", "dropped", "many"}
    assert found.reading.pack is not None
    for quote in found.reading.pack.documents[0].quotes:
        anchor = anchors[quote.id]
        assert anchor.document == "page"
        assert fold(TEXT[anchor.start : anchor.end]) == fold(quote.quote)
    assert TEXT[: anchors["many"].start].rstrip().endswith("break.")


def test_pages_and_card_bodies_are_rendered_by_their_ids(tmp_path: Path) -> None:
    text = spoiled(("tactics: [only-this]", "tactics:\n      - {tactic: only-this, body: Look for **only**.}"))
    (module,) = loaded(tmp_path, text).resolved.modules
    assert [block.text for block in module.pages["leaving"]] == ["Heat leaves through the wall [1].", "One seller says so [2]."]
    assert [span.style for span in module.cards["only-this"][0].spans] == ["", "strong", ""]


def test_the_shipped_pack_resolves() -> None:
    assert load(KETAMINE).problems == []


def test_a_warning_keeps_nobody_from_opening_a_pack(tmp_path: Path) -> None:
    found = load(write_folder(tmp_path, stray_yaml="a: b\n"))
    assert [problem.severity for problem in found.problems] == ["warning"]
    assert found.errors == []


# Ids that lead nowhere: where, what, and the nearest

NOWHERE = [
    (
        "card of a claim",
        "cards: [wall]\n        why: Any",
        "cards: [wal]\n        why: Any",
        "wal]\n        why: Any",
        "evidence card “wal”",
        "wall",
    ),
    ("module of a claim", "module: heat\ncards", "module: hat\ncards", "hat\ncards", "module “hat”", "heat"),
    (
        "citation of a reason why",
        "[@wall].\n        fairer",
        "[@wal].\n        fairer",
        "Any thick mug",
        "claim, passage, card or reference “wal”",
        "wall",
    ),
    (
        "reference of a card",
        "references: [Fourier1822]",
        "references: [Fourier1823]",
        "Fourier1823",
        "reference “Fourier1823”",
        "Fourier1822",
    ),
    (
        "citation of a page",
        "the wall [@wall]",
        "the wall [@wal]",
        "|\n          Heat",
        "claim, passage, card or reference “wal”",
        "wall",
    ),
    (
        "citation of an item",
        "cite: [slows, wall]",
        "cite: [slow, wall]",
        "slow, wall",
        "claim, passage, card or reference “slow”",
        "slows",
    ),
    (
        "citation of a hint",
        "hints: [Think",
        'hints: ["[@wal] Think',
        '"[@wal',
        "claim, passage, card or reference “wal”",
        "wall",
    ),
    (
        "citation of a reason",
        "Colour hardly matters.",
        "Colour hardly matters [@wal].",
        "Colour",
        "claim, passage, card or reference “wal”",
        "wall",
    ),
    ("passage of an option", "passage: slows", "passage: slow", "slow\n", "claim or passage “slow”", "slows"),
    ("objective of an item", "objective: say", "objective: sayy", "sayy", "objective “sayy”", "say"),
    ("claim of an item", "claim: dropped", "claim: droped", "droped", "claim “droped”", "dropped"),
    ("item of the warm-up", "try-first: [thick]", "try-first: [thik]", "thik", "item “thik”", "thick"),
    (
        "item of the pool",
        "{items: [thick, judge], show: 2}",
        "{items: [thick, judge, judg], show: 2}",
        "judg]",
        "item “judg”",
        "judge",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "words", "what", "near"), [case[1:] for case in NOWHERE], ids=[case[0] for case in NOWHERE]
)
def test_an_id_that_leads_nowhere_is_named_at_its_place_with_the_nearest(
    tmp_path: Path, old: str, new: str, words: str, what: str, near: str
) -> None:
    text = spoiled((old, new))
    if "hints" in old:
        text = spoiled(("Think of the wall.]", 'Think of the wall."]'), text=text)
    problem = fault(tmp_path, text, "unknown-id")
    assert problem.file == "small.yaml"
    assert stands_at(problem, text, words)
    assert problem.message == f"there is no {what}"
    assert problem.cure == f"Did you mean “{near}”?"


def test_a_page_that_an_item_needs_is_looked_up(tmp_path: Path) -> None:
    text = spoiled(("needs: []", "needs: [page/leavin]"), ("try-first: [thick]", "try-first: []"))
    problem = fault(tmp_path, text, "unknown-id")
    assert stands_at(problem, text, "page/leavin")
    assert (problem.message, problem.cure) == ("there is no page “leavin”", "Did you mean “leaving”?")


def test_an_id_like_no_other_gets_another_cure(tmp_path: Path) -> None:
    problem = fault(tmp_path, spoiled(("claim: dropped", "claim: zzz")), "unknown-id")
    assert problem.cure == "Write it, or name another claim."


def test_the_claim_of_a_tactic_card_is_looked_up(tmp_path: Path) -> None:
    text = spoiled(("tactics: [only-this]", "tactics: [{tactic: only-this, claim: onl}]"))
    problem = fault(tmp_path, text, "unknown-id")
    assert stands_at(problem, text, "onl}")
    assert "“only”" in problem.cure


@pytest.mark.parametrize("need", ["leaving", "tactic/onlythis", "item/thick", "page", ""])
def test_a_need_names_a_page_or_a_card(tmp_path: Path, need: str) -> None:
    text = spoiled(("needs: []", f'needs: ["{need}"]'), ("try-first: [thick]", "try-first: []"))
    problem = fault(tmp_path, text, "unknown-id")
    assert stands_at(problem, text, f'"{need}"]')


def test_a_needed_tactic_has_its_card_in_the_same_module(tmp_path: Path) -> None:
    text = spoiled(("needs: []", "needs: [tactic/urgency]"), ("try-first: [thick]", "try-first: []"))
    assert "tactic card in this module “urgency”" in fault(tmp_path, text, "unknown-id").message
    good = spoiled(("needs: []", "needs: [tactic/only-this, page/leaving]"), ("try-first: [thick]", "try-first: []"))
    assert loaded(tmp_path, good).problems == []


@pytest.mark.parametrize("written", ["[@wall", "[@wall, only]", "[@wall and more]", "[@]", "[@wall;]"])
def test_a_citation_that_cannot_be_read_is_refused_with_its_form(tmp_path: Path, written: str) -> None:
    text = spoiled(("Colour hardly matters.", f"Colour hardly matters {written}"))
    problem = fault(tmp_path, text, "citation")
    assert stands_at(problem, text, "Colour")
    assert "[@id; @id]" in problem.cure


def test_everything_with_words_in_it_may_be_cited(tmp_path: Path) -> None:
    text = spoiled(("Colour hardly matters.", "Colour hardly matters [@only; @many] [@wall; @Fourier1822]."))
    assert loaded(tmp_path, text).problems == []


# Ids: form and uniqueness


@pytest.mark.parametrize("written", ["a b", "a/b", "é", "-a", ".a", '"a@"', '""', '"a\\nb"', '"a\\n"'])
@pytest.mark.parametrize(
    "changes",
    [
        [("id: small", "id: ID")],
        [("{id: many,", "{id: ID,")],
        [("- id: leaving", "- id: ID")],
        [("{id: say,", "{id: ID,"), ("        objective: say\n", "")],
        [("- id: judge", "- id: ID"), ("{items: [thick, judge], show: 2}", "{items: [thick], show: 1}")],
    ],
    ids=["pack", "passage", "page", "objective", "item"],
)
def test_an_id_is_an_address_and_holds_neither_blanks_nor_slashes(
    tmp_path: Path, changes: list[tuple[str, str]], written: str
) -> None:
    text = spoiled(*((old, new.replace("ID", written)) for old, new in changes))
    problem = fault(tmp_path, text, "bad-id")
    old, _ = changes[0]
    assert stands_at(problem, text, f"{written}{old[-1]}" if old[-1] == "," else f"{written}\n")
    assert "letters, digits" in problem.cure


@pytest.mark.parametrize("name", ["a", "A1", "Zhang2021", "a.b-c_d", "0"])
def test_letters_digits_and_three_signs_make_an_id(tmp_path: Path, name: str) -> None:
    assert loaded(tmp_path, spoiled(("- id: leaving", f"- id: {name}"))).problems == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - id: wall\n", "  - id: slows\n"),
        ("{id: many,", "{id: slows,"),
        ("  - id: Fourier1822", "  - id: slows"),
    ],
)
def test_claims_passages_cards_and_references_share_one_space_of_ids(tmp_path: Path, old: str, new: str) -> None:
    text = spoiled((old, new))
    problems = [found for found in loaded(tmp_path, text).problems if found.code == "duplicate-id"]
    problem = the_one(problems, "duplicate-id")
    assert "“slows” is taken by one of the claims" in problem.message


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ("  - {id: leaving, title: Again, body: Again.}\n", "leaving, title"),
        ("  - {id: say, text: Again.}\n", "say, text: Again"),
    ],
)
def test_pages_and_objectives_of_a_module_have_ids_of_their_own(tmp_path: Path, extra: str, words: str) -> None:
    before = "    pages:\n" if "title" in extra else "    objectives:\n"
    text = spoiled((before, before + "    " + extra))
    problem = fault(tmp_path, text, "duplicate-id")
    assert "stands twice under" in problem.message


def test_items_of_a_module_have_ids_of_their_own(tmp_path: Path) -> None:
    text = more_items("id: judge\nkind: judge-claim\nclaim: slows\n")
    problem = fault(tmp_path, text, "duplicate-id")
    assert problem.line == text.count("\n") - 2
    assert "“judge” stands twice under “items”" in problem.message


# Quotes (rule 7)


def test_a_quote_that_is_not_there_names_the_nearest_words(tmp_path: Path) -> None:
    text = spoiled(("quote: A thick wall slows the loss of heat.", "quote: A thick wall slowed the loss of heat."))
    problem = fault(tmp_path, text, "quote-not-found")
    assert stands_at(problem, text, "A thick wall slowed")
    assert problem.message == "these words do not stand in “page”"
    assert problem.cure == "The nearest words there are: “A thick wall slows the loss of heat.”"


def test_a_quote_like_nothing_there_says_to_copy(tmp_path: Path) -> None:
    problem = fault(tmp_path, spoiled(("quote: A thick wall slows the loss of heat.", "quote: Zzz qqq.")), "quote-not-found")
    assert problem.cure == "Copy the words from the document."


@pytest.mark.parametrize("quote", ['""', '" "', '"\\_"'])
def test_an_empty_quote_is_not_found(tmp_path: Path, quote: str) -> None:
    fault(tmp_path, spoiled(("quote: A thick wall slows the loss of heat.", f"quote: {quote}")), "quote-not-found")


def test_a_quote_that_stands_twice_is_refused_with_the_cure(tmp_path: Path) -> None:
    text = spoiled((", prefix: break.}", "}"))
    problem = fault(tmp_path, text, "quote-twice")
    assert stands_at(problem, text, "Many people drink tea.}")
    assert "2 times in “page”" in problem.message
    assert "prefix:" in problem.cure
    assert "suffix:" in problem.cure


def test_a_quote_that_stands_very_often_is_refused_without_counting_on(tmp_path: Path) -> None:
    text = spoiled(("quote: A thick wall slows the loss of heat.", "quote: a"))
    assert "many times" in fault(tmp_path, text, "quote-twice").message


def test_a_suffix_tells_two_places_apart_as_a_prefix_does(tmp_path: Path) -> None:
    found = loaded(tmp_path, spoiled((", prefix: break.}", ", suffix: Few spill}")))
    assert found.problems == []
    assert TEXT[found.resolved.anchors["many"].end :].startswith(" Few spill")


@pytest.mark.parametrize("written", [", prefix: brake.}", ", suffix: Fewer}", ", prefix: break., suffix: Fewer}"])
def test_a_prefix_or_suffix_that_does_not_stand_next_to_the_quote_is_named_as_the_fault(tmp_path: Path, written: str) -> None:
    text = spoiled((", prefix: break.}", written))
    problem = fault(tmp_path, text, "quote-not-found")
    assert problem.message == "the prefix or suffix does not stand next to the quote"
    assert stands_at(problem, text, "Many people drink tea., ")


def test_no_break_spaces_and_line_ends_of_a_document_do_not_keep_a_quote_from_being_found(tmp_path: Path) -> None:
    text = spoiled(("A thick wall slows the loss of heat.\n\n", "A\u00a0thick  wall\n      slows the\u202floss of heat.\n\n"))
    found = loaded(tmp_path, text)
    assert found.problems == []
    assert found.reading.pack is not None
    document = found.reading.pack.documents[0].text or ""
    anchor = found.resolved.anchors["slows"]
    assert document[anchor.start : anchor.end] == "A\u00a0thick  wall\nslows the\u202floss of heat."


def test_quotes_of_a_document_that_is_missing_are_not_reported_one_by_one(tmp_path: Path) -> None:
    documents = "- {id: page, title: t, label: l, voice: seller, author: a, file: none.md, sha256: x}\n"
    found = load(write_folder(tmp_path, documents_yaml=documents))
    assert [problem.code for problem in found.problems] == ["missing-file"]


def test_a_claim_that_could_not_be_read_causes_no_second_fault(tmp_path: Path) -> None:
    fault(tmp_path, spoiled(("      kind: efficacy", "      kind: eficacy")), "not-one-of")


# Tactics


@pytest.mark.parametrize("words", ["the Only   mug", "Our mug is", "slows the loss", "only mug that keeps tea warm. A thick"])
def test_the_words_of_a_tactic_stand_in_the_quote_or_next_to_it(tmp_path: Path, words: str) -> None:
    assert loaded(tmp_path, spoiled(("words: the only mug", f"words: {words}"))).problems == []


@pytest.mark.parametrize("words", ["the only cup", "I dropped mine", '""', '" "'])
def test_a_tactic_without_words_that_do_it_is_refused(tmp_path: Path, words: str) -> None:
    text = spoiled(("words: the only mug", f"words: {words}"))
    problem = fault(tmp_path, text, "tactic-words")
    assert stands_at(problem, text, f"{words}\n            implied")
    assert "there is no tactic" in problem.cure


NEIGHBOURS = """\
      - id: drink
        quote: Few spill it.
        kind: efficacy
        verdict: unsettled
        reason: none
        tactics: [{tactic: hype-words, words: WORDS, implied_claim: So.}]
        why: So.
"""


@pytest.mark.parametrize(("words", "near"), [("Many people drink", True), ("did not break", False), ("A thick wall", False)])
def test_the_words_of_a_tactic_stand_in_the_sentence_before_or_after_and_no_further_away(
    tmp_path: Path, words: str, near: bool
) -> None:
    text = spoiled(("cards:\n  - id", NEIGHBOURS.replace("WORDS", words) + "cards:\n  - id"))
    assert [problem.code for problem in loaded(tmp_path, text).problems] == ([] if near else ["tactic-words"])


@pytest.mark.parametrize("written", ["urgency", "{tactic: urgency, body: Look.}"])
def test_a_tactic_card_that_no_claim_of_the_module_shows_is_refused(tmp_path: Path, written: str) -> None:
    text = spoiled(("tactics: [only-this]", f"tactics: [only-this, {written}]"))
    problem = fault(tmp_path, text, "card-claim")
    assert stands_at(problem, text, written)
    assert "urgency" in problem.message


def test_a_tactic_card_without_a_claim_needs_one_of_its_own_module(tmp_path: Path) -> None:
    other = "  - {id: other, title: Another module, tactics: [only-this]}\n"
    assert "“only-this”" in fault(tmp_path, SMALL + other, "card-claim").message


def test_an_unknown_claim_of_a_tactic_card_is_one_fault(tmp_path: Path) -> None:
    text = spoiled(("tactics: [only-this]", "tactics: [only-this, {tactic: urgency, claim: none}]"))
    fault(tmp_path, text, "unknown-id")


def test_a_tactic_card_names_a_claim_that_shows_it(tmp_path: Path) -> None:
    good = spoiled(("tactics: [only-this]", "tactics: [{tactic: only-this, claim: only}]"))
    assert loaded(tmp_path, good).problems == []
    bad = spoiled(("tactics: [only-this]", "tactics: [{tactic: only-this, claim: slows}]"))
    problem = fault(tmp_path, bad, "card-claim")
    assert stands_at(problem, bad, "slows}")
    assert "does not show the tactic “only-this”" in problem.message


def test_a_tactic_has_one_card_in_a_module_or_a_learner_would_go_round_in_a_ring(tmp_path: Path) -> None:
    text = spoiled(("tactics: [only-this]", "tactics: [only-this, {tactic: only-this, claim: only}]"))
    assert stands_at(fault(tmp_path, text, "duplicate-id"), text, "{tactic: only-this")


# Items that can be marked


@pytest.mark.parametrize(
    ("kind", "keys", "code", "message", "cure"),
    [
        ("single-choice", "---", "no-key", "none of the options is marked", "Mark exactly one."),
        ("single-choice", "kk-", "many-keys", "2 of the options are marked", "Mark exactly one."),
        ("multiple-response", "---", "no-key", "none of the options is marked", "Mark at least one."),
        ("single-choice", "k", "options", "1 options", "two to eight"),
        ("single-choice", "k--------", "options", "9 options", "two to eight"),
        ("multiple-response", "k", "options", "1 options", "two to eight"),
    ],
)
def test_an_item_has_two_to_eight_options_and_its_keys(
    tmp_path: Path, kind: str, keys: str, code: str, message: str, cure: str
) -> None:
    text = more_items(choice(kind, keys))
    problem = fault(tmp_path, text, code)
    assert problem.line == place(text, "        options:\n          - {text: option 0")[0] + 1
    assert message in problem.message
    assert cure in problem.cure


@pytest.mark.parametrize(
    ("kind", "keys"),
    [("single-choice", "k-"), ("single-choice", "-------k"), ("multiple-response", "kk-"), ("multiple-response", "kk")],
)
def test_such_options_are_fine(tmp_path: Path, kind: str, keys: str) -> None:
    assert loaded(tmp_path, more_items(choice(kind, keys))).problems == []


def choice(kind: str, keys: str) -> str:
    options = "".join(
        f"  - {{text: option {n}, because: so, key: {str(sign == 'k').lower()}}}\n" for n, sign in enumerate(keys)
    )
    return f"id: new\nkind: {kind}\nstem: Which?\noptions:\n{options}"


MORE = {
    "order": """\
id: new
kind: order
stem: Order!
parts:
  - {text: a, because: x}
  - {text: b, because: x}
  - {text: c, because: x}
""",
    "match": """\
id: new
kind: match
stem: Match!
pairs:
  - {left: a, right: 1, because: x}
  - {left: b, right: 2, because: x}
spare: [3]
""",
    "fill-in": "id: new\nkind: fill-in\nstem: What?\naccept: [wall, a wall]\nbecause: x\n",
    "numeric": "id: new\nkind: numeric\nstem: How many?\nvalue: 27\ntolerance: 2\nunit: of 100\nbecause: x\n",
    "locate": """\
id: new
kind: locate
stem: Where?
places:
  - {passage: slows, key: true, because: x}
  - {passage: many, because: x}
""",
}


@pytest.mark.parametrize("item", MORE.values(), ids=MORE.keys())
def test_each_other_kind_of_item_is_fine_as_it_should_be(tmp_path: Path, item: str) -> None:
    assert loaded(tmp_path, more_items(item)).problems == []


WRONG = [
    ("order", "  - {text: c, because: x}\n", "", "options", "2 parts"),
    ("order", "  - {text: c", "  - {text: B", "same-option", "stands here twice"),
    ("match", "  - {left: b, right: 2, because: x}\n", "", "options", "1 pairs"),
    ("match", "spare: [3]", "spare: []", "options", "0 spare targets"),
    ("match", "spare: [3]", "spare: [3, 4, 5, 6]", "options", "4 spare targets"),
    ("match", "left: b", "left: A", "same-option", "stands here twice"),
    ("match", "spare: [3]", "spare: [2]", "same-option", "belongs to a pair"),
    ("fill-in", "accept: [wall, a wall]", "accept: []", "no-key", "missing or empty"),
    ("fill-in", "accept: [wall, a wall]", 'accept: ["", wall]', "no-key", "missing or empty"),
    ("numeric", "tolerance: 2", "tolerance: -2", "number", "no tolerance"),
    ("numeric", "tolerance: 2", "tolerance: nan", "number", "no tolerance"),
    ("numeric", "value: 27", "value: inf", "number", "no tolerance"),
    ("locate", "key: true, ", "", "no-key", "none of the passages is marked"),
    ("locate", "passage: many, ", "passage: many, key: true, ", "many-keys", "2 of the passages are marked"),
    ("locate", "  - {passage: many, because: x}\n", "", "options", "1 places"),
    ("locate", "passage: many", "passage: slows", "same-option", "stands here twice"),
    ("locate", "passage: many", "passage: manny", "unknown-id", "claim or passage “manny”"),
]


@pytest.mark.parametrize(("kind", "old", "new", "code", "message"), WRONG)
def test_an_item_that_cannot_be_asked_or_marked_is_refused_inside_the_item(
    tmp_path: Path, kind: str, old: str, new: str, code: str, message: str
) -> None:
    assert old in MORE[kind]
    text = more_items(MORE[kind].replace(old, new))
    problem = fault(tmp_path, text, code)
    assert message in problem.message
    assert problem.line > place(text, "id: new")[0]


def test_two_options_that_read_the_same_are_refused(tmp_path: Path) -> None:
    text = spoiled(("text: The bright one", "text: the  THICK one"))
    problem = fault(tmp_path, text, "same-option")
    assert stands_at(problem, text, "text: the  THICK")


# Excerpts

PLAIN = ["It is a mug.", "It holds tea.", "It has a wall."]
EXCERPT_TEXT = TEXT + " ".join(PLAIN) + " Call us today. Tea is nice.\n"
EXCERPT_CLAIMS = CLAIMS + "".join(
    f"- id: plain-{n}\n  quote: {quote}\n  kind: background\n  verdict: supported\n  cards: [wall]\n  why: So.\n"
    for n, quote in enumerate(PLAIN)
)
EXCERPT_CLAIMS += "- {id: call, quote: Call us today., kind: offer, verdict: not-checkable, why: So.}\n"
EXCERPT_CLAIMS += "- {id: nice, quote: Tea is nice., kind: opinion, verdict: not-checkable, why: So.}\n"


def excerpt(folder: Path, names: str) -> list[Problem]:
    text = spoiled(
        (indent(TEXT, "      "), indent(EXCERPT_TEXT, "      ")), (indent(CLAIMS, "      "), indent(EXCERPT_CLAIMS, "      "))
    )
    item = f"- id: new\n  kind: spot\n  excerpt: [{names}]\n"
    return loaded(folder, text + indent(item, "      ")).problems


def test_an_excerpt_has_something_to_find_and_three_sentences_that_must_not_be_marked(tmp_path: Path) -> None:
    assert excerpt(tmp_path, "only, plain-0, plain-1, plain-2") == []
    assert excerpt(tmp_path, "only, slows, plain-0, plain-1, call, nice") == []


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ("plain-0, plain-1, plain-2", "0 marketing sentences, and 3"),
        ("call, plain-0, plain-1, plain-2", "0 marketing sentences, and 3"),  # an offer is a free hit
        ("only, plain-0, plain-1", "1 marketing sentences, and 2"),
        ("only, plain-0, plain-1, nice", "1 marketing sentences, and 2"),
    ],
)
def test_an_excerpt_that_marking_everything_or_nothing_would_solve_is_refused(tmp_path: Path, names: str, message: str) -> None:
    assert message in the_one(excerpt(tmp_path, names), "excerpt").message


def test_an_excerpt_shows_each_sentence_once(tmp_path: Path) -> None:
    the_one(excerpt(tmp_path, "only, plain-0, plain-1, plain-2, plain-0"), "same-option")


def test_an_excerpt_names_claims_that_are_there(tmp_path: Path) -> None:
    problem = the_one(excerpt(tmp_path, "only, plain-0, plain-1, plain-2, plain-9"), "unknown-id")
    assert "“plain-9”" in problem.message
    assert problem.column == len("        excerpt: [only, plain-0, plain-1, plain-2, ") + 1


def test_a_constructed_sentence_counts_in_an_excerpt_as_whom_it_speaks_for(tmp_path: Path) -> None:
    constructed = ("voice: seller", "voice: constructed")
    story = (
        "kind: experience\n        verdict: not-checkable",
        "kind: experience\n        verdict: not-checkable\n        as: {}",
    )
    item = "id: new\nkind: spot\nexcerpt: [only, slows, dropped, many-drink]\n"
    more = "      - {id: many-drink, quote: Few spill it., kind: experience, verdict: not-checkable, why: So.}\n"
    for voice, wrong in (("patient", False), ("seller", True)):
        text = spoiled(
            constructed, (story[0], story[1].format(voice)), ("cards:\n  - id", f"{more}cards:\n  - id"), text=more_items(item)
        )
        assert [problem.code for problem in loaded(tmp_path, text).problems] == (["excerpt"] if wrong else [])


# The way through a module


def test_a_judging_item_is_no_warm_up(tmp_path: Path) -> None:
    text = spoiled(("try-first: [thick]", "try-first: [thick, judge]"))
    problem = fault(tmp_path, text, "judged-too-early")
    assert stands_at(problem, text, "judge]\n")


def test_an_item_that_needs_a_page_is_no_warm_up(tmp_path: Path) -> None:
    text = spoiled(("needs: []", "needs: [page/leaving]"))
    assert stands_at(fault(tmp_path, text, "asked-too-early"), text, "thick]\n")


def test_a_draft_is_no_warm_up_and_does_not_fill_a_quiz(tmp_path: Path) -> None:
    text = spoiled(("needs: []", "status: draft"))
    found = loaded(tmp_path, text).problems
    assert [problem.code for problem in found] == ["draft-asked", "pool"]
    assert "its pool has 1 that are ready" in found[1].message
    assert all(problem.cure for problem in found)


def test_a_draft_in_the_pool_of_a_quiz_is_fine_where_enough_is_ready(tmp_path: Path) -> None:
    text = more_items(choice("single-choice", "k-") + "status: draft\n", quiz="{items: [thick, judge, new], show: 2}")
    assert loaded(tmp_path, text).problems == []


@pytest.mark.parametrize(
    ("quiz", "message"),
    [
        ("{items: [thick, judge], show: 3}", "shows 3 items, and its pool has 2"),
        ("{items: [thick, judge], show: 0}", "shows 0 items, and its pool has 2"),
        ("{items: [thick, judge], show: -1}", "shows -1 items, and its pool has 2"),
        ("{items: [thick, judge]}", "shows 10 items, and its pool has 2"),
        ("{items: [], show: 1}", "shows 1 items, and its pool has 0"),
        ("{items: [thick, judge], show: 2, judging: 2}", "1 judging items and 1 others"),
        ("{items: [thick, judge], show: 2, judging: 0}", "1 judging items and 1 others"),
        ("{items: [thick, judge], show: 1, judging: 2}", "1 judging items and 1 others"),
        ("{items: [thick, judge], show: 1, judging: -1}", "1 judging items and 1 others"),
    ],
)
def test_a_quiz_shows_no_more_than_its_pool_has_of_each_sort(tmp_path: Path, quiz: str, message: str) -> None:
    text = spoiled(("{items: [thick, judge], show: 2}", quiz))
    problem = fault(tmp_path, text, "pool")
    assert problem.line == place(text, quiz)[0]
    assert message in problem.message


@pytest.mark.parametrize(
    "quiz",
    [
        "{items: [thick, judge], show: 1, judging: 1}",
        "{items: [thick, judge], show: 1, judging: 0}",
        "{items: [thick, judge], show: 2, judging: 1}",
    ],
)
def test_such_a_quiz_can_be_drawn(tmp_path: Path, quiz: str) -> None:
    assert loaded(tmp_path, spoiled(("{items: [thick, judge], show: 2}", quiz))).problems == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("{items: [thick, judge]", "{items: [thick, judge, thick]"), ("try-first: [thick]", "try-first: [thick, thick]")],
)
def test_an_item_stands_once_in_the_pool_and_once_in_the_warm_up(tmp_path: Path, old: str, new: str) -> None:
    assert "stands here twice" in fault(tmp_path, spoiled((old, new)), "duplicate-id").message


@pytest.mark.parametrize("quiz", ["quiz: {items: [thick, judge], show: 2}\n", ""])
@pytest.mark.parametrize(
    "bounds",
    [
        "show: 4, marketing-from: 3, marketing-to: 2",
        "show: 0, marketing-from: 0, marketing-to: 0",
        "show: 4, marketing-from: -1",
        "show: -1",
    ],
)
def test_the_bounds_of_a_set_of_sentences_can_be_met_with_and_without_a_quiz(tmp_path: Path, bounds: str, quiz: str) -> None:
    text = spoiled(("quiz: {items: [thick, judge], show: 2}\n", f"tell: {{{bounds}}}\n    {quiz}".rstrip(" ")))
    problem = fault(tmp_path, text, "pool")
    assert stands_at(problem, text, f"{{{bounds}")


def test_a_set_of_one_sentence_is_one(tmp_path: Path) -> None:
    tell = "tell: {show: 1, marketing-from: 0, marketing-to: 0}\n    quiz:"
    assert loaded(tmp_path, spoiled(("quiz: {items", f"{tell} {{items"))).problems == []


def test_an_empty_pool_is_told_to_add_items(tmp_path: Path) -> None:
    text = spoiled(("{items: [thick, judge], show: 2}", "{items: [], show: 1}"))
    assert fault(tmp_path, text, "pool").cure == "Add items that are no drafts."


def test_a_tolerance_of_nothing_is_one(tmp_path: Path) -> None:
    assert loaded(tmp_path, more_items(MORE["numeric"].replace("tolerance: 2", "tolerance: 0"))).problems == []


# Pages


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("![x](y.png)", "image"),
        ("<b>x</b>", "html"),
        ("[x](file:///etc/passwd)", "link"),
        ("a[^1]", "footnote"),
        ("&#x202e;x", "control-character"),
    ],
)
def test_a_fault_of_a_page_is_found_at_its_line_in_the_file(tmp_path: Path, line: str, code: str) -> None:
    text = spoiled(("          One seller says so", f"          {line}\n          One seller says so"))
    problems = loaded(tmp_path, text).problems
    assert {problem.code for problem in problems} == {code}
    assert {(problem.line, problem.column) for problem in problems} == {(place(text, line)[0], 1)}
    assert all(problem.cure for problem in problems)


# Hostile packs are refused in the time of a plain one


def with_text(folder: Path, text: str, **changed: str) -> Path:
    """Write the pack as a folder whose document is this text, in a file of its own."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    documents = f"- {{id: page, title: t, label: l, voice: seller, author: a, file: page.txt, sha256: {digest}}}\n"
    return write_folder(folder, documents_yaml=documents, page_txt=text, **changed)


def test_thousands_of_wrong_ids_and_quotes_take_seconds(tmp_path: Path) -> None:
    labels = "kind: background, verdict: unsettled, reason: none, why: w"
    claims = "".join(f"- {{id: c{n}, quote: It was no sentence {n}., module: hea{n}, {labels}}}\n" for n in range(2000))
    root = with_text(tmp_path, "This is a sentence here. " * 10_000, claims__page_yaml=claims)
    begun = time.process_time()
    problems = load(root).problems
    assert time.process_time() - begun < 10
    assert sum(problem.code == "quote-not-found" for problem in problems) == 2000
    assert all(problem.cure for problem in problems)


def test_words_of_any_length_take_seconds(tmp_path: Path) -> None:
    long = "x" * 200_000
    text = spoiled(("claim: dropped", f"claim: {long}"), ("quote: A thick wall slows", f"quote: {long} slows"))
    begun = time.process_time()
    problems = loaded(tmp_path, text).problems
    assert time.process_time() - begun < 5
    assert {problem.code for problem in problems} == {"unknown-id", "quote-not-found"}
    assert all(len(str(problem)) < 1000 for problem in problems)


@pytest.mark.parametrize(
    "body",
    ["-" * 20_000, "\n" * 20_000, " \n" * 10_000, "[^" * 10_000, "|\n" * 10_000],
    ids=["dashes", "line ends", "blank lines", "footnotes", "bars"],
)
def test_a_hostile_page_of_a_pack_takes_seconds(tmp_path: Path, body: str) -> None:
    module = spoiled(("    body: |\n", "    body: |\n" + indent(body, "      ", lambda _: True) + "\n"), text=MODULE)
    begun = time.process_time()
    load(write_folder(tmp_path, modules__heat_yaml=module))
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    "text", ["." * 300_000 + "x", "a\n" + " " * 300_000 + "\nb", "A. " * 100_000], ids=["full stops", "blanks", "initials"]
)
def test_a_hostile_document_takes_seconds(tmp_path: Path, text: str) -> None:
    root = with_text(tmp_path, TEXT + text)
    begun = time.process_time()
    load(root)
    assert time.process_time() - begun < 3
