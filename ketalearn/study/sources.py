"""What a citation leads to, as values that every front end can show: passages in place, evidence cards, references."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ketalearn.content.cover import HelpLine
from ketalearn.content.pack import Card, Document, Reference
from ketalearn.content.scheme import DESIGN_WORDS, STRENGTH_WORDS, VOICE_WORDS
from ketalearn.content.text import CITATION, cited, paragraphs
from ketalearn.library.compiled import CompiledPack

STALE_MONTHS = 24


GAP_WORDS = {
    "sources": "Sources and date",
    "harms": "Harms",
    "approval": "Approval",
    "cost": "Cost and alternatives",
    "writer": "Who wrote it",
    "uncertainty": "What is uncertain",
}
GAPS_TITLE = "What the whole page says, and leaves out"


def gap_lines(document: Document) -> list[tuple[str, str]]:
    """Give what a whole document says or leaves out, a name and a line each."""
    gaps = document.gaps
    return [(word, text) for name, word in GAP_WORDS.items() if (text := getattr(gaps, name, ""))]


def named(document: Document) -> str:
    """Give the name by which lessons speak of a document, and its title; who wrote it stands in the document."""
    return f"{document.label[:1].upper()}{document.label[1:]}: {document.title}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageView:
    """A quote in its paragraph, with who wrote it. `before`, `quote` and `after` join to the paragraphs it touches."""

    id: str
    document: str
    label: str
    byline: str
    before: str
    quote: str
    after: str
    sensitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """An evidence card as lines to read."""

    id: str
    title: str
    lines: tuple[tuple[str, str], ...]
    """Pairs of a name and its text: what, in whom, against what, when, result, certainty, looked at."""
    references: tuple[str, ...]
    stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceView:
    """A reference as one line, with its address."""

    id: str
    short: str
    text: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CiteView:
    """One numbered citation: exactly one of passage, card and reference is set."""

    number: int
    passage: PassageView | None = None
    card: CardView | None = None
    reference: ReferenceView | None = None
    references: tuple[ReferenceView, ...] = ()
    """What the card rests on."""


class Sources:
    """Looks up what ids lead to. Raises `KeyError` for an id that the pack does not have."""

    def __init__(self, pack: CompiledPack, now: datetime) -> None:
        self.pack = pack
        self._now = now

    def passage(self, name: str) -> PassageView:
        """Show a claim or passage in its paragraph."""
        document = self.pack.document_of(name)
        span = self.pack.span(name)
        text = document.text or ""
        around = [p for p in paragraphs(text) if p.start < span.end and p.end > span.start]
        start, end = (around[0].start, around[-1].end) if around else (span.start, span.end)
        return PassageView(
            id=name,
            document=document.id,
            label=document.label,
            byline=self.byline(document.id),
            before=text[start : span.start],
            quote=text[span.start : span.end],
            after=text[span.end : end],
            sensitive=self._is_sensitive(document, start, end),
        )

    def _is_sensitive(self, document: Document, start: int, end: int) -> bool:
        """Say whether what is shown of a document holds a sentence on suicide, also beside the quote itself."""
        spans = [self.pack.span(quote.id) for quote in document.quotes if quote.sensitive]
        return any(span.start < end and span.end > start for span in spans)

    def byline(self, document_id: str) -> str:
        """Say in one line who speaks, what they gain and when it was written."""
        document = self.pack.documents[document_id]
        parts = [VOICE_WORDS[document.voice]]
        if document.gain and document.gain not in ("–", "-"):
            parts.append(document.gain)
        if document.date:
            parts.append(document.date)
        return " · ".join(dict.fromkeys(parts))

    def card(self, name: str) -> CardView:
        """Show an evidence card."""
        card = self.pack.cards[name]
        stale = self.is_stale(card)
        looked = card.as_of + (" (check for newer evidence)" if stale else "")
        lines = (
            ("What was measured", card.outcome),
            ("In whom", card.population),
            ("Against what", card.comparator),
            ("When", card.time),
            ("Result", card.result),
            ("Certainty", STRENGTH_WORDS[card.strength]),
            ("Kind of study", DESIGN_WORDS.get(card.design, card.design)),
            ("Limits", card.note),
            ("Last looked at", looked),
        )
        return CardView(
            id=name,
            title=card.title,
            lines=tuple((label, self.plain(text)) for label, text in lines if text),
            references=card.references,
            stale=stale,
        )

    def is_stale(self, card: Card) -> bool:
        """Say whether a card was last looked at more than 24 months ago."""
        year, _, month = card.as_of.partition("-")
        if not (year.isdigit() and month[:2].isdigit()):
            return True
        return (self._now.year - int(year)) * 12 + self._now.month - int(month[:2]) > STALE_MONTHS

    def reference(self, name: str) -> ReferenceView:
        """Show a reference."""
        entry = self.pack.references[name]
        return ReferenceView(id=name, short=short_name(entry), text=full_reference(entry), link=link(entry))

    def cite(self, number: int, name: str) -> CiteView:
        """Show whatever an id leads to."""
        if name in self.pack.cards:
            card = self.card(name)
            return CiteView(number=number, card=card, references=tuple(map(self.reference, card.references)))
        if name in self.pack.references:
            return CiteView(number=number, reference=self.reference(name))
        return CiteView(number=number, passage=self.passage(name))

    def plain(self, text: str) -> str:
        """Write the citations of a prose text out in words: “(Zhang 2021)”, “(the clinic’s page)”."""
        return CITATION.sub(lambda match: f"({self._words(match.group(0))})", text.strip())

    def _words(self, citation: str) -> str:
        words = []
        for name in cited(citation):
            if name in self.pack.references:
                words.append(short_name(self.pack.references[name]))
            elif name in self.pack.cards:
                words += [short_name(self.pack.references[ref]) for ref in self.pack.cards[name].references]
            else:
                words.append(self.pack.document_of(name).label)
        return "; ".join(dict.fromkeys(words))


def short_name(reference: Reference) -> str:
    """Give author and year: “Zhang 2021”, “Malberg and Duman 2003”, “Berman et al. 2000”."""
    names = [name.family or name.literal for name in reference.author]
    who = names[0] if names else reference.publisher or reference.container_title or reference.title
    if len(names) == 2 and names[1] != "et al.":
        who = f"{names[0]} and {names[1]}"
    elif len(names) > 1:
        who = f"{names[0]} et al."
    return f"{who} {reference.issued[:4]}".strip()


def full_reference(reference: Reference) -> str:
    """Give one line: authors, title, where, when, DOI or PMID."""
    names = [f"{name.family} {name.given}".strip() or name.literal for name in reference.author]
    authors = ", ".join(names[:3]) + (", et al." if len(names) > 3 else "")
    where = reference.container_title or reference.publisher
    volume = reference.volume + (f"({reference.issue})" if reference.issue else "")
    place = f"{volume}:{reference.page}" if volume and reference.page else volume or reference.page
    published = " ".join(part for part in (where, reference.issued[:4]) if part)
    parts = [authors, reference.title, f"{published};{place}" if place else published]
    if reference.doi:
        parts.append(f"doi:{reference.doi}")
    elif reference.pmid:
        parts.append(f"PMID {reference.pmid}")
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def link(reference: Reference) -> str:
    """Give the address of a reference: its DOI's, PubMed's or its own."""
    if reference.doi:
        return f"https://doi.org/{reference.doi}"
    if reference.pmid:
        return f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/"
    return reference.url


def help_lines(lines: tuple[HelpLine, ...]) -> str:
    """Say in one line where help is found; every view of a sensitive sentence carries it."""
    return "If this touches you: " + " · ".join(f"{line.country}: {line.text}" for line in lines)
