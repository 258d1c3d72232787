"""A pack and its parts, as an author writes them. Frozen, slotted, and without behaviour of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ketalearn.content.cover import HelpLine, Minutes
from ketalearn.content.items import Item
from ketalearn.content.names import CONFIG
from ketalearn.content.scheme import Kind, Reason, Strength, TacticId, Test, Verdict, Voice

FORMAT = 1
"""The newest pack format that this program reads."""

ID = r"[A-Za-z0-9][A-Za-z0-9._-]*"
"""What an id looks like. Ids are addresses, so they hold no white space and no slash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A quote that is not a labelled claim, anchored by its exact words (W3C TextQuoteSelector)."""

    __pydantic_config__ = CONFIG

    id: str
    """Its address in the pack."""
    quote: str
    """The exact words, found in the document exactly once."""
    prefix: str = ""
    """Words just before, only where the quote occurs twice."""
    suffix: str = ""
    """Words just after, only where the quote occurs twice."""
    sensitive: Literal["suicide"] | None = None
    """Set where the words speak of suicide; help is shown with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TacticUse:
    """A tactic found in a claim: the words that do it and what they let a reader believe."""

    __pydantic_config__ = CONFIG

    tactic: TacticId
    """Which tactic."""
    words: str
    """The exact words of the quote (or of its neighbour sentences) that do it."""
    implied_claim: str
    """What a hopeful reader takes from them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One checkable proposition of a document, labelled by the claim scheme."""

    __pydantic_config__ = CONFIG

    id: str
    """Its address in the pack."""
    quote: str
    """The exact words, found in the document exactly once."""
    prefix: str = ""
    """Words just before, only where the quote occurs twice."""
    suffix: str = ""
    """Words just after, only where the quote occurs twice."""
    kind: Kind
    """What sort of thing the sentence says."""
    verdict: Verdict
    """Whether it holds, judged without looking at who wrote it."""
    test: Test | None = None
    """For an overstated claim: the test that failed."""
    reason: Reason | None = None
    """For an unsettled claim: why."""
    tactics: tuple[TacticUse, ...] = ()
    """What the wording does to sell, if anything."""
    cards: tuple[str, ...] = ()
    """Ids of the evidence cards behind the verdict."""
    why: str
    """The explanation in plain words."""
    fairer: str = ""
    """A fair wording; every marketing sentence has one."""
    module: str | None = None
    """Id of the module that teaches it."""
    sensitive: Literal["suicide"] | None = None
    """Set where the words speak of suicide; help is shown with them."""
    scored: bool = True
    """False keeps the claim out of every score."""
    label: Literal["provisional", "agreed", "split"] = "provisional"
    """Agreed once two independent passes say the same; only then does it count for discernment."""
    as_: Voice | None = None
    """For a constructed sentence: whose voice it takes."""
    twin: str | None = None
    """Id of the claim that it was written beside, on the same topic; the two never stand in one set."""
    note: str = ""
    """For authors; never shown to learners."""

    @property
    def tactic_ids(self) -> tuple[str, ...]:
        """Ids of the tactics, in the order written."""
        return tuple(use.tactic for use in self.tactics)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """What a whole document says or leaves out; it cannot be tied to one sentence. A line each, in plain words."""

    __pydantic_config__ = CONFIG

    sources: str = ""
    """Its sources and its date."""
    harms: str = ""
    """Harms, abuse, and who should not have the treatment."""
    approval: str = ""
    """Approval, by product and use."""
    cost: str = ""
    """Cost and alternatives."""
    writer: str = ""
    """Who wrote it and what they gain."""
    uncertainty: str = ""
    """What is uncertain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source text that is quoted, and what is known of who wrote it."""

    __pydantic_config__ = CONFIG

    id: str
    """Its address in the pack."""
    title: str
    """Its own title, or a description."""
    label: str
    """How the course calls it everywhere else: “the clinic’s page”."""
    voice: Voice
    """Who speaks."""
    author: str
    """Who wrote it, as far as the page says."""
    gain: str = ""
    """What the writer gains."""
    date: str = ""
    """When it was written, as far as the page says."""
    file: str | None = None
    """The text, as a file of the pack."""
    text: str | None = None
    """The text, written here; for small packs."""
    sha256: str | None = None
    """Checksum of the file, so that a changed text is noticed."""
    coverage: bool = False
    """True asks that every sentence is a claim or listed under context."""
    context: tuple[str, ...] = ()
    """Sentences that assert nothing."""
    held_out_until: str | None = None
    """Id of the module before which nothing quotes it."""
    passages: tuple[Passage, ...] = ()
    """Quotes that are not claims."""
    claims: tuple[Claim, ...] = ()
    """Labelled sentences; in a folder they may stand in claims/ID.yaml instead."""
    note: str = ""
    """Shown in the list of documents."""
    gaps: Gaps | None = None
    """What the whole document says or leaves out; shown at its end."""

    @property
    def quotes(self) -> tuple[Claim | Passage, ...]:
        """Everything that is anchored in this document by its words."""
        return (*self.claims, *self.passages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A dated evidence card: what was measured, in whom, against what, and how sure it is."""

    __pydantic_config__ = CONFIG

    id: str
    """Its address in the pack."""
    title: str
    """The finding in one sentence."""
    outcome: str
    """What was measured."""
    comparator: str = ""
    """Against what."""
    time: str = ""
    """When."""
    population: str
    """In whom, with n."""
    result: str
    """The result, in absolute numbers where published."""
    strength: Strength
    """A published rating; otherwise ungraded."""
    design: str = ""
    """For ungraded evidence: the design."""
    references: tuple[str, ...]
    """Ids of the references."""
    as_of: str
    """Year and month of the last look: 2026-11."""
    note: str = ""
    """A limit that a reader should know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name in CSL: family and given, or one literal."""

    __pydantic_config__ = {**CONFIG, "extra": "ignore"}

    family: str = ""
    """The family name."""
    given: str = ""
    """The given names or their initials."""
    literal: str = ""
    """The whole name of a body, or of a person whose name has no such parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A bibliographic record in CSL-YAML. Fields that we do not show are read over."""

    __pydantic_config__ = {**CONFIG, "extra": "ignore"}

    id: str
    """Its address in the pack, by which [@id] cites it."""
    type: str
    """CSL's kind of work: article-journal, book, webpage …"""
    title: str
    """The title of the work."""
    author: tuple[Name, ...] = ()
    """Who wrote it."""
    issued: str = ""
    """Year, or year-month-day. CSL's date-parts are read as well."""
    container_title: str = ""
    """The journal, book or site that it stands in."""
    publisher: str = ""
    """Who published it."""
    volume: str = ""
    """The volume of the journal."""
    issue: str = ""
    """The issue of the volume."""
    page: str = ""
    """The pages, or the number of the article."""
    doi: str = ""
    """Its DOI, without the address before it: 10.1000/xyz."""
    pmid: str = ""
    """Its number in PubMed."""
    pmcid: str = ""
    """Its number in PubMed Central: PMC123456."""
    url: str = ""
    """Where it can be read, beginning with https://."""
    note: str = ""
    """What a reader should know of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An entry of the glossary."""

    __pydantic_config__ = CONFIG

    id: str
    """Its address in the pack."""
    term: str
    """The word or words, as a page writes them."""
    also: tuple[str, ...] = ()
    """Other forms that open the same entry: the plural, an abbreviation."""
    short: str
    """One line."""
    text: str
    """A fuller explanation, with citations [@id] where it rests on something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What a learner can do afterwards."""

    __pydantic_config__ = CONFIG

    id: str
    """Its address in the module."""
    text: str
    """What a learner can do, as a sentence that begins with a verb."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One idea, in at most about 150 words of Markdown."""

    __pydantic_config__ = CONFIG

    id: str
    """Its address in the module."""
    title: str
    """The idea, as a heading."""
    body: str
    """Markdown with citations [@id]; a fenced block “figure TEXT” is a drawing with its text equivalent."""
    sensitive: Literal["suicide"] | None = None
    """Set where the page itself speaks of suicide; help is shown with it, as with a passage that does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TacticCard:
    """A tactic taught on a real sentence."""

    __pydantic_config__ = CONFIG

    tactic: TacticId
    """Which tactic."""
    claim: str | None = None
    """The sentence that shows it; the first claim of the module with this tactic if left out."""
    body: str = ""
    """What to look for, in your own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """The set of sentences to judge, drawn from the module's scored claims that the quiz does not ask."""

    __pydantic_config__ = CONFIG

    show: int = 8
    """How many sentences are shown."""
    marketing_from: int = 2
    """At least so many of them are marketing."""
    marketing_to: int = 6
    """At most so many of them are marketing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """Which items a quiz draws from, and how many."""

    __pydantic_config__ = CONFIG

    items: tuple[str, ...]
    """The pool."""
    show: int = 10
    """How many are asked."""
    judging: int | None = None
    """How many of them are judging items; unset means as they come."""
    order: Literal["mixed", "as-written"] = "mixed"
    """“as-written” asks the items in the order of the list, for instance a text from its beginning to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A lesson in three parts: read, tell, quiz."""

    __pydantic_config__ = CONFIG

    id: str
    """Its address in the pack."""
    title: str
    """What it is about, as a learner reads it on home."""
    topic: str = ""
    """A plainer second line: “NMDA antagonism”."""
    objectives: tuple[Objective, ...] = ()
    """What a learner can do afterwards."""
    minutes: Minutes = field(default_factory=Minutes)
    """How long its parts take."""
    try_first: tuple[str, ...] = ()
    """Knowledge items asked before reading, and again in the quiz."""
    pages: tuple[Page, ...] = ()
    """What is read, in order."""
    tactics: tuple[TacticCard, ...] = ()
    """Cards about ways of wording; each tactic once."""
    tell: Tell | None = None
    """The set of sentences to judge."""
    quiz: Quiz | None = None
    """Which items the quiz draws."""
    cold: tuple[str, ...] = ()
    """Ids of documents that are read whole and cold: the quiz asks every claim of them, in their order, to be marked."""
    items: tuple[Item, ...] = ()
    """Every item of the module; the quiz and the warm-up name them by their ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A whole pack. In a folder the longer lists stand in files of their own; see `loading.pack`."""

    __pydantic_config__ = CONFIG

    format: int
    """The version of this format: 1."""
    id: str
    """The pack's address; the learner's history is keyed by it and the namespace."""
    namespace: str = "local"
    """Who gives the id: a domain or a name of your own, so that two packs never share a history."""
    title: str
    """What the course is called."""
    language: str = "en"
    """The language of its texts, as a code: en, de."""
    authors: tuple[str, ...] = ()
    """Who made it."""
    licence: str = ""
    """What others may do with it."""
    notice: str = ""
    """Shown once at the first start and on one key ever after."""
    help: tuple[HelpLine, ...] = ()
    """Where to find help in a crisis; needed by every pack that quotes sentences on suicide."""
    size_words: tuple[str, ...] = ()
    """Words that praise or size in place of data, or boost: what counts as hype in this pack, open to argument here."""
    order: tuple[str, ...] = ()
    """Ids of the modules in the learner's order; a folder needs it, a single file is in order already."""
    documents: tuple[Document, ...] = ()
    """The texts that are quoted."""
    cards: tuple[Card, ...] = ()
    """Evidence cards: what is known, with a date."""
    references: tuple[Reference, ...] = ()
    """The literature that cards and pages rest on."""
    glossary: tuple[Term, ...] = ()
    """What words mean; a term on a page opens its entry."""
    modules: tuple[Module, ...] = ()
    """The lessons."""
