"""Whether the parts of a pack fit each other.

Every id leads somewhere, every quote stands in its document once, every item can be marked. What is wrong here keeps a
pack from being compiled; what is merely unwise is for `checks`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from ketalearn.content.items import (
    JUDGING,
    BaseItem,
    ChoiceItem,
    FillIn,
    JudgeClaim,
    Locate,
    Match,
    Numeric,
    Order,
    SingleChoice,
    Spot,
    claims_of,
    reasons_of,
)
from ketalearn.content.pack import ID, Claim, Document, Module, Pack, Passage
from ketalearn.content.problem import Problem
from ketalearn.content.rich import Rich
from ketalearn.content.scheme import TACTICS, basis
from ketalearn.content.text import BEGUN_CITATION, CITATION, Span, cited, find_quote, fold, sentences
from ketalearn.library.parts import Anchor, CompiledModule
from ketalearn.loading.cold import with_cold_reading
from ketalearn.loading.markdown import render
from ketalearn.loading.pack import Places, Reading
from ketalearn.loading.shape import did_you_mean
from ketalearn.loading.terms import Terms

_ID = re.compile(ID)
MIN_NOISE = 3
"""An excerpt has at least so many sentences that must not be marked; fewer, and marking all of them would pay."""
MANY = 10
"""So often a quote is looked for; in a hostile text it could stand a million times."""
SUGGESTED = 50
"""So many faults of a pack get a suggestion; each one costs a look at every id or sentence."""
COMPARED = 2000
"""Longer quotes are not compared with the sentences of the document, since that takes long and tells little."""


@dataclass(slots=True)
class Resolved:
    """Positions of all quotes, and the modules with their pages rendered."""

    anchors: dict[str, Anchor] = field(default_factory=dict)
    modules: list[CompiledModule] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def resolve(reading: Reading) -> Resolved:
    """Follow every id and find every quote. Needs a reading whose `pack` is not None."""
    assert reading.pack is not None
    resolver = _Resolver(reading.pack, reading.places, reading.ids)
    resolver.run()
    resolver.out.problems.sort()
    return resolver.out


class _Resolver:
    def __init__(self, pack: Pack, places: Places, ids: dict[str, set[str]]) -> None:
        self.pack = pack
        self.places = places
        self.ids = ids
        self.out = Resolved()
        self.anchored = ids["claims"] | ids["passages"]
        self.citable = self.anchored | ids["cards"] | ids["references"]
        self.voices = {claim.id: document.voice for document in pack.documents for claim in document.claims}
        self.claims = {claim.id: claim for document in pack.documents for claim in document.claims}
        self.terms = Terms(pack.glossary)
        self.cut: dict[str, list[Span]] = {}
        self.suggestions = 0

    def add(
        self, at: tuple[str, str], path: tuple[str | int, ...], code: str, message: str, cure: str = "", line: int = 0
    ) -> None:
        self.out.problems.append(self.places.problem(at, path, code, message, cure, line=line))

    def run(self) -> None:
        self.identities()
        for document in self.pack.documents:
            for quoted in document.quotes:
                self.quote(document, quoted)
            for claim in document.claims:
                self.claim(claim, document)
        for card in self.pack.cards:
            for number, name in enumerate(card.references):
                self.known(("cards", card.id), ("references", number), name, self.ids["references"], "reference")
        for term in self.pack.glossary:
            self.prose(("glossary", term.id), ("text",), term.text)
        for module in self.pack.modules:
            self.module(module)

    def identities(self) -> None:
        """Ids are addresses: well formed, and one space for everything that [@id] can name."""
        spaces: dict[str, str] = {}
        for kind in ("documents", "modules", "claims", "passages", "cards", "references", "glossary"):
            for name in sorted(self.ids[kind]):
                if not _ID.fullmatch(name):
                    cure = "Use letters, digits, “-”, “_” and “.”, beginning with a letter or digit."
                    self.add((kind, name), ("id",), "bad-id", f"“{name}” cannot be an id", cure)
                if kind in ("documents", "modules", "glossary"):
                    continue
                if name in spaces:
                    message = f"the id “{name}” is taken by one of the {spaces[name]}"
                    self.add((kind, name), ("id",), "duplicate-id", message, "Give it an id of its own.")
                spaces.setdefault(name, kind)
        if not _ID.fullmatch(self.pack.id):
            cure = "Use letters, digits, “-”, “_” and “.”, beginning with a letter or digit."
            self.add(("pack", ""), ("id",), "bad-id", f"“{self.pack.id}” cannot be an id", cure)

    def known(self, at: tuple[str, str], path: tuple[str | int, ...], name: str, ids: set[str], what: str) -> bool:
        """Report an id that leads nowhere."""
        if name in ids:
            return True
        self.suggestions += 1
        near = did_you_mean(name, sorted(ids)) if self.suggestions <= SUGGESTED else ""
        cure = near or f"Write it, or name another {what}."
        self.add(at, path, "unknown-id", f"there is no {what} “{name}”", cure)
        return False

    def quote(self, document: Document, part: Claim | Passage) -> None:
        at = ("claims" if isinstance(part, Claim) else "passages", part.id)
        text = document.text or ""
        spans = find_quote(text, part.quote, part.prefix, part.suffix, at_most=MANY)
        if len(spans) == 1:
            self.out.anchors[part.id] = Anchor(document=document.id, start=spans[0].start, end=spans[0].end)
        elif spans:
            times = f"{len(spans)} times" if len(spans) < MANY else "many times"
            message = f"this quote stands {times} in “{document.id}”"
            cure = "Quote more words, or add “prefix:” or “suffix:” with the words next to it."
            self.add(at, ("quote",), "quote-twice", message, cure)
        elif text:
            near = self.nearest(document, part.quote)
            cure = f"The nearest words there are: “{near}”" if near else "Copy the words from the document."
            message = f"these words do not stand in “{document.id}”"
            if find_quote(text, part.quote, at_most=1):
                message, cure = "the prefix or suffix does not stand next to the quote", "Copy the words next to it."
            self.add(at, ("quote",), "quote-not-found", message, cure)

    def nearest(self, document: Document, quote: str) -> str:
        """Give the sentence of a document that is most like a quote, or nothing."""
        text = document.text or ""
        self.suggestions += 1
        if len(quote) > COMPARED or self.suggestions > SUGGESTED:
            return ""
        known = [fold(text[s.start : s.end]) for s in self.sentences(document) if s.end - s.start <= COMPARED]
        found = process.extractOne(fold(quote), known, scorer=fuzz.ratio, score_cutoff=50)
        return found[0] if found else ""

    def sentences(self, document: Document) -> list[Span]:
        """Cut a document once, however many claims ask for it."""
        if document.id not in self.cut:
            self.cut[document.id] = sentences(document.text or "")
        return self.cut[document.id]

    def claim(self, claim: Claim, document: Document) -> None:
        at = ("claims", claim.id)
        for number, name in enumerate(claim.cards):
            self.known(at, ("cards", number), name, self.ids["cards"], "evidence card")
        if claim.module is not None:
            self.known(at, ("module",), claim.module, self.ids["modules"], "module")
        if claim.twin is not None and self.known(at, ("twin",), claim.twin, self.ids["claims"], "claim"):
            twin = self.claims.get(claim.twin)
            if twin is not None and twin.twin != claim.id:
                message = f"“{claim.twin}” does not name “{claim.id}” as its twin"
                self.add(at, ("twin",), "twin", message, f"Write “twin: {claim.id}” there, or take it out here.")
        self.prose(at, ("why",), claim.why)
        neighbours = fold(self.neighbourhood(claim, document)).casefold() if claim.tactics else ""
        for number, use in enumerate(claim.tactics):
            words = fold(use.words).casefold()
            if not words or words not in neighbours:
                cure = "Copy the words that do it, exactly; without words there is no tactic."
                message = f"the words “{use.words}” stand neither in the quote nor next to it"
                self.add(at, ("tactics", number, "words"), "tactic-words", message, cure)

    def neighbourhood(self, claim: Claim, document: Document) -> str:
        """Give the quote with the sentence before and after it."""
        anchor, text = self.out.anchors.get(claim.id), document.text or ""
        if anchor is None:
            return claim.quote
        spans = self.sentences(document)
        inside = [i for i, span in enumerate(spans) if span.start < anchor.end and span.end > anchor.start]
        if not inside:
            return claim.quote
        first, last = max(0, inside[0] - 1), min(len(spans) - 1, inside[-1] + 1)
        return text[spans[first].start : spans[last].end]

    def prose(self, at: tuple[str, str], path: tuple[str | int, ...], text: str) -> None:
        for name in cited(text):
            self.known(at, path, name, self.citable, "claim, passage, card or reference")
        if len(BEGUN_CITATION.findall(text)) > len(CITATION.findall(text)):
            cure = "Write [@id] or [@id; @id]; text that begins with “[@” is read as a citation."
            self.add(at, path, "citation", "a citation here cannot be read", cure)

    def module(self, module: Module) -> None:
        at = ("modules", module.id)
        documents = {document.id: document for document in self.pack.documents}
        for number, name in enumerate(module.cold):
            self.known(at, ("cold", number), name, self.ids["documents"], "document")
        spans = {name: Span(anchor.start, anchor.end) for name, anchor in self.out.anchors.items()}
        compiled = CompiledModule(module=with_cold_reading(module, documents, spans))
        pages = self.unique(at, "pages", [page.id for page in module.pages])
        items = self.unique(at, "items", [item.id for item in module.items])
        objectives = self.unique(at, "objectives", [objective.id for objective in module.objectives])
        for number, page in enumerate(module.pages):
            compiled.pages[page.id] = self.terms.mark(self.markdown(at, ("pages", number, "body"), page.body))
        taught: set[str] = set()
        for number, card in enumerate(module.tactics):
            if card.tactic in taught:
                message = f"the tactic “{card.tactic}” has two cards in this module"
                self.add(at, ("tactics", number), "duplicate-id", message, "Keep one of them.")
            taught.add(card.tactic)
            compiled.cards[card.tactic] = self.markdown(at, ("tactics", number, "body"), card.body)
            if card.claim is not None and self.known(at, ("tactics", number, "claim"), card.claim, self.ids["claims"], "claim"):
                claim = self.claims.get(card.claim)
                if claim and card.tactic not in claim.tactic_ids:
                    message = f"the claim “{card.claim}” does not show the tactic “{card.tactic}”"
                    self.add(at, ("tactics", number, "claim"), "card-claim", message, "Name a claim with this tactic.")
            elif card.claim is None and not self.example(card.tactic, module):
                message = f"no claim shows the tactic “{card.tactic}”"
                self.add(at, ("tactics", number), "card-claim", message, "Name one under “claim:”.")
        for number, item in enumerate(module.items):
            self.item(at, ("items", number), item, objectives, pages, taught)
        self.flow(module, items)
        self.out.modules.append(compiled)

    def item(
        self,
        at: tuple[str, str],
        path: tuple[str | int, ...],
        item: BaseItem,
        objectives: set[str],
        pages: set[str],
        tactics: set[str],
    ) -> None:
        if item.objective is not None:
            self.known(at, (*path, "objective"), item.objective, objectives, "objective")
        for index, name in enumerate(item.cite):
            self.known(at, (*path, "cite", index), name, self.citable, "claim, passage, card or reference")
        for index, hint in enumerate(item.hints):
            self.prose(at, (*path, "hints", index), hint)
        for index, name in enumerate(item.needs):
            self.need(at, (*path, "needs", index), name, pages, tactics)
        for index, name in enumerate(claims_of(item)):
            where = "claim" if isinstance(item, JudgeClaim) else "excerpt"
            deeper = (*path, where) if isinstance(item, JudgeClaim) else (*path, where, index)
            self.known(at, deeper, name, self.ids["claims"], "claim")
        for deeper, reason in reasons_of(item):
            self.prose(at, (*path, *deeper), reason)
        if isinstance(item, ChoiceItem):
            self.options(at, path, item)
        else:
            self.parts(at, path, item)

    def markdown(self, at: tuple[str, str], path: tuple[str | int, ...], text: str) -> Rich:
        blocks, faults = render(text)
        for fault in faults:
            self.add(at, path, fault.code, str(fault), fault.cure, line=fault.line + 1)
        self.prose(at, path, text)
        return blocks

    def unique(self, at: tuple[str, str], key: str, names: list[str]) -> set[str]:
        seen: set[str] = set()
        for number, name in enumerate(names):
            if not _ID.fullmatch(name):
                cure = "Use letters, digits, “-”, “_” and “.”, beginning with a letter or digit."
                self.add(at, (key, number, "id"), "bad-id", f"“{name}” cannot be an id", cure)
            if name in seen:
                message = f"the id “{name}” stands twice under “{key}”"
                self.add(at, (key, number, "id"), "duplicate-id", message, "Give it an id of its own.")
            seen.add(name)
        return seen

    def example(self, tactic: str, module: Module) -> bool:
        """Say whether a claim of the module shows a tactic; one that could not be read might have."""
        if self.ids["claims"] - self.claims.keys():
            return True
        return any(c.module == module.id and tactic in c.tactic_ids for c in self.claims.values())

    def need(self, at: tuple[str, str], path: tuple[str | int, ...], name: str, pages: set[str], tactics: set[str]) -> None:
        kind, _, target = name.partition("/")
        if kind == "page":
            self.known(at, path, target, pages, "page")
        elif kind == "tactic" and target in TACTICS:
            self.known(at, path, target, tactics, "tactic card in this module")
        else:
            cure = "Write page/ID or tactic/ID."
            self.add(at, path, "unknown-id", f"“{name}” names neither a page nor a tactic card", cure)

    def options(self, at: tuple[str, str], path: tuple[str | int, ...], item: ChoiceItem) -> None:
        keys = sum(option.key for option in item.options)
        if not 2 <= len(item.options) <= 8:
            message = f"this item has {len(item.options)} options"
            self.add(at, (*path, "options"), "options", message, "Give it two to eight.")
        if keys == 0 or (isinstance(item, SingleChoice) and keys != 1):
            message = f"{keys or 'none'} of the options {'is' if keys < 2 else 'are'} marked “key: true”"
            cure = "Mark exactly one." if isinstance(item, SingleChoice) else "Mark at least one."
            self.add(at, (*path, "options"), "no-key" if not keys else "many-keys", message, cure)
        self.differ(at, path, "options", [option.text for option in item.options])
        for number, option in enumerate(item.options):
            if option.passage is not None:
                self.known(at, (*path, "options", number, "passage"), option.passage, self.anchored, "claim or passage")

    def differ(self, at: tuple[str, str], path: tuple[str | int, ...], key: str, texts: list[str]) -> None:
        seen: set[str] = set()
        for number, text in enumerate(texts):
            folded = fold(text).casefold()
            if folded in seen:
                self.add(at, (*path, key, number), "same-option", "this stands here twice", "Change one of them.")
            seen.add(folded)

    def parts(self, at: tuple[str, str], path: tuple[str | int, ...], item: BaseItem) -> None:
        """Look whether an item without options can be asked and marked."""
        if isinstance(item, Order):
            self.size(at, (*path, "parts"), "parts", len(item.parts), 3, 8)
            self.differ(at, path, "parts", [part.text for part in item.parts])
        elif isinstance(item, Match):
            self.size(at, (*path, "pairs"), "pairs", len(item.pairs), 2, 6)
            self.size(at, (*path, "spare"), "spare targets", len(item.spare), 1, 3)
            self.differ(at, path, "pairs", [pair.left for pair in item.pairs])
            rights = {fold(pair.right).casefold() for pair in item.pairs}
            for number, text in enumerate(item.spare):
                if fold(text).casefold() in rights:
                    self.add(at, (*path, "spare", number), "same-option", "this target belongs to a pair", "Change it.")
        elif isinstance(item, FillIn) and not (item.accept and all(form.strip() for form in item.accept)):
            self.add(
                at, (*path, "accept"), "no-key", "an accepted form is missing or empty", "Give at least one, and none empty."
            )
        elif isinstance(item, Numeric) and (item.tolerance < 0 or not math.isfinite(item.value + item.tolerance)):
            self.add(at, (*path, "tolerance"), "number", "this is no tolerance", "Write 0 or a positive number.")
        elif isinstance(item, Locate):
            self.size(at, (*path, "places"), "places", len(item.places), 2, 6)
            keys = sum(place.key for place in item.places)
            if keys != 1:
                code = "no-key" if not keys else "many-keys"
                message = f"{keys or 'none'} of the passages {'is' if keys < 2 else 'are'} marked “key: true”"
                self.add(at, (*path, "places"), code, message, "Mark exactly one.")
            self.differ(at, path, "places", [place.passage for place in item.places])
            for number, place in enumerate(item.places):
                self.known(at, (*path, "places", number, "passage"), place.passage, self.anchored, "claim or passage")
        elif isinstance(item, Spot):
            self.excerpt(at, path, item)

    def size(self, at: tuple[str, str], path: tuple[str | int, ...], what: str, found: int, least: int, most: int) -> None:
        if not least <= found <= most:
            self.add(at, path, "options", f"this item has {found} {what}", f"Give it {least} to {most}.")

    def excerpt(self, at: tuple[str, str], path: tuple[str | int, ...], item: Spot) -> None:
        """Look for something to find in an excerpt, and for enough that must not be marked."""
        self.differ(at, path, "excerpt", list(item.excerpt))
        claims = [self.claims[name] for name in item.excerpt if name in self.claims]
        if len(claims) < len(item.excerpt):
            return
        bases = [(basis(claim, claim.as_ or self.voices[claim.id]), claim.kind) for claim in claims]
        signal = sum(found == "marketing" and kind != "offer" for found, kind in bases)
        noise = sum(found in ("evidence", "anecdote") for found, _ in bases)
        if not signal or noise < MIN_NOISE:
            message = f"this excerpt has {signal} marketing sentences, and {noise} that must not be marked"
            cure = f"Give it at least one of the first and {MIN_NOISE} of the second sort."
            self.add(at, (*path, "excerpt"), "excerpt", message, cure)

    def flow(self, module: Module, items: set[str]) -> None:
        at = ("modules", module.id)
        kinds = {item.id: item.kind for item in module.items if item.status == "ready"}
        waiting = {item.id for item in module.items if item.needs}
        for number, name in enumerate(module.try_first):
            if not self.known(at, ("try-first", number), name, items, "item"):
                continue
            if name not in kinds:
                message, cure = f"“{name}” is a draft and is never asked", "Take it out here, or remove “status: draft”."
                self.add(at, ("try-first", number), "draft-asked", message, cure)
            elif kinds[name] in JUDGING:
                cure = "Name a knowledge item; judging is taught first."
                self.add(at, ("try-first", number), "judged-too-early", "a judging item cannot be asked before reading", cure)
            elif name in waiting:
                cure = "Name another item, or remove its “needs”."
                self.add(at, ("try-first", number), "asked-too-early", f"“{name}” needs a page or card that comes later", cure)
        self.repeated(at, ("try-first",), module.try_first)
        tell = module.tell
        if tell is not None and not (tell.show >= 1 and 0 <= tell.marketing_from <= tell.marketing_to):
            message = f"of {tell.show} sentences, {tell.marketing_from} to {tell.marketing_to} cannot be marketing"
            cure = "Show at least one, and write “marketing-from” not larger than “marketing-to”."
            self.add(at, ("tell",), "pool", message, cure)
        if module.quiz is None:
            return
        for number, name in enumerate(module.quiz.items):
            self.known(at, ("quiz", "items", number), name, items, "item")
        pool = [name for name in module.quiz.items if name in kinds]
        self.repeated(at, ("quiz", "items"), module.quiz.items)
        judging = sum(kinds[name] in JUDGING for name in pool)
        asked = module.quiz.judging
        if not 1 <= module.quiz.show <= len(pool):
            message = f"the quiz shows {module.quiz.show} items, and its pool has {len(pool)} that are ready"
            cure = f"Write a number from 1 to {len(pool)}, or add items." if pool else "Add items that are no drafts."
            self.add(at, ("quiz", "show"), "pool", message, cure)
        elif asked is not None and not (0 <= asked <= judging and 0 <= module.quiz.show - asked <= len(pool) - judging):
            message = f"the pool has {judging} judging items and {len(pool) - judging} others"
            cure = f"It cannot give {asked} and {module.quiz.show - asked}; change “judging” or add items."
            self.add(at, ("quiz", "judging"), "pool", message, cure)

    def repeated(self, at: tuple[str, str], path: tuple[str, ...], names: tuple[str, ...]) -> None:
        seen: set[str] = set()
        for number, name in enumerate(names):
            if name in seen:
                self.add(at, (*path, number), "duplicate-id", f"“{name}” stands here twice", "Remove one of them.")
            seen.add(name)
