"""The larger files of a compiled pack: what all modules share, and a module. They are read when a module is opened."""

from __future__ import annotations

from dataclasses import dataclass, field

from ketalearn.content.pack import Card, Document, Module, Reference, Term
from ketalearn.content.rich import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a quote stands: characters `start` to `end` of a document's text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What every module may show: documents with claims and text, cards, references."""

    documents: tuple[Document, ...] = ()
    anchors: dict[str, Anchor] = field(default_factory=dict)
    cards: tuple[Card, ...] = ()
    references: tuple[Reference, ...] = ()
    glossary: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledModule:
    """A module, its pages as spans."""

    module: Module
    pages: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    cards: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    """The bodies of tactic cards, by tactic."""
