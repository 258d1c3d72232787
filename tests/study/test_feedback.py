"""After an answer: what was chosen, what is right, why for every option, and the passage in place. For every response."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from ketalearn.assessment.attempt import Attempt, Given
from ketalearn.assessment.marking import mark
from ketalearn.assessment.response import Response
from ketalearn.content.items import (
    ITEM_KINDS,
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
from ketalearn.content.scheme import ANSWER_WORDS, ANSWERS
from ketalearn.library.compiled import CompiledPack
from ketalearn.study.asking import ASKS, Asking
from ketalearn.study.feedback import PARTS, Feedback, Telling
from ketalearn.study.packs import open_pack
from ketalearn.study.reasons import why_not
from ketalearn.study.sources import Sources
from tests.conftest import KETAMINE, NOW
from tests.study.desk import EVERY_KIND, Desk, begin, right, wrong


@pytest.fixture(scope="module", params=[KETAMINE, EVERY_KIND], ids=["shipped", "every-kind"])
def pack(request: pytest.FixtureRequest, cache: Path) -> CompiledPack:
    return open_pack(request.param, cache)


def telling(pack: CompiledPack, now: datetime = NOW) -> Telling:
    sources = Sources(pack, now)
    return Telling(pack, Asking(pack, sources), sources)


def addresses(pack: CompiledPack) -> list[str]:
    """Every item of a pack, and every claim as a sentence of a Tell set."""
    found = [f"{card.id}/{name}" for card in pack.index.modules for name in pack.items(card.id)]
    judged = [name for name in pack.claims if pack.basis(name) != "context"]
    return found + [f"{pack.index.modules[0].id}/claim/{name}" for name in judged]


def responses(item: Item) -> Iterator[Response]:
    """Every response of one choice, and for other kinds every way of putting it."""
    yield Response(dont_know=True)
    match item:
        case ChoiceItem(kind="multiple-response"):
            for size in range(1, len(item.options) + 1):
                for chosen in itertools.combinations(range(len(item.options)), size):
                    yield Response(chosen=chosen)
        case ChoiceItem():
            yield from (Response(chosen=(number,)) for number in range(len(item.options)))
        case Order():
            yield from (Response(chosen=put) for put in itertools.permutations(range(len(item.parts))))
        case Match():
            targets = range(-1, len(item.pairs) + len(item.spare))
            yield from (Response(chosen=put) for put in itertools.product(targets, repeat=len(item.pairs)))
        case FillIn():
            yield from (Response(text=text) for text in (*item.accept, "melatonim", "no", "\x1b[31m"))
        case Numeric():
            yield from (Response(text=text) for text in (f"{item.value:g}", f"{item.value + item.tolerance:g}", "1e9"))
        case Locate():
            yield from (Response(chosen=(number,)) for number in range(len(item.places)))
        case JudgeClaim():
            yield from (Response(chosen=(number,)) for number in range(len(ANSWERS)))
        case Spot():
            for size in range(len(item.excerpt) + 1):
                yield from (Response(chosen=chosen) for chosen in itertools.combinations(range(len(item.excerpt)), size))


def told(builder: Telling, address: str, response: Response | None, seed: int = 5) -> Feedback:
    """Give the feedback to one response."""
    attempt = Attempt(id="a", module="m", part="quiz", seed=seed, items=(address,))
    if response is not None:
        item = builder.asking.item(address)
        points = mark(item, response, builder.asking.labels(item))
        attempt = attempt.answer(address, Given(response=response, mark=points, confidence=None if response.dont_know else 2))
    return builder.feedback(attempt, address)


def test_every_kind_of_item_can_be_asked_and_answered() -> None:
    assert set(ASKS) == set(PARTS) == set(ITEM_KINDS)


def test_every_response_to_every_item_has_its_feedback(pack: CompiledPack) -> None:
    builder = telling(pack)
    kinds = set()
    for address in addresses(pack):
        item = builder.asking.item(address)
        kinds.add(item.kind)
        for response in responses(item):
            view = told(builder, address, response)
            where = f"{address} {response}"
            assert view.because, where
            assert view.answer, where
            assert view.stem, where
            assert view.passages or view.silent, where
            assert all(option.because and option.text for option in view.options), where
            assert (view.sign, view.result) in RESULTS[round(view.mark, 3) if view.mark in (0, 1) else 0.5], where
            if response.dont_know:
                assert view.chosen == "I don’t know", where
                assert (view.mark, view.sign, view.mine) == (0, "–", ""), where
            else:
                assert view.chosen != "I don’t know", where
                assert view.sure == "you were fairly sure", where
            if view.mark == 1:
                assert view.mine == "", where
            assert "[@" not in f"{view.because}{view.mine}{view.options}{view.hints}", where
            for passage in view.passages:
                text = pack.documents[passage.document].text or ""
                assert passage.before + passage.quote + passage.after in text, where
            assert len({passage.id for passage in view.passages}) == len(view.passages), where
    assert kinds == set(ITEM_KINDS) or pack.index.id == "ketamine"


RESULTS: dict[float, set[tuple[str, str]]] = {
    1: {("✓", "Correct")},
    0.5: {("◐", "Partly right")},
    0: {("✗", "Not quite"), ("–", "You said that you don’t know"), ("✗", "Close: check the spelling")},
}


def test_an_item_that_was_never_answered_shows_its_reasons_all_the_same(pack: CompiledPack) -> None:
    builder = telling(pack)
    for address in addresses(pack):
        view = told(builder, address, None)
        assert (view.result, view.sign, view.chosen, view.mark, view.mine) == ("Not answered", "–", "nothing", 0, ""), address
        assert view.because, address
        assert view.answer, address


def test_a_choice_says_the_numbers_as_they_were_shown(pack: CompiledPack) -> None:
    builder = telling(pack)
    for address in addresses(pack):
        item = builder.asking.item(address)
        if not isinstance(item, ChoiceItem) or item.kind != "single-choice":
            continue
        for seed, number in itertools.product(range(4), range(len(item.options))):
            attempt = Attempt(id="a", module="m", part="quiz", seed=seed, items=(address,))
            ask = builder.asking.ask(attempt, address)
            view = told(builder, address, Response(chosen=(ask.order[number],)), seed)
            assert view.chosen == f"{number + 1}  {ask.options[number]}"
            key = next(option for option in view.options if option.sign == "✓")
            assert view.answer == f"{key.number}  {key.text}"
            assert [option.text for option in view.options] == list(ask.options)
            assert [option.note for option in view.options] == [
                "your answer" if n == number else "" for n in range(len(ask.options))
            ]


def test_a_wrong_choice_gets_its_own_reason_beside_the_key_s(pack: CompiledPack) -> None:
    builder = telling(pack)
    for address in addresses(pack):
        item = builder.asking.item(address)
        if isinstance(item, ChoiceItem):
            for number, option in enumerate(item.options):
                if not option.key:
                    view = told(builder, address, Response(chosen=(number,)))
                    assert view.mine == builder.sources.plain(option.because), address
                    keys = [builder.sources.plain(each.because) for each in item.options if each.key]
                    assert all(reason in view.because for reason in keys), address


def test_the_passage_of_a_wrong_choice_is_shown_where_it_has_one(desk: Desk) -> None:
    builder = telling(desk.pack)
    view = told(builder, "one/colour", Response(chosen=(0,)))
    assert [passage.id for passage in view.passages] == ["less-blue"]
    assert [card.id for card in view.cards] == ["warm-card"]
    assert [reference.id for reference in view.references] == ["Two2020", "Many2003"]


def test_a_judgement_shows_its_own_sentence_first_with_labels_and_a_fair_wording(pack: CompiledPack) -> None:
    builder = telling(pack)
    for address in addresses(pack):
        item = builder.asking.item(address)
        if not isinstance(item, JudgeClaim):
            continue
        claim, basis = pack.claims[item.claim], pack.basis(item.claim)
        view = told(builder, address, Response(chosen=(0,)))
        assert view.passages[0].id == claim.id
        assert view.quote == claim.quote
        assert view.labels.startswith(ANSWER_WORDS[basis].upper())
        assert view.fairer == claim.fairer
        assert [tactic.words for tactic in view.tactics] == [use.words for use in claim.tactics]
        assert [option.sign for option in view.options] == ["✓" if answer == basis else "✗" for answer in ANSWERS]
        assert view.answer.endswith(ANSWER_WORDS[basis].capitalize()), address
        assert view.provisional == (claim.label == "provisional")


def test_a_half_mark_is_called_partly_right(desk: Desk) -> None:
    view = told(telling(desk.pack), "one/judge-deeper", Response(chosen=(ANSWERS.index("marketing"),)))
    assert (view.mark, view.result, view.sign) == (0.5, "Partly right", "◐")
    assert "not settled" in view.labels


def test_a_slip_of_the_pen_is_called_close_and_earns_nothing(desk: Desk) -> None:
    builder = telling(desk.pack)
    view = told(builder, "one/word", Response(text="melatonim"))
    assert (view.mark, view.result) == (0, "Close: check the spelling")
    assert view.chosen == "melatonim"
    assert view.answer == "melatonin"
    assert told(builder, "one/word", Response(text="light")).result == "Not quite"


def test_a_number_is_answered_with_its_unit_and_its_bounds(desk: Desk) -> None:
    assert told(telling(desk.pack), "one/count", Response(text="7")).answer == "12 people (from 11 to 13 is right)"


def test_where_the_documents_are_silent_that_is_said(desk: Desk) -> None:
    view = told(telling(desk.pack), "one/count", Response(text="12"))
    assert view.silent == "None of the web pages read so far speaks of this."
    assert view.passages == ()
    assert [card.id for card in view.cards] == ["old-card"]


def test_every_view_of_a_sensitive_sentence_says_where_help_is_found_and_no_other_does(pack: CompiledPack) -> None:
    builder = telling(pack)
    sensitive = {name for name, claim in pack.claims.items() if claim.sensitive}
    for address in addresses(pack):
        item = builder.asking.item(address)
        view = told(builder, address, None)
        paragraphs = " ".join(f"{passage.before}{passage.quote}{passage.after}" for passage in view.passages)
        shown = any(pack.claims[name].quote in paragraphs for name in sensitive) or "suicid" in paragraphs.casefold()
        itself = isinstance(item, KnowledgeItem) and item.sensitive is not None
        assert bool(view.help) == (shown or itself), address
        attempt = Attempt(id="a", module="m", part="quiz", items=(address,))
        asked = {claim.id for claim in builder.asking.claims(item)} & sensitive
        places = item.places if isinstance(item, Locate) else ()
        touched = any(builder.sources.passage(place.passage).sensitive for place in places)
        assert bool(builder.asking.ask(attempt, address).help) == (bool(asked) or touched or itself), address
    assert sensitive or pack.index.id == "ketamine"


def test_to_a_sentence_that_is_not_backed_marketing_is_denied_by_its_words_and_its_fault_is_named(pack: CompiledPack) -> None:
    faults = {
        "overstated": "goes too far",
        "unsettled": "is not settled",
        "refuted": "is wrong",
        "supported": "has no evidence card",
    }
    for name, claim in pack.claims.items():
        if pack.basis(name) == "unsupported":
            reasons = [why_not(claim, answer, "unsupported") for answer in ("marketing", "unsupported")]
            assert reasons[0] == f"No words here sell or stretch; that it {faults[claim.verdict]} is another matter.", name
            assert reasons[1].startswith(f"It is plainly worded, and it {faults[claim.verdict]}"), name


def test_who_wrote_a_sentence_stays_hidden_until_the_answer(pack: CompiledPack) -> None:
    builder = telling(pack)
    for name, claim in pack.claims.items():
        address = f"{pack.index.modules[0].id}/claim/{name}"
        ask = builder.asking.ask(Attempt(id="a", module="m", part="tell", items=(address,)), address)
        document = pack.document_of(name)
        assert document.label not in repr(ask)
        assert document.author not in repr(ask)
        if claim.kind not in ("experience", "offer"):
            assert ask.lead == "Somebody writes:"
        else:
            written = document.voice == "constructed"
            assert ask.lead.startswith("In the voice of ") if written else ask.lead.endswith(" writes:")
            assert ask.lead != "Somebody writes:"


def test_before_the_answer_nothing_tells_which_option_is_right(pack: CompiledPack) -> None:
    builder = telling(pack)
    for address in addresses(pack):
        item = builder.asking.item(address)
        attempt = Attempt(id="a", module="m", part="quiz", seed=3, items=(address,))
        shown = repr(builder.asking.ask(attempt, address))
        view = told(builder, address, None)
        assert view.because not in shown
        assert all(hint not in shown for hint in view.hints)
        assert not isinstance(item, FillIn) or f"'{item.accept[0]}'" not in shown


def test_an_address_that_the_pack_does_not_have_is_an_error(desk: Desk) -> None:
    asking = telling(desk.pack).asking
    for address in ("one/nothing", "three/colour", "one/claim/nothing", "colour", ""):
        with pytest.raises(KeyError):
            asking.item(address)


def test_a_draft_item_is_never_asked(desk: Desk, tmp_path: Path, cache: Path) -> None:
    path = tmp_path / "every-kind.yaml"
    text = EVERY_KIND.read_text(encoding="utf-8").replace("- id: later\n", "- id: later\n        status: draft\n")
    text = text.replace("show: 13", "show: 12")
    path.write_text(text, encoding="utf-8")
    other = Desk(desk.path.parent, open_pack(path, cache))
    attempt = begin(other.sit())
    assert "one/later" not in attempt.items
    assert len(attempt.items) == 12
    other.close()


def cut(start: str, stop: str, new: str = "") -> tuple[str, str, str]:
    """An edit: everything from one text up to another is replaced."""
    return start, stop, new


LAST_PART, LAST_PAIR = "          - {text: The lamp is put out", "          - {left: Screen"
EDITS = {
    "a part less": [
        cut(
            "          - {text: The sun sets",
            LAST_PART,
            "          - {text: A, because: x}\n          - {text: B, because: x}\n",
        )
    ],
    "two parts more": [
        cut(LAST_PART, "        because: That is", "          - {text: A, because: x}\n          - {text: B, because: x}\n")
    ],
    "a pair more": [
        cut(
            "        spare: [green]",
            "\n        cite",
            "          - {left: Sky, right: grey, because: x}\n        spare: [green]",
        )
    ],
    "other pairs": [
        cut(
            LAST_PAIR,
            "        spare",
            "          - {left: Fire, right: red, because: x}\n          - {left: Sun, right: sunny, because: x}\n",
        )
    ],
    "an option less": [cut("          - {text: White", "        cite"), cut("          - {text: A window", "        cite")],
    "a sentence less": [cut("less-blue, come, brighter, delays]", "\n", "less-blue, brighter, delays]")],
    "a number instead": [cut("fill-in", "\n", "numeric"), cut("        accept:", "        because", "        value: 3\n")],
    "a judgement instead": [cut("kind: locate", "      - id: judge-deeper", "kind: judge-claim\n        claim: dim\n")],
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("respond", [right, wrong])
def test_an_item_edited_since_it_was_answered_keeps_its_past(
    desk: Desk, tmp_path: Path, cache: Path, edit: str, respond: object
) -> None:
    sitting = desk.sit()
    attempt = begin(sitting)
    for address in attempt.items:
        sitting.answer(address, respond(sitting, address), 3)  # type: ignore[operator]
    marks = {line.address: line.mark for line in sitting.report().lines}
    text = EVERY_KIND.read_text(encoding="utf-8")
    for start, stop, new in EDITS[edit]:
        at = text.index(start)
        text = text[:at] + new + text[text.index(stop, at) :]
    path = tmp_path / "every-kind.yaml"
    path.write_text(text, encoding="utf-8")
    later = Desk(desk.path.parent, open_pack(path, cache))
    after = later.sit()
    report = after.report()
    assert {line.address: line.mark for line in report.lines} == marks
    for line in report.lines:
        assert after.look(line.address, line.part).because
    after.go("quiz")
    retry = after.retry()
    assert (retry is None) == (respond is right)
    later.close()


def test_a_mark_that_counts_for_nothing_is_said_to_be_one(desk: Desk) -> None:
    """In the excerpt an offer stands between a sales line and fair sentences; marking it changes no mark."""
    builder = telling(desk.pack)
    item = builder.asking.item("one/excerpt")
    assert isinstance(item, Spot)
    sells = tuple(place for place, judged in enumerate(builder.asking.labels(item)) if judged.signal)
    offer = item.excerpt.index("come")
    plain = told(builder, "one/excerpt", Response(chosen=sells))
    view = told(builder, "one/excerpt", Response(chosen=tuple(sorted((*sells, offer)))))
    assert view.mark == plain.mark == 1
    assert plain.chosen == plain.answer == view.answer
    assert view.chosen != view.answer
    assert (
        f"Sentence {offer + 1}: you marked it. It is a plain offer, which counts neither for nor against you." in view.because
    )
    assert "you marked it" not in plain.because


def test_reasons_of_several_right_options_each_name_their_option(pack: CompiledPack) -> None:
    builder = telling(pack)
    for address in addresses(pack):
        item = builder.asking.item(address)
        if isinstance(item, ChoiceItem) and item.kind == "multiple-response":
            keys = [option for option in told(builder, address, None).options if option.sign == "✓"]
            named = [f"{option.number}: {option.because}" for option in keys] if len(keys) > 1 else [keys[0].because]
            assert " ".join(named) in told(builder, address, None).because
