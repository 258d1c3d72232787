"""Pages become blocks and spans; what a terminal cannot show as it was meant is refused with its line."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketalearn.content.rich import Block, TextSpan
from ketalearn.content.text import FORBIDDEN, cited
from ketalearn.loading.markdown import MAX_BLOCKS, MAX_LEVEL, MAX_PAGE, Fault, render


def blocks(text: str) -> list[tuple[str, str]]:
    """Give a page that has no fault as kinds and texts."""
    found, faults = render(text)
    assert faults == []
    return [(block.kind, block.text) for block in found]


def spans(text: str) -> list[tuple[str, str, str]]:
    """Give the spans of a page of one block."""
    found, faults = render(text)
    assert faults == []
    (block,) = found
    return [(span.text, span.style, span.target) for span in block.spans]


def fault(text: str, code: str) -> Fault:
    _, faults = render(text)
    assert [found.code for found in faults] == [code], [str(found) for found in faults]
    assert str(faults[0])
    assert faults[0].cure
    return faults[0]


# Blocks


def test_paragraphs_headings_quotations_code_and_rules_are_blocks_of_their_own() -> None:
    text = "# One\n\nTwo\nlines.\n\n> Three\n> lines.\n\n---\n\n```\n  four\n\nfive\n```\n\n    six\n"
    assert blocks(text) == [
        ("heading", "One"),
        ("paragraph", "Two lines."),
        ("quote", "Three lines."),
        ("rule", ""),
        ("code", "  four\n\nfive"),
        ("code", "six"),
    ]


@pytest.mark.parametrize("level", range(1, 7))
def test_a_heading_keeps_its_rank(level: int) -> None:
    (block,), _ = render(f"{'#' * level} Title")
    assert (block.kind, block.level, block.text) == ("heading", level, "Title")


def test_list_items_keep_their_depth_and_their_bullet_or_number() -> None:
    found, faults = render("- one\n  - deeper\n- two\n\n3. three\n4. four\n   - five\n")
    assert faults == []
    assert [(block.level, block.marker, block.text) for block in found] == [
        (1, "•", "one"),
        (2, "•", "deeper"),
        (1, "•", "two"),
        (1, "3.", "three"),
        (1, "4.", "four"),
        (2, "•", "five"),
    ]
    assert {block.kind for block in found} == {"item"}


def test_a_second_paragraph_of_an_item_has_no_marker_of_its_own() -> None:
    found, _ = render("- one\n\n  more\n- two\n")
    assert [(block.marker, block.text) for block in found] == [("•", "one"), ("", "more"), ("•", "two")]


def test_a_figure_is_drawn_as_written_and_has_its_text_equivalent() -> None:
    (block,), faults = render("```figure A channel with ketamine in its pore\n | o |\n |---|\n  [^1]\n```\n")
    assert faults == []
    assert block == Block(
        kind="figure", spans=(TextSpan(text=" | o |\n |---|\n  [^1]", style="code"),), alt="A channel with ketamine in its pore"
    )


@pytest.mark.parametrize("fence", ["```figure", "```figure   ", "~~~ figure"])
def test_a_figure_without_a_text_equivalent_is_refused(fence: str) -> None:
    text = f"One.\n\n{fence}\nx\n{fence[:3]}\n"
    assert fault(text, "figure-text").line == 2


def test_code_with_another_word_behind_its_fence_is_no_figure() -> None:
    assert blocks("```figures\nx\n```\n") == [("code", "x")]


# Spans


def test_emphasis_strong_both_and_code_are_styles() -> None:
    assert spans("a *b* **c** ***d*** `e*` f") == [
        ("a ", "", ""),
        ("b", "em", ""),
        (" ", "", ""),
        ("c", "strong", ""),
        (" ", "", ""),
        ("d", "strong-em", ""),
        (" ", "", ""),
        ("e*", "code", ""),
        (" f", "", ""),
    ]


def test_a_line_end_is_a_blank_and_a_forced_one_stays() -> None:
    assert blocks("a\nb  \nc\\\nd") == [("paragraph", "a b\nc\nd")]


def test_escapes_and_entities_are_the_characters_they_stand_for() -> None:
    assert blocks("1 \\* 2 &amp; &lt;3&gt; &mdash; \\[x\\]") == [("paragraph", "1 * 2 & <3> — [x]")]


@pytest.mark.parametrize("text", ["[x]", "[TODO] list[int]", "[/x]", "[@click=app.quit]x[/]", "[bold]x[/bold]", "{x} $x"])
def test_what_the_terminal_library_would_take_for_markup_is_only_text(text: str) -> None:
    if "@" in text:
        text = text.replace("@click=app.quit", "@ click")
    assert blocks(text) == [("paragraph", text)]


@pytest.mark.parametrize(
    "address", ["https://example.org/a?b=c", "http://example.org", "mailto:ana@example.org", "HTTPS://example.org"]
)
def test_a_link_shows_where_it_leads(address: str) -> None:
    assert spans(f"See [here]({address}).") == [
        ("See ", "", ""),
        ("here", "link", address),
        (f" ({address})", "code", ""),
        (".", "", ""),
    ]


# Citations


def test_citations_are_numbered_by_their_first_place_on_the_page() -> None:
    found, faults = render("# A [@x]\n\nB [@y; @x] c.\n\n- D [@z][@y]\n")
    assert faults == []
    cites = [[(span.text, span.target) for span in block.spans if span.style == "cite"] for block in found]
    assert cites == [[("[1]", "x")], [("[2]", "y"), ("[1]", "x")], [("[3]", "z"), ("[2]", "y")]]


def test_a_citation_inside_emphasis_or_a_link_is_still_one() -> None:
    assert spans("**a [@x] b**") == [("a ", "strong", ""), ("[1]", "cite", "x"), (" b", "strong", "")]


def test_a_citation_in_code_is_code() -> None:
    assert spans("`[@x]`") == [("[@x]", "code", "")]


ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,8}", fullmatch=True)


@given(st.lists(ids, min_size=1, max_size=6), st.sampled_from(["{}", "- {}", "> {}", "## {}", "*{}*", "a {} b"]))
@settings(deadline=None)
def test_every_id_that_a_page_cites_gets_a_number(names: list[str], form: str) -> None:
    text = form.format(" ".join(f"[@{name}]" for name in names))
    found, faults = render(text)
    assert faults == []
    cites = [span for block in found for span in block.spans if span.style == "cite"]
    assert [span.target for span in cites] == list(cited(text)) == names
    order = list(dict.fromkeys(names))
    assert [span.text for span in cites] == [f"[{order.index(name) + 1}]" for name in names]


# Refusals, each with its line

REFUSED = [
    ("html", "One.\n\n<div>\nx\n</div>\n", 2),
    ("html", "One.\n\nTwo.\nThree <br> four.\n", 3),
    ("html", "<!-- a note -->\n", 0),
    ("html", "One.\n\n<script>alert(1)</script>\n", 2),
    ("image", "One.\n\n![a cat](cat.png)\n", 2),
    ("image", "One.\ntwo ![a cat](https://example.org/cat.png)\n", 1),
    ("table", "One.\n\n| a | b |\n|---|---|\n| c | d |\n", 3),
    ("table", "a | b\n-|-\nc | d\n", 1),
    ("table", "One.\n\na | b\n:--- | ---:\nc | d\n", 3),
    ("footnote", "One.[^1]\n", 0),
    ("footnote", "One.\n\nTwo.\nThree.[^note]\n", 3),
    ("link", "One.\n\n[x](/etc/passwd)\n", 2),
    ("link", "One.\n\nTwo\n[x](documents/page.md)\n", 3),
    ("link", "[x](#part)\n", 0),
    ("link", "[x]()\n", 0),
    ("control-character", "One.\n\n&#x202e;x\n", 2),
    ("control-character", "One.\n\n- a\n- b&#xE0041;\n", 3),
    ("control-character", "# A&#8232;B\n", 0),
]


@pytest.mark.parametrize(("code", "text", "line"), REFUSED)
def test_what_a_terminal_cannot_show_is_refused_with_its_line(code: str, text: str, line: int) -> None:
    _, faults = render(text)
    assert {found.code for found in faults} == {code}
    assert faults[0].line == line
    assert all(found.cure and str(found) for found in faults)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "vbscript:x",
        "file:///etc/passwd",
        "smb://host/share",
        "data:text/html,x",
        "ftp://example.org",
        "//example.org",
        "x-app:run",
        "ssh://host",
    ],
)
@pytest.mark.parametrize("form", ["[x]({})", "[x](<{}>)", '[x]({} "title")', "[x][r]\n\n[r]: {}"])
def test_a_link_that_leads_to_no_web_page_is_refused_in_every_form(form: str, address: str) -> None:
    found = fault("One.\n\n" + form.format(address), "link")
    assert found.line == 2
    assert "https://" in found.cure


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "smb://host"])
def test_a_bare_address_in_angles_that_leads_to_no_web_page_is_refused(address: str) -> None:
    assert fault(f"<{address}>", "link").line == 0


def test_html_is_not_shown() -> None:
    found, _ = render("a <b>c</b>\n\n<div>secret</div>\n")
    assert "<" not in "".join(block.text for block in found)


@pytest.mark.parametrize(
    "text",
    [
        "a --- b | c",
        "|",
        "---",
        "a | b",
        "- a | b",
        "one\n---",
        "one\n|",
        "one\n:-:",
        "one\na | b - c",
        "|---|---|\none",
        "`|---|`",
        "    |---|",
    ],
)
def test_bars_and_dashes_that_make_no_table_are_fine(text: str) -> None:
    assert render(text)[1] == []


# Limits, on both sides


def test_a_page_of_20_kb_is_read_and_one_byte_more_is_refused() -> None:
    assert MAX_PAGE == 20 * 1024
    fits = "é" * (MAX_PAGE // 2)
    assert render(fits)[1] == []
    found = fault(fits + "a", "page-too-long")
    assert "20 KB" in str(found)
    assert render(fits + "a")[0] == ()


def test_a_page_of_300_blocks_is_read_and_one_more_is_refused() -> None:
    assert MAX_BLOCKS == 300
    assert len(blocks("a\n\n" * MAX_BLOCKS)) == MAX_BLOCKS
    assert "300 blocks" in str(fault("a\n\n" * (MAX_BLOCKS + 1), "page-too-long"))


def test_lists_8_deep_are_read_and_deeper_ones_are_refused_before_the_parser_drops_text() -> None:
    def deep(levels: int) -> str:
        return "".join(f"{'  ' * level}- item {level}\n" for level in range(levels))

    fits = MAX_LEVEL // 2
    assert [text for _, text in blocks(deep(fits))] == [f"item {level}" for level in range(fits)]
    assert fault(deep(fits + 1), "too-deep").line == fits
    assert fault(deep(40), "too-deep").line == fits


def test_quotations_16_deep_are_read_and_deeper_ones_are_refused() -> None:
    assert blocks("> " * MAX_LEVEL + "x") == [("quote", "x")]
    fault("> " * (MAX_LEVEL + 1) + "x", "too-deep")
    fault("> " * 5000 + "x", "too-deep")


HOSTILE = [
    "-",
    "- ",
    "|\n",
    "|-",
    "\n",
    " \n",
    " ",
    "\t",
    "[^",
    "[",
    "![",
    "*",
    "*a ",
    "**a *",
    "_a_ ",
    "`",
    "`a",
    "<",
    "<a ",
    "<!--",
    ">",
    "[a](b",
    "[a](<b",
    "[](\\",
    "a\n",
    "- a\n",
    "&",
    "&#x202e;",
    ":-",
    "[a]: b\n",
    "\\",
    "1. ",
    "[@a;",
    "[@a",
    "~",
    "#",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_page_is_rendered_or_refused_within_two_seconds(piece: str) -> None:
    text = (piece * MAX_PAGE)[: MAX_PAGE // len(piece.encode()) * len(piece)]
    begun = time.process_time()
    render(text)
    assert time.process_time() - begun < 2


# Anything at all

bits = [
    *"ab*_`[]()<>#-+|\\!&~^@ \n\t",
    "\n\n",
    "[@a]",
    "https://x",
    "- ",
    "> ",
    "1. ",
    "```",
    "&#x1b;",
    "&#x202e;",
    "---",
    "    ",
]
markdownish = st.lists(st.sampled_from(bits), max_size=40).map("".join)


@given(markdownish)
@settings(max_examples=500, deadline=None)
def test_no_page_makes_the_renderer_raise_and_nothing_invisible_passes_unreported(text: str) -> None:
    found, faults = render(text)
    assert all(0 <= entry.line <= text.count("\n") and entry.cure for entry in faults)
    hidden = [block for block in found if FORBIDDEN.search(block.text + block.alt)]
    assert bool(hidden) == any(entry.code == "control-character" for entry in faults)


@given(st.lists(st.sampled_from(["word", "ärmer", "3.5", "“so”", "(x)", "A/B", "50%", "it’s"]), min_size=1, max_size=30))
@settings(deadline=None)
def test_plain_words_are_shown_character_by_character(words: list[str]) -> None:
    text = " ".join(words)
    assert blocks(text) == [("paragraph", text)]
