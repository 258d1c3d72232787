"""What a rule is given: the pack, its positions, and a way to say where a fault stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from ketalearn.content.items import Item
from ketalearn.content.pack import Claim, Document, Module, Pack, TacticCard
from ketalearn.content.problem import Problem, Severity
from ketalearn.content.scheme import Basis, basis
from ketalearn.loading.compile import Loaded
from ketalearn.loading.pack import Places


class Context:
    """A loaded pack, as rules look at it."""

    def __init__(self, pack: Pack, loaded: Loaded) -> None:
        self.pack = pack
        self.loaded = loaded
        self.places: Places = loaded.reading.places

    def claims(self) -> Iterator[tuple[Claim, Document]]:
        """Give every claim with its document."""
        for document in self.pack.documents:
            for claim in document.claims:
                yield claim, document

    def items(self) -> Iterator[tuple[Module, int, Item]]:
        """Give every item with its module and its position there."""
        for module in self.pack.modules:
            for number, item in enumerate(module.items):
                yield module, number, item

    @cached_property
    def document_of(self) -> dict[str, Document]:
        """Documents by the id of a claim or passage that stands in them."""
        return {part.id: document for document in self.pack.documents for part in document.quotes}

    @cached_property
    def claim(self) -> dict[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim, _ in self.claims()}

    @cached_property
    def sensitive(self) -> set[str]:
        """Ids of claims and passages that speak of suicide."""
        return {part.id for document in self.pack.documents for part in document.quotes if part.sensitive}

    def basis(self, claim: Claim) -> Basis:
        """Derive the basis of a claim."""
        return basis(claim, claim.as_ or self.document_of[claim.id].voice)

    def shown_by(self, module: Module, card: TacticCard) -> str | None:
        """Give the id of the claim that a tactic card shows: the one it names, else the module's first with this tactic."""
        first = (claim.id for claim, _ in self.claims() if claim.module == module.id and card.tactic in claim.tactic_ids)
        return card.claim or next(first, None)

    def at_claim(
        self,
        claim: Claim,
        path: tuple[str | int, ...],
        code: str,
        message: str,
        cure: str,
        severity: Severity = "error",
    ) -> Problem:
        """Report a fault of a claim."""
        return self.places.problem(("claims", claim.id), path, code, f"“{claim.id}”: {message}", cure, severity)

    def at_item(
        self,
        module: Module,
        number: int,
        path: tuple[str | int, ...],
        code: str,
        message: str,
        cure: str,
        severity: Severity = "error",
    ) -> Problem:
        """Report a fault of an item."""
        item = module.items[number]
        where = ("items", number, *path)
        return self.places.problem(("modules", module.id), where, code, f"“{item.id}”: {message}", cure, severity)


class Rule(Protocol):
    """A rule is a module with this function; its docstring says why the rule is there."""

    def check(self, context: Context) -> Iterator[Problem]:
        """Give every fault that the rule finds."""
        ...


@dataclass(frozen=True, slots=True)
class Counts:
    """What a clean pack ends with: how much of everything there is."""

    modules: int
    pages: int
    items: int
    documents: int
    claims: int
    cards: int
    references: int
    terms: int

    def __str__(self) -> str:
        """Write the counts as one line."""
        parts = [
            (self.modules, "module"),
            (self.pages, "page"),
            (self.items, "item"),
            (self.documents, "document"),
            (self.claims, "claim"),
            (self.cards, "evidence card"),
            (self.references, "reference"),
            *([(self.terms, "term")] if self.terms else []),
        ]
        return ", ".join(f"{number} {name}{'' if number == 1 else 's'}" for number, name in parts)


def counts(pack: Pack) -> Counts:
    """Count the parts of a pack."""
    return Counts(
        modules=len(pack.modules),
        pages=sum(len(module.pages) for module in pack.modules),
        items=sum(len(module.items) for module in pack.modules),
        documents=len(pack.documents),
        claims=sum(len(document.claims) for document in pack.documents),
        cards=len(pack.cards),
        references=len(pack.references),
        terms=len(pack.glossary),
    )
