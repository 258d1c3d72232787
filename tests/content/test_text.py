"""Folding, finding quotes, cutting sentences, and what never reaches a terminal."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketalearn.content.text import FORBIDDEN, Span, cited, find_quote, fold, paragraphs, sentences, visible

DOCUMENT = "It works.\u00a0It  works\nwell.\n\nNobody knows why it works. “Nobody” asked."
prose = st.text(alphabet="ab .!?:…\n\u00a0“”’)]#-1A", max_size=200)
anything = st.text(max_size=200)


def cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


def spans_of(text: str, quote: str, prefix: str = "", suffix: str = "") -> list[str]:
    return [text[span.start : span.end] for span in find_quote(text, quote, prefix, suffix)]


# Folding


@pytest.mark.parametrize("space", [" ", "\t", "\n", "\u00a0", "\u202f", "\u2007", "  ", "\n\n \u00a0"])
def test_every_white_space_of_the_format_folds_to_one_blank(space: str) -> None:
    assert fold(f"{space}a{space}b{space}") == "a b"


@pytest.mark.parametrize("char", ["\u200b", "\u200d", "\u2009", "\u00ad", "’", "–", "é"])
def test_nothing_but_white_space_is_folded(char: str) -> None:
    assert fold(f"a{char}b") == f"a{char}b"


@given(anything)
@settings(deadline=None)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert "  " not in fold(text)


# Quotes


def test_a_quote_that_stands_once_is_found_at_its_characters() -> None:
    (span,) = find_quote(DOCUMENT, "Nobody knows why it works.")
    assert DOCUMENT[span.start : span.end] == "Nobody knows why it works."


def test_no_break_spaces_blanks_and_line_ends_are_one_and_the_same_to_a_quote() -> None:
    assert spans_of(DOCUMENT, "It works. It works well.") == ["It works.\u00a0It  works\nwell."]
    assert spans_of("It works well.", "It\u00a0works\u202f\nwell.") == ["It works well."]


def test_a_quote_that_stands_twice_is_found_twice() -> None:
    assert spans_of(DOCUMENT, "It works") == ["It works", "It  works"]


def test_quotes_that_overlap_are_all_found() -> None:
    assert [span.start for span in find_quote("anana", "ana")] == [0, 2]


@pytest.mark.parametrize("quote", ["it works well", "It works welL", "It work’s", "It works, well", "“Nobody’"])
def test_a_quote_that_differs_in_one_letter_or_sign_is_not_found(quote: str) -> None:
    assert find_quote(DOCUMENT, quote) == []


@pytest.mark.parametrize("quote", ["", " ", "\n\u00a0"])
def test_an_empty_quote_stands_nowhere(quote: str) -> None:
    assert find_quote(DOCUMENT, quote) == []


def test_a_prefix_narrows_the_places_and_is_not_part_of_them() -> None:
    assert spans_of("One. Two. One. Three.", "One.", prefix="Two.") == ["One."]
    assert find_quote("One. Two. One. Three.", "One.", prefix="Two.") == [Span(10, 14)]
    assert find_quote("One. Two. One.", "One.", prefix="Three.") == []


def test_a_suffix_narrows_the_places_and_is_not_part_of_them() -> None:
    assert find_quote("One. Two. One. Three.", "One.", suffix="Two.") == [Span(0, 4)]
    assert find_quote("One. Two. One. Three.", "One.", suffix="Four.") == []


def test_prefix_and_suffix_are_folded_and_may_touch_the_quote() -> None:
    text = "a (b) c (b)\u00a0\n d"
    assert find_quote(text, "b", prefix="c  (") == [Span(9, 10)]
    assert find_quote(text, "b", suffix=") d") == [Span(9, 10)]


def test_a_prefix_longer_than_what_stands_before_fits_nowhere() -> None:
    assert find_quote("ab", "b", prefix="xa") == []
    assert find_quote("ab", "a", suffix="bx") == []


def test_the_search_ends_at_the_number_asked_for() -> None:
    assert len(find_quote("a" * 100, "a", at_most=10)) == 10
    assert len(find_quote("a" * 100, "a")) == 100


@given(anything, st.data())
@settings(deadline=None)
def test_any_slice_of_a_text_is_found_in_it_and_each_place_reads_like_the_quote(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = text[start:end]
    found = find_quote(text, quote)
    assert all(fold(text[span.start : span.end]) == fold(quote) for span in found)
    if fold(quote):
        inner = quote.strip(" \t\n\u00a0\u202f\u2007")
        at = start + quote.index(inner)
        assert Span(at, at + len(inner)) in found
    else:
        assert found == []


@given(prose, st.data())
@settings(deadline=None)
def test_a_slice_is_found_with_the_words_next_to_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if fold(text[start:end]):
        assert find_quote(text, text[start:end], prefix=text[max(0, start - 5) : start], suffix=text[end : end + 5])


# Sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It works. It works well.", ["It works.", "It works well."]),
        ("Does it? It does! Well … yes.", ["Does it?", "It does!", "Well …", "yes."]),
        ("It works.It works", ["It works.It works"]),
        ("He said “it works.” Then he left.", ["He said “it works.”", "Then he left."]),
        ("It works (for some.) Others wait.", ["It works (for some.)", "Others wait."]),
        ("It works.\u00a0It works\nwell.", ["It works.", "It works\nwell."]),
        ("Does it work?! It does.", ["Does it work?!", "It does."]),
        ("no end", ["no end"]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_a_sentence_ends_at_its_sign_and_closing_quotes_before_white_space(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_question_runs_into_an_answer_where_a_capital_and_a_colon_follow() -> None:
    text = "Q: Who is a candidate for treatment?A: When other treatments failed."
    assert cut(text) == ["Q: Who is a candidate for treatment?", "A: When other treatments failed."]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Smith and Mrs. Jones agree.",
        "About approx. 5 of them, e.g. the first, i.e. No. 1 (Fig. 2), vs. others.",
        "Berman et al. found it.",
        "Written by J. K. Rowling.",
        "It fell by 0.5 points, at www.example.org today.",
    ],
)
def test_an_abbreviation_an_initial_and_a_point_inside_a_word_end_no_sentence(text: str) -> None:
    assert cut(text) == [text]


def test_an_abbreviation_at_the_end_of_a_paragraph_ends_its_sentence() -> None:
    assert cut("Pills, talks, etc.\n\nMore.") == ["Pills, talks, etc.", "More."]


def test_a_heading_is_one_sentence_also_without_a_blank_line_around_it() -> None:
    assert cut("# What is it? A drug.\nIt blocks. It works.\n## Risks\nSome.") == [
        "# What is it? A drug.",
        "It blocks.",
        "It works.",
        "## Risks",
        "Some.",
    ]


def test_a_heading_ends_a_sentence_that_has_no_sign() -> None:
    assert cut("One\n## Two\nThree") == ["One", "## Two", "Three"]


def test_a_number_sign_without_a_blank_begins_no_heading() -> None:
    assert cut("#1 choice. Really.") == ["#1 choice.", "Really."]


@pytest.mark.parametrize("marker", ["-", "*", "•", "–", "+"])
def test_each_list_item_is_a_sentence_of_its_own(marker: str) -> None:
    text = f"{marker} less pain\n{marker} more sleep. And rest\n  {marker} deeper"
    assert cut(text) == [f"{marker} less pain", f"{marker} more sleep.", "And rest", f"{marker} deeper"]


def test_the_number_of_a_list_item_belongs_to_its_sentence() -> None:
    assert cut("1. Arrive early. Eat nothing.\n2) Rest.") == ["1. Arrive early.", "Eat nothing.", "2) Rest."]


def test_a_lead_in_ends_at_its_colon_whether_a_paragraph_or_a_list_follows() -> None:
    assert cut("Here’s how it works:\n\nIt blocks.") == ["Here’s how it works:", "It blocks."]
    assert cut("It is used. It can:\n- lift mood\n- ease pain") == ["It is used.", "It can:", "- lift mood", "- ease pain"]


def test_a_colon_inside_a_paragraph_ends_nothing() -> None:
    assert cut("One thing: it works.") == ["One thing: it works."]


@given(prose)
@settings(deadline=None)
def test_sentences_hold_every_character_that_is_no_white_space_and_never_overlap(text: str) -> None:
    spans = sentences(text)
    covered = [position for span in spans for position in range(span.start, span.end)]
    assert len(covered) == len(set(covered))
    assert spans == sorted(spans, key=lambda span: span.start)
    missing = set(range(len(text))) - set(covered)
    assert not [text[position] for position in missing if not text[position].isspace()]


@given(anything)
@settings(deadline=None)
def test_no_sentence_is_empty_or_begins_or_ends_with_white_space(text: str) -> None:
    assert all(sentence and sentence == sentence.strip() for sentence in cut(text))


@given(prose)
@settings(deadline=None)
def test_paragraphs_are_what_stands_between_blank_lines(text: str) -> None:
    found = [text[span.start : span.end] for span in paragraphs(text)]
    expected: list[list[str]] = [[]]
    for line in text.split("\n"):
        expected.append([]) if not line.strip() else expected[-1].append(line)
    assert found == ["\n".join(lines).strip() for lines in expected if lines]


@pytest.mark.parametrize(
    "text",
    [
        "a\n" + " " * 300_000 + "\nb",
        "." * 300_000 + "x",
        '".' * 150_000 + "x",
        "A. " * 100_000,
        ":" * 300_000 + "x",
        "- " * 150_000,
        "?" * 300_000 + "A: x",
    ],
    ids=["blanks", "full stops", "quotes", "initials", "colons", "list signs", "question marks"],
)
def test_a_hostile_text_is_cut_in_the_time_of_a_plain_one(text: str) -> None:
    begun = time.process_time()
    sentences(text)
    paragraphs(text)
    assert time.process_time() - begun < 3


def test_a_quote_of_one_letter_in_a_long_text_is_counted_fast() -> None:
    begun = time.process_time()
    assert len(find_quote("a" * 500_000, "a", prefix="a", at_most=10)) == 10
    assert time.process_time() - begun < 3


# Citations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As shown [@one].", ["one"]),
        ("[@one; @two] and [@one]", ["one", "two", "one"]),
        ("[@a.b-c_d;@2]", ["a.b-c_d", "2"]),
        ("mail@one, [one], [@], [@ one], [@one two], [@é]", []),
    ],
)
def test_citations_are_pandocs_ids_in_square_brackets(text: str, expected: list[str]) -> None:
    assert list(cited(text)) == expected


# What never reaches a terminal

CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"]
HIDDEN = [
    "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u2028", "\u2029",
    "\ud800", "\udfff", "\ufffe", "\uffff", "\U000e0000", "\U000e0041", "\U000e007f",
]  # fmt: skip
KEPT = [
    "\n",
    "\t",
    " ",
    "\u00a0",
    "\u200c",
    "\u200d",
    "\u200e",
    "\u200f",
    "\u05d0",
    "\u0627",
    "\U0001f468\u200d\U0001f4bb",
    "e\u0301",
]


@pytest.mark.parametrize("char", CONTROLS + HIDDEN, ids=lambda char: f"U+{ord(char):04X}")
def test_control_characters_overrides_tags_and_surrogates_are_shown_by_a_stand_in(char: str) -> None:
    assert FORBIDDEN.fullmatch(char)
    shown = visible(f"a{char}b")
    assert char not in shown
    assert shown[0] + shown[-1] == "ab"
    assert len(shown) > 2


@pytest.mark.parametrize("text", KEPT, ids=lambda text: " ".join(f"U+{ord(char):04X}" for char in text))
def test_joiners_right_to_left_letters_newline_and_tab_are_kept(text: str) -> None:
    assert not FORBIDDEN.search(text)
    assert visible(text) == text


def test_an_escape_sequence_is_readable_and_harmless() -> None:
    assert visible("\x1b[31mred\x1b[0m \u202eevil") == "␛[31mred␛[0m ⟨U+202E⟩evil"


@given(st.text(alphabet=st.characters(), max_size=100))
@settings(deadline=None)
def test_nothing_forbidden_is_ever_shown_and_nothing_else_changes(text: str) -> None:
    shown = visible(text)
    assert not FORBIDDEN.search(shown)
    assert shown == "".join(visible(char) if FORBIDDEN.match(char) else char for char in text)
