"""From a pack's sources to its compiled form: read, validate, resolve, write."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ketalearn.content.problem import Problem
from ketalearn.library.compiled import COMPILED, write_compiled
from ketalearn.loading.pack import Reading, no_collector, read_pack
from ketalearn.loading.resolve import Resolved, resolve


@dataclass(slots=True)
class Loaded:
    """A pack read and resolved. It can be compiled when `errors` is empty."""

    reading: Reading
    resolved: Resolved

    @property
    def problems(self) -> list[Problem]:
        """Every problem of reading and resolving, in file order."""
        return sorted([*self.reading.problems, *self.resolved.problems])

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep the pack from being opened."""
        return [problem for problem in self.problems if problem.severity == "error"]


def load(path: Path) -> Loaded:
    """Read and resolve a pack. Never raises for what an author wrote."""
    with no_collector():
        reading = read_pack(path)
        return Loaded(reading, resolve(reading) if reading.pack is not None else Resolved())


def compile_pack(path: Path, folder: Path) -> list[Problem]:
    """Compile a pack into a folder below `folder`, named by its key. Gives its problems; writes nothing if one is an error.

    Raises `OSError` when the folder cannot be written.
    """
    loaded = load(path)
    if not loaded.errors and loaded.reading.pack is not None:
        key = loaded.reading.files.key(COMPILED)
        write_compiled(loaded.reading.pack, loaded.resolved.anchors, loaded.resolved.modules, folder / key)
    return loaded.problems
