"""One item after the answer, as a value that every front end can show: what was chosen, what is right, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ketalearn.assessment import typed
from ketalearn.assessment.attempt import Attempt, Given
from ketalearn.assessment.draw import option_order
from ketalearn.assessment.marking import mark
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
)
from ketalearn.content.pack import Claim
from ketalearn.content.scheme import ANSWER_WORDS, ANSWERS, TACTICS
from ketalearn.library.compiled import CompiledPack
from ketalearn.study.asking import JUDGE_STEM, SPOT_STEM, Asking
from ketalearn.study.reasons import confidence_words, labels, result_words, selling_words, why_not
from ketalearn.study.sources import CardView, PassageView, ReferenceView, Sources, help_lines

YOURS = "your answer"
OUTDATED = "an answer to an earlier form of this item"
SILENT = "None of the web pages read so far speaks of this."


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """A part of an item after the answer: an option, a step, a pair, a passage or a sentence."""

    number: int
    text: str
    sign: str
    """✓ right, ✗ not right, · counts for neither."""
    because: str
    note: str = ""
    """What the learner did with it."""
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
    """“Correct”, “Partly right”, “Not quite”, “Close: check the spelling” or “You said that you don't know”."""
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

    @property
    def chosen_is_answer(self) -> bool:
        """Whether both are the same words, which need not be said twice; an accepted form of a typed answer is not."""
        return self.mark >= 1 and self.chosen == self.answer


@dataclass(frozen=True, slots=True)
class _Parts:
    """What differs from kind to kind."""

    options: tuple[OptionView, ...]
    chosen: str
    answer: str
    mine: str = ""
    because: str = ""
    near: bool = False


class Telling:
    """Builds the feedback to items of one pack."""

    def __init__(self, pack: CompiledPack, asking: Asking, sources: Sources) -> None:
        self.pack, self.asking, self.sources = pack, asking, sources

    def feedback(self, attempt: Attempt, address: str) -> Feedback:
        """Show an item after the answer; an item that was never answered shows its reasons all the same."""
        item = self.asking.item(address)
        given = attempt.given.get(address)
        order = option_order(attempt.seed, address, item)
        outdated = given is not None and not self._fits(item, given)
        parts = PARTS[item.kind](self, item, None if outdated else given, order)
        claim = self.pack.claims[item.claim] if isinstance(item, JudgeClaim) else None
        cited = self._cited(item, claim)
        result, sign = result_words(given, parts.near)
        own = [] if claim is None else [self.sources.passage(claim.id)]
        if isinstance(item, Spot):  # first what was missed or wrongly marked, then what sells
            sells = parts.answer.split(", ")
            views = sorted(parts.options, key=lambda view: (view.sign != "✗", str(view.number) not in sells))
            own = [option.passage for option in views if option.passage]
        shown = [option.passage for option in parts.options if option.passage and (option.note or option.sign == "✓")]
        passages = tuple({view.id: view for view in (*own, *cited.passages, *shown)}.values())
        claims = self.asking.claims(item)
        sensitive = (
            (isinstance(item, KnowledgeItem) and item.sensitive is not None)
            or any(view.sensitive for view in passages)
            or any(judged.sensitive for judged in claims)
        )
        return Feedback(
            address=address,
            number=attempt.items.index(address) + 1,
            total=len(attempt.items),
            mark=given.mark if given else 0.0,
            result=result,
            sign=sign,
            sure=confidence_words(given.confidence if given else None),
            stem=item.stem if isinstance(item, KnowledgeItem) else SPOT_STEM if isinstance(item, Spot) else JUDGE_STEM,
            quote=claim.quote if claim else "",
            chosen=OUTDATED
            if outdated
            else "I don’t know"
            if given and given.response.dont_know
            else parts.chosen or "nothing",
            answer=parts.answer,
            mine=parts.mine,
            because=parts.because,
            options=parts.options,
            passages=passages,
            labels=labels(claim, self.pack.basis(claim.id)) if claim else "",
            tactics=tuple(
                TacticView(title=TACTICS[use.tactic].title, words=use.words, implied=use.implied_claim)
                for use in (claim.tactics if claim else ())
            ),
            fairer=claim.fairer if claim else "",
            cards=cited.cards,
            references=cited.references,
            hints=tuple(self.sources.plain(hint) for hint in item.hints),
            silent=SILENT if isinstance(item, KnowledgeItem) and item.silent else "",
            provisional=any(judged.label == "provisional" for judged in claims),
            help=help_lines(self.pack.index.help) if sensitive else "",
        )

    def _fits(self, item: Item, given: Given) -> bool:
        """Say whether a response could be given to the item as it is now; it may have been edited since."""
        try:
            mark(item, given.response, self.asking.labels(item))
        except ValueError:
            return False
        return True

    def _cited(self, item: Item, claim: Claim | None) -> _Cited:
        names = [*(claim.cards if claim else ()), *item.cite]
        if isinstance(item, Spot):
            names += [card for judged in self.asking.claims(item) for card in judged.cards]
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
        return _Cited(tuple(cards), views, tuple(passages))

    def reason(self, *texts: str) -> str:
        """Join reasons, with their citations in words."""
        return " ".join(self.sources.plain(text) for text in texts if text)


@dataclass(frozen=True, slots=True)
class _Cited:
    cards: tuple[CardView, ...]
    references: tuple[ReferenceView, ...]
    passages: tuple[PassageView, ...]


Order_ = tuple[int, ...]


def _choice(telling: Telling, item: Item, given: Given | None, order: Order_) -> _Parts:
    assert isinstance(item, ChoiceItem)
    chosen = set(given.response.chosen) if given else set()
    views, wrong, keys, mine, reasons = [], [], [], [], []
    for number, position in enumerate(order, start=1):
        option, picked = item.options[position], position in chosen
        because = telling.reason(option.because)
        view = OptionView(
            number=number,
            text=option.text,
            sign="✓" if option.key else "✗",
            because=because,
            note=YOURS if picked else "",
            passage=telling.sources.passage(option.passage) if option.passage else None,
        )
        views.append(view)
        if option.key:
            keys.append(view)
            reasons.append((number, because))
        elif picked:
            mine.append(because)
        if picked:
            wrong.append(view)
    because = telling.reason(*_numbered(reasons), item.because)
    return _Parts(tuple(views), listed(wrong), listed(keys), " ".join(mine), because)


def _numbered(reasons: Sequence[tuple[int, str]]) -> list[str]:
    """Give the reasons of the right options, each with its number where there are several."""
    return [because for _, because in reasons] if len(reasons) < 2 else [f"{number}: {because}" for number, because in reasons]


def _order(telling: Telling, item: Item, given: Given | None, order: Order_) -> _Parts:
    assert isinstance(item, Order)
    shown = {position: number for number, position in enumerate(order, start=1)}
    put = list(given.response.chosen) if given else []
    views = []
    for place, part in enumerate(item.parts):
        mine = put.index(place) if place in put else None
        note = "" if mine is None else "you put it here" if mine == place else f"you put it {ORDINALS[mine]}"
        sign = "✓" if mine == place else "✗"
        views.append(OptionView(number=place + 1, text=part.text, sign=sign, because=telling.reason(part.because), note=note))
    answer = " ".join(str(shown[place]) for place in range(len(item.parts)))
    chosen = " ".join(str(shown[position]) for position in put)
    steps = "; ".join(part.text.rstrip(".") for part in item.parts)
    return _Parts(tuple(views), chosen, answer, because=f"In order: {steps}. {telling.reason(item.because)}".strip())


def _match(telling: Telling, item: Item, given: Given | None, order: Order_) -> _Parts:
    assert isinstance(item, Match)
    targets = [pair.right for pair in item.pairs] + list(item.spare)
    put = given.response.chosen if given and given.response.chosen else (-1,) * len(item.pairs)
    views, mine = [], []
    for number, (pair, target) in enumerate(zip(item.pairs, put, strict=True), start=1):
        words = targets[target] if target >= 0 else ""
        right = words == pair.right
        because = telling.reason(pair.because)
        note = YOURS if right else f"you: {words}" if words else ""
        views.append(
            OptionView(
                number=number, text=f"{pair.left} → {pair.right}", sign="✓" if right else "✗", because=because, note=note
            )
        )
        if words and not right:
            mine.append(because)
    found = sum(view.sign == "✓" for view in views)
    answer = "; ".join(view.text for view in views)
    answered = given is not None and not given.response.dont_know
    chosen = answer if found == len(views) else f"{found} of {len(views)} pairs" if answered else ""
    because = telling.reason(item.because) or " ".join(f"{view.text}: {view.because}" for view in views)
    return _Parts(tuple(views), chosen, answer, " ".join(mine), because)


def _fill_in(telling: Telling, item: Item, given: Given | None, order: Order_) -> _Parts:
    assert isinstance(item, FillIn)
    text = given.response.text if given else ""
    near = given is not None and given.mark < 1 and typed.near(text, item.accept)
    # Misspellings are accepted and not shown: what is read in a reason is learnt.
    others = ", ".join(f"“{form}”" for form in item.accept[1:] if not typed.near(form, item.accept[:1]))
    also = f"Also accepted: {others}." if others else ""
    return _Parts((), text, item.accept[0], because=" ".join(filter(None, (telling.reason(item.because), also))), near=near)


def _numeric(telling: Telling, item: Item, given: Given | None, order: Order_) -> _Parts:
    assert isinstance(item, Numeric)
    unit = f" {item.unit}" if item.unit else ""
    about = f" (from {item.value - item.tolerance:g} to {item.value + item.tolerance:g} is right)" if item.tolerance else ""
    text = given.response.text if given else ""
    return _Parts((), text, f"{item.value:g}{unit}{about}", because=telling.reason(item.because))


def _locate(telling: Telling, item: Item, given: Given | None, order: Order_) -> _Parts:
    assert isinstance(item, Locate)
    chosen = set(given.response.chosen) if given else set()
    views, mine, reasons, picked, keys = [], [], [], [], []
    for number, position in enumerate(order, start=1):
        place = item.places[position]
        shown = telling.sources.passage(place.passage)
        view = OptionView(
            number=number,
            text=f"“{shown.quote}”",
            sign="✓" if place.key else "✗",
            because=telling.reason(place.because),
            note=YOURS if position in chosen else "",
            passage=shown,
        )
        views.append(view)
        if place.key:
            keys.append(view)
            reasons.append(place.because)
        if position in chosen:
            picked.append(view)
            mine += [] if place.key else [view.because]
    return _Parts(tuple(views), listed(picked), listed(keys), " ".join(mine), telling.reason(*reasons, item.because))


def _judge(telling: Telling, item: Item, given: Given | None, order: Order_) -> _Parts:
    assert isinstance(item, JudgeClaim)
    claim = telling.pack.claims[item.claim]
    basis = telling.pack.basis(claim.id)
    chosen = given.response.chosen[0] if given and given.response.chosen else None
    views = tuple(
        OptionView(
            number=position + 1,
            text=ANSWER_WORDS[answer].capitalize(),
            sign="✓" if answer == basis else "✗",
            because=why_not(claim, answer, basis),
            note=YOURS if position == chosen else "",
        )
        for position, answer in enumerate(ANSWERS)
    )
    mine = next((view.because for view in views if view.note and view.sign == "✗"), "")
    answer = listed([view for view in views if view.sign == "✓"]) or ANSWER_WORDS[basis].capitalize()
    return _Parts(views, listed([view for view in views if view.note]), answer, mine, telling.reason(claim.why))


def _spot(telling: Telling, item: Item, given: Given | None, order: Order_) -> _Parts:
    assert isinstance(item, Spot)
    judges = given is not None and not given.response.dont_know
    flagged = set(given.response.chosen) if given and judges else set()
    judged = telling.asking.labels(item)
    views, mine, uncounted = [], [], []
    for position, (name, label) in enumerate(zip(item.excerpt, judged, strict=True)):
        claim = telling.pack.claims[name]
        marked = position in flagged
        sign = "·" if not judges or not (label.signal or label.noise) else "✓" if marked == label.signal else "✗"
        words = "a plain offer" if claim.kind == "offer" else ANSWER_WORDS[label.basis]
        because = f"{words.capitalize()}. {telling.reason(claim.why)}"
        note = "you marked it" if marked else ""
        shown = telling.sources.passage(name)
        views.append(
            OptionView(number=position + 1, text=f"“{claim.quote}”", sign=sign, because=because, note=note, passage=shown)
        )
        if sign == "✗":
            what = "marked, but it does not sell" if marked else "not marked, but it sells"
            mine.append(f"Sentence {position + 1}: {what}.")
        elif marked and not label.signal:
            what = words if claim.kind == "offer" else f"“{words}”"
            uncounted.append(f"Sentence {position + 1}: you marked it. It is {what}, which counts neither for nor against you.")
    keys = [str(n) for n, label in enumerate(judged, start=1) if label.signal]
    chosen = ", ".join(str(position + 1) for position in sorted(flagged)) or ("none of them" if judges else "")
    claims = [
        (n, telling.pack.claims[name])
        for n, (name, label) in enumerate(zip(item.excerpt, judged, strict=True), 1)
        if label.signal
    ]
    reasons = [
        f"Sentence {n}: {selling_words(claim.tactics)}." if claim.tactics else f"Sentence {n}: {telling.reason(claim.why)}"
        for n, claim in claims
    ]
    because = " ".join([*(reasons or ["No sentence here sells."]), *uncounted])
    return _Parts(tuple(views), chosen, ", ".join(keys) or "none of them", " ".join(mine), because)


PARTS: dict[str, Callable[[Telling, Item, Given | None, Order_], _Parts]] = {
    "single-choice": _choice,
    "multiple-response": _choice,
    "order": _order,
    "match": _match,
    "fill-in": _fill_in,
    "numeric": _numeric,
    "locate": _locate,
    "judge-claim": _judge,
    "spot": _spot,
}
"""What each kind of item shows after the answer."""

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")

NAMED = 200
"""The most characters that the chosen options may take on the first screen."""


def listed(views: Sequence[OptionView]) -> str:
    """Name options by number and words; long ones by number alone when there are several."""
    if len(views) == 1:
        return f"{views[0].number}  {views[0].text}"
    named = "; ".join(f"{view.number}  {view.text.rstrip('.')}" for view in views)
    return named if len(named) <= NAMED else " and ".join(str(view.number) for view in views)
