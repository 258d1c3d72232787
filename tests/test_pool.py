"""What needs no reading earns nothing: rules that look only at the outside of a sentence do not tell selling from fair.

The pool is every claim that can count for discernment: agreed labels, signal (marketing, offers left out) against noise
(evidence and one person's story, as the course shows them). J is the share of signal that a rule marks, less the share
of noise that it marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

import pytest

from ketalearn.content.pack import Claim, Pack
from ketalearn.content.scheme import Basis, Voice, basis
from ketalearn.loading.compile import load
from tests.conftest import KETAMINE

SHALLOW, WORDS = 0.2, 0.35
"""The most that a rule may tell, and a list of hype words and superlatives, since spotting such words is part of the skill."""
HEDGES = re.compile(
    r"\b(may|might|can|could|perhaps|probably|possibly|often|sometimes|some|seems?|suggests?|appears?|likely|about|around)\b",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(r"\b(I|I’m|I’ve|me|my|mine|we|us|our|ours)\b")
YOU = re.compile(r"\b(you|your|yours|yourself)\b", re.IGNORECASE)
NUMBERS = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|half|hundred|thousand|dozens?)\b", re.IGNORECASE
)
SUPERLATIVES = (
    r"only|sole|solely|unique|uniquely|first|never|always|every|all|best|most|better|faster|no other|nothing else|exactly|"
    r"proven|guaranteed|real|truly|\w{3,}est"
)


@dataclass(frozen=True)
class Scored:
    """A sentence of the pool."""

    claim: Claim
    voice: Voice
    basis: Basis
    place: float
    """Where it stands in its document: 0 at the beginning, 1 at the end."""

    @property
    def text(self) -> str:
        return self.claim.quote


def pool(pack: Pack, anchors: dict[str, int]) -> Iterator[Scored]:
    for document in pack.documents:
        for claim in document.claims:
            found = basis(claim, claim.as_ or document.voice)
            if claim.scored and claim.label == "agreed" and found != "context" and claim.kind != "offer":
                place = anchors[claim.id] / max(1, len(document.text or ""))
                yield Scored(claim, claim.as_ or document.voice, found, place)


@pytest.fixture(scope="module")
def scored() -> list[Scored]:
    loaded = load(KETAMINE)
    assert loaded.reading.pack is not None
    return list(pool(loaded.reading.pack, {name: anchor.start for name, anchor in loaded.resolved.anchors.items()}))


@pytest.fixture(scope="module")
def hype(scored: list[Scored]) -> re.Pattern[str]:
    """The pack's own list of size and booster words, and superlatives."""
    pack = load(KETAMINE).reading.pack
    assert pack is not None
    words = "|".join(re.escape(word) for word in pack.size_words)
    return re.compile(rf"\b({words}|{SUPERLATIVES})\b", re.IGNORECASE)


def j(scored: list[Scored], rule: Callable[[Scored], bool]) -> float:
    signal = [rule(one) for one in scored if one.basis == "marketing"]
    noise = [rule(one) for one in scored if one.basis in ("evidence", "anecdote")]
    return sum(signal) / len(signal) - sum(noise) / len(noise)


def test_the_pool_holds_enough_of_both_sorts(scored: list[Scored]) -> None:
    signal = sum(one.basis == "marketing" for one in scored)
    noise = sum(one.basis in ("evidence", "anecdote") for one in scored)
    assert signal >= 60
    assert noise >= 60


@pytest.mark.parametrize("name", ["longest", "hedged", "seller", "first person", "you", "number", "position"])
def test_a_rule_that_needs_no_reading_tells_next_to_nothing(scored: list[Scored], name: str) -> None:
    middle = median(len(one.text) for one in scored)
    rules: dict[str, Callable[[Scored], bool]] = {
        "longest": lambda one: len(one.text) > middle,
        "hedged": lambda one: HEDGES.search(one.text) is not None,
        "seller": lambda one: one.voice == "seller",
        "first person": lambda one: FIRST_PERSON.search(one.text) is not None,
        "you": lambda one: YOU.search(one.text) is not None,
        "number": lambda one: NUMBERS.search(one.text) is not None,
        "position": lambda one: one.place > 0.5,
    }
    assert abs(j(scored, rules[name])) <= SHALLOW


def test_a_list_of_hype_words_and_superlatives_is_not_enough(scored: list[Scored], hype: re.Pattern[str]) -> None:
    assert abs(j(scored, lambda one: hype.search(one.text) is not None)) <= WORDS


def test_reading_the_labels_tells_everything(scored: list[Scored]) -> None:
    """The measure itself works: who knows the answers has a J of 1."""
    assert j(scored, lambda one: one.basis == "marketing") == 1
