"""Checking a pack: what counts as clean, and what a clean pack ends with."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from ketalearn.checks.context import Counts, counts
from ketalearn.checks.run import check
from ketalearn.loading.pack import read_pack
from tests.loading.small import SMALL, spoiled, write_file, write_folder

NOTE = ("        module: heat\ncards", "cards")
WARNING = ("claim: dropped", "claim: slows")
ERROR = ("verdict: refuted", "verdict: overstated")


@pytest.mark.parametrize(
    ("changes", "severities", "clean"),
    [
        ([], [], True),
        ([NOTE], ["note"], True),
        ([WARNING], ["warning"], False),
        ([ERROR], ["error"], False),
        ([ERROR, WARNING, NOTE], ["error", "note", "warning"], False),
    ],
)
def test_a_pack_is_clean_without_errors_and_warnings_notes_do_not_count(
    tmp_path: Path, changes: list[tuple[str, str]], severities: list[str], clean: bool
) -> None:
    checked = check(write_file(tmp_path, spoiled(*changes)))
    assert sorted(problem.severity for problem in checked.problems) == severities
    assert checked.clean is clean


def test_problems_of_reading_and_of_rules_come_in_one_order(tmp_path: Path) -> None:
    checked = check(write_folder(tmp_path, stray_yaml="a: b\n", a__b__c_yaml="a: b\n"))
    assert [problem.file for problem in checked.problems] == ["a/b/c.yaml", "stray.yaml"]


def test_what_was_checked_has_its_title_and_counts(tmp_path: Path) -> None:
    path = write_file(tmp_path)
    checked = check(path)
    assert (checked.path, checked.title) == (path, "A small pack")
    assert checked.counts == Counts(modules=1, pages=1, items=2, documents=1, claims=3, cards=1, references=1, terms=0)


def test_a_pack_that_cannot_be_read_has_its_file_for_a_title_and_no_counts(tmp_path: Path) -> None:
    checked = check(write_file(tmp_path, "["))
    assert (checked.title, checked.counts, checked.clean) == ("small.yaml", None, False)


def test_the_counts_are_one_line_of_words_in_the_right_number() -> None:
    one = Counts(modules=1, pages=1, items=1, documents=1, claims=1, cards=1, references=1, terms=1)
    many = Counts(modules=0, pages=2, items=3, documents=4, claims=5, cards=6, references=7, terms=8)
    assert str(one) == "1 module, 1 page, 1 item, 1 document, 1 claim, 1 evidence card, 1 reference, 1 term"
    assert str(many) == "0 modules, 2 pages, 3 items, 4 documents, 5 claims, 6 evidence cards, 7 references, 8 terms"


def test_counts_count_over_all_modules_and_documents(tmp_path: Path) -> None:
    pack = read_pack(write_file(tmp_path, SMALL)).pack
    assert pack is not None
    twice = type(pack)(format=1, id="a", title="b", modules=pack.modules * 2, documents=pack.documents * 2)
    found = counts(twice)
    assert (found.modules, found.pages, found.items, found.claims, found.cards) == (2, 2, 4, 6, 0)


def test_checking_leaves_the_collector_as_it_was(tmp_path: Path) -> None:
    check(write_file(tmp_path))
    assert gc.isenabled()
