"""One item before the answer, as a value that every front end can show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ketalearn.assessment.attempt import Attempt
from ketalearn.assessment.draw import option_order
from ketalearn.assessment.marking import Judged, Labels
from ketalearn.content.items import (
    ChoiceItem,
    FillIn,
    Item,
    JudgeClaim,
    KnowledgeItem,
    Locate,
    Match,
    Numeric,
    Order,
    Spot,
    claims_of,
    passages_of,
)
from ketalearn.content.pack import Claim
from ketalearn.content.scheme import ANSWER_BRIEF, ANSWER_WORDS, ANSWERS, VOICE_WORDS
from ketalearn.library.compiled import CompiledPack
from ketalearn.study.sources import Sources, help_lines

JUDGE_STEM = "Which of the four fits this sentence?"
SPOT_STEM = "Mark the sentences whose wording sells. It may be any number of them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """An item as it is shown before the answer. `options` stand in the order shown; `order` leads back to the author's.

    A match has its left sides as `options` and its `targets`, whose author's positions `order` gives. A typed item has
    neither; `unit` stands behind its field.
    """

    address: str
    kind: str
    stem: str
    lead: str = ""
    quote: str = ""
    options: tuple[str, ...] = ()
    glosses: tuple[str, ...] = ()
    """For the four answers: what each means."""
    targets: tuple[str, ...] = ()
    order: tuple[int, ...] = ()
    unit: str = ""
    note: str = ""
    """Said above the item, for example that it was corrected since it was answered."""
    number: int = 0
    total: int = 0
    hints: tuple[str, ...] = ()
    """The hints shown so far."""
    hints_left: int = 0
    help: str = ""

    @property
    def typed(self) -> bool:
        """Whether the answer is typed."""
        return self.kind in ("fill-in", "numeric")

    @property
    def how(self) -> str:
        """What to do, in a few words, where the stem alone may not say it."""
        return HOW.get(self.kind, "")


HOW: dict[str, str] = {
    "multiple-response": "More than one may be right.",
    "order": "Choose them in order, the first one first.",
    "match": "Some answers may fit nowhere.",
    "fill-in": "Type your answer.",
    "numeric": "Type a number.",
}


class Asking:
    """Builds the view of an item before the answer, for one pack."""

    def __init__(self, pack: CompiledPack, sources: Sources) -> None:
        self.pack, self.sources = pack, sources

    def item(self, address: str) -> Item:
        """Give the item behind an address; `MODULE/claim/ID` is a sentence of the Tell set. Raises `KeyError`."""
        module, _, name = address.partition("/")
        if name.startswith("claim/"):
            claim = name.removeprefix("claim/")
            if claim not in self.pack.claims:
                raise KeyError(address)
            return JudgeClaim(id=name, claim=claim)
        return self.pack.items(module)[name]

    def claims(self, item: Item) -> tuple[Claim, ...]:
        """Give the claims that an item asks to judge."""
        return tuple(self.pack.claims[name] for name in claims_of(item))

    def labels(self, item: Item) -> Labels:
        """Give the labels that an item is marked by; none for knowledge."""
        return tuple(
            Judged(basis=self.pack.basis(claim.id), verdict=claim.verdict, kind=claim.kind) for claim in self.claims(item)
        )

    def title(self, item: Item) -> str:
        """Give what lists call an item: its stem, or the sentence to judge. An excerpt goes by its first sentence."""
        if isinstance(item, KnowledgeItem):
            return item.stem
        first, *further = self.claims(item)
        return f"“{first.quote}”" + (" …" if further else "")

    def ask(self, attempt: Attempt, address: str) -> Ask:
        """Show an item before the answer."""
        item = self.item(address)
        shown = attempt.hints.get(address, 0)
        hints = tuple(self.sources.plain(hint) for hint in item.hints)
        sensitive = (
            (isinstance(item, KnowledgeItem) and item.sensitive is not None)
            or any(claim.sensitive for claim in self.claims(item))
            or any(self.sources.passage(name).sensitive for name in passages_of(item) if isinstance(item, Locate))
        )
        ask = Ask(
            address=address,
            kind=item.kind,
            stem=item.stem if isinstance(item, KnowledgeItem) else "",
            order=option_order(attempt.seed, address, item),
            number=attempt.items.index(address) + 1,
            total=len(attempt.items),
            hints=hints[:shown],
            hints_left=len(hints) - shown,
            help=help_lines(self.pack.index.help) if sensitive else "",
        )
        return ASKS[item.kind](self, item, ask)

    def lead(self, claim: Claim) -> str:
        """Say whose voice speaks only where the answer turns on it; who wrote it stays hidden until the answer."""
        if claim.kind not in ("experience", "offer"):
            return "Somebody writes:"
        document = self.pack.document_of(claim.id)
        voice = claim.as_ or document.voice
        spoken = {"patient": "a patient", "seller": "a seller"}.get(voice, VOICE_WORDS[voice])
        if document.voice == "constructed":  # nobody wrote it, and nobody should seem to have gone through it
            return f"In the voice of {spoken}:"
        return f"{spoken.capitalize()} writes:"


def _choice(asking: Asking, item: Item, ask: Ask) -> Ask:
    assert isinstance(item, ChoiceItem)
    return replace(ask, options=tuple(item.options[position].text for position in ask.order))


def _order(asking: Asking, item: Item, ask: Ask) -> Ask:
    assert isinstance(item, Order)
    return replace(ask, options=tuple(item.parts[position].text for position in ask.order))


def _match(asking: Asking, item: Item, ask: Ask) -> Ask:
    assert isinstance(item, Match)
    targets = [pair.right for pair in item.pairs] + list(item.spare)
    return replace(
        ask, options=tuple(pair.left for pair in item.pairs), targets=tuple(targets[position] for position in ask.order)
    )


def _typed(asking: Asking, item: Item, ask: Ask) -> Ask:
    assert isinstance(item, (FillIn, Numeric))
    return replace(ask, unit=item.unit) if isinstance(item, Numeric) else ask


def _locate(asking: Asking, item: Item, ask: Ask) -> Ask:
    assert isinstance(item, Locate)
    quotes = [asking.sources.passage(place.passage).quote for place in item.places]
    return replace(ask, options=tuple(f"“{quotes[position]}”" for position in ask.order))


def _judge(asking: Asking, item: Item, ask: Ask) -> Ask:
    assert isinstance(item, JudgeClaim)
    claim = asking.pack.claims[item.claim]
    return replace(
        ask,
        stem=JUDGE_STEM,
        lead=asking.lead(claim),
        quote=claim.quote,
        options=tuple(ANSWER_WORDS[answer].capitalize() for answer in ANSWERS),
        glosses=tuple(ANSWER_BRIEF[answer] for answer in ANSWERS),
        order=tuple(range(len(ANSWERS))),
    )


def _spot(asking: Asking, item: Item, ask: Ask) -> Ask:
    assert isinstance(item, Spot)
    quotes = tuple(asking.pack.claims[name].quote for name in item.excerpt)
    return replace(ask, stem=SPOT_STEM, options=quotes, order=tuple(range(len(quotes))))


ASKS: dict[str, Callable[[Asking, Item, Ask], Ask]] = {
    "single-choice": _choice,
    "multiple-response": _choice,
    "order": _order,
    "match": _match,
    "fill-in": _typed,
    "numeric": _typed,
    "locate": _locate,
    "judge-claim": _judge,
    "spot": _spot,
}
"""How each kind of item is shown before the answer."""
