"""Frozen content to JSON and back: what comes back is equal, and what is damaged is called so and nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketalearn.content.items import FillIn, JudgeClaim, Match, Numeric, Option, Order, Pair, Part, SingleChoice
from ketalearn.content.pack import Claim, Document, Module, Pack, Quiz, TacticUse, Tell
from ketalearn.content.rich import Block, TextSpan
from ketalearn.content.scheme import Kind, TacticId, Verdict
from ketalearn.library.codec import Damaged, decode, encode
from ketalearn.library.index import Index
from ketalearn.library.parts import Anchor, CompiledModule, Shared
from ketalearn.loading.pack import read_pack
from tests.conftest import KETAMINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """A field of every sort that the content uses."""

    text: str
    number: int
    share: float = 0.0
    yes: bool = False
    maybe: str | None = None
    one: Literal["a", "b"] = "a"
    names: tuple[str, ...] = ()
    by_name: dict[str, tuple[int, ...]] = field(default_factory=dict)


words = st.text(max_size=12)
whole = st.integers(-(2**63), 2**63)
options = st.builds(Option, text=words, key=st.booleans(), because=words, passage=st.none() | words)
items = st.one_of(
    st.builds(
        SingleChoice,
        id=words,
        stem=words,
        options=st.lists(options, max_size=3).map(tuple),
        hints=st.lists(words, max_size=2).map(tuple),
    ),
    st.builds(Order, id=words, stem=words, parts=st.lists(st.builds(Part, text=words, because=words), max_size=3).map(tuple)),
    st.builds(
        Match,
        id=words,
        stem=words,
        pairs=st.lists(st.builds(Pair, left=words, right=words, because=words), max_size=2).map(tuple),
        spare=st.lists(words, max_size=2).map(tuple),
    ),
    st.builds(FillIn, id=words, stem=words, accept=st.lists(words, max_size=2).map(tuple), because=words),
    st.builds(
        Numeric,
        id=words,
        stem=words,
        value=st.floats(allow_nan=False, allow_infinity=False),
        tolerance=st.floats(0, 9),
        because=words,
    ),
    st.builds(JudgeClaim, id=words, claim=words, status=st.sampled_from(["draft", "ready"])),
)
uses = st.builds(TacticUse, tactic=st.sampled_from(get_args(TacticId)), words=words, implied_claim=words)
claims = st.builds(
    Claim,
    id=words,
    quote=words,
    kind=st.sampled_from(get_args(Kind)),
    verdict=st.sampled_from(get_args(Verdict)),
    why=words,
    tactics=st.lists(uses, max_size=2).map(tuple),
    module=st.none() | words,
    scored=st.booleans(),
    as_=st.none() | st.just("seller"),
)
blocks = st.builds(
    Block,
    kind=st.sampled_from(["paragraph", "item", "code"]),
    level=st.integers(0, 6),
    alt=words,
    spans=st.lists(st.builds(TextSpan, text=words, style=st.sampled_from(["", "em", "cite"]), target=words), max_size=3).map(
        tuple
    ),
)
modules = st.builds(
    Module,
    id=words,
    title=words,
    items=st.lists(items, max_size=3).map(tuple),
    tell=st.none() | st.builds(Tell, show=whole),
    quiz=st.none() | st.builds(Quiz, items=st.lists(words, max_size=2).map(tuple), judging=st.none() | whole),
)
everything = st.one_of(
    st.builds(
        Every,
        text=words,
        number=whole,
        share=st.floats(allow_nan=False, allow_infinity=False),
        yes=st.booleans(),
        maybe=st.none() | words,
        one=st.sampled_from(["a", "b"]),
        names=st.lists(words, max_size=3).map(tuple),
        by_name=st.dictionaries(words, st.lists(whole, max_size=2).map(tuple), max_size=2),
    ),
    claims,
    modules,
    blocks,
    items,
    st.builds(
        CompiledModule, module=modules, pages=st.dictionaries(words, st.lists(blocks, max_size=2).map(tuple), max_size=2)
    ),
    st.builds(Shared, anchors=st.dictionaries(words, st.builds(Anchor, document=words, start=whole, end=whole), max_size=2)),
)


@given(everything)
@settings(max_examples=300, deadline=None)
def test_what_is_written_and_read_again_is_equal_also_by_way_of_json(value: Any) -> None:
    assert decode(type(value), encode(value)) == value
    assert decode(type(value), json.loads(json.dumps(encode(value)))) == value


def test_every_part_of_the_shipped_pack_comes_back_equal() -> None:
    pack = read_pack(KETAMINE).pack
    assert pack is not None
    assert decode(Pack, json.loads(json.dumps(encode(pack)))) == pack
    for document in pack.documents:
        assert decode(Document, encode(document)) == document
    for module in pack.modules:
        assert decode(Module, encode(module)) == module


def test_fields_at_their_default_are_left_out_and_the_kind_of_an_item_never_is() -> None:
    assert encode(JudgeClaim(id="i", claim="c")) == {"id": "i", "claim": "c", "kind": "judge-claim"}
    assert encode(Block(kind="rule")) == {"kind": "rule"}
    assert encode(Every(text="", number=0)) == {"text": "", "number": 0}


def test_what_is_encoded_is_plain_json() -> None:
    assert encode(Every(text="é", number=1, names=("a",), by_name={"k": (1, 2)})) == {
        "text": "é",
        "number": 1,
        "names": ["a"],
        "by_name": {"k": [1, 2]},
    }


def test_an_item_comes_back_as_the_class_of_its_kind() -> None:
    module = Module(
        id="m", title="t", items=(JudgeClaim(id="i", claim="c"), FillIn(id="j", stem="s", accept=("a",), because="b"))
    )
    assert [type(item) for item in decode(Module, encode(module)).items] == [JudgeClaim, FillIn]


GOOD: dict[str, Any] = {"text": "t", "number": 1}


@pytest.mark.parametrize(
    "change",
    [
        {"text": 1},
        {"text": None},
        {"text": ["t"]},
        {"text": True},
        {"number": "1"},
        {"number": 1.0},
        {"number": True},
        {"number": None},
        {"share": "1"},
        {"share": True},
        {"share": None},
        {"yes": 1},
        {"yes": "true"},
        {"maybe": 1},
        {"maybe": []},
        {"one": "c"},
        {"one": []},
        {"one": None},
        {"one": {}},
        {"names": "ab"},
        {"names": [1]},
        {"names": {"a": 1}},
        {"names": None},
        {"by_name": []},
        {"by_name": {"a": 1}},
        {"by_name": {"a": ["1"]}},
        {"by_name": None},
        {"unknown": 1},
    ],
)
def test_a_value_of_another_sort_is_damage(change: dict[str, Any]) -> None:
    assert decode(Every, GOOD) == Every(text="t", number=1)
    with pytest.raises(Damaged):
        decode(Every, {**GOOD, **change})


@pytest.mark.parametrize("missing", ["text", "number"])
def test_a_missing_value_is_damage(missing: str) -> None:
    with pytest.raises(Damaged):
        decode(Every, {key: value for key, value in GOOD.items() if key != missing})


@pytest.mark.parametrize("plain", [None, [], "text", 1, [GOOD], {"kind": "essay"}, {"kind": ["judge-claim"]}, {}])
def test_what_is_no_item_is_damage(plain: object) -> None:
    with pytest.raises(Damaged):
        decode(Module, {"id": "m", "title": "t", "items": [plain]})


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | words
    | st.sampled_from(["judge-claim", "order", "a", "supported", "kind"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            words
            | st.sampled_from(
                ["id", "kind", "title", "items", "options", "text", "quote", "claims", "pages", "module", "start"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(st.sampled_from([Every, Pack, Module, Document, Claim, CompiledModule, Shared, Index, Block]), json_values)
@settings(max_examples=500, deadline=None)
def test_whatever_json_is_decoded_only_damage_is_raised(cls: type[Any], plain: object) -> None:
    try:
        value = decode(cls, plain)
    except Damaged:
        return
    assert decode(cls, encode(value)) == value


@given(everything, st.data())
@settings(max_examples=200, deadline=None)
def test_a_value_spoiled_in_one_place_is_damage_or_still_a_value(value: Any, data: st.DataObject) -> None:
    plain = encode(value)
    key = data.draw(st.sampled_from(sorted(plain) or ["unknown"]))
    plain[key] = data.draw(json_values)
    try:
        again = decode(type(value), plain)
    except Damaged:
        return
    assert decode(type(value), encode(again)) == again
