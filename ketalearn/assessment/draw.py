"""Which items are asked, and in which order their options stand: decided by a stored seed alone."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass

from ketalearn.content.items import JUDGING, BaseItem, ChoiceItem, Item, Locate, Match, Option, Order
from ketalearn.content.pack import Claim, Module
from ketalearn.content.scheme import Basis


def option_order(seed: int, address: str, item: BaseItem) -> tuple[int, ...]:
    """Give the author's positions in the order shown: of options, parts, passages, or of a match's targets.

    The same seed gives the same order for ever. Parts of an order are never shown already in order.
    """
    number = _shuffled(item)
    order = list(range(number))
    chance = random.Random(f"{seed}/{address}")  # noqa: S311 - an order of options is no secret
    if isinstance(item, ChoiceItem) and not item.shuffle:
        return tuple(order)
    chance.shuffle(order)
    while isinstance(item, Order) and number > 1 and order == sorted(order):
        chance.shuffle(order)
    return tuple(order)


def _shuffled(item: BaseItem) -> int:
    if isinstance(item, ChoiceItem):
        return len(item.options)
    if isinstance(item, Order):
        return len(item.parts)
    if isinstance(item, Match):
        return len(item.pairs) + len(item.spare)
    return len(item.places) if isinstance(item, Locate) else 0


def draw_quiz(module: Module, items: Mapping[str, Item], seed: int) -> tuple[str, ...]:
    """Draw the items of a quiz: those tried before reading always, `judging` judging items, then the rest of the pool.

    Knowledge and judging items are mixed. An item that `needs` a page or card may come, since the quiz follows them all.
    """
    if module.quiz is None:
        return ()
    chance = random.Random(f"{seed}/quiz/{module.id}")  # noqa: S311 - a draw of items is no secret
    pool = [name for name in module.quiz.items if name in items]
    first = [name for name in pool if name in module.try_first]
    rest = [name for name in pool if name not in first]
    chance.shuffle(rest)
    judging = [name for name in rest if items[name].kind in JUDGING]
    knowing = [name for name in rest if items[name].kind not in JUDGING]
    show = min(module.quiz.show, len(pool))
    if module.quiz.judging is None:
        drawn = [*first, *rest][:show]
    else:
        judged = max(0, min(module.quiz.judging, len(judging), show - len(first)))
        known = [*first, *knowing][: show - judged]
        drawn = [*known, *judging[: show - len(known)]]
    if module.quiz.order == "as-written":
        return tuple(name for name in pool if name in drawn)
    chance.shuffle(drawn)
    return tuple(drawn)


def tell_pool(module: Module, claims: Mapping[str, Claim], bases: Mapping[str, Basis], used: set[str]) -> list[str]:
    """Give the claims that the Tell set may draw: this module's, scored, with something to judge, not `used` elsewhere.

    Sensitive sentences and sentences that say nothing to check are left out; so are offers, which count for nothing, and
    split labels.
    """
    return [
        name
        for name, claim in claims.items()
        if claim.module == module.id
        and claim.scored
        and claim.label != "split"
        and claim.kind != "offer"
        and claim.sensitive is None
        and bases[name] != "context"
        and name not in used
    ]


NOT_BACKED = 2
"""The most sentences in a Tell set that are plainly worded and not backed, as long as there are others."""


def draw_tell(
    module: Module, pool: Sequence[str], bases: Mapping[str, Basis], seed: int, twins: Mapping[str, str | None] | None = None
) -> tuple[str, ...]:
    """Draw the sentences to judge: `show` of them, of which a drawn number between the two bounds is marketing.

    Of the others none to `NOT_BACKED` are not backed, as a second number says, and at least one is backed. Anecdotes are
    at most a quarter, and of `twins` (claim to its partner) only one is taken. When the pool is too small for that, what
    there is is taken.
    """
    if module.tell is None:
        return ()
    chance = random.Random(f"{seed}/tell/{module.id}")  # noqa: S311 - a draw of sentences is no secret
    mixed = list(pool)
    chance.shuffle(mixed)
    mixed = apart(mixed, twins or {})
    selling = [name for name in mixed if bases[name] == "marketing"]
    stories = [name for name in mixed if bases[name] == "anecdote"][: module.tell.show // 4]
    wrong = [name for name in mixed if bases[name] == "unsupported"]
    fair = [*stories, *(name for name in mixed if bases[name] == "evidence")]
    chance.shuffle(fair)
    wanted = min(module.tell.show, chance.randint(module.tell.marketing_from, module.tell.marketing_to))
    room = module.tell.show - min(wanted, len(selling))
    # Left to the pool's proportions, an answer that is right for few of its sentences would hardly ever come up.
    few = min(chance.randint(0, NOT_BACKED), len(wrong), max(0, room - 1))
    if not any(bases[name] == "evidence" for name in fair[: room - few]):
        fair.sort(key=lambda name: bases[name] != "evidence")  # a set without one backed sentence teaches distrust
    plain = [*wrong[:few], *fair[: room - few], *wrong[few:]]
    drawn = [*selling[:wanted], *plain[:room]]
    chance.shuffle(drawn)
    return tuple(drawn[: module.tell.show])


def apart(names: Sequence[str], twins: Mapping[str, str | None]) -> list[str]:
    """Leave out every claim whose twin stands before it: side by side, two sentences on one topic answer each other."""
    kept: dict[str, None] = {}
    for name in names:
        if twins.get(name) not in kept:
            kept.setdefault(name)
    return list(kept)


def fingerprint(item: Item, claims: Sequence[Claim] = ()) -> str:
    """Give a short hash of what was asked (stem, options, key), so that an edited item can be told from the one answered.

    Reasons, hints and notes are left out: correcting them asks nothing new.
    """
    unasked = {"id", "objective", "cite", "hints", "needs", "status", "note", "because", "sensitive", "silent", "shuffle"}
    asked: list[object] = [(field.name, getattr(item, field.name)) for field in fields(item) if field.name not in unasked]
    asked += [(claim.quote, claim.kind, claim.verdict, claim.tactic_ids) for claim in claims]
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False, default=_bare).encode()).hexdigest()[:16]


def _bare(part: object) -> dict[str, object]:
    """Give the part of an item without its reason and what the reason shows."""
    assert is_dataclass(part)
    unasked = {"because", "passage"} if isinstance(part, Option) else {"because"}
    return {field.name: getattr(part, field.name) for field in fields(part) if field.name not in unasked}
