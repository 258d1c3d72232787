"""What an item leads to: the claims it asks about, the passages it shows, its reasons with their places."""

from __future__ import annotations

import dataclasses

import pytest

from ketalearn.content.items import (
    ITEM_KINDS,
    BaseItem,
    FillIn,
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
    claims_of,
    passages_of,
    reasons_of,
)
from ketalearn.content.names import yaml_name

OPTIONS = (Option(text="a", key=True, because="why a", passage="p"), Option(text="b", because="why b"))
ITEMS: list[tuple[BaseItem, tuple[str, ...], tuple[str, ...], dict[tuple[str | int, ...], str]]] = [
    (
        SingleChoice(id="i", stem="?", options=OPTIONS, because="in all"),
        (),
        ("p",),
        {("options", 0, "because"): "why a", ("options", 1, "because"): "why b", ("because",): "in all"},
    ),
    (
        MultipleResponse(id="i", stem="?", options=OPTIONS),
        (),
        ("p",),
        {("options", 0, "because"): "why a", ("options", 1, "because"): "why b"},
    ),
    (
        Order(id="i", stem="?", parts=(Part(text="1", because="first"), Part(text="2", because="then"))),
        (),
        (),
        {("parts", 0, "because"): "first", ("parts", 1, "because"): "then"},
    ),
    (
        Match(id="i", stem="?", pairs=(Pair(left="l", right="r", because="so"),), spare=("s",)),
        (),
        (),
        {("pairs", 0, "because"): "so"},
    ),
    (FillIn(id="i", stem="?", accept=("a",), because="so"), (), (), {("because",): "so"}),
    (Numeric(id="i", stem="?", value=1.0, because=""), (), (), {("because",): ""}),
    (
        Locate(id="i", stem="?", places=(Place(passage="p", key=True, because="here"), Place(passage="q", because="not here"))),
        (),
        ("p", "q"),
        {("places", 0, "because"): "here", ("places", 1, "because"): "not here"},
    ),
    (JudgeClaim(id="i", claim="c"), ("c",), (), {}),
    (Spot(id="i", excerpt=("c", "d")), ("c", "d"), (), {}),
]


@pytest.mark.parametrize(("item", "claims", "passages", "reasons"), ITEMS, ids=lambda value: getattr(value, "kind", ""))
def test_each_kind_of_item_gives_its_claims_passages_and_reasons(
    item: BaseItem, claims: tuple[str, ...], passages: tuple[str, ...], reasons: dict[tuple[str | int, ...], str]
) -> None:
    assert claims_of(item) == claims
    assert passages_of(item) == passages
    assert dict(reasons_of(item)) == reasons


def test_every_kind_of_item_is_in_the_table_above() -> None:
    assert {type(item) for item, *_ in ITEMS} == set(ITEM_KINDS.values())


@pytest.mark.parametrize("item", [item for item, *_ in ITEMS], ids=lambda item: type(item).__name__)
def test_an_item_cannot_be_changed(item: BaseItem) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        item.id = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("try_first", "try-first"),
        ("held_out_until", "held-out-until"),
        ("container_title", "container-title"),
        ("implied_claim", "implied_claim"),
        ("as_of", "as_of"),
        ("as_", "as"),
        ("doi", "DOI"),
        ("pmcid", "PMCID"),
        ("url", "URL"),
        ("sha256", "sha256"),
    ],
)
def test_a_field_is_written_as_authors_and_csl_write_it(name: str, written: str) -> None:
    assert yaml_name(name) == written
