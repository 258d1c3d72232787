"""The items of a quiz: one frozen class a kind.

The docstring under a field is what an instructor reads in the JSON Schema. `CONFIG` and `Tagged` are what lets
the authors' door validate these same classes without this room importing a validator.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from ketalearn.content.names import CONFIG


@dataclass(frozen=True, slots=True)
class Tagged:
    """Marks a union whose member is named by one field, for clean error places and a discriminated schema."""

    field: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> dict[str, object]:
        """Describe the union to the validator by plain dictionaries."""
        import typing

        hints = {member: typing.get_type_hints(member)[self.field] for member in typing.get_args(source)}
        return {
            "type": "tagged-union",
            "discriminator": self.field,
            "choices": {typing.get_args(hint)[0]: handler(member) for member, hint in hints.items()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of an item, with the reason that a learner is shown for it."""

    __pydantic_config__ = CONFIG

    text: str
    """What the learner reads."""
    key: bool = False
    """True for a right option."""
    because: str
    """Why it is right or wrong. Every option has its reason, also those that nobody chooses."""
    passage: str | None = None
    """Id of a claim or passage that shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseItem:
    """What every item has."""

    __pydantic_config__ = CONFIG

    id: str
    """A stable address inside the module; a changed wording never changes it."""
    objective: str | None = None
    """Id of the objective that the item tests."""
    cite: tuple[str, ...] = ()
    """Ids of claims, passages, cards or references that the answer rests on."""
    hints: tuple[str, ...] = ()
    """Hints, shown one by one."""
    needs: tuple[str, ...] = ()
    """Pages or cards that come first: page/ID, tactic/ID."""
    status: Literal["draft", "ready"] = "ready"
    """A draft is checked but never asked."""
    note: str = ""
    """For authors; never shown to learners."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeItem(BaseItem):
    """What every item has that asks for knowledge, and not for a judgement."""

    stem: str
    """The question, the sentence to finish, or what to do."""
    because: str = ""
    """What the whole item teaches, beyond the reasons of its parts."""
    sensitive: Literal["suicide"] | None = None
    """Set where the item itself speaks of suicide; help is shown with it, and it is never a warm-up."""
    silent: bool = False
    """True when none of the documents speaks of this; then a card and a reference are cited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceItem(KnowledgeItem):
    """What the items with options of their own share."""

    options: tuple[Option, ...]
    """Two to eight options."""
    shuffle: bool = True
    """False keeps the options in the order written, for example numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleChoice(ChoiceItem):
    """One option is right."""

    kind: Literal["single-choice"] = "single-choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleResponse(ChoiceItem):
    """Any number of options is right, at least one; the learner is told so."""

    kind: Literal["multiple-response"] = "multiple-response"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of an order: its text, and why it stands there."""

    __pydantic_config__ = CONFIG

    text: str
    """What the learner reads."""
    because: str
    """Why it stands at this place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(KnowledgeItem):
    """Parts to put in order."""

    kind: Literal["order"] = "order"
    parts: tuple[Part, ...]
    """Three to eight parts, in the right order; they are shown shuffled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A pair of a match: what is given, what belongs to it, and why."""

    __pydantic_config__ = CONFIG

    left: str
    """What is given."""
    right: str
    """What belongs to it."""
    because: str
    """Why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(KnowledgeItem):
    """Pairs to find. One target is spare, so that the last pair is not a gift."""

    kind: Literal["match"] = "match"
    pairs: tuple[Pair, ...]
    """Two to six pairs."""
    spare: tuple[str, ...]
    """At least one target that belongs to nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FillIn(KnowledgeItem):
    """A word or a few, typed. Case, white space and Unicode forms do not count; digits, minus and “not” do."""

    kind: Literal["fill-in"] = "fill-in"
    accept: tuple[str, ...]
    """Accepted forms; the first one is shown as the answer."""
    because: str
    """Why it is the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(KnowledgeItem):
    """A number, typed, with a tolerance. Never a dose."""

    kind: Literal["numeric"] = "numeric"
    value: float
    """The number."""
    tolerance: float = 0.0
    """How far a response may be from it and still be right."""
    unit: str = ""
    """What it counts; shown behind the field, and read over when it is typed."""
    because: str
    """Why it is this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A passage to choose from, and why it does or does not show what is asked."""

    __pydantic_config__ = CONFIG

    passage: str
    """Id of a claim or passage."""
    key: bool = False
    """True for the passage that shows it."""
    because: str
    """Why it does or does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locate(KnowledgeItem):
    """Which passage shows this? One does."""

    kind: Literal["locate"] = "locate"
    places: tuple[Place, ...]
    """Two to six passages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeClaim(BaseItem):
    """Which of the four answers fits a labelled sentence? Stem, key and reasons come from the claim."""

    kind: Literal["judge-claim"] = "judge-claim"
    claim: str
    """Id of the claim to judge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot(BaseItem):
    """Mark the sentences of an excerpt whose wording sells. Keys and reasons come from the claims."""

    kind: Literal["spot"] = "spot"
    excerpt: tuple[str, ...]
    """Ids of claims in the order of the text; at least one is marketing, and at least three are evidence or anecdote."""


Item = Annotated[
    SingleChoice | MultipleResponse | Order | Match | FillIn | Numeric | Locate | JudgeClaim | Spot, Tagged("kind")
]
ITEM_KINDS: dict[str, type[BaseItem]] = {
    "single-choice": SingleChoice,
    "multiple-response": MultipleResponse,
    "order": Order,
    "match": Match,
    "fill-in": FillIn,
    "numeric": Numeric,
    "locate": Locate,
    "judge-claim": JudgeClaim,
    "spot": Spot,
}
"""Every kind of item, by the name an author writes. A test walks this table through every room."""
JUDGING: frozenset[str] = frozenset({"judge-claim", "spot"})
"""Kinds that ask for a judgement of sentences; all others ask for knowledge."""


def claims_of(item: BaseItem) -> tuple[str, ...]:
    """Give the ids of the claims that an item asks to judge."""
    if isinstance(item, JudgeClaim):
        return (item.claim,)
    return item.excerpt if isinstance(item, Spot) else ()


def passages_of(item: BaseItem) -> tuple[str, ...]:
    """Give the ids of the claims and passages that an item's own parts show."""
    if isinstance(item, ChoiceItem):
        return tuple(option.passage for option in item.options if option.passage)
    return tuple(place.passage for place in item.places) if isinstance(item, Locate) else ()


def reasons_of(item: BaseItem) -> tuple[tuple[tuple[str | int, ...], str], ...]:
    """Give every reason of an item, with the path to it in the author's file."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    if isinstance(item, ChoiceItem):
        found += [(("options", n, "because"), option.because) for n, option in enumerate(item.options)]
    elif isinstance(item, Order):
        found += [(("parts", n, "because"), part.because) for n, part in enumerate(item.parts)]
    elif isinstance(item, Match):
        found += [(("pairs", n, "because"), pair.because) for n, pair in enumerate(item.pairs)]
    elif isinstance(item, Locate):
        found += [(("places", n, "because"), place.because) for n, place in enumerate(item.places)]
    if isinstance(item, (FillIn, Numeric)) or (isinstance(item, KnowledgeItem) and item.because):
        found.append((("because",), item.because))
    return tuple(found)
