"""A pack folder or a single file to a `Pack`, with the place of every part.

A folder splits the keys of the one-file pack over files::

    pack.yaml  documents.yaml  claims/<document>.yaml  evidence/cards.yaml  evidence/references.yaml  glossary.yaml
    modules/<module>.yaml
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from ketalearn.content.pack import FORMAT, Card, Claim, Document, Module, Pack, Reference, Term
from ketalearn.content.problem import Problem, Severity
from ketalearn.library.files import PackFiles, read_files
from ketalearn.loading.shape import did_you_mean, shape
from ketalearn.loading.tree import Node, read_text, read_tree

T = TypeVar("T")

LISTS: dict[str, type] = {"documents": Document, "cards": Card, "references": Reference, "glossary": Term, "modules": Module}
"""The keys of a pack that hold a list, and the class of its entries."""


@dataclass(slots=True)
class Places:
    """Where each part of a pack stands: (collection, id) to its file and node."""

    nodes: dict[tuple[str, str], tuple[str, Node]] = field(default_factory=dict)
    main: str = "pack.yaml"

    def problem(
        self,
        at: tuple[str, str],
        path: tuple[str | int, ...],
        code: str,
        message: str,
        cure: str = "",
        severity: Severity = "error",
        line: int = 0,
    ) -> Problem:
        """Make a problem at a part of the pack; `line` counts further lines inside a block text."""
        if at not in self.nodes:
            return Problem(self.main, 0, 0, code, message, cure, severity)
        file, node = self.nodes[at]
        where = node.walk(path)
        if line and not where.plain:
            return Problem(file, where.line + line, 1, code, message, cure, severity)
        return Problem(file, where.line, where.column, code, message, cure, severity)


@dataclass(slots=True)
class Reading:
    """What reading a pack gave: the pack (None when its head could not be read), its problems and places."""

    pack: Pack | None
    problems: list[Problem]
    places: Places
    files: PackFiles
    ids: dict[str, set[str]]
    """The ids written in each collection, also of parts that did not validate."""


@contextmanager
def no_collector() -> Iterator[None]:
    """Keep the cyclic garbage collector out of a load: it is 3 to 5 times faster so, and makes no cycles."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def read_pack(path: Path) -> Reading:
    """Read and validate a pack. Never raises for what an author wrote: every fault is a problem with its place."""
    with no_collector():
        return _Assembly(read_files(path)).read()


class _Assembly:
    def __init__(self, files: PackFiles) -> None:
        self.files = files
        self.problems: list[Problem] = list(files.problems)
        self.places = Places()
        self.ids: dict[str, set[str]] = {name: set() for name in (*LISTS, "claims", "passages")}
        self.parts: dict[str, list[Any]] = {name: [] for name in LISTS}
        self.claims: dict[str, list[Claim]] = {}
        self.used: set[str] = set()

    def read(self) -> Reading:
        single = len(self.files.files) == 1 and "pack.yaml" not in self.files.files
        self.places.main = next(iter(self.files.files)) if single else "pack.yaml"
        head = self.head()
        if head is not None and not single:
            self.split_files()
        pack = self.finish(head) if head is not None else None
        self.problems.sort()
        return Reading(pack, self.problems, self.places, self.files, self.ids)

    def tree(self, name: str) -> Node | None:
        self.used.add(name)
        root, problems = read_tree(name, self.files.files[name])
        self.problems += problems
        return root

    def shaped(self, cls: type[T], node: Node, file: str) -> T | None:
        value, problems = shape(cls, node, file)
        self.problems += problems
        return value

    def head(self) -> Pack | None:
        """Read the file that names the pack."""
        name = self.places.main
        if name not in self.files.files:
            if not self.files.problems:
                cure = "Make one with “ketalearn new NAME”, or name the YAML file itself."
                self.problems.append(Problem(name, 0, 0, "pack-missing", "this folder has no pack.yaml", cure))
            return None
        root = self.tree(name)
        if root is None or not isinstance(root.value, dict):
            if not self.problems:
                cure = "Begin with “format: 1”, “id: …” and “title: …”."
                self.problems.append(Problem(name, 1, 1, "not-a-pack", "this file does not describe a pack", cure))
            return None
        wanted = root.get("format")
        # Before anything else, since a newer format may have keys of its own. A long row of digits is left to the shape.
        if wanted and wanted.isascii() and wanted.isdigit() and len(wanted) < 10 and int(wanted) > FORMAT:
            node = root.walk(("format",))
            message = f"this pack is written in format {wanted}; this program reads format {FORMAT}"
            cure = f"Update ketalearn to a version that reads format {wanted}."
            self.problems.append(Problem(name, node.line, node.column, "newer-format", message, cure))
            return None
        for key in LISTS:
            if key in root.value:
                self.entries(key, root.value.pop(key), name)
        self.places.nodes["pack", ""] = (name, root)
        head = self.shaped(Pack, root, name)
        if head is not None and head.format != FORMAT:
            message = f"there is no format “{wanted}”"
            self.problems.append(
                self.places.problem(("pack", ""), ("format",), "unknown-format", message, f"Write “format: {FORMAT}”.")
            )
        return head

    def split_files(self) -> None:
        """Read the files that hold the longer lists."""
        # Lists first: a claims file is read against the documents that it belongs to.
        for name in sorted(self.files.files, key=lambda name: name not in _WHOLE):
            path = PurePosixPath(name)
            if name in self.used or path.suffix not in (".yaml", ".yml"):
                continue
            folder = path.parent.as_posix()
            if name in _WHOLE:
                root = self.tree(name)
                if root is not None:
                    key = _WHOLE[name]
                    if isinstance(root.value, dict) and key in root.value:
                        root = root.value[key]
                    self.entries(key, root, name)
            elif folder == "claims":
                root = self.tree(name)
                if root is not None:
                    self.document_claims(path.stem, root, name)
            elif folder == "modules":
                root = self.tree(name)
                if root is not None:
                    self.entry("modules", root, name)
            else:
                known = [*_WHOLE, "pack.yaml", f"claims/{path.name}", f"modules/{path.name}"]
                message = "this file is no part of the pack and is not read"
                cure = did_you_mean(name, known) or "Move it to claims/ or modules/, or remove it."
                self.problems.append(Problem(name, 0, 0, "stray-file", message, cure, "warning"))

    def entries(self, key: str, node: Node, file: str) -> None:
        if not isinstance(node.value, list):
            message = f"“{key}” needs a list"
            cure = "Begin each entry on a line of its own with “- ”."
            self.problems.append(Problem(file, node.line, node.column, "wrong-shape", message, cure))
            return
        for entry in node.value:
            self.entry(key, entry, file)

    def entry(self, key: str, node: Node, file: str) -> None:
        """Validate one entry of a list, and note its id and place even when it fails."""
        self.note(key, node, file)
        if key == "documents" and isinstance(node.value, dict):
            for inner in ("claims", "passages"):
                listed = node.value.get(inner)
                for part in listed.value if listed and isinstance(listed.value, list) else ():
                    self.note(inner, part, file)
        value = self.shaped(LISTS[key], node, file)
        if value is not None:
            self.parts[key].append(value)

    def note(self, key: str, node: Node, file: str) -> None:
        written = node.get("id")
        if written is None:
            return
        if (key, written) in self.places.nodes:
            other, first = self.places.nodes[key, written]
            message = f"the id “{written}” is taken; it stands in {other}, line {first.line}"
            self.problems.append(Problem(file, node.line, node.column, "duplicate-id", message, "Give it an id of its own."))
            return
        self.ids[key].add(written)
        self.places.nodes[key, written] = (file, node)

    def document_claims(self, document: str, node: Node, file: str) -> None:
        if not isinstance(node.value, list):
            cure = "Begin each claim with “- id: …”."
            self.problems.append(Problem(file, node.line, node.column, "wrong-shape", "this file needs a list of claims", cure))
            return
        if document not in self.ids["documents"]:
            known = sorted(self.ids["documents"])
            message = f"there is no document “{document}”"
            cure = did_you_mean(document, known) or "Name the file after a document of documents.yaml."
            self.problems.append(Problem(file, 1, 1, "unknown-document", message, cure))
        for entry in node.value:
            self.note("claims", entry, file)
            claim = self.shaped(Claim, entry, file)
            if claim is not None:
                self.claims.setdefault(document, []).append(claim)

    def finish(self, head: Pack) -> Pack:
        documents = tuple(self.with_text(document) for document in self.parts["documents"])
        modules = {module.id: module for module in self.parts["modules"]}
        ordered = [modules.pop(name) for name in head.order if name in modules]
        for name in head.order:
            if name not in self.ids["modules"]:
                message = f"there is no module “{name}”"
                cure = did_you_mean(name, sorted(self.ids["modules"])) or "Write it, or take it out of the order."
                self.problems.append(self.places.problem(("pack", ""), ("order",), "unknown-module", message, cure))
        if head.order:
            for name in modules:
                message = f"the module “{name}” is not in the order of the pack and would never be shown"
                cure = f"Add it to “order” in {self.places.main}."
                self.problems.append(self.places.problem(("modules", name), (), "module-not-in-order", message, cure))
        return replace(
            head,
            documents=documents,
            cards=tuple(self.parts["cards"]),
            references=tuple(self.parts["references"]),
            glossary=tuple(self.parts["glossary"]),
            modules=(*ordered, *modules.values()),
        )

    def with_text(self, document: Document) -> Document:
        """Put the text of its file and the claims of its claims file into a document."""
        at = ("documents", document.id)
        claims = (*document.claims, *self.claims.get(document.id, ()))
        if (document.file is None) == (document.text is None):
            cure = "Give its text under “text: |”, or name its file."
            message = f"the document “{document.id}” needs a text or a file, and only one of them"
            self.problems.append(self.places.problem(at, (), "document-text", message, cure))
            return replace(document, claims=claims, text=document.text or "")
        if document.text is not None:
            return replace(document, claims=claims, text=self.some_text(document, document.text))
        assert document.file is not None
        data = self.files.files.get(document.file)
        if data is None:
            message = f"there is no file “{document.file}” in this pack"
            cure = did_you_mean(document.file, list(self.files.files)) or "Name a .md or .txt file inside the pack’s folder."
            self.problems.append(self.places.problem(at, ("file",), "missing-file", message, cure))
            return replace(document, claims=claims, text="")
        found = hashlib.sha256(data).hexdigest()
        if document.sha256 is None:
            message = f"the file “{document.file}” has no checksum, so a change would go unnoticed"
            self.problems.append(self.places.problem(at, (), "no-checksum", message, f"Write “sha256: {found}”."))
        elif document.sha256 != found:
            quotes = [quote.id for quote in (*claims, *document.passages)]
            more = f" and {len(quotes) - _NAMED} more" if len(quotes) > _NAMED else ""
            ids = (", ".join(quotes[:_NAMED]) or "none") + more
            message = f"the file “{document.file}” is not the one that was checked; quotes to read again: {ids}"
            cure = f"Read them again, then write “sha256: {found}”."
            self.problems.append(self.places.problem(at, ("sha256",), "changed-document", message, cure))
        text = self.document_text(document.file, data)
        return replace(document, claims=claims, text=self.some_text(document, text))

    def some_text(self, document: Document, text: str) -> str:
        """Report a document without a word, since no quote could be found in it."""
        if not text.strip() and not any(problem.file == document.file for problem in self.problems):
            message = f"the document “{document.id}” has no text"
            cure = "Write its text, or remove the document."
            path = ("text",) if document.file is None else ("file",)
            self.problems.append(self.places.problem(("documents", document.id), path, "document-text", message, cure))
        return text

    def document_text(self, name: str, data: bytes) -> str:
        text, problems = read_text(name, data)
        self.problems += problems
        return text or ""


_NAMED = 12
"""So many of the quotes to read again are named."""
_WHOLE = {
    "documents.yaml": "documents",
    "evidence/cards.yaml": "cards",
    "evidence/references.yaml": "references",
    "glossary.yaml": "glossary",
}
"""Files that hold one whole list each."""
