"""One item, before and after the answer, as values that every front end can show."""

from __future__ import annotations

from dataclasses import dataclass

from ketalearn.assessment.attempt import CONFIDENCE_WORDS, Attempt, Confidence, Given
from ketalearn.assessment.draw import option_order
from ketalearn.assessment.marking import Judged
from ketalearn.content.items import ChoiceItem, Item, JudgeClaim
from ketalearn.content.pack import Claim, TacticUse
from ketalearn.content.scheme import (
    ANSWER_BRIEF,
    ANSWER_WORDS,
    ANSWERS,
    REASON_WORDS,
    STRENGTH_WORDS,
    TACTICS,
    TEST_WORDS,
    VERDICT_WORDS,
    VOICE_WORDS,
)
from ketalearn.library.compiled import CompiledPack
from ketalearn.study.sources import CardView, PassageView, ReferenceView, Sources, help_lines

JUDGE_STEM = "Which of the four fits this sentence?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """An item as it is shown before the answer. `options` stand in the order shown; `order` leads back to the author's."""

    address: str
    kind: str
    stem: str
    lead: str = ""
    quote: str = ""
    options: tuple[str, ...]
    glosses: tuple[str, ...] = ()
    """For the four answers: what each means."""
    order: tuple[int, ...]
    multiple: bool = False
    number: int
    total: int
    hints: tuple[str, ...] = ()
    """The hints shown so far."""
    hints_left: int = 0
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """An option after the answer."""

    number: int
    text: str
    key: bool
    chosen: bool
    because: str
    passage: PassageView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TacticView:
    """A tactic found in the sentence."""

    title: str
    words: str
    implied: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """Everything about an item after the answer. The front ends decide how much of it the first screen shows."""

    address: str
    number: int
    total: int
    mark: float
    result: str
    """“Correct”, “Half right”, “Not quite” or “You said that you don't know”."""
    sign: str
    sure: str
    stem: str
    quote: str
    chosen: str
    answer: str
    mine: str
    """The reason for what was chosen, when that was not the answer."""
    because: str
    """The reason for the answer."""
    options: tuple[OptionView, ...]
    passages: tuple[PassageView, ...]
    labels: str
    """One line: basis, tactic, verdict."""
    tactics: tuple[TacticView, ...] = ()
    fairer: str = ""
    cards: tuple[CardView, ...] = ()
    references: tuple[ReferenceView, ...] = ()
    hints: tuple[str, ...] = ()
    silent: str = ""
    """Said when none of the documents speaks of this."""
    provisional: bool = False
    help: str = ""


class Asking:
    """Builds both views of items for one pack."""

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

    def claim(self, item: Item) -> Claim | None:
        """Give the claim that a judging item asks about."""
        return self.pack.claims[item.claim] if isinstance(item, JudgeClaim) else None

    def judged(self, item: Item) -> Judged | None:
        """Give the labels that a judging item is marked by."""
        claim = self.claim(item)
        return Judged(basis=self.pack.basis(claim.id), verdict=claim.verdict) if claim else None

    def ask(self, attempt: Attempt, address: str) -> Ask:
        """Show an item before the answer."""
        item = self.item(address)
        shown = attempt.hints.get(address, 0)
        order = option_order(attempt.seed, address, item)
        number, total = attempt.items.index(address) + 1, len(attempt.items)
        hints = tuple(self.sources.plain(hint) for hint in item.hints)
        if isinstance(item, JudgeClaim):
            claim = self.pack.claims[item.claim]
            return Ask(
                address=address,
                kind=item.kind,
                stem=JUDGE_STEM,
                lead=self.lead(claim),
                quote=claim.quote,
                options=tuple(ANSWER_WORDS[answer].capitalize() for answer in ANSWERS),
                glosses=tuple(ANSWER_BRIEF[answer] for answer in ANSWERS),
                order=tuple(range(len(ANSWERS))),
                number=number,
                total=total,
                hints=hints[:shown],
                hints_left=len(hints) - shown,
                help=help_lines(self.pack.index.help) if claim.sensitive else "",
            )
        assert isinstance(item, ChoiceItem)
        return Ask(
            address=address,
            kind=item.kind,
            stem=item.stem,
            options=tuple(item.options[position].text for position in order),
            order=order,
            multiple=item.kind == "multiple-response",
            number=number,
            total=total,
            hints=hints[:shown],
            hints_left=len(hints) - shown,
        )

    def lead(self, claim: Claim) -> str:
        """Say whose voice speaks only where the answer turns on it; who wrote it stays hidden until the answer."""
        if claim.kind in ("experience", "offer"):
            voice = claim.as_ or self.pack.document_of(claim.id).voice
            return {"patient": "A patient writes:", "seller": "A seller writes:"}.get(
                voice, f"{VOICE_WORDS[voice].capitalize()} writes:"
            )
        return "Somebody writes:"

    def feedback(self, attempt: Attempt, address: str) -> Feedback:
        """Show an item after the answer; an item that was never answered shows its reasons all the same."""
        item = self.item(address)
        given = attempt.given.get(address)
        number, total = attempt.items.index(address) + 1, len(attempt.items)
        if isinstance(item, JudgeClaim):
            return self._judged_feedback(item, given, address, number, total)
        assert isinstance(item, ChoiceItem)
        return self._choice_feedback(item, given, attempt.seed, address, number, total)

    def _choice_feedback(
        self, item: ChoiceItem, given: Given | None, seed: int, address: str, number: int, total: int
    ) -> Feedback:
        chosen = set(given.response.chosen) if given else set()
        views = []
        for shown, position in enumerate(option_order(seed, address, item), start=1):
            option = item.options[position]
            view = OptionView(
                number=shown,
                text=option.text,
                key=option.key,
                chosen=position in chosen,
                because=self.sources.plain(option.because),
                passage=self.sources.passage(option.passage) if option.passage else None,
            )
            views.append(view)
        keys = [view for view in views if view.key]
        wrong = [view for view in views if view.chosen and not view.key]
        cards, references, passages = self._cited(item.cite)
        anchored = [view.passage for view in (*wrong, *keys) if view.passage]
        reasons = [view.because for view in keys] + ([self.sources.plain(item.because)] if item.because else [])
        result, sign = verdict_words(given)
        return Feedback(
            address=address,
            number=number,
            total=total,
            mark=given.mark if given else 0.0,
            result=result,
            sign=sign,
            sure=confidence_words(given.confidence if given else None),
            stem=item.stem,
            quote="",
            chosen=_listed([view for view in views if view.chosen], given),
            answer=_listed(keys, None),
            mine=" ".join(view.because for view in wrong),
            because=" ".join(reasons),
            options=tuple(views),
            passages=_unique((*passages, *anchored)),
            labels="",
            cards=cards,
            references=references,
            hints=tuple(self.sources.plain(hint) for hint in item.hints),
            silent="None of the documents speaks of this." if item.silent else "",
            help=self._help((*passages, *anchored)),
        )

    def _judged_feedback(self, item: JudgeClaim, given: Given | None, address: str, number: int, total: int) -> Feedback:
        claim = self.pack.claims[item.claim]
        basis = self.pack.basis(claim.id)
        chosen = given.response.chosen[0] if given and given.response.chosen else None
        why = self.sources.plain(claim.why)
        views = tuple(
            OptionView(
                number=position + 1,
                text=ANSWER_WORDS[answer].capitalize(),
                key=answer == basis,
                chosen=position == chosen,
                because=self._because(claim, answer, basis),
            )
            for position, answer in enumerate(ANSWERS)
        )
        tactics = tuple(
            TacticView(title=TACTICS[use.tactic].title, words=use.words, implied=use.implied_claim) for use in claim.tactics
        )
        passage = self.sources.passage(claim.id)
        cards, references, passages = self._cited((*claim.cards, *item.cite))
        result, sign = verdict_words(given)
        mine = next((view.because for view in views if view.chosen and not view.key), "")
        return Feedback(
            address=address,
            number=number,
            total=total,
            mark=given.mark if given else 0.0,
            result=result,
            sign=sign,
            sure=confidence_words(given.confidence if given else None),
            stem=JUDGE_STEM,
            quote=claim.quote,
            chosen=_listed([view for view in views if view.chosen], given),
            answer=f"{ANSWERS.index(basis) + 1}  {ANSWER_WORDS[basis]}" if basis in ANSWERS else ANSWER_WORDS[basis],
            mine=mine,
            because=why,
            options=views,
            passages=_unique((passage, *passages)),
            labels=labels(claim, basis),
            tactics=tactics,
            fairer=claim.fairer,
            cards=cards,
            references=references,
            hints=tuple(self.sources.plain(hint) for hint in item.hints),
            provisional=claim.label == "provisional",
            help=help_lines(self.pack.index.help) if claim.sensitive else self._help(passages),
        )

    def _because(self, claim: Claim, answer: str, basis: str) -> str:
        """Give the reason for one of the four answers, from the labels: both axes are named."""
        selling = [use for use in claim.tactics if TACTICS[use.tactic].group != "B"]
        if answer == "evidence":
            if basis == "evidence":
                return "It fits what has been measured, and nothing in the wording sells."
            if claim.verdict == "supported":
                return (
                    "What it says holds, but the wording sells: " + _words(selling) + "."
                    if selling
                    else "It asks nothing that can be checked."
                )
            if claim.verdict == "not-checkable":
                return "There is nothing here that evidence could settle."
            return f"What it says {_holds(claim)}{_detail(claim)}."
        if answer == "marketing":
            if selling:
                return "You can point at the words: " + _words(selling) + "."
            if basis == "marketing":
                return "It comes from somebody who sells, and offers or praises what is sold."
            return "No words here sell or stretch; a missing caution alone is not a sales line."
        if answer == "anecdote":
            if basis == "anecdote":
                return "It tells what one person felt or saw and draws no rule from it."
            return "It is not one person’s story: it says how things are in general."
        if basis == "unsupported":
            return f"It is plainly worded, and it {_holds(claim)}" + _detail(claim) + "."
        if claim.verdict in ("supported", "not-checkable"):
            return (
                "Nothing in it goes beyond what is known."
                if claim.verdict == "supported"
                else "A story or an offer cannot be backed or not backed."
            )
        return f"It {_holds(claim)}, but its words also sell, and that comes first on the ladder."

    def _cited(self, names: tuple[str, ...]) -> tuple[tuple[CardView, ...], tuple[ReferenceView, ...], tuple[PassageView, ...]]:
        cards, references, passages = [], [], []
        for name in dict.fromkeys(names):
            if name in self.pack.cards:
                cards.append(self.sources.card(name))
            elif name in self.pack.references:
                references.append(name)
            else:
                passages.append(self.sources.passage(name))
        for card in cards:
            references += card.references
        views = tuple(self.sources.reference(name) for name in dict.fromkeys(references))
        return tuple(cards), views, tuple(passages)

    def _help(self, passages: tuple[PassageView, ...]) -> str:
        sensitive = any(passage.sensitive for passage in passages)
        return help_lines(self.pack.index.help) if sensitive else ""


def verdict_words(given: Given | None) -> tuple[str, str]:
    """Give the result in words and as a sign; colour never says it alone."""
    if given is None:
        return "Not answered", "–"
    if given.response.dont_know:
        return "You said that you don’t know", "–"
    if given.mark >= 1:
        return "Correct", "✓"
    if given.mark > 0:
        return "Partly right", "◐"
    return "Not quite", "✗"


def confidence_words(confidence: Confidence | None) -> str:
    """Say how sure the learner was; nothing when it was not said."""
    return f"you were {CONFIDENCE_WORDS[confidence]}" if confidence else ""


def labels(claim: Claim, basis: str) -> str:
    """Give the one line of labels: the basis, the tactics with their words, the verdict with its reason."""
    parts = [ANSWER_WORDS[basis].upper()]
    parts += [f"{TACTICS[use.tactic].title.lower()}: “{use.words}”" for use in claim.tactics]
    verdict = VERDICT_WORDS[claim.verdict]
    parts.append(verdict + _detail(claim))
    return " · ".join(parts)


def strength_words(card: CardView) -> str:
    """Give the certainty line of a card."""
    return next((text for label, text in card.lines if label == "Certainty"), STRENGTH_WORDS["ungraded"])


def _detail(claim: Claim) -> str:
    if claim.test:
        return f": {TEST_WORDS[claim.test]}"
    if claim.reason:
        return f": {REASON_WORDS[claim.reason]}"
    return ""


def _holds(claim: Claim) -> str:
    return {
        "overstated": "goes too far",
        "unsettled": "is not settled",
        "refuted": "is wrong",
        "supported": "has no evidence card",
        "not-checkable": "cannot be checked",
    }[claim.verdict]


def _words(uses: list[TacticUse]) -> str:
    return ", ".join(f"“{use.words}” ({TACTICS[use.tactic].title.lower()})" for use in uses)


def _listed(views: list[OptionView], given: Given | None) -> str:
    if given is not None and given.response.dont_know:
        return "I don’t know"
    if not views:
        return "nothing"
    if len(views) == 1:
        return f"{views[0].number}  {views[0].text}"
    return " and ".join(str(view.number) for view in views)


def _unique(passages: tuple[PassageView, ...]) -> tuple[PassageView, ...]:
    return tuple({passage.id: passage for passage in passages}.values())
