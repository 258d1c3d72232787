"""A folder or one file becomes a pack; what does not belong, is missing or has changed is said with its place."""

from __future__ import annotations

import gc
import hashlib
import sys
from pathlib import Path
from textwrap import indent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketalearn.content.pack import FORMAT
from ketalearn.loading.pack import Reading, no_collector, read_pack
from tests.conftest import KETAMINE
from tests.loading.small import (
    CLAIMS,
    DOCUMENT,
    HEAD,
    MODULE,
    SMALL,
    TEXT,
    place,
    spoiled,
    stands_at,
    the_one,
    write_file,
    write_folder,
)


def read(folder: Path, *changes: tuple[str, str]) -> Reading:
    return read_pack(write_file(folder, spoiled(*changes)))


def with_text_file(folder: Path, text: str | bytes, *, sha256: str | None = None, **changed: str | bytes | None) -> Path:
    """Write the pack as a folder whose document is a file, with its right checksum unless another one is given."""
    data = text if isinstance(text, bytes) else text.encode()
    written = hashlib.sha256(data).hexdigest() if sha256 is None else sha256
    documents = DOCUMENT + f"  file: documents/page.md\n  sha256: {written}\n"
    return write_folder(folder, documents_yaml=documents, documents__page_md=data, **changed)


# One file and a folder


def test_a_folder_and_a_single_file_give_the_same_pack(tmp_path: Path) -> None:
    one, many = read_pack(write_file(tmp_path)), read_pack(write_folder(tmp_path))
    assert one.problems == many.problems == []
    assert one.pack is not None
    assert many.pack is not None
    assert one.pack.documents == many.pack.documents
    assert one.pack.cards == many.pack.cards
    assert one.pack.references == many.pack.references
    assert one.pack.modules == many.pack.modules
    assert (one.pack.id, one.pack.title) == (many.pack.id, many.pack.title)
    assert one.ids == many.ids
    assert (one.places.main, many.places.main) == ("small.yaml", "pack.yaml")


def test_a_document_in_a_file_is_the_same_as_one_written_inline(tmp_path: Path) -> None:
    inline = read_pack(write_file(tmp_path)).pack
    outside = read_pack(with_text_file(tmp_path, TEXT))
    assert outside.problems == []
    assert inline is not None
    assert outside.pack is not None
    assert outside.pack.documents[0].text == inline.documents[0].text == TEXT
    assert outside.pack.documents[0].quotes == inline.documents[0].quotes


def test_a_list_may_stand_under_its_name_in_its_own_file(tmp_path: Path) -> None:
    documents = "documents:\n" + indent(DOCUMENT + "  text: |\n" + indent(TEXT, "    "), "  ")
    assert read_pack(write_folder(tmp_path, documents_yaml=documents)).problems == []


def test_claims_may_stand_with_their_document_or_in_a_file_of_their_own_or_both(tmp_path: Path) -> None:
    first, rest = CLAIMS.split("- id: slows")
    documents = DOCUMENT + "  text: |\n" + indent(TEXT, "    ") + "  claims:\n" + indent(first, "    ")
    reading = read_pack(write_folder(tmp_path, documents_yaml=documents, claims__page_yaml="- id: slows" + rest))
    assert reading.problems == []
    assert reading.pack is not None
    assert [claim.id for claim in reading.pack.documents[0].claims] == ["only", "slows", "dropped"]


def test_modules_come_in_the_order_of_the_pack_and_not_of_their_files(tmp_path: Path) -> None:
    head = HEAD + "order: [zebra, heat]\n"
    zebra = spoiled(("id: heat", "id: zebra"), text=MODULE)
    reading = read_pack(write_folder(tmp_path, pack_yaml=head, modules__a_yaml=zebra))
    assert reading.problems == []
    assert reading.pack is not None
    assert [module.id for module in reading.pack.modules] == ["zebra", "heat"]


def test_a_module_that_the_order_forgets_is_refused_since_nobody_would_see_it(tmp_path: Path) -> None:
    other = spoiled(("id: heat", "id: other"), text=MODULE)
    problem = the_one(read_pack(write_folder(tmp_path, modules__other_yaml=other)).problems, "module-not-in-order")
    assert (problem.file, problem.line, problem.column) == ("modules/other.yaml", 1, 1)
    assert "pack.yaml" in problem.cure


def test_an_order_that_names_no_module_is_refused_with_the_nearest(tmp_path: Path) -> None:
    head = HEAD + "order: [heat, haet]\n"
    problem = the_one(read_pack(write_folder(tmp_path, pack_yaml=head)).problems, "unknown-module")
    assert problem.file == "pack.yaml"
    assert stands_at(problem, head, "[heat")
    assert "Did you mean “heat”?" in problem.cure


def test_the_shipped_pack_is_read_without_a_problem() -> None:
    reading = read_pack(KETAMINE)
    assert reading.problems == []
    assert reading.pack is not None
    assert reading.pack.id == "ketamine"


# What is missing or does not belong


def test_a_folder_without_pack_yaml_is_refused_with_what_to_do(tmp_path: Path) -> None:
    problem = the_one(read_pack(write_folder(tmp_path, pack_yaml=None)).problems, "pack-missing")
    assert problem.file == "pack.yaml"
    assert "ketalearn new" in problem.cure


def test_an_empty_folder_is_refused_with_what_to_do(tmp_path: Path) -> None:
    assert "ketalearn new" in the_one(read_pack(tmp_path).problems, "pack-missing").cure


def test_a_path_that_is_not_there_is_refused_once(tmp_path: Path) -> None:
    reading = read_pack(tmp_path / "none")
    assert reading.pack is None
    assert the_one(reading.problems, "pack-missing").file == str(tmp_path / "none")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "- a\n", "just a text\n"])
def test_a_file_that_describes_no_pack_is_refused_with_how_to_begin(tmp_path: Path, text: str) -> None:
    problem = the_one(read_pack(write_file(tmp_path, text)).problems, "not-a-pack")
    assert (problem.file, problem.line) == ("small.yaml", 1)
    assert "format: 1" in problem.cure


def test_a_broken_head_is_one_problem(tmp_path: Path) -> None:
    reading = read_pack(write_folder(tmp_path, pack_yaml="title: one: two\n"))
    assert reading.pack is None
    assert the_one(reading.problems, "yaml").file == "pack.yaml"


def test_a_broken_module_does_not_hide_the_faults_of_the_others(tmp_path: Path) -> None:
    reading = read_pack(write_folder(tmp_path, modules__heat_yaml="id: one: two\n", claims__page_yaml="x\n"))
    assert [(problem.file, problem.code) for problem in reading.problems] == [
        ("claims/page.yaml", "wrong-shape"),
        ("modules/heat.yaml", "yaml"),
        ("pack.yaml", "unknown-module"),
    ]


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("document_yaml", "Did you mean “documents.yaml”?"),
        ("evidence__card_yaml", "Did you mean “evidence/cards.yaml”?"),
        ("claim__page_yaml", "Did you mean “claims/page.yaml”?"),
    ],
)
def test_a_yaml_file_that_nothing_reads_is_a_warning(tmp_path: Path, name: str, cure: str) -> None:
    reading = read_pack(write_folder(tmp_path, **{name: "a: b\n"}))
    problem = the_one(reading.problems, "stray-file", "warning")
    assert problem.file == name.replace("__", "/").replace("_yaml", ".yaml")
    assert problem.cure == cure
    assert reading.pack is not None


def test_a_text_that_no_document_names_is_no_problem(tmp_path: Path) -> None:
    assert read_pack(write_folder(tmp_path, README_md="# How this was made\n", notes_txt="x")).problems == []


def test_a_claims_file_without_its_document_is_refused_with_the_nearest(tmp_path: Path) -> None:
    reading = read_pack(write_folder(tmp_path, claims__page_yaml=None, claims__pagee_yaml=CLAIMS))
    problem = the_one(reading.problems, "unknown-document")
    assert (problem.file, problem.line) == ("claims/pagee.yaml", 1)
    assert "Did you mean “page”?" in problem.cure


@pytest.mark.parametrize("key", ["documents", "cards", "references", "modules"])
def test_a_list_that_is_none_is_refused_at_its_place(tmp_path: Path, key: str) -> None:
    text = HEAD + f"{key}: {{a: b}}\n"
    problem = the_one(read_pack(write_file(tmp_path, text)).problems, "wrong-shape")
    assert stands_at(problem, text, "{a: b}")
    assert problem.message == f"“{key}” needs a list"


def test_a_list_file_that_holds_something_else_is_refused_at_its_place(tmp_path: Path) -> None:
    problem = the_one(read_pack(write_folder(tmp_path, evidence__cards_yaml="a: b\n")).problems, "wrong-shape")
    assert (problem.file, problem.line, problem.message) == ("evidence/cards.yaml", 1, "“cards” needs a list")


def test_a_claims_file_or_an_order_like_nothing_known_gets_another_cure(tmp_path: Path) -> None:
    reading = read_pack(write_folder(tmp_path, pack_yaml=HEAD + "order: [heat, zzz]\n", claims__qqq_yaml="[]\n"))
    assert {problem.code: problem.cure for problem in reading.problems} == {
        "unknown-document": "Name the file after a document of documents.yaml.",
        "unknown-module": "Write it, or take it out of the order.",
    }


def test_the_line_for_the_schema_that_editors_read_is_a_comment(tmp_path: Path) -> None:
    assert read_pack(write_file(tmp_path, "# yaml-language-server: $schema=pack.schema.json\n" + SMALL)).problems == []


# Ids


@pytest.mark.parametrize(
    ("again", "key"),
    [("only", "claims"), ("wall", "cards"), ("Fourier1822", "references"), ("heat", "modules"), ("page", "documents")],
)
def test_an_id_that_stands_twice_names_where_the_first_one_is(tmp_path: Path, again: str, key: str) -> None:
    text = SMALL
    starts = {"claims": "      - id: only\n", "cards": "  - id: wall\n", "references": "  - id: Fourier1822\n"}
    starts |= {"modules": "  - id: heat\n", "documents": "  - id: page\n"}
    start = starts[key]
    first, _ = place(text, start)
    begin = text.index(start)
    dashes = len(start) - len(start.lstrip())
    lines = [start, *text[begin + len(start) :].splitlines(keepends=True)]
    until = next(
        (n for n, line in enumerate(lines[1:], 1) if len(line) - len(line.lstrip()) <= dashes and line.strip()), len(lines)
    )
    block = "".join(lines[:until])
    twice = text[: begin + len(block)] + block + text[begin + len(block) :]
    problems = [problem for problem in read_pack(write_file(tmp_path, twice)).problems if f"“{again}”" in problem.message]
    problem = the_one(problems, "duplicate-id")
    assert problem.line == first + block.count("\n")
    assert f"small.yaml, line {first}" in problem.message


def test_an_id_that_stands_in_two_files_names_the_first_file(tmp_path: Path) -> None:
    reading = read_pack(write_folder(tmp_path, modules__other_yaml=MODULE))
    problem = the_one(reading.problems, "duplicate-id")
    assert (problem.file, problem.line) == ("modules/other.yaml", 1)
    assert "modules/heat.yaml, line 1" in problem.message


def test_ids_are_noted_also_of_parts_that_did_not_validate(tmp_path: Path) -> None:
    reading = read(tmp_path, ("      kind: mechanism", "      kind: magic"), ("    strength: ungraded", "    strength: strong"))
    assert [problem.code for problem in reading.problems] == ["not-one-of", "not-one-of"]
    assert reading.ids["claims"] == {"only", "slows", "dropped"}
    assert reading.ids["cards"] == {"wall"}
    assert reading.ids["passages"] == {"many"}


# Rule 6: format


@pytest.mark.parametrize("written", ["2", "3", "17", '"2"', "999999999"])
def test_a_newer_format_is_refused_with_the_version_it_needs_and_nothing_else_is_read(tmp_path: Path, written: str) -> None:
    text = spoiled(("format: 1", f"format: {written}"), ("title: A small pack", "colour: red"))
    reading = read_pack(write_file(tmp_path, text))
    problem = the_one(reading.problems, "newer-format")
    number = written.strip('"')
    assert reading.pack is None
    assert (problem.file, problem.line, problem.column) == ("small.yaml", 1, 9)
    assert f"format {number}" in problem.message
    assert f"this program reads format {FORMAT}" in problem.message
    assert f"a version that reads format {number}" in problem.cure


@pytest.mark.parametrize("written", ["0", "-1", "2.0", "9999999999"])
def test_a_format_that_never_was_is_refused(tmp_path: Path, written: str) -> None:
    problem = the_one(read(tmp_path, ("format: 1", f"format: {written}")).problems, "unknown-format")
    assert (problem.line, problem.column) == (1, 9)
    assert "format: 1" in problem.cure


@pytest.mark.parametrize("written", ["one", "²", "１x", "9" * 5000, "[1]", "1.5"])
def test_a_format_that_is_no_number_is_refused_and_raises_nothing(tmp_path: Path, written: str) -> None:
    problem = the_one(read(tmp_path, ("format: 1", f"format: {written}")).problems, "wrong-shape")
    assert (problem.line, problem.column) == (1, 9)


def test_a_pack_without_a_format_is_refused(tmp_path: Path) -> None:
    problem = the_one(read(tmp_path, ("format: 1\n", "")).problems, "missing-key")
    assert "“format”" in problem.message


# Rule 4 and 7: documents in files


@pytest.mark.parametrize(
    "name",
    [
        "../secret.md",
        "documents/../../secret.md",
        "/etc/passwd",
        "documents/none.md",
        "",
        "documents",
        "C:\\secret.md",
        "a\\0b",
    ],
)
def test_a_document_outside_the_pack_is_never_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.md").write_text(TEXT, encoding="utf-8")
    written = f'  file: "{name}"\n' if "\\" not in name else f"  file: '{name}'\n"
    documents = DOCUMENT + written + "  sha256: x\n"
    root = write_folder(tmp_path, documents_yaml=documents)
    reading = read_pack(root)
    problem = the_one(reading.problems, "missing-file")
    assert problem.file == "documents.yaml"
    assert stands_at(problem, documents, written.strip().removeprefix("file: "))
    assert reading.pack is not None
    assert reading.pack.documents[0].text == ""


def test_a_document_behind_a_link_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(TEXT, encoding="utf-8")
    root = with_text_file(tmp_path, TEXT)
    (root / "documents" / "page.md").unlink()
    (root / "documents" / "page.md").symlink_to(tmp_path / "secret.md")
    reading = read_pack(root)
    assert [problem.code for problem in reading.problems] == ["missing-file", "link"]
    assert reading.pack is not None
    assert reading.pack.documents[0].text == ""


def test_a_missing_document_names_the_nearest_file(tmp_path: Path) -> None:
    root = with_text_file(tmp_path, TEXT)
    (root / "documents" / "page.md").rename(root / "documents" / "pages.md")
    assert "Did you mean “documents/pages.md”?" in the_one(read_pack(root).problems, "missing-file").cure


def test_a_changed_document_names_the_quotes_to_read_again_and_the_new_checksum(tmp_path: Path) -> None:
    changed = TEXT + "One more sentence.\n"
    root = with_text_file(tmp_path, changed, sha256=hashlib.sha256(TEXT.encode()).hexdigest())
    problem = the_one(read_pack(root).problems, "changed-document")
    assert problem.file == "documents.yaml"
    assert stands_at(problem, (root / "documents.yaml").read_text(encoding="utf-8"), hashlib.sha256(TEXT.encode()).hexdigest())
    assert "only, slows, dropped, many" in problem.message
    assert hashlib.sha256(changed.encode()).hexdigest() in problem.cure


def test_of_many_quotes_to_read_again_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    claim = "- id: c{}\n  quote: It is {}.\n  kind: background\n  verdict: unsettled\n  reason: none\n  why: So.\n"
    claims = "".join(claim.format(number, number) for number in range(20))
    root = with_text_file(tmp_path, TEXT, sha256="old", claims__page_yaml=claims)
    problem = the_one(read_pack(root).problems, "changed-document")
    assert "c0, c1," in problem.message
    assert problem.message.endswith("c11 and 9 more")  # eight claims and a passage


def test_twelve_quotes_are_all_named_and_a_document_without_any_says_none(tmp_path: Path) -> None:
    claim = "- id: c{}\n  quote: It is {}.\n  kind: background\n  verdict: unsettled\n  reason: none\n  why: So.\n"
    claims = "".join(claim.format(number, number) for number in range(11))
    problem = the_one(
        read_pack(with_text_file(tmp_path, TEXT, sha256="old", claims__page_yaml=claims)).problems, "changed-document"
    )
    assert problem.message.endswith("c10, many")
    bare = "- {id: page, title: t, label: l, voice: seller, author: a, file: documents/page.md, sha256: old}\n"
    root = with_text_file(tmp_path, TEXT, claims__page_yaml="[]\n")
    (root / "documents.yaml").write_text(bare, encoding="utf-8")
    assert the_one(read_pack(root).problems, "changed-document").message.endswith("read again: none")


def test_a_document_without_a_checksum_is_refused_with_the_line_to_write(tmp_path: Path) -> None:
    documents = DOCUMENT + "  file: documents/page.md\n"
    root = write_folder(tmp_path, documents_yaml=documents, documents__page_md=TEXT)
    problem = the_one(read_pack(root).problems, "no-checksum")
    assert (problem.file, problem.line) == ("documents.yaml", 1)
    assert f"sha256: {hashlib.sha256(TEXT.encode()).hexdigest()}" in problem.cure


@pytest.mark.parametrize("written", ["", "  text: a\n  file: documents/page.md\n  sha256: x\n"])
def test_a_document_has_a_text_or_a_file_and_not_both(tmp_path: Path, written: str) -> None:
    problem = the_one(read_pack(write_folder(tmp_path, documents_yaml=DOCUMENT + written)).problems, "document-text")
    assert (problem.file, problem.line) == ("documents.yaml", 1)


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_a_document_file_without_a_word_is_refused_since_no_quote_stands_in_it(tmp_path: Path, text: str) -> None:
    root = with_text_file(tmp_path, text)
    problem = the_one(read_pack(root).problems, "document-text")
    assert stands_at(problem, (root / "documents.yaml").read_text(encoding="utf-8"), "documents/page.md")


def test_an_inline_document_without_a_word_is_refused_too(tmp_path: Path) -> None:
    problem = the_one(read_pack(write_folder(tmp_path, documents_yaml=DOCUMENT + '  text: ""\n')).problems, "document-text")
    assert "no text" in problem.message


def test_a_document_that_is_not_utf_8_is_refused_in_its_own_file_at_the_character(tmp_path: Path) -> None:
    problem = the_one(read_pack(with_text_file(tmp_path, b"A caf\xc3\xa9.\n\nA caf\xe9.\n")).problems, "not-utf8")
    assert (problem.file, problem.line, problem.column) == ("documents/page.md", 3, 6)


@pytest.mark.parametrize("char", ["\x1b", "\r", "\x85", "\u202e", "\u2028", "\U000e0041"])
def test_a_document_with_a_forbidden_character_is_refused_in_its_own_file_at_its_place(tmp_path: Path, char: str) -> None:
    problem = the_one(read_pack(with_text_file(tmp_path, f"A text.\n\nIt {char}works.\n")).problems, "control-character")
    assert (problem.file, problem.line, problem.column) == ("documents/page.md", 3, 4)
    assert f"U+{ord(char):04X}" in problem.message


def test_a_document_with_windows_line_ends_and_a_byte_order_mark_is_read_as_any_other(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    reading = read_pack(with_text_file(tmp_path, data))
    assert reading.problems == []
    assert reading.pack is not None
    assert reading.pack.documents[0].text == TEXT


def test_joiners_and_right_to_left_letters_of_a_document_are_kept(tmp_path: Path) -> None:
    reading = read_pack(with_text_file(tmp_path, TEXT + "می\u200cخواهم שלום\n"))
    assert reading.problems == []
    assert reading.pack is not None
    assert (reading.pack.documents[0].text or "").endswith("می\u200cخواهم שלום\n")


# Places


def test_a_fault_inside_a_block_text_counts_its_further_lines(tmp_path: Path) -> None:
    reading = read(tmp_path)
    problem = reading.places.problem(("modules", "heat"), ("pages", 0, "body"), "code", "message", line=3)
    line, _ = place(SMALL, "One seller says so")
    assert (problem.file, problem.line, problem.column) == ("small.yaml", line, 1)


def test_a_fault_inside_a_text_of_one_line_is_found_where_the_text_begins(tmp_path: Path) -> None:
    reading = read(
        tmp_path, ("body: |\n          Heat leaves through the wall [@wall].\n\n          One seller", "body: One seller")
    )
    problem = reading.places.problem(("modules", "heat"), ("pages", 0, "body"), "code", "message", line=1)
    text = reading.files.files["small.yaml"].decode()
    assert stands_at(problem, text, "One seller says so")


def test_a_fault_of_a_part_that_stands_nowhere_belongs_to_the_main_file(tmp_path: Path) -> None:
    problem = read(tmp_path).places.problem(("cards", "none"), (), "code", "message")
    assert (problem.file, problem.line, problem.column) == ("small.yaml", 0, 0)


def test_problems_come_in_the_order_of_files_and_places(tmp_path: Path) -> None:
    text = spoiled(("minutes: {read: 2", "minutes: {read: x"), ("key: true", "key: maybe"), text=MODULE)
    problems = read_pack(write_folder(tmp_path, modules__heat_yaml=text, claims__page_yaml="a: b\n")).problems
    assert len(problems) == 3
    assert problems == sorted(problems)


# Rule 0: the collector


def test_the_cyclic_collector_is_off_while_reading_and_as_before_afterwards() -> None:
    assert gc.isenabled()
    with no_collector():
        assert not gc.isenabled()
        with no_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_is_on_again_after_a_fault_and_stays_off_for_who_turned_it_off() -> None:
    with pytest.raises(KeyError), no_collector():
        raise KeyError
    assert gc.isenabled()
    gc.disable()
    try:
        with no_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_no_generation_is_collected_while_a_pack_is_read(tmp_path: Path) -> None:
    path = write_file(tmp_path, HEAD + "cards:\n" + "  - {id: x}\n" * 5000)
    runs: list[str] = []
    gc.callbacks.append(lambda phase, _: runs.append(phase))
    try:
        reading = read_pack(path)
    finally:
        gc.callbacks.pop()
    assert len(reading.problems) > 5000
    assert runs.count("start") <= 1, "the one that was due when it was turned on again"


# Anything at all


@given(
    st.integers(0, len(SMALL) - 1),
    st.sampled_from([*"-:[]{}#&*!|>'\"%@`, \n\t\\é\u202e\x00", "", "  ", ": ", "- ", "x"]),
    st.integers(0, 30),
)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_slip_of_a_pen_makes_reading_raise(tmp_path: Path, at: int, new: str, gone: int) -> None:
    reading = read_pack(write_file(tmp_path, SMALL[:at] + new + SMALL[at + gone :]))
    assert reading.pack is not None or reading.problems
    assert all(problem.cure and problem.message for problem in reading.problems)


@pytest.mark.skipif(sys.platform == "win32", reason="left out: such a name cannot be written on this platform")
def test_a_name_with_a_line_end_still_makes_one_line(tmp_path: Path) -> None:
    root = write_folder(tmp_path)
    (root / "a\nb.yaml").write_text("a: b\n", encoding="utf-8")
    the_one(read_pack(root).problems, "stray-file", "warning")
