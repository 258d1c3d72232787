"""Reading and resolving a big pack, against libyaml's own events for the same bytes; and whether it grows in proportion.

The pack is generated within the limits of the format: a module of 100 items with its document of 20 claims, its cards
and references. Its proportions are about those of the pack that ships with the program.
"""

from __future__ import annotations

import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from ketalearn.loading.compile import load
from ketalearn.loading.pack import no_collector
from tests.benchmarks.table import Line, show

ROUNDS = 15
SIZES = (1000, 2500, 5000)
ITEMS, CLAIMS, CARDS, JUDGED = 100, 20, 5, 10
PROPORTION = 1.15
"""An item of the largest pack may take this many times as long as one of the smallest."""

HEAD = """\
format: 1
id: big
title: A generated pack
order: [{order}]
"""
DOCUMENT = """\
- id: doc-{m}
  title: Document {m}
  label: the page {m}
  voice: seller
  author: Nobody
  text: |
    {text}
"""
CLAIM = """\
- id: claim-{m}-{n}
  quote: {quote}
  kind: mechanism
  verdict: supported
  cards: [card-{m}-{c}]
  why: Low doses did so in rats number {n}, and as a statement from the laboratory it holds [@card-{m}-{c}].
  module: module-{m}
"""
CARD = """\
- id: card-{m}-{n}
  title: In rats, dose number {n} raised glutamate in the front of the brain.
  outcome: glutamate, by a probe
  population: conscious rats, 12 in a group
  result: It rose to about {n} times the level before, and was back after two hours.
  strength: ungraded
  design: animal
  references: [ref-{m}-{n}]
  as_of: "2026-11"
"""
REFERENCE = """\
- id: ref-{m}-{n}
  type: article-journal
  author: [{{family: Abbott, given: J. A.}}, {{literal: et al.}}]
  issued: "2024"
  title: A paper with the number {n}
  container-title: A journal
  DOI: 10.1000/{m}.{n}
"""
PAGE = """\
  - id: page-{n}
    title: Page {n}
    body: |
      Nerve cells talk by chemistry. One cell lets go of a messenger, and the next one catches it with proteins
      in its wall [@card-{m}-{n}]. These proteins are called **receptors** [@claim-{m}-{n}].

      - The first thing is a messenger [@ref-{m}-{n}].
      - The second thing is a helper, and the *third* is that the cell is excited.

      A picture that is this simple leaves something out. Ask what was measured, and in whom.
"""
OPTION = """\
      - text: The answer {n} to question {i} is one short sentence.
        because: This is the reason that a learner is shown for answer {n} of question {i}; it has two halves.
"""
CHOICE = """\
  - id: item-{i}
    kind: {kind}
    objective: aim
    stem: What did the trial with the number {i} find in people with depression, compared with a dummy pill?
    options:
{options}\
    cite: [claim-{m}-{c}, card-{m}-{d}]
    hints:
      - Page 3 sets two trials beside two others. On which side does this one stand?
      - One of the four is what was measured.
"""
JUDGE = """\
  - id: item-{i}
    kind: judge-claim
    objective: aim
    claim: claim-{m}-{c}
    hints:
      - Ask in whom this was seen.
"""


def sentence(m: int, n: int) -> str:
    return f"Sentence {n} of page {m} says that a dose of {n} milligrams does what the sentence before it did not"


def item(m: int, i: int) -> str:
    if i < JUDGED:
        return JUDGE.format(m=m, i=i, c=i)
    kind = "multiple-response" if i % 8 == 0 else "single-choice"
    options = [OPTION.format(i=i, n=n) for n in range(4)]
    right = i % 4
    options[right] += f"        key: true\n        passage: claim-{m}-{i % CLAIMS}\n"
    return CHOICE.format(m=m, i=i, kind=kind, options="".join(options), c=i % CLAIMS, d=i % CARDS)


def module(m: int) -> str:
    pool = ", ".join(f"item-{i}" for i in range(ITEMS))
    head = f"id: module-{m}\ntitle: Module {m}\nobjectives:\n  - {{id: aim, text: Say what was measured.}}\npages:\n"
    pages = "".join(PAGE.format(m=m, n=n) for n in range(CARDS))
    return f"{head}{pages}quiz:\n  show: 10\n  items: [{pool}]\nitems:\n" + "".join(item(m, i) for i in range(ITEMS))


def generate(folder: Path, items: int) -> Path:
    """Write a pack of so many items."""
    modules = range(items // ITEMS)
    texts = {
        "pack.yaml": HEAD.format(order=", ".join(f"module-{m}" for m in modules)),
        "documents.yaml": "".join(
            DOCUMENT.format(m=m, text=" ".join(f"{sentence(m, n)}." for n in range(2 * CLAIMS))) for m in modules
        ),
        "evidence/cards.yaml": "".join(CARD.format(m=m, n=n) for m in modules for n in range(CARDS)),
        "evidence/references.yaml": "".join(REFERENCE.format(m=m, n=n) for m in modules for n in range(CARDS)),
    }
    for m in modules:
        texts[f"claims/doc-{m}.yaml"] = "".join(
            CLAIM.format(m=m, n=n, c=n % CARDS, quote=sentence(m, 2 * n)) for n in range(CLAIMS)
        )
        texts[f"modules/module-{m}.yaml"] = module(m)
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def timed(work: Callable[[], Any]) -> float:
    """Time some work, from a clean heap; what it made is thrown away off the clock."""
    gc.collect()
    start = time.perf_counter()
    made = work()
    seconds = time.perf_counter() - start
    del made
    return seconds


def events(texts: list[bytes]) -> int:
    """Let libyaml read the same bytes, with the collector off as in the program."""
    loader: Any = yaml.CSafeLoader
    with no_collector():
        return sum(1 for text in texts for _ in yaml.parse(text, Loader=loader))


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="ketalearn-benchmark-"))
    try:
        packs = {size: generate(folder / str(size), size) for size in SIZES}
        texts = {size: [path.read_bytes() for path in sorted(pack.rglob("*.yaml"))] for size, pack in packs.items()}
        errors = load(packs[SIZES[0]]).errors  # also makes the validators, once
        assert not errors, "\n".join(map(str, errors[:10]))
        loads: dict[int, list[float]] = {size: [] for size in SIZES}
        parses: dict[int, list[float]] = {size: [] for size in SIZES}
        for _ in range(ROUNDS):
            for size in SIZES:
                loads[size].append(timed(lambda size=size: load(packs[size])))  # type: ignore[misc]
                parses[size].append(timed(lambda size=size: events(texts[size])))  # type: ignore[misc]
    finally:
        shutil.rmtree(folder)
    lines = [
        Line(f"load, {size} items, {sum(map(len, texts[size])) / 1e6:.1f} MB", loads[size], parses[size]) for size in SIZES
    ]
    show("Pack", "libyaml's events", lines)
    small = median(loads[SIZES[0]]) / SIZES[0]
    for size in SIZES:
        each = median(loads[size]) / size
        growth = each / small
        verdict = "" if size == SIZES[0] else f"  <= {PROPORTION} {'met' if growth <= PROPORTION else 'MISSED'}"
        print(f"one item of {size}: {each * 1e6:.0f} µs, {growth:.2f} times one of {SIZES[0]}{verdict}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
