from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ketalearn.assessment.response import Response
from ketalearn.content.text import fold, sentences
from ketalearn.library.compiled import CompiledPack
from ketalearn.store.journal import Journal
from ketalearn.study.course import Course
from ketalearn.study.history import History
from ketalearn.study.packs import open_pack
from ketalearn.study.sheet import excerpt, sheet
from tests.conftest import KETAMINE, NOW

MODULE = "nmda-antagonism"


@pytest.fixture
def pack(cache: Path) -> CompiledPack:
    return open_pack(KETAMINE, cache)


@pytest.fixture
def taken(home: Path, pack: CompiledPack) -> Course:
    """A course whose quiz was taken, with a note that looks like HTML and Markdown."""
    course = Course(pack, History(Journal(home / "history.sqlite3"), pack, lambda: NOW), lambda: 5, lambda: NOW)
    sitting = course.sit(MODULE)
    sitting.go("primer")
    for step in ("tell", "quiz"):
        sitting.go(step)
        sitting.begin()
        while (ask := sitting.ask()) is not None:
            sitting.answer(
                ask.address,
                Response(dont_know=True)
                if ask.typed or not ask.options
                else Response(
                    chosen=tuple(ask.order)
                    if ask.kind in ("order",)
                    else (0,) * len(ask.options)
                    if ask.kind == "match"
                    else (0,)
                ),
                2,
            )
    sitting.flag(f"{MODULE}/nmda-blocks", "<b>odd</b> *x* [y](z)", bad=True)
    return course


def test_the_sheet_holds_every_item_my_answer_the_reason_and_the_quote(taken: Course) -> None:
    text = sheet(taken, MODULE)
    report = taken.sit(MODULE).report()
    assert text.count("\n### ") == len(report.lines)
    assert text.count("You: ") >= len(report.lines)
    assert text.count("Why: ") == len(report.lines)
    assert ">> " in text.replace("\\", "").replace("&gt;&gt;", ">>")
    assert "doi:" in text


def test_what_somebody_typed_is_neither_markdown_nor_html(taken: Course) -> None:
    text = sheet(taken, MODULE)
    assert "<b>" not in text
    assert "\\*x\\*" in text
    page = sheet(taken, MODULE, "html")
    assert "<b>odd" not in page
    assert "&lt;b&gt;odd&lt;/b&gt;" in page


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def test_the_html_is_whole_and_asks_the_network_for_nothing(taken: Course) -> None:
    page = sheet(taken, MODULE, "html")
    tags = Tags()
    tags.feed(page)
    assert not tags.wrong
    assert not tags.open
    assert not re.search(r"(src|href)\s*=", page)


def test_a_quote_brings_at_most_two_sentences_on_each_side_and_never_a_whole_document(taken: Course) -> None:
    sitting = taken.sit(MODULE)
    for name in taken.pack.shared.anchors:
        view = sitting.sources.passage(name)
        text = taken.pack.documents[view.document].text or ""
        shown = excerpt(taken.pack, view).replace(">> ", "").replace(" <<", "")
        around = len(sentences(shown)) - len(sentences(view.quote))
        assert around <= 2 * 2 + 3, name  # a heading or a lead-in may be cut apart once more when it stands alone
        assert len(shown) < 0.7 * len(text) or len(text) < 900, name


def test_a_sentence_that_was_written_for_an_exercise_brings_no_other_one(taken: Course) -> None:
    sitting = taken.sit(MODULE)
    written = [name for name in taken.pack.shared.anchors if name.startswith("ex-")]
    assert written
    for name in written:
        view = sitting.sources.passage(name)
        assert excerpt(taken.pack, view) == fold(f">> {view.quote} <<"), name


def test_ketalearn_sheet_writes_it_and_never_overwrites(taken: Course, home: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ketalearn", "sheet", *arguments]
        environment = {"KETALEARN_HOME": str(home), "PYTHONUTF8": "1"}
        return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, cwd=tmp_path, check=False)

    assert run(MODULE).stdout == sheet(taken, MODULE)
    done = run(MODULE, "--out", "sheet.html")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "sheet.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    again = run(MODULE, "--out", "sheet.html")
    assert again.returncode == 4
    assert "there already" in again.stderr
    unknown = run("nothing")
    assert unknown.returncode == 3
    assert MODULE in unknown.stderr
