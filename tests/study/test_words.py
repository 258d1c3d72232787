"""What stands beside a lesson: what words mean, what labels are open to argument, what a whole document leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketalearn.assessment.response import Response
from ketalearn.content.pack import Term
from ketalearn.content.rich import Block, TextSpan, terms
from ketalearn.library.compiled import CompiledPack
from ketalearn.loading.terms import Terms
from ketalearn.study.sources import gap_lines
from ketalearn.study.words import words
from tests.study.desk import EVERY_KIND, Desk, begin, every_kind

GLOSSARY = """
glossary:
  - {id: lamp, term: lamp, also: [lamps], short: It gives light., text: "More of it [@warm-card]."}
  - {id: warm-light, term: warm light, short: It holds less blue., text: Less blue.}
  - {id: aurora, term: Aurora, short: A light in the sky., text: It is in the north.}
"""
GAPS = "    gaps: {sources: It names none., cost: It says nothing of it.}\n"


def changed(tmp_path: Path, *changes: tuple[str, str], more: str = "") -> Path:
    """Write the small pack with some words replaced, each of them once."""
    text = EVERY_KIND.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = tmp_path / "changed.yaml"
    path.write_text(text + more, encoding="utf-8")
    return path


@pytest.fixture
def glossed(tmp_path: Path, cache: Path) -> CompiledPack:
    return every_kind(cache, changed(tmp_path, more=GLOSSARY))


def paragraph(*spans: TextSpan | str) -> Block:
    return Block(kind="paragraph", spans=tuple(TextSpan(text=s) if isinstance(s, str) else s for s in spans))


def marked(block: Block) -> list[str]:
    return [span.text for span in block.spans if span.style == "term"]


MARKING = Terms(
    [
        Term(id="nmda", term="NMDA receptor", also=("NMDA receptors",), short="s", text="t"),
        Term(id="receptor", term="receptor", short="s", text="t"),
        Term(id="rct", term="C++ trial", short="s", text="t"),
    ]
)


def test_a_term_is_marked_where_it_stands_first_and_the_longer_one_wins() -> None:
    (block,) = MARKING.mark((paragraph("An NMDA receptor is a receptor. A receptor opens; nmda\u00a0receptors close."),))
    assert marked(block) == ["NMDA receptor", "receptor"]
    assert block.text == "An NMDA receptor is a receptor. A receptor opens; nmda\u00a0receptors close."
    assert terms((block,)) == ("nmda", "receptor")


def test_parts_of_words_links_citations_headings_and_code_are_not_marked() -> None:
    others = [TextSpan(text="receptor", style=style, target="x") for style in ("link", "cite", "code", "strong")]
    blocks = (
        paragraph("Receptorbound, bireceptor, non-receptor."),
        paragraph(*others),
        *(Block(kind=kind, spans=(TextSpan(text="receptor"),)) for kind in ("heading", "quote", "code", "figure")),
    )
    assert MARKING.mark(blocks) == blocks


def test_a_term_is_text_and_never_a_pattern() -> None:
    (block,) = MARKING.mark((paragraph("A C++ trial, not a CCC trial."),))
    assert marked(block) == ["C++ trial"]


def test_a_pack_without_a_glossary_marks_nothing() -> None:
    blocks = (paragraph("receptor"),)
    assert Terms([]).mark(blocks) is blocks


def test_words_of_the_page_come_first_and_the_others_by_the_alphabet(home: Path, glossed: CompiledPack) -> None:
    desk = Desk(home, glossed)
    sitting = desk.sit()
    views = words(glossed, sitting.sources, ("warm-light", "gone"))
    assert [(view.id, view.here) for view in views] == [("warm-light", True), ("aurora", False), ("lamp", False)]
    assert views[2].text.startswith("More of it (")
    desk.close()


def test_a_page_knows_its_terms(home: Path, glossed: CompiledPack) -> None:
    desk = Desk(home, glossed)
    sitting = desk.sit()
    found = {step.key: sitting.reading().terms for step in sitting.steps if step.kind == "page" and sitting.go(step.key)}
    assert any("lamp" in names or "warm-light" in names for names in found.values())
    assert all(name in glossed.terms for names in found.values() for name in names)
    desk.close()


def test_a_split_label_is_shown_as_open_to_argument_and_is_never_asked(tmp_path: Path, home: Path, cache: Path) -> None:
    text = "why: Nobody has measured it.\n        module: one"
    pack = every_kind(cache, changed(tmp_path, (text, f"{text}\n        label: split")))
    desk = Desk(home, pack)
    sitting = desk.sit()
    keys = [step.key for step in sitting.steps]
    assert keys.index("tell") < keys.index("discuss") < keys.index("quiz")
    sitting.go("primer")
    sitting.go("discuss")
    view = sitting.reading()
    shown = " ".join(block.text for block in view.blocks)
    assert "You will sleep deeper with it." in shown
    assert "Nobody has measured it." in shown
    assert [cite.passage.id for cite in view.cites if cite.passage] == ["deeper"]
    assert not any("deeper" in address for address in begin(sitting, "tell").items)
    desk.close()


def test_a_document_says_what_it_leaves_out_and_an_empty_line_is_not_shown(tmp_path: Path, cache: Path) -> None:
    pack = every_kind(cache, changed(tmp_path, ("    gain: sells lamps\n", "    gain: sells lamps\n" + GAPS)))
    assert gap_lines(pack.documents["shop"]) == [
        ("Sources and date", "It names none."),
        ("Cost and alternatives", "It says nothing of it."),
    ]


def test_a_document_that_is_read_cold_waits_for_its_module(tmp_path: Path, home: Path, cache: Path) -> None:
    held = ("    gain: sells lamps\n", "    gain: sells lamps\n    held-out-until: two\n")
    pack = every_kind(cache, changed(tmp_path, held))
    desk = Desk(home, pack)
    course = desk.course()
    assert course.kept_for(pack.documents["shop"]) == course.rows()[1].title
    sitting = desk.sit("two")
    for address in begin(sitting).items:
        sitting.answer(address, Response(dont_know=True))
    assert desk.course().kept_for(pack.documents["shop"]) == ""
    desk.close()
