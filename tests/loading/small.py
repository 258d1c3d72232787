"""A small pack in pieces, to write as one file or as a folder and to spoil in one place at a time."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

from ketalearn.content.problem import Problem

HEAD = """\
format: 1
id: small
title: A small pack
"""
TEXT = """\
Our mug is the only mug that keeps tea warm. A thick wall slows the loss of heat.

I dropped mine twice and it did not break. Many people drink tea. Few spill it. Many people drink tea.
"""
DOCUMENT = """\
- id: page
  title: The lucky mug
  label: the seller’s page
  voice: seller
  author: an invented shop
  passages:
    - {id: many, quote: Many people drink tea., prefix: break.}
"""
CLAIMS = """\
- id: only
  quote: Our mug is the only mug that keeps tea warm.
  kind: efficacy
  verdict: refuted
  tactics:
    - tactic: only-this
      words: the only mug
      implied_claim: No other mug does.
  cards: [wall]
  why: Any thick mug does [@wall].
  fairer: Our mug keeps tea warm, as others do.
  module: heat
- id: slows
  quote: A thick wall slows the loss of heat.
  kind: mechanism
  verdict: supported
  cards: [wall]
  why: Heat passes more slowly through it.
  module: heat
- id: dropped
  quote: I dropped mine twice and it did not break.
  kind: experience
  verdict: not-checkable
  why: One person tells of one mug.
  module: heat
"""
CARDS = """\
- id: wall
  title: Heat flows more slowly through a thicker wall
  outcome: heat that passes
  population: walls of one material
  result: The flow falls with the thickness.
  strength: ungraded
  design: textbook physics
  references: [Fourier1822]
  as_of: 2026-11
"""
REFERENCES = """\
- id: Fourier1822
  type: book
  author: [{family: Fourier, given: Joseph}]
  issued: 1822
  title: Théorie analytique de la chaleur
"""
MODULE = """\
id: heat
title: What keeps tea warm
objectives:
  - {id: say, text: Say what slows heat.}
minutes: {read: 2, tell: 1, quiz: 2}
try-first: [thick]
pages:
  - id: leaving
    title: A wall slows heat
    body: |
      Heat leaves through the wall [@wall].

      One seller says so [@slows].
tactics: [only-this]
quiz: {items: [thick, judge], show: 2}
items:
  - id: thick
    kind: single-choice
    objective: say
    stem: Which mug keeps tea warm for longest?
    options:
      - text: The thick one
        key: true
        because: It lets less heat pass.
        passage: slows
      - text: The bright one
        because: Colour hardly matters.
    cite: [slows, wall]
    hints: [Think of the wall.]
    needs: []
  - id: judge
    kind: judge-claim
    claim: dropped
"""


def listed(module: str) -> str:
    """Write a module as an entry of a list."""
    return "- " + indent(module, "  ").removeprefix("  ")


def entry(listing: str, number: int = 0) -> str:
    """Give one entry of a list as a mapping of its own."""
    return dedent("  " + listing.removeprefix("- ").split("\n- ")[number] + "\n")


SMALL = f"""\
{HEAD}documents:
{indent(DOCUMENT, "  ")}    text: |
{indent(TEXT, "      ")}    claims:
{indent(CLAIMS, "      ")}cards:
{indent(CARDS, "  ")}references:
{indent(REFERENCES, "  ")}modules:
{indent(listed(MODULE), "  ")}"""


def spoiled(*changes: tuple[str, str], text: str = SMALL) -> str:
    """Change a pack; each of the words must stand in it, and the first place is changed."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def more_items(*items: str, quiz: str = "") -> str:
    """Add items to the small pack, and name the pool of its quiz anew where that is asked for."""
    text = SMALL + indent("".join(listed(item) for item in items), " " * 6)
    return spoiled(("{items: [thick, judge], show: 2}", quiz), text=text) if quiz else text


def write_file(folder: Path, text: str | bytes = SMALL) -> Path:
    """Write a pack as one file."""
    path = folder / "small.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def write_folder(folder: Path, **changed: str | bytes | None) -> Path:
    """Write the same pack as a folder. `claims__page_yaml="…"` changes a file, None leaves it out."""
    files: dict[str, str | bytes | None] = {
        "pack_yaml": HEAD + "order: [heat]\n",
        "documents_yaml": DOCUMENT + indent("text: |\n" + indent(TEXT, "  "), "  "),
        "claims__page_yaml": CLAIMS,
        "evidence__cards_yaml": CARDS,
        "evidence__references_yaml": REFERENCES,
        "modules__heat_yaml": MODULE,
    }
    root = folder / "small"
    for name, text in {**files, **changed}.items():
        path = root / name.replace("__", "/").replace("_yaml", ".yaml").replace("_md", ".md").replace("_txt", ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is not None:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def place(text: str, words: str) -> tuple[int, int]:
    """Give the line and column, from 1, at which words stand; they must stand there once."""
    assert text.count(words) == 1, f"{words!r} stands {text.count(words)} times"
    at = text.index(words)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def the_one(problems: list[Problem] | tuple[Problem, ...], code: str, severity: str = "error") -> Problem:
    """Give the only problem there is; it has this code, a message, and a cure."""
    assert [problem.code for problem in problems] == [code], "\n".join(map(str, problems))
    (problem,) = problems
    assert problem.severity == severity
    assert problem.message.strip()
    assert problem.cure.strip(), f"no cure: {problem}"
    assert "\n" not in str(problem)
    return problem


def stands_at(problem: Problem, text: str, words: str) -> bool:
    """Say whether a problem points at the first of these words."""
    assert (problem.line, problem.column) == place(text, words), f"{problem} is not at {place(text, words)}"
    return True
