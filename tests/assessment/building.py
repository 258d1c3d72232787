"""Small items, claims and modules to mark and to draw from."""

from __future__ import annotations

from ketalearn.content.items import (
    FillIn,
    Item,
    JudgeClaim,
    Locate,
    Match,
    MultipleResponse,
    Numeric,
    Option,
    Order,
    Pair,
    Part,
    Place,
    SingleChoice,
    Spot,
)
from ketalearn.content.pack import Claim, Module, Quiz, TacticUse, Tell
from ketalearn.content.scheme import Basis


def options(keys: str) -> tuple[Option, ...]:
    """Write options as a word: “k” is a key, “-” a distractor."""
    return tuple(Option(text=f"option {number}", key=sign == "k", because="so") for number, sign in enumerate(keys))


def single(keys: str = "--k-", name: str = "item", **more: object) -> SingleChoice:
    return SingleChoice(id=name, stem="What?", options=options(keys), **more)  # type: ignore[arg-type]


def multiple(keys: str = "k-k--", name: str = "item", **more: object) -> MultipleResponse:
    return MultipleResponse(id=name, stem="Which?", options=options(keys), **more)  # type: ignore[arg-type]


def judge(name: str = "judge", claim: str = "claim") -> JudgeClaim:
    return JudgeClaim(id=name, claim=claim)


def order(parts: int = 5, name: str = "order") -> Order:
    return Order(id=name, stem="In which order?", parts=tuple(Part(text=f"part {n}", because="so") for n in range(parts)))


def match(pairs: int = 3, spare: int = 1, rights: str = "", name: str = "match") -> Match:
    """Pairs whose targets are the letters of `rights`, or one of its own each."""
    words = rights or "abcdefgh"[:pairs]
    made = tuple(Pair(left=f"left {n}", right=words[n], because="so") for n in range(pairs))
    return Match(id=name, stem="Which belongs to which?", pairs=made, spare=tuple(f"spare {n}" for n in range(spare)))


def fill_in(*accept: str) -> FillIn:
    return FillIn(id="fill-in", stem="Which word?", accept=accept or ("antagonist",), because="so")


def numeric(value: float = 32, tolerance: float = 0, unit: str = "") -> Numeric:
    return Numeric(id="numeric", stem="How many?", value=value, tolerance=tolerance, unit=unit, because="so")


def locate(keys: str = "-k-") -> Locate:
    places = tuple(Place(passage=f"p{number}", key=sign == "k", because="so") for number, sign in enumerate(keys))
    return Locate(id="locate", stem="Where?", places=places)


def spot(claims: int = 5) -> Spot:
    return Spot(id="spot", excerpt=tuple(f"c{number}" for number in range(claims)))


def claim(name: str = "claim", **more: object) -> Claim:
    told: dict[str, object] = {
        "quote": f"quote of {name}",
        "kind": "efficacy",
        "verdict": "supported",
        "why": "so",
        "module": "module",
    }
    return Claim(id=name, **{**told, **more})  # type: ignore[arg-type]


def use(tactic: str = "hype-words") -> TacticUse:
    return TacticUse(tactic=tactic, words="words", implied_claim="more")  # type: ignore[arg-type]


def quiz_module(
    knowing: int, judging: int, show: int, judge_count: int | None, try_first: int = 0
) -> tuple[Module, dict[str, Item]]:
    """A module whose pool holds so many knowledge and judging items: k0 k1 … j0 j1 …"""
    items: dict[str, Item] = {f"k{number}": single(name=f"k{number}") for number in range(knowing)}
    items |= {f"j{number}": judge(f"j{number}", f"c{number}") for number in range(judging)}
    quiz = Quiz(items=tuple(items), show=show, judging=judge_count)
    first = tuple(f"k{number}" for number in range(try_first))
    return Module(id="module", title="Module", try_first=first, quiz=quiz, items=tuple(items.values())), items


def tell_module(show: int = 8, at_least: int = 2, at_most: int = 6) -> Module:
    return Module(id="module", title="Module", tell=Tell(show=show, marketing_from=at_least, marketing_to=at_most))


def pool_of(marketing: int, evidence: int, anecdote: int = 0, unsupported: int = 0) -> dict[str, Basis]:
    """Sentences by their basis: m0 m1 … e0 … a0 … u0 …"""
    counts: dict[Basis, int] = {"marketing": marketing, "evidence": evidence, "anecdote": anecdote, "unsupported": unsupported}
    return {f"{basis[0]}{number}": basis for basis, count in counts.items() for number in range(count)}
