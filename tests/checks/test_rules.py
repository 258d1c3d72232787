"""Each authoring rule, on a pack that keeps it and on one that breaks it in one place."""

from __future__ import annotations

import hashlib
from pathlib import Path
from textwrap import indent
from types import ModuleType

import pytest

from ketalearn.checks import rules
from ketalearn.checks.context import Context
from ketalearn.checks.rules import (
    care,
    citations,
    coverage,
    fairer,
    held_out,
    identifiers,
    judging,
    labels,
    length,
    reasons,
    twins,
    unused,
)
from ketalearn.checks.run import RULES, check
from ketalearn.content.problem import Problem
from ketalearn.loading.compile import load
from tests.loading.small import (
    CLAIMS,
    DOCUMENT,
    HEAD,
    MODULE,
    SMALL,
    TEXT,
    more_items,
    spoiled,
    stands_at,
    the_one,
    write_file,
    write_folder,
)

CLAIM_ONLY = """\
        tactics:
          - tactic: only-this
            words: the only mug
            implied_claim: No other mug does.
"""
SENSITIVE = [("      module: heat\n      - id: slows", "      module: heat\n        sensitive: suicide\n      - id: slows")]


TWINS = [
    ("quote: Our mug is the only mug", "quote: mug is the only mug"),
    ("      module: heat\n      - id: slows", "      module: heat\n        twin: slows\n      - id: slows"),
    ("      module: heat\n      - id: dropped", "      module: heat\n        twin: only\n      - id: dropped"),
]


def found(folder: Path, text: str, rule: ModuleType | None = None) -> list[Problem]:
    """Give what a rule, or all rules, find in a pack that is otherwise sound."""
    loaded = load(write_file(folder, text))
    assert loaded.problems == [], "\n".join(map(str, loaded.problems))
    assert loaded.reading.pack is not None
    context = Context(loaded.reading.pack, loaded)
    return sorted(problem for each in ([rule] if rule else RULES) for problem in each.check(context))


def test_the_small_pack_keeps_every_rule(tmp_path: Path) -> None:
    assert found(tmp_path, SMALL) == []


def test_every_module_of_rules_is_in_the_table_and_says_why_it_is_there() -> None:
    names = {path.stem for path in Path(rules.__path__[0]).glob("*.py")} - {"__init__"}
    assert {rule.__name__.rsplit(".", 1)[1] for rule in RULES} == names  # type: ignore[attr-defined]
    assert all(rule.__doc__ and rule.check.__doc__ for rule in RULES)


OTHER_CARD = "  - {id: other, title: t, outcome: o, population: p, result: r, strength: low, references: [], as_of: 2026-11}\n"

# rule, code, severity, what is changed, where the fault stands

BAD: list[tuple[ModuleType, str, str, list[tuple[str, str]], str]] = [
    (labels, "test", "error", [("verdict: refuted", "verdict: overstated")], "overstated"),
    (labels, "test", "error", [("verdict: refuted", "verdict: refuted\n        test: T5")], "refuted"),
    (labels, "reason", "error", [("verdict: refuted", "verdict: unsettled")], "unsettled"),
    (labels, "reason", "error", [("verdict: refuted", "verdict: refuted\n        reason: none")], "refuted"),
    (labels, "checkable", "error", [("verdict: refuted", "verdict: not-checkable")], "not-checkable\n        tactics"),
    (labels, "checkable", "error", [("kind: experience", "kind: safety")], "not-checkable"),
    (labels, "no-card", "error", [("supported\n        cards: [wall]", "supported")], "supported"),
    (labels, "no-reason", "error", [("why: One person tells of one mug.", 'why: " "')], '" "'),
    (labels, "no-implied-claim", "error", [("implied_claim: No other mug does.", 'implied_claim: ""')], '""'),
    (fairer, "no-fairer", "error", [("        fairer: Our mug keeps tea warm, as others do.\n", "")], "id: only"),
    (fairer, "no-fairer", "error", [("fairer: Our mug keeps tea warm, as others do.", 'fairer: " "')], "id: only"),
    (coverage, "quote-not-found", "error", [("    text: |", "    context: [Tea is nice.]\n    text: |")], "Tea is nice."),
    (citations, "no-passage", "error", [("cite: [slows, wall]", "cite: [wall, Fourier1822]")], "id: thick"),
    (citations, "no-passage", "error", [("cite: [slows, wall]", "cite: []")], "id: thick"),
    (citations, "silent", "error", [("cite: [slows, wall]", "silent: true\n        cite: [wall]")], "[wall]\n        hints"),
    (
        citations,
        "silent",
        "error",
        [("cite: [slows, wall]", "silent: true\n        cite: [Fourier1822]")],
        "[Fourier1822]\n        hints",
    ),
    (reasons, "no-reason", "error", [("because: Colour hardly matters.", 'because: " "')], '" "'),
    (care, "no-help", "error", SENSITIVE, ""),
    (judging, "split", "error", [("module: heat\ncards", "module: heat\n        label: split\ncards")], "dropped\n"),
    (judging, "nothing-to-judge", "error", [("kind: experience", "kind: opinion")], "dropped\n"),
    (judging, "judged-before", "warning", [("claim: dropped", "claim: slows")], "slows\n"),
    (judging, "judged-before", "warning", [("claim: dropped", "claim: only")], "only\n"),
    (judging, "judged-before", "warning", [("passage: slows", "passage: dropped")], "dropped\n"),
    (
        judging,
        "judged-before",
        "warning",
        [("claim: dropped", "claim: only"), ("[only-this]", "[{tactic: only-this, claim: only}]")],
        "only\n",
    ),
    (judging, "pool", "error", [("    quiz:", "    tell: {show: 2}\n    quiz:")], "2}\n    quiz"),
    (
        judging,
        "pool",
        "warning",
        [("    quiz:", "    tell: {show: 1, marketing-from: 1, marketing-to: 1}\n    quiz:")],
        "{show: 1, m",
    ),
    (identifiers, "identifier", "error", [("    issued: 1822", "    DOI: doi:10.1000/x\n    issued: 1822")], "doi:10"),
    (identifiers, "identifier", "error", [("    issued: 1822", "    PMID: PMC7\n    issued: 1822")], "PMC7"),
    (identifiers, "identifier", "error", [("    issued: 1822", "    PMCID: 7\n    issued: 1822")], "7\n    issued"),
    (identifiers, "identifier", "error", [("    issued: 1822", "    URL: file:///etc/passwd\n    issued: 1822")], "file:"),
    (identifiers, "identifier", "error", [("as_of: 2026-11", "as_of: 2026")], "2026\n"),
    (identifiers, "identifier", "error", [("as_of: 2026-11", "as_of: 2026-13")], "2026-13"),
    (identifiers, "no-design", "error", [("    design: textbook physics\n", "")], "id: wall"),
    (unused, "unused", "warning", [("references:\n", "references:\n  - {id: other, type: book, title: t}\n")], "{id: other"),
    (
        unused,
        "unused",
        "warning",
        [
            (
                "cards:\n  - id: wall",
                f"cards:\n{OTHER_CARD}  - id: wall",
            )
        ],
        "{id: other",
    ),
    (unused, "no-module", "note", [("        module: heat\ncards", "cards")], "id: dropped"),
    (length, "long-page", "warning", [("One seller says so", "word. " * 190 + "One seller says so")], "id: leaving"),
    (
        length,
        "wide-figure",
        "warning",
        [("the wall [@wall].", "the wall [@wall].\n\n          ```figure A row.\n          " + "x" * 67 + "\n          ```")],
        "id: leaving",
    ),
    (
        length,
        "many-pages",
        "warning",
        [("    pages:\n", "    pages:\n" + "".join(f"      - {{id: p{n}, title: t, body: b}}\n" for n in range(5)))],
        "- {id: p0",
    ),
]


@pytest.mark.parametrize(
    ("rule", "code", "severity", "changes", "words"),
    BAD,
    ids=[f"{case[0].__name__.rsplit('.', 1)[1]}-{case[1]}" for case in BAD],
)
def test_a_pack_that_breaks_one_rule_gets_one_problem_at_its_place(
    tmp_path: Path, rule: ModuleType, code: str, severity: str, changes: list[tuple[str, str]], words: str
) -> None:
    text = spoiled(*changes)
    problem = the_one(found(tmp_path, text, rule), code, severity)
    assert problem.file == "small.yaml"
    if words:
        last = text.rindex(words)
        assert (problem.line, problem.column) == (text.count("\n", 0, last) + 1, last - text.rfind("\n", 0, last))
    assert problem in found(tmp_path, text), "the table runs the rule"


# rule, what is changed: allowed, though it is near to what is not

GOOD: list[tuple[ModuleType, list[tuple[str, str]]]] = [
    (labels, [("verdict: refuted", "verdict: overstated\n        test: T5")]),
    (labels, [("verdict: refuted", "verdict: unsettled\n        reason: none")]),
    (labels, [("kind: experience", "kind: offer")]),
    (
        fairer,
        [("        fairer: Our mug keeps tea warm, as others do.\n", ""), (CLAIM_ONLY, ""), ("    tactics: [only-this]\n", "")],
    ),
    (fairer, [("kind: experience", "kind: offer")]),
    (coverage, [("    text: |", "    context: [Few spill it.]\n    text: |")]),
    (citations, [("cite: [slows, wall]", "silent: true\n        cite: [wall, Fourier1822]")]),
    (citations, [("cite: [slows, wall]", "cite: [many]")]),
    (care, [*SENSITIVE, ("title: A small pack\n", "title: A small pack\nhelp: [{country: anywhere, text: Call.}]\n")]),
    (
        judging,
        [
            ("kind: experience", "kind: opinion"),
            ("claim: dropped", "claim: dropped\n        status: ready"),
            ("  - id: judge", "  - id: judged"),
            ("[thick, judge], show: 2", "[thick], show: 1"),
            ("kind: opinion", "kind: experience"),
        ],
    ),
    (
        identifiers,
        [
            (
                "    issued: 1822",
                "    DOI: 10.1000/x(1)\n    PMID: 7\n    PMCID: PMC7\n    URL: http://example.org\n    issued: 1822",
            )
        ],
    ),
    (identifiers, [("strength: ungraded", "strength: low"), ("    design: textbook physics\n", "")]),
    (
        unused,
        [
            ("references:\n", "references:\n  - {id: other, type: book, title: t}\n"),
            ("Think of the wall.]", '"[@other] says so."]'),
        ],
    ),
    (
        unused,
        [
            ("references:\n", "references:\n  - {id: other, type: book, title: t}\n"),
            ("Colour hardly matters.", "Colour hardly matters [@other]."),
        ],
    ),
    (
        unused,
        [
            ("references:\n", "references:\n  - {id: other, type: book, title: t}\n"),
            ("Any thick mug does [@wall].", "Any thick mug does [@other]."),
        ],
    ),
    (
        unused,
        [("        module: heat\ncards", "cards"), ("kind: experience", "kind: none"), ("claim: dropped", "claim: slows")],
    ),
    (length, [("One seller says so", "word. " * 170 + "One seller says so")]),
    (
        length,
        [
            (
                "One seller says so [@slows].",
                "One seller says so [@slows].\n\n          ```figure A wall\n          "
                + "\n          ".join(["x " * 20] * 10)
                + "\n          ```",
            )
        ],
    ),
]


@pytest.mark.parametrize(("rule", "changes"), GOOD, ids=[case[0].__name__.rsplit(".", 1)[1] for case in GOOD])
def test_a_pack_that_keeps_a_rule_narrowly_gets_no_problem_of_it(
    tmp_path: Path, rule: ModuleType, changes: list[tuple[str, str]]
) -> None:
    assert found(tmp_path, spoiled(*changes), rule) == []


def test_a_pack_on_suicide_that_names_no_help_is_told_so_for_the_whole_file(tmp_path: Path) -> None:
    problem = the_one(found(tmp_path, spoiled(*SENSITIVE), care), "no-help")
    assert "findahelpline.com" in problem.cure


def test_a_sensitive_sentence_is_no_warm_up_whether_cited_or_shown_by_an_option(tmp_path: Path) -> None:
    helped = ("title: A small pack\n", "title: A small pack\nhelp: [{country: anywhere, text: Call.}]\n")
    slows = (
        "        module: heat\n      - id: dropped",
        "        module: heat\n        sensitive: suicide\n      - id: dropped",
    )
    text = spoiled(helped, slows)
    assert stands_at(the_one(found(tmp_path, text, care), "sensitive-warm-up"), text, "id: thick")
    shown = spoiled(("cite: [slows, wall]", "cite: [many]"), text=text)
    the_one(found(tmp_path, shown, care), "sensitive-warm-up")
    neither = spoiled(("        passage: slows\n", "\n"), text=shown) if "        passage: slows\n" in shown else shown
    neither = neither.replace("            passage: slows\n", "")
    assert found(tmp_path, neither, care) == []


# Coverage: every sentence is a claim or listed as context

COVERED = ("    text: |", "    coverage: true\n    context: [Many people drink tea., Few spill it.]\n    text: |")


def test_full_coverage_is_kept_by_claims_and_context_together(tmp_path: Path) -> None:
    assert found(tmp_path, spoiled(COVERED), coverage) == []


def test_a_sentence_that_nothing_covers_is_named(tmp_path: Path) -> None:
    text = spoiled((COVERED[0], COVERED[1].replace(", Few spill it.", "")))
    problem = the_one(found(tmp_path, text, coverage), "uncovered")
    assert "“Few spill it.”" in problem.message
    assert stands_at(problem, text, "id: page")


def test_without_the_wish_for_coverage_nothing_is_asked(tmp_path: Path) -> None:
    assert found(tmp_path, SMALL, coverage) == []


def test_each_heading_and_list_item_is_a_sentence_to_cover(tmp_path: Path) -> None:
    text = spoiled(COVERED, ("I dropped mine", "# Why\n      - one\n      - two\n\n      I dropped mine"))
    assert [problem.message for problem in found(tmp_path, text, coverage)] == [
        "no claim and no context covers “# Why”",
        "no claim and no context covers “- one”",
        "no claim and no context covers “- two”",
    ]


def test_a_part_of_a_sentence_that_could_say_something_is_named_and_a_joining_word_is_not(tmp_path: Path) -> None:
    quote = "quote: I dropped mine twice and it did not break."
    text = spoiled(COVERED, (quote, "quote: it did not break"))
    problem = the_one(found(tmp_path, text, coverage), "uncovered")
    assert "“I dropped mine twice and”" in problem.message
    assert found(tmp_path, spoiled(COVERED, (quote, "quote: twice and it did not break")), coverage) == []


def test_where_coverage_is_full_each_claim_has_its_module(tmp_path: Path) -> None:
    text = spoiled(COVERED, ("        module: heat\ncards", "cards"))
    problem = the_one(found(tmp_path, text, coverage), "no-module")
    assert stands_at(problem, text, "id: dropped")


# Twins


def test_twins_are_of_two_sorts_and_of_one_length(tmp_path: Path) -> None:
    assert found(tmp_path, spoiled(*TWINS), twins) == []
    short = ("slows the loss of heat.\n        kind", "slows the loss\n        kind")
    problem = the_one(found(tmp_path, spoiled(*TWINS, short), twins), "twins", "warning")
    assert "6 and 9 words" in problem.message
    plain = spoiled(*TWINS, (CLAIM_ONLY, ""), ("tactics: [only-this]", "tactics: []"))
    assert "of one sort" in the_one(found(tmp_path, plain, twins), "twins").message


def test_a_twin_must_name_its_partner_and_both_must_be_there(tmp_path: Path) -> None:
    one = load(write_file(tmp_path, spoiled(TWINS[1])))
    assert "does not name “only”" in the_one(one.problems, "twin").message
    nobody = (TWINS[1][0], TWINS[1][1].replace("twin: slows", "twin: nobody"))
    none = load(write_file(tmp_path, spoiled(nobody)))
    assert "there is no claim “nobody”" in the_one(none.problems, "unknown-id").message


def test_a_quiz_does_not_ask_both_of_a_pair(tmp_path: Path) -> None:
    both = more_items("id: other\nkind: judge-claim\nclaim: slows\n", quiz="{items: [thick, judge, other], show: 3}")
    text = spoiled(*TWINS, ("claim: dropped", "claim: only"), text=both)
    problem = the_one(found(tmp_path, text, twins), "twins")
    assert "both “only” and its twin “slows”" in problem.message


# Constructed sentences prove nothing


def test_a_sentence_written_for_the_course_is_no_citation(tmp_path: Path) -> None:
    text = spoiled(("voice: seller", "voice: constructed"))
    problem = the_one(found(tmp_path, text, citations), "constructed-citation")
    assert stands_at(problem, text, "[slows, wall]\n        hints")


# Held-out documents

HELD = DOCUMENT.replace("id: page", "id: later").replace(
    "many, quote: Many people drink tea., prefix: break.", "tail, quote: It is late."
)
HELD += "  text: It is late. Tea is the only cure.\n  held-out-until: last\n"
HELD_CLAIM = """\
- id: cure
  quote: Tea is the only cure.
  kind: efficacy
  verdict: unsettled
  reason: none
  tactics: [{tactic: only-this, words: the only cure, implied_claim: Nothing else cures.}]
  why: So.
  fairer: Some like tea.
  module: last
"""
LAST = """\
id: last
title: The last module
pages: [{id: end, title: End, body: "It ends [@tail]."}]
items: [{id: j, kind: judge-claim, claim: cure}]
"""


def held(folder: Path, *changes: tuple[str, str], order: str = "heat, last", last: str = LAST) -> list[Problem]:
    root = write_folder(
        folder,
        pack_yaml=HEAD + f"order: [{order}]\n",
        documents_yaml=DOCUMENT + "  text: |\n" + indent(TEXT, "    ") + HELD,
        claims__later_yaml=HELD_CLAIM,
        modules__heat_yaml=spoiled(*changes, text=MODULE),
        modules__last_yaml=last,
    )
    loaded = load(root)
    assert loaded.problems == [], "\n".join(map(str, loaded.problems))
    assert loaded.reading.pack is not None
    return list(held_out.check(Context(loaded.reading.pack, loaded)))


def test_the_module_that_a_document_is_held_out_for_and_later_ones_may_quote_it(tmp_path: Path) -> None:
    assert held(tmp_path) == []
    assert held(tmp_path, ("One seller says so", "One seller says [@tail] so"), order="last, heat") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("One seller says so", "One seller says so [@tail]"),
        ("cite: [slows, wall]", "cite: [slows, tail]"),
        ("passage: slows", "passage: tail"),
        ("claim: dropped", "claim: cure"),
        ("Think of the wall.]", '"Think [@tail]."]'),
        ("Colour hardly matters.", "Colour hardly matters [@tail]."),
        ("tactics: [only-this]", "tactics: [{tactic: only-this, claim: cure}]"),
        ("tactics: [only-this]", 'tactics: [{tactic: only-this, body: "Look [@tail]."}]'),
    ],
)
def test_an_earlier_module_that_quotes_a_held_out_document_anywhere_is_refused(tmp_path: Path, old: str, new: str) -> None:
    problem = the_one(held(tmp_path, (old, new)), "held-out")
    assert (problem.file, problem.line) == ("modules/heat.yaml", 1)
    assert "held out until “last”" in problem.message


def test_a_document_held_out_for_a_module_that_is_not_there_yet_is_quoted_by_none(tmp_path: Path) -> None:
    yet = ("held-out-until: last", "held-out-until: not-written-yet")
    documents = DOCUMENT + "  text: |\n" + indent(TEXT, "    ") + spoiled(yet, text=HELD)
    root = write_folder(
        tmp_path, documents_yaml=documents, modules__heat_yaml=spoiled(("wall [@wall]", "wall [@tail]"), text=MODULE)
    )
    loaded = load(root)
    assert loaded.reading.pack is not None
    the_one(list(held_out.check(Context(loaded.reading.pack, loaded))), "held-out")


# Sentences on suicide

GRIM = ("Few spill it.", "Few think of suicide.")
HELP = ("title: A small pack\n", "title: A small pack\nhelp: [{country: anywhere, text: Call.}]\n")


def test_a_sentence_on_suicide_that_nobody_marked_is_found(tmp_path: Path) -> None:
    text = spoiled(GRIM, HELP)
    problem = the_one(found(tmp_path, text, care), "unmarked-sensitive")
    assert "“Few think of suicide.”" in problem.message
    assert stands_at(problem, text, "id: page")


@pytest.mark.parametrize("words", ["suicidal", "Suicidality", "SUICIDE"])
def test_every_form_of_the_word_counts(tmp_path: Path, words: str) -> None:
    the_one(found(tmp_path, spoiled(("Few spill it.", f"Few speak of {words}."), HELP), care), "unmarked-sensitive")


def test_a_passage_that_is_marked_covers_its_sentence_and_no_other(tmp_path: Path) -> None:
    passage = ("  passages:\n", "  passages:\n      - {id: grim, quote: think of suicide, sensitive: suicide}\n")
    assert found(tmp_path, spoiled(GRIM, HELP, passage), care) == []
    twice = spoiled(
        GRIM, HELP, passage, ("A thick wall slows the loss of heat.\n", "A thick wall slows the loss of heat. Suicide.\n")
    )
    assert "“Suicide.”" in the_one(found(tmp_path, twice, care), "unmarked-sensitive").message


def test_a_page_that_speaks_of_suicide_itself_is_marked_or_cites_a_marked_sentence(tmp_path: Path) -> None:
    spoken = spoiled(("One seller says so [@slows].", "It does not prevent suicide."), HELP)
    assert stands_at(the_one(found(tmp_path, spoken, care), "unmarked-sensitive"), spoken, "id: leaving")
    title = "        title: A wall slows heat\n"
    assert found(tmp_path, spoiled((title, f"{title}        sensitive: suicide\n"), text=spoken), care) == []


def test_an_item_that_speaks_of_suicide_itself_is_marked(tmp_path: Path) -> None:
    spoken = spoiled(("Colour hardly matters.", "It does not prevent suicide."), HELP)
    assert stands_at(the_one(found(tmp_path, spoken, care), "unmarked-sensitive"), spoken, "id: thick")
    marked = spoiled(("        stem: Which", "        sensitive: suicide\n        stem: Which"), text=spoken)
    the_one(found(tmp_path, marked, care), "sensitive-warm-up")
    without = found(tmp_path, spoiled(HELP[::-1], text=marked), care)
    assert [problem.code for problem in without] == ["no-help", "sensitive-warm-up"]


# Who speaks in a constructed sentence


@pytest.mark.parametrize(("voice", "codes"), [("seller", ["no-fairer"]), ("patient", [])])
def test_a_constructed_sentence_is_judged_as_whom_it_speaks_for(tmp_path: Path, voice: str, codes: list[str]) -> None:
    use = "tactics: [{tactic: hype-words, words: dropped, implied_claim: So.}]"
    story = ("kind: experience", f"kind: experience\n        as: {voice}\n        {use}")
    text = spoiled(("voice: seller", "voice: constructed"), story)
    assert [problem.code for problem in found(tmp_path, text, fairer)] == codes


def test_an_offer_needs_no_fair_wording_whatever_sells_it(tmp_path: Path) -> None:
    use = "tactics: [{tactic: hype-words, words: dropped, implied_claim: So.}]"
    assert found(tmp_path, spoiled(("kind: experience", f"kind: offer\n        {use}")), fairer) == []


# What a card shows counts as judged


def test_only_the_first_claim_of_the_module_with_the_tactic_is_shown_by_a_card(tmp_path: Path) -> None:
    again = """\
      - id: again
        quote: Few spill it.
        kind: efficacy
        verdict: refuted
        tactics: [{tactic: only-this, words: Few spill, implied_claim: So.}]
        cards: [wall]
        why: So.
        fairer: Some spill it.
        module: MODULE
"""
    before = ("      - id: only\n", again.replace("MODULE", "other") + "      - id: only\n")
    after = ("cards:\n  - id", again.replace("MODULE", "heat") + "cards:\n  - id")
    other = "  - {id: other, title: Another module}\n"
    for change in (before, after):
        text = spoiled(change, text=SMALL + other)
        assert found(tmp_path, spoiled(("claim: dropped", "claim: again"), text=text), judging) == []
        the_one(found(tmp_path, spoiled(("claim: dropped", "claim: only"), text=text), judging), "judged-before", "warning")


def test_a_sentence_that_says_nothing_to_check_may_stand_in_an_excerpt(tmp_path: Path) -> None:
    plain = "".join(
        f"      - {{id: p{n}, quote: {quote}, kind: background, verdict: supported, cards: [wall], why: So.}}\n"
        for n, quote in enumerate(["Few spill it.", "Many people drink tea., prefix: break."])
    )
    item = "id: new\nkind: spot\nexcerpt: [only, slows, dropped, p0, p1]\n"
    text = spoiled(("kind: experience", "kind: opinion"), ("cards:\n  - id", plain + "cards:\n  - id"), text=more_items(item))
    text = spoiled(("claim: dropped", "claim: slows"), ("    tactics: [only-this]\n", ""), text=text)
    assert {problem.code for problem in found(tmp_path, text, judging)} == {"judged-before"}


# The pool of Tell


@pytest.mark.parametrize(
    ("tell", "severity"),
    [
        ("{show: 1, marketing-from: 0, marketing-to: 0}", None),
        ("{show: 2, marketing-from: 1, marketing-to: 1}", None),  # one of each is exactly enough
        ("{show: 2, marketing-from: 1, marketing-to: 2}", "warning"),  # two marketing sentences are not there
        ("{show: 2, marketing-from: 0, marketing-to: 1}", "warning"),  # nor two others
        ("{show: 3, marketing-from: 1, marketing-to: 1}", "error"),
    ],
)
def test_the_pool_of_a_set_has_enough_of_each_sort_for_its_bounds(tmp_path: Path, tell: str, severity: str | None) -> None:
    text = spoiled(("    quiz: {items: [thick, judge], show: 2}", f"    tell: {tell}"), ("    tactics: [only-this]\n", ""))
    text = text[: text.index("      - id: judge\n")]
    text = spoiled(
        ("        module: heat\n      - id: slows", "        module: heat\n        scored: false\n      - id: slows"), text=text
    )
    assert [problem.severity for problem in found(tmp_path, text, judging)] == ([severity] if severity else [])


# Lengths, on both sides


@pytest.mark.parametrize(("words", "codes"), [(181, []), (182, ["long-page"])])
def test_a_page_of_190_words_is_fine_and_one_more_is_long(tmp_path: Path, words: int, codes: list[str]) -> None:
    text = spoiled(
        ("One seller says so", "word. " * words + "One seller says so"),
        ("Heat leaves through the wall [@wall].", "[@wall] heats."),
    )
    body = "heats. " + "word. " * words + "One seller says so . And three more."
    assert len(body.split()) == words + 9
    more = spoiled(("One seller says so [@slows].", "One seller says so [@slows]. And three more."), text=text)
    assert [problem.code for problem in found(tmp_path, more, length)] == codes


@pytest.mark.parametrize(("row", "codes"), [("x" * 66, []), ("x" * 67, ["wide-figure"]), ("高" * 34, ["wide-figure"])])
def test_a_drawing_of_66_columns_is_fine_and_one_more_is_wide(tmp_path: Path, row: str, codes: list[str]) -> None:
    drawing = f"\n\n          ```figure A row.\n          {row}\n          ```"
    text = spoiled(("Heat leaves through the wall [@wall].", f"Heat leaves through the wall [@wall].{drawing}"))
    assert [problem.code for problem in found(tmp_path, text, length)] == codes


@pytest.mark.parametrize(("more", "codes"), [(4, []), (5, ["many-pages"])])
def test_five_pages_are_fine_and_six_are_many(tmp_path: Path, more: int, codes: list[str]) -> None:
    pages = "".join(f"      - {{id: p{n}, title: t, body: b}}\n" for n in range(more))
    assert [problem.code for problem in found(tmp_path, spoiled(("    pages:\n", "    pages:\n" + pages)), length)] == codes


def test_the_pages_of_each_module_are_counted_for_themselves(tmp_path: Path) -> None:
    other = "  - {id: other, title: Another module, pages: [{id: leaving, title: t, body: b}]}\n"
    text = spoiled(("One seller says so", "word. " * 190 + "One seller says so"), text=SMALL + other)
    assert stands_at(the_one(found(tmp_path, text, length), "long-page", "warning"), text, "id: leaving\n")


# Cures that depend on what is there


@pytest.mark.parametrize(
    ("new", "cure"),
    [
        ("verdict: overstated", "Add “test: T1” to “T6”."),
        ("verdict: refuted\n        test: T1", "Remove the test, or make the verdict “overstated”."),
        ("verdict: unsettled", "Add “reason: none”, “conflict” or “undefined”."),
        ("verdict: refuted\n        reason: none", "Remove the reason, or make the verdict “unsettled”."),
    ],
)
def test_the_cure_of_a_verdict_says_what_to_add_or_to_remove(tmp_path: Path, new: str, cure: str) -> None:
    (problem,) = found(tmp_path, spoiled(("verdict: refuted", new)), labels)
    assert problem.cure == cure


# Coverage where two sentences touch


@pytest.mark.parametrize(
    ("quote", "left"), [("Who may have tea?", "A: Who likes it."), ("A: Who likes it.", "Who may have tea?")]
)
def test_a_claim_covers_no_sentence_that_it_only_touches(tmp_path: Path, quote: str, left: str) -> None:
    text = spoiled(COVERED, ("I dropped mine", "Who may have tea?A: Who likes it.\n\n      I dropped mine"))
    text = spoiled(("context: [Many", f'context: ["{quote}", Many'), text=text)
    assert the_one(found(tmp_path, text, coverage), "uncovered").message == f"no claim and no context covers “{left}”"


# The table


def test_a_rule_looks_only_at_a_pack_without_errors_of_reading(tmp_path: Path) -> None:
    text = spoiled(("verdict: refuted", "verdict: overstated"), ("claim: dropped", "claim: droped"))
    checked = check(write_file(tmp_path, text))
    assert [problem.code for problem in checked.problems] == ["unknown-id"]


def test_a_draft_is_checked_like_any_item(tmp_path: Path) -> None:
    options = "[{text: a, key: true, because: ''}, {text: b, because: b}]"
    draft = f"id: new\nkind: single-choice\nstatus: draft\nstem: S?\noptions: {options}\ncite: [slows]\n"
    assert (
        the_one(found(tmp_path, more_items(draft), reasons), "no-reason").message == "“new”: there is no reason for options 1"
    )


@pytest.mark.parametrize(
    ("item", "what"),
    [
        ("kind: order\nparts: [{text: a, because: x}, {text: b, because: ''}, {text: c, because: x}]", "parts 2"),
        ("kind: match\npairs: [{left: a, right: 1, because: ''}, {left: b, right: 2, because: x}]\nspare: [3]", "pairs 1"),
        ("kind: locate\nplaces: [{passage: slows, key: true, because: x}, {passage: many, because: ''}]", "places 2"),
        ("kind: fill-in\naccept: [a]\nbecause: ''", "it"),
        ("kind: numeric\nvalue: 1\nbecause: ' '", "it"),
    ],
)
def test_every_kind_of_item_owes_its_reasons(tmp_path: Path, item: str, what: str) -> None:
    text = more_items(f"id: new\n{item}\nstem: S?\ncite: [slows]\n")
    assert the_one(found(tmp_path, text, reasons), "no-reason").message == f"“new”: there is no reason for {what}"


def test_a_document_in_a_file_is_covered_like_an_inline_one(tmp_path: Path) -> None:
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    documents = DOCUMENT + f"  file: page.md\n  sha256: {digest}\n  coverage: true\n"
    checked = check(write_folder(tmp_path, documents_yaml=documents, page_md=TEXT, claims__page_yaml=CLAIMS))
    named = [problem.message.split("“")[1] for problem in checked.problems]
    assert named == ["Few spill it.”", "Many people drink tea.”", "Many people drink tea.”"], "a passage is no label"
