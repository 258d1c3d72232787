"""YAML by events: scalars stay text, everything odd is refused at its place with a cure, and nothing hostile gets far."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ketalearn.content.problem import Problem
from ketalearn.content.text import FORBIDDEN
from ketalearn.library.files import MAX_FILE
from ketalearn.loading import tree
from ketalearn.loading.tree import MAX_DEPTH, MAX_INVISIBLE, MAX_NODES, MAX_SCALAR, Node, read_tree
from tests.loading.small import stands_at, the_one


def read(text: str | bytes) -> tuple[Node | None, list[Problem]]:
    return read_tree("file.yaml", text if isinstance(text, bytes) else text.encode())


def plain(node: Node | None) -> object:
    """Give a tree as plain lists, dictionaries and texts."""
    if node is None:
        return None
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: plain(item) for key, item in node.value.items()}
    return node.value


def sound(text: str | bytes) -> object:
    root, problems = read(text)
    assert problems == []
    return plain(root)


def fault(text: str | bytes, code: str) -> Problem:
    return the_one(read(text)[1], code)


# Rule 1: scalars stay text

LOOK_LIKE_SOMETHING = [
    "No", "no", "yes", "on", "off", "true", "null", "~", "010", "0x1F", "3.10", "1e3", "1_000", ".inf", ".nan",
    "1:30", "2019-03-05", "2001-99-99", "=", "-5", "+1",
]  # fmt: skip


@pytest.mark.parametrize("written", LOOK_LIKE_SOMETHING)
def test_a_scalar_arrives_as_written_whatever_it_looks_like(written: str) -> None:
    assert sound(f"a: {written}\nb: [{written}]\n") == {"a": written, "b": [written]}


@pytest.mark.parametrize("written", LOOK_LIKE_SOMETHING)
def test_a_key_arrives_as_written_too(written: str) -> None:
    assert sound(f"{written}: x\n") == {written: "x"}


def test_places_count_lines_and_columns_from_1_in_characters() -> None:
    root, problems = read("“é😀”: x\nlist:\n  - one\n  - “two”: {deep: here}\n")
    assert problems == []
    assert root is not None
    assert root.keys == {"“é😀”": (1, 1), "list": (2, 1)}
    places = {path: (root.walk(path).line, root.walk(path).column) for path in [(), ("list",), ("list", 0), ("list", 1)]}
    assert places == {(): (1, 1), ("list",): (3, 3), ("list", 0): (3, 5), ("list", 1): (4, 5)}
    assert (root.walk(("“é😀”",)).line, root.walk(("“é😀”",)).column) == (1, 7)
    deep = root.walk(("list", 1, "“two”", "deep"))
    assert (deep.value, deep.line, deep.column) == ("here", 4, 19)


def test_a_path_is_followed_as_far_as_it_leads() -> None:
    root, _ = read("a: [x, {b: y}]\n")
    assert root is not None
    assert root.walk(("a", 1, "c", 7)).keys == {"b": (1, 9)}
    assert root.walk(("a", 9)) is root.walk(("a",))
    assert root.get("a") is None
    assert root.walk(("a", 1)).get("b") == "y"


# Rule 2: refused, each with place and cure

REFUSED = [
    ("duplicate key", "a: x\nb: y\na: z\n", "duplicate-key", "a: z"),
    ("duplicate key in a list", "- {k: 1, l: 2, k: 3}\n", "duplicate-key", "k: 3"),
    ("anchor on a text", "a: &name x\n", "anchor", "&name"),
    ("anchor on a list", "a: &name [x]\n", "anchor", "&name"),
    ("anchor on a mapping", "a: &name\n  b: c\n", "anchor", "&name"),
    ("alias", "a: x\nb: *name\n", "alias", "*name"),
    ("merge key", "a: x\n<<: {b: c}\n", "merge-key", "<<"),
    ("quoted merge key", 'a: x\n"<<": {b: c}\n', "merge-key", '"<<"'),
    ("tag of YAML", "a: !!int 3\n", "tag", "!!int"),
    ("own tag", "a: !mine x\n", "tag", "!mine"),
    ("tag on a list", "a: !!set {b: c}\n", "tag", "!!set"),
    ("Python tag", "a: !!python/object/apply:os.system [x]\n", "tag", "!!python"),
    ("bare tag, which would swallow the sign", "a: ! Attention\n", "tag", "! A"),
    ("second document", "a: x\n---\nb: y\n", "second-document", "---"),
    ("second document after an end", "a: x\n...\n---\nb: y\n", "second-document", "---"),
    ("list as a key", "a: x\n[b]: c\n", "odd-key", "[b]"),
    ("mapping as a key", "{a: b}: c\n", "odd-key", "{a"),
    ("comment after one blank", "a: see # 3\n", "lost-comment", " # 3"),
]


@pytest.mark.parametrize(("text", "code", "words"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_is_not_part_of_the_format_is_one_problem_at_its_place(text: str, code: str, words: str) -> None:
    assert stands_at(fault(text, code), text, words)


def test_of_a_duplicate_key_the_first_is_kept_and_its_line_is_named() -> None:
    root, problems = read("a: x\nb: y\na: {c: z}\n")
    assert plain(root) == {"a": "x", "b": "y"}
    assert "line 1" in the_one(problems, "duplicate-key").message


def test_each_further_duplicate_is_reported() -> None:
    _, problems = read("a: x\na: y\na: z\n")
    assert [(problem.code, problem.line) for problem in problems] == [("duplicate-key", 2), ("duplicate-key", 3)]


def test_the_same_key_in_two_mappings_is_no_duplicate() -> None:
    assert sound("- {a: x}\n- {a: y}\n") == [{"a": "x"}, {"a": "y"}]


def test_one_document_may_be_marked_as_such() -> None:
    assert sound("---\na: x\n") == {"a": "x"}
    assert sound("# first\n--- # really\na: x\n...\n") == {"a": "x"}


# Rule 2: a plain scalar followed by one blank and a number sign


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: see #3\n", " #3"),
        ("a: see # 3\n", " # 3"),
        ("- see #3\n", " #3"),
        ("a: [see #3\n  ]\n", " #3"),
        ("a: one\n  two #3\n", " #3"),
        ("a: ünï😀 #3\n", " #3"),
        ("a: see #", " #"),
        ("a:\n  b: c\r\n  d: e #3\r\n", " #3"),
    ],
)
def test_a_plain_scalar_followed_by_one_space_and_a_hash_is_refused_at_the_space(text: str, words: str) -> None:
    problem = fault(text, "lost-comment")
    assert stands_at(problem, text.replace("\r\n", "\n"), words)
    assert "quotes" in problem.cure
    assert "two blanks" in problem.cure


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: see  # a comment\n", {"a": "see"}),
        ("a: see       # a comment\n", {"a": "see"}),
        ("a: see#3\n", {"a": "see#3"}),
        ("a: 'see #3'\n", {"a": "see #3"}),
        ('a: "see #3" # quoted\n', {"a": "see #3"}),
        ("a: |\n  see #3\n", {"a": "see #3\n"}),
        ("a: >\n  see #3\n", {"a": "see #3\n"}),
        ("# first\na: see\n # between\nb: c\n", {"a": "see", "b": "c"}),
        ("a: # before a list\n  - b\n", {"a": ["b"]}),
    ],
)
def test_a_comment_after_two_spaces_and_a_hash_in_quotes_or_in_a_word_are_fine(text: str, value: object) -> None:
    assert sound(text) == value


# Rule 2: what needs quotes, and every other way in which YAML breaks

BROKEN = [
    ("second colon", "a: one: two\n", ": two", "quotes"),
    ("tab for indentation", "a:\n\tb: c\n", "\t", "Indent with blanks"),
    ("tab after a key", "a: b\n\tc: d\n", "\t", "Indent with blanks"),
    ("begins with an at sign", "a: @Zhang2021\n", "@", "quotes"),
    ("begins with a backtick", "a: `code`\n", "`code", "quotes"),
    ("begins with a percent sign", "a: % of people\n", "%", "quotes"),
    ("first line begins with a percent sign", "%of people\n", " people", "quotes"),
    ("begins with an asterisk", "a: *bold* text\n", "* text", "quotes"),
    ("begins with an ampersand", "a: & more\n", " more", "quotes"),
    ("begins with an exclamation mark", "a: !Achtung! x\n", " x", "quotes"),
    ("begins with an unknown handle", "a: !x!y z\n", "!x", "quotes"),
    ("begins with an open tag", "a: !<x y\n", " y", "quotes"),
    ("begins with a comma", "a: ,x\n", ",", "quotes"),
    ("begins with a bracket and goes on", "a: [5] people\n", "people", "quotes"),
    ("bracket that is never closed", "a: [x\nb: c\n", ": c", "quotes"),
    ("brace that is never closed", "a: {x\nb: c\n", ": c", "quotes"),
    ("backslash in double quotes", 'a: "\\d"\n', '"\\d', "single quotes"),
    ("backslash x in double quotes", 'a: "\\xzz"\n', '"\\x', "single quotes"),
    ("escaped surrogate", 'a: "\\ud800"\n', '"\\u', "Write the character"),
    ("double quote that is never closed", 'a: "b\nc: d\n', '"b', "Close it"),
    ("single quote that is never closed", "a: 'b\nc: d\n", "'b", "Close it"),
    ("apostrophe in single quotes", "a: 'don't'\n", "t'", "quotes"),
    ("text after a quote", 'a: "x" y\n', "y", "quotes"),
    ("text beside a bar", "a: | text\n", "text", "next line"),
    ("line without a colon", "a: b\nc\nd: e\n", "d: e", "key: text"),
    ("key out of line", "a:\n  b: c\n d: e\n", "d: e", "Line this key up"),
    ("list sign out of line", "a:\n  - b\n - c\n", "- c", "Line"),
    ("list beside its key", "a: - b\n", "- b", "next line"),
    ("key after a list", "- a\nb: c\n", "b: c", "Line up"),
    ("list after a key", "b: c\n- a\n", "- a", "Line this key up"),
    ("separator inside a quote", 'a: "x\n---\ny"\n', '"x', "|"),
    ("text after the end", "a: b\n...\nc: d\n", "c: d", "..."),
]


@pytest.mark.parametrize(("text", "words", "cure"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_broken_yaml_is_one_problem_at_its_place_with_a_cure_in_plain_words(text: str, words: str, cure: str) -> None:
    root, problems = read(text)
    assert root is None
    problem = the_one(problems, "yaml")
    assert stands_at(problem, text, words)
    assert cure in problem.cure
    assert "cannot be read" not in problem.message, "libyaml's own words are for nobody who writes prose"


def test_all_faults_of_a_file_are_found_in_one_run() -> None:
    text = "a: &x b\nc: *x\nd: !t e\nf: g #h\na: i\nj: k\u202el\n<<: m\n[n]: o\np: |\n  fine\n"
    _, problems = read(text)
    assert sorted((problem.line, problem.code) for problem in problems) == [
        (1, "anchor"),
        (2, "alias"),
        (3, "tag"),
        (4, "lost-comment"),
        (5, "duplicate-key"),
        (6, "control-character"),
        (7, "merge-key"),
        (8, "odd-key"),
    ]
    assert all(problem.cure and problem.column for problem in problems)


def test_faults_before_a_broken_line_are_reported_with_it() -> None:
    _, problems = read("a: &x b\nc: one: two\n")
    assert [problem.code for problem in problems] == ["anchor", "yaml"]


# Rule 3: limits, on both sides


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


def test_32_levels_are_read_and_33_are_refused() -> None:
    assert read(nested(MAX_DEPTH))[1] == []
    problem = fault(nested(MAX_DEPTH + 1), "too-deep")
    assert (problem.line, problem.column) == (1, MAX_DEPTH + 1)
    assert "32" in problem.message
    assert MAX_DEPTH == 32


def test_32_levels_of_indentation_are_read_and_33_are_refused() -> None:
    lines = [" " * level + "a:\n" for level in range(MAX_DEPTH + 1)]
    assert read("".join(lines[:MAX_DEPTH]))[1] == []
    assert fault("".join(lines[: MAX_DEPTH + 1]) + " " * 40 + "a: b\n", "too-deep").line == MAX_DEPTH + 1


def test_100_000_entries_are_read_and_one_more_is_refused() -> None:
    assert MAX_NODES == 100_000
    fits = "- a\n" * (MAX_NODES - 1)  # the list itself is one
    assert read(fits)[1] == []
    problem = fault(fits + "- a\n", "too-many-nodes")
    assert problem.line == MAX_NODES
    assert "100000" in problem.message


@pytest.mark.parametrize("char", ["a", "é", "😀"], ids=["ASCII", "two bytes", "four bytes"])
def test_a_text_of_256_kib_is_read_and_one_byte_more_is_refused(char: str) -> None:
    assert MAX_SCALAR == 256 * 1024
    fits = char * (MAX_SCALAR // len(char.encode()))
    assert read(f"a: {fits}\n")[1] == []
    problem = fault(f"b: x\na: {fits}b\n", "text-too-long")
    assert (problem.line, problem.column) == (2, 4)
    assert "256 KiB" in problem.message


# Rule 3: bombs; each in this very process, which the composer would take down or hang

BOMBS = {
    "25 000 brackets": "[" * 25_000,
    "25 000 braces": "{" * 25_000,
    "25 000 keys in keys": "{a: " * 25_000,
    "25 000 list signs": "- " * 25_000,
    "25 000 question marks": "? " * 25_000,
    "indentation 2 000 deep": "".join(" " * level + "a:\n" for level in range(2000)),
    "brackets in a list": "a:\n  - " + "[" * 25_000,
    "alias bomb": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "merge bomb": "a: &a {x: y}\n"
    + "".join(f"{b}: &{b} {{<<: [{','.join(['*' + a] * 9)}]}}\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "alias to itself": "a: &a [*a]\n",
    "10 000 anchors": "".join(f"k{number}: &a{number} x\n" for number in range(10_000)),
    "quotes": '"' * 100_000,
    "colons": ": " * 100_000,
    "one long key": "a" * 100_000 + ": b\n",
    "control characters": "a: " + "\x01" * 500_000,
    "old line ends": "a: b\r" * 200_000,
    "blanks": "a: |\n" + " " * 1_000_000,
    "comments": "#" * 1_000_000,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_read_or_refused_within_two_seconds(text: str) -> None:
    assert len(text.encode()) < MAX_FILE
    begun = time.process_time()
    _, problems = read(text)
    assert time.process_time() - begun < 2
    assert all(problem.line and problem.cure for problem in problems)


@pytest.mark.parametrize("name", ["25 000 brackets", "25 000 braces", "25 000 list signs", "brackets in a list"])
def test_deep_nesting_is_named_as_such_whoever_notices_it(name: str) -> None:
    root, problems = read(BOMBS[name])
    assert root is None
    assert "deeper than 32 levels" in problems[-1].message


def test_an_alias_bomb_is_refused_alias_by_alias_and_nothing_is_multiplied() -> None:
    root, problems = read(BOMBS["alias bomb"])
    assert {problem.code for problem in problems} == {"anchor", "alias"}
    assert sum(problem.code == "alias" for problem in problems) == 8 * 9
    assert root is not None
    assert len(str(plain(root))) < 1000


def test_a_merge_bomb_is_refused_merge_by_merge() -> None:
    _, problems = read(BOMBS["merge bomb"])
    assert sum(problem.code == "merge-key" for problem in problems) == 8


# Rule 5: text is checked once at the door

FORBIDDEN_KINDS = {
    "NUL": "\0",
    "bell": "\a",
    "escape": "\x1b",
    "vertical tab": "\v",
    "form feed": "\f",
    "carriage return alone": "\r",
    "delete": "\x7f",
    "C1 control sequence introducer": "\x9b",
    "next line": "\x85",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "right-to-left override": "\u202e",
    "left-to-right embedding": "\u202a",
    "isolate": "\u2066",
    "pop isolate": "\u2069",
    "tag letter": "\U000e0041",
    "non-character": "\ufffe",
}
POSITIONS = {
    "a plain text": "a: x{}y\n",
    "quotes": 'a: "x{}y"\n',
    "a block": "b: c\na: |\n  one\n  x{}y\n",
    "a key": "x{}y: a\n",
    "a comment": "a: b\n# x{}y\n",
    "a list": "- [a, x{}y]\n",
}


@pytest.mark.parametrize("position", POSITIONS.values(), ids=POSITIONS.keys())
@pytest.mark.parametrize("char", FORBIDDEN_KINDS.values(), ids=FORBIDDEN_KINDS.keys())
def test_each_forbidden_character_is_one_problem_at_its_very_place_and_the_rest_is_still_read(char: str, position: str) -> None:
    text = position.format(char)
    root, problems = read(text)
    problem = the_one(problems, "control-character")
    assert stands_at(problem, text, char)
    assert f"U+{ord(char):04X}" in problem.message
    assert root is not None
    assert not FORBIDDEN.search(str(plain(root)))


@pytest.mark.parametrize("escape", ["\\e", "\\0", "\\x9b", "\\u202e", "\\U000e0041", "\\L", "\\N"])
def test_a_forbidden_character_written_as_an_escape_is_refused_too(escape: str) -> None:
    text = f'a: "x{escape}y"\n'
    root, problems = read(text)
    assert stands_at(the_one(problems, "control-character"), text, '"x')
    assert not FORBIDDEN.search(str(plain(root)))


@pytest.mark.parametrize(
    "kept",
    ["می\u200cخواهم", "क्\u200dष", "👩\u200d🔬", "שלום", "مرحبا", "e\u0301", "\u200fא", "tab\there", "nb\u00a0sp", "“„«–—…"],
)
def test_joiners_and_right_to_left_letters_are_kept(kept: str) -> None:
    assert sound(f"a: |\n  {kept}\n") == {"a": f"{kept}\n"}


def test_of_many_forbidden_characters_the_first_are_named() -> None:
    _, problems = read("a: " + "\x1b" * 1000)
    assert [problem.column for problem in problems] == list(range(4, 4 + MAX_INVISIBLE))


def test_old_line_ends_are_one_problem_that_says_how_to_save() -> None:
    root, problems = read("a: b\rc: d\re: f\r")
    assert "line ends" in the_one(problems, "control-character").cure
    assert plain(root) == {"a": "b", "c": "d", "e": "f"}


# Encodings and line ends


def test_what_is_not_utf_8_is_refused_at_the_character() -> None:
    problem = fault("a: b\né: caf".encode() + b"\xe9\n", "not-utf8")
    assert (problem.file, problem.line, problem.column) == ("file.yaml", 2, 7)
    assert "UTF-8" in problem.cure


def test_the_place_of_a_bad_byte_is_right_behind_a_byte_order_mark_too() -> None:
    problem = fault(b"\xef\xbb\xbfa: \xff\n", "not-utf8")
    assert (problem.line, problem.column) == (1, 4)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_other_unicode_encodings_are_refused(encoding: str) -> None:
    _, problems = read("a: b\n".encode(encoding))
    assert problems
    assert all(problem.code in ("not-utf8", "control-character") and problem.cure for problem in problems)


@pytest.mark.parametrize("data", [b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\xe2\x82"])
def test_surrogates_overlong_and_cut_sequences_are_not_utf_8(data: bytes) -> None:
    assert fault(b"a: " + data, "not-utf8").column == 4


def test_a_byte_order_mark_is_read_over() -> None:
    assert sound(b"\xef\xbb\xbfa: b\n") == {"a": "b"}


def test_windows_line_ends_are_line_ends() -> None:
    root, problems = read("a: b\r\nc: |\r\n  one\r\n  two\r\nd: e\r\n")
    assert problems == []
    assert plain(root) == {"a": "b", "c": "one\ntwo\n", "d": "e"}
    assert root is not None
    assert root.walk(("d",)).line == 5


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_has_no_root_and_no_problem(text: str) -> None:
    assert read(text) == (None, [])


# Anything at all

pieces = [*"ab:-[]{}#&*!|>'\"%@`,?. \n\t\\~<=\ré", "---", ": ", "- ", "\n  ", "a: ", "\u202e"]
yaml_ish = st.lists(st.sampled_from(pieces), max_size=40).map("".join)


@given(st.binary(max_size=200))
@example(b"\xff\xfe")
@example(b"\x00")
@settings(max_examples=300, deadline=None)
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    _, problems = read(data)
    assert all(problem.cure and problem.line and problem.column for problem in problems)


@given(yaml_ish)
@settings(max_examples=600, deadline=None)
def test_no_text_that_looks_like_yaml_makes_the_reader_raise(text: str) -> None:
    root, problems = read(text)
    assert all(problem.cure and problem.line and problem.column and "\n" not in str(problem) for problem in problems)
    assert root is not None or problems or not yaml_has_content(text)


def yaml_has_content(text: str) -> bool:
    """Say whether an independent reader finds anything in a text."""
    return yaml.compose(text, Loader=yaml.SafeLoader) is not None


simple = st.recursive(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20).filter(
        lambda text: not FORBIDDEN.search(text)
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=4),
    max_leaves=15,
)


@given(simple)
@settings(max_examples=200, deadline=None)
def test_whatever_a_yaml_writer_writes_in_quotes_is_read_back(value: object) -> None:
    text = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10_000)
    assert sound(text) == value


@given(yaml_ish)
@settings(max_examples=200, deadline=None)
def test_the_slower_reader_of_platforms_without_libyaml_refuses_the_same(text: str) -> None:
    fast = read(text)
    loader = tree._LOADER
    tree._LOADER = yaml.SafeLoader
    try:
        slow = read(text)
    finally:
        tree._LOADER = loader
    if not any(problem.code == "yaml" for problem in (*fast[1], *slow[1])):  # the two word and place broken syntax differently
        assert plain(slow[0]) == plain(fast[0])
        assert [problem.code for problem in slow[1]] == [problem.code for problem in fast[1]]
