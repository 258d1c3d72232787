"""Run every authoring rule over a pack. The table is the list of rules; adding one means a module and a line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ketalearn.checks.context import Context, Counts, Rule, counts
from ketalearn.checks.ease import PageEase, ease
from ketalearn.checks.rules import (
    care,
    citations,
    coverage,
    fairer,
    held_out,
    identifiers,
    judging,
    labels,
    length,
    reasons,
    twins,
    unused,
)
from ketalearn.content.problem import Problem
from ketalearn.loading.compile import load
from ketalearn.loading.pack import no_collector

RULES: tuple[Rule, ...] = (
    labels,
    fairer,
    coverage,
    citations,
    reasons,
    care,
    held_out,
    judging,
    twins,
    identifiers,
    unused,
    length,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking one pack gave. `counts` is None when the pack could not be read."""

    path: Path
    title: str
    problems: tuple[Problem, ...]
    counts: Counts | None
    ease: tuple[PageEase, ...] = ()
    """How hard each page is to read; empty when the pack could not be read."""

    @property
    def clean(self) -> bool:
        """Whether there is no error and no warning."""
        return all(problem.severity == "note" for problem in self.problems)


def check(path: Path) -> Checked:
    """Read, resolve and lint a pack. Rules run only over a pack without errors of reading, since they look at its links."""
    with no_collector():
        loaded = load(path)
        pack = loaded.reading.pack
        problems = loaded.problems
        if pack is not None and not loaded.errors:
            context = Context(pack, loaded)
            for rule in RULES:
                problems += rule.check(context)
        title = pack.title if pack is not None else path.name
        if pack is None:
            return Checked(path, title, tuple(sorted(problems)), None)
        pages = ease(pack, loaded.resolved.modules) if not loaded.errors else ()
        return Checked(path, title, tuple(sorted(problems)), counts(pack), pages)
