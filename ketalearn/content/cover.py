"""What a pack shows before a module is opened: where to find help, how long the parts take, and the steps.

It stands apart from `content.pack` because home opens first: it needs these few classes and none of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ketalearn.content.names import CONFIG
from ketalearn.content.scheme import TACTICS

if TYPE_CHECKING:
    from ketalearn.content.pack import Module

StepKind = Literal["try", "page", "stop", "primer", "tactic", "tell", "discuss", "quiz", "report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLine:
    """Where to find help in a crisis."""

    __pydantic_config__ = CONFIG

    country: str
    """A country, or “anywhere”."""
    text: str
    """What to do there, with a number only where it is certain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """How long the three parts take."""

    __pydantic_config__ = CONFIG

    read: int = 8
    """Minutes for the pages."""
    tell: int = 6
    """Minutes for the set of sentences."""
    quiz: int = 8
    """Minutes for the quiz."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One place in a module. `key` is stable: it is where a learner is found again."""

    key: str
    kind: StepKind
    title: str
    note: str = ""
    """What the contents list adds: “page 2 of 5”."""

    @property
    def part(self) -> str:
        """Which of the three parts it belongs to: read, tell or quiz."""
        if self.kind in ("try", "page") or self.key == "stop/read":
            return "read"
        return "quiz" if self.kind in ("quiz", "report") else "tell"

    @property
    def is_items(self) -> bool:
        """Whether items are asked here."""
        return self.kind in ("try", "tell", "quiz")


def steps(module: Module, discussed: int = 0) -> tuple[Step, ...]:
    """Give the steps of a module; what a module does not have leaves no step. `discussed` of its claims have split labels."""
    found: list[Step] = []
    if module.try_first:
        found.append(Step(key="try", kind="try", title="Try first", note=_count(len(module.try_first), "item")))
    for number, page in enumerate(module.pages, start=1):
        found.append(Step(key=f"page/{page.id}", kind="page", title=page.title, note=f"page {number} of {len(module.pages)}"))
    judging = module.tell is not None
    if found and (judging or module.quiz):
        found.append(Step(key="stop/read", kind="stop", title="A stopping place", note="part 1 is done"))
    if judging or any(item.kind == "judge-claim" for item in module.items):
        found.append(Step(key="primer", kind="primer", title="The four answers", note="how to judge a sentence"))
    found += [
        Step(key=f"tactic/{card.tactic}", kind="tactic", title=TACTICS[card.tactic].title, note="a tactic")
        for card in module.tactics
    ]
    if module.tell is not None:
        found.append(Step(key="tell", kind="tell", title="Which of the four?", note=_count(module.tell.show, "sentence")))
    if discussed:
        found.append(Step(key="discuss", kind="discuss", title="Open to argument", note=_count(discussed, "sentence")))
    if module.tell is not None and module.quiz:
        found.append(Step(key="stop/tell", kind="stop", title="A stopping place", note="part 2 is done"))
    if module.quiz:
        asked = min(module.quiz.show, len(module.quiz.items))
        found.append(Step(key="quiz", kind="quiz", title="Quiz", note=_count(asked, "item")))
    found.append(Step(key="report", kind="report", title="Report", note="what it means, what to do next"))
    return tuple(found)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
