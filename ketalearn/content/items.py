"""The items of a quiz: one frozen class a kind.

The docstring under a field is what an instructor reads in the JSON Schema. `CONFIG` and `Tagged` are what lets
the authors' door validate these same classes without this room importing a validator.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

OWN_NAMES = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID", "url": "URL", "as_": "as"}


def yaml_name(name: str) -> str:
    """Give the key an author writes for a field: `try_first` is written `try-first`.

    CSL's own upper-case names stay, and `implied_claim`, `as_of` keep the form of the claim scheme.
    """
    if name in {"implied_claim", "as_of"}:
        return name
    return OWN_NAMES.get(name, name.replace("_", "-"))


CONFIG: dict[str, object] = {
    "extra": "forbid",
    "hide_input_in_errors": True,
    "alias_generator": yaml_name,
    "use_attribute_docstrings": True,
}


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
class ChoiceItem(BaseItem):
    """What the items with options of their own share."""

    stem: str
    """The question or the sentence to finish."""
    options: tuple[Option, ...]
    """Two to eight options."""
    because: str = ""
    """What the whole item teaches, beyond the reasons of its options."""
    silent: bool = False
    """True when none of the documents speaks of this; then a card or a reference is cited."""
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
class JudgeClaim(BaseItem):
    """Which of the four answers fits a labelled sentence? Stem, key and reasons come from the claim."""

    kind: Literal["judge-claim"] = "judge-claim"
    claim: str
    """Id of the claim to judge."""


Item = Annotated[SingleChoice | MultipleResponse | JudgeClaim, Tagged("kind")]
ITEM_KINDS: dict[str, type[BaseItem]] = {
    "single-choice": SingleChoice,
    "multiple-response": MultipleResponse,
    "judge-claim": JudgeClaim,
}
"""Every kind of item, by the name an author writes. A test walks this table through every room."""

__all__ = [
    "CONFIG",
    "ITEM_KINDS",
    "BaseItem",
    "ChoiceItem",
    "Item",
    "JudgeClaim",
    "MultipleResponse",
    "Option",
    "SingleChoice",
    "Tagged",
    "yaml_name",
]
