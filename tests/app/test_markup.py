"""Pack text and typed text are never markup: a test that reads the code, and one that reads the screen."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.app.driving import make_course, seated
from tests.conftest import ROOT

APP = ROOT / "ketalearn" / "app"
TAKES_MARKUP = {
    "Static",
    "Label",
    "Button",
    "Option",
    "Checkbox",
    "RadioButton",
    "Tooltip",
    "Placeholder",
    "Collapsible",
    "Markdown",
}
TITLES = {"border_title", "border_subtitle", "tooltip"}
SAFE = {"safe", "Content"}


def faults(tree: ast.AST) -> list[str]:
    """Give every place where text that is not our own could be read as markup."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else node.func.id
                if isinstance(node.func, ast.Name)
                else ""
            )
            literal = bool(node.args) and isinstance(node.args[0], ast.Constant)
            if name in {"escape", "from_markup", "from_text", "render_markup"}:
                found.append(f"{node.lineno}: {name} reads markup")
            if name == "notify" and not any(k.arg == "markup" and ast.unparse(k.value) == "False" for k in node.keywords):
                found.append(f"{node.lineno}: notify without markup=False")
            if name in TAKES_MARKUP and node.args and not literal and not is_safe(node.args[0]):
                found.append(f"{node.lineno}: {name} with text that is not ours")
            if name == "update" and node.args and not is_safe(node.args[0]) and not isinstance(node.args[0], ast.Dict):
                found.append(f"{node.lineno}: update with text that is not ours")
        if isinstance(node, ast.Assign):
            titles = [t.attr for t in node.targets if isinstance(t, ast.Attribute) and t.attr in TITLES]
            found += [f"{node.lineno}: {title} with text that is not ours" for title in titles if not is_safe(node.value)]
    return found


def is_safe(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAFE


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: path.stem)
def test_no_widget_gets_text_that_could_be_markup(path: Path) -> None:
    assert not faults(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "line",
    ["Static(title)", "self.notify(text)", "box.border_title = name", "Option(f'{x}')", "label.update(text)", "escape(text)"],
)
def test_the_reading_of_the_code_finds_what_it_is_for(line: str) -> None:
    assert faults(ast.parse(line))


HOSTILE = """
format: 1
id: hostile
title: "[red]Title[/red] [x]"
notice: "[@click=app.quit]notice[/] [/b] list[int]"
documents:
  - id: d
    title: "[b]doc"
    label: "[i]label"
    voice: patient
    author: "[/] nobody"
    text: "One [red]sentence[/red] here. Another [TODO]."
    claims:
      - {id: c, quote: "One [red]sentence[/red] here.", kind: background, verdict: unsettled, reason: none, why: "[b]why"}
modules:
  - id: m
    title: "[b]Module[/b]"
    topic: "[link=https://example.org]topic"
    try-first: [q]
    pages:
      - {id: p, title: "[u]page[/u]", body: "Text [b]body[/b] `list[int]` [@c]"}
    items:
      - id: q
        kind: single-choice
        stem: "What is list[int] [/x]?"
        cite: [c]
        hints: ["[click=app.bell]hint[/]"]
        options:
          - {text: "[red]one[/red]", key: true, because: "since [1] and [/b]"}
          - {text: "list[str]", because: "[x]"}
"""


async def test_text_with_brackets_is_shown_as_it_was_written(home: Path, cache: Path, tmp_path: Path) -> None:
    pack = tmp_path / "hostile.yaml"
    pack.write_text(HOSTILE, encoding="utf-8")
    async with seated(make_course(home, cache, pack)) as seat:
        await seat.pilot.pause(0.1)
        assert "[@click=app.quit]notice[/] [/b] list[int]" in seat.text
        await seat.press("enter", "h")
        for words in ("[b]Module[/b]", "What is list[int] [/x]?", "[red]one[/red]", "list[str]", "[click=app.bell]hint[/]"):
            assert words in seat.text, words
        await seat.press("1", "enter")
        for words in ("since [1] and [/b]", "[i]label", "▐One [red]sentence[/red] here.▌"):
            assert words in seat.text, words
        await seat.press("n", *"[b]", "slash", "enter")
        await seat.listen()
        await seat.press("enter")
        for words in ("[b]body[/b]", "list[int]", "[u]page[/u]"):
            assert words in seat.text, words
        await seat.press("escape")
        assert "[red]Title[/red] [x]" in seat.text
        assert "[link=https://example.org]topic" in seat.text
