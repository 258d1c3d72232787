"""The JSON Schema is made of the classes that read a pack, so an editor knows what the program knows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ketalearn.content.items import ITEM_KINDS
from ketalearn.loading.schema import PARTS, schema
from ketalearn.loading.tree import Node, read_tree
from tests.conftest import ROOT
from tests.loading.small import CARDS, CLAIMS, DOCUMENT, MODULE, REFERENCES, SMALL

EXAMPLE = (ROOT / "ketalearn" / "cli" / "example.yaml").read_text(encoding="utf-8")
GLOSSARY = """\
- {id: mug, term: mug, also: [mugs], short: A cup with a handle., text: Tea is drunk from it.}
"""
FILES = {
    "pack": SMALL,
    "module": MODULE,
    "documents": DOCUMENT,
    "claims": CLAIMS,
    "cards": CARDS,
    "references": REFERENCES,
    "glossary": GLOSSARY,
}


def subschemas(part: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every object of a schema that describes properties, with the way to it."""
    if isinstance(part, dict):
        if "properties" in part:
            yield path, part
        for key, value in part.items():
            yield from subschemas(value, f"{path}/{key}")
    elif isinstance(part, list):
        for number, value in enumerate(part):
            yield from subschemas(value, f"{path}/{number}")


def taken_for(node: Node) -> str:
    """Say what an editor, which knows YAML 1.2, takes a value for."""
    if not isinstance(node.value, str):
        return "array" if isinstance(node.value, list) else "object"
    if node.plain and re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", node.value):
        return "integer" if re.fullmatch(r"[-+]?\d+", node.value) else "number"
    return "boolean" if node.plain and node.value in ("true", "false") else "string"


def mismatches(node: Node, part: dict[str, Any], whole: dict[str, Any], path: str = "") -> Iterator[str]:
    """Compare a tree with a schema as an editor does: types, keys, required ones, one of a list."""
    if "$ref" in part:
        yield from mismatches(node, whole["$defs"][part["$ref"].removeprefix("#/$defs/")], whole, path)
        return
    if "anyOf" in part:
        yield from min((list(mismatches(node, option, whole, path)) for option in part["anyOf"]), key=len)
        return
    if "oneOf" in part:
        kind = node.get("kind") or ""
        mapping = part["discriminator"]["mapping"]
        yield from mismatches(node, {"$ref": mapping[kind]}, whole, path) if kind in mapping else [f"{path}: no kind {kind}"]
        return
    sort = taken_for(node)
    types = [part["type"]] if isinstance(part.get("type"), str) else part.get("type", [sort])
    if sort not in types and not (sort == "integer" and "number" in types):
        yield f"{path}: {sort} where {types} is wanted"
        return
    allowed = part.get("enum") or ([part["const"]] if "const" in part else None)
    if allowed is not None and node.value not in allowed:
        yield f"{path}: {node.value} is not one of {allowed}"
    if isinstance(node.value, dict) and "properties" in part:
        yield from (f"{path}: {key} is missing" for key in part.get("required", []) if key not in node.value)
        for key, inner in node.value.items():
            if key in part["properties"]:
                yield from mismatches(inner, part["properties"][key], whole, f"{path}/{key}")
            elif part.get("additionalProperties") is False:
                yield f"{path}: {key} is not known"
    if isinstance(node.value, list) and "items" in part:
        for number, inner in enumerate(node.value):
            yield from mismatches(inner, part["items"], whole, f"{path}/{number}")


def compared(text: str, part: str) -> list[str]:
    root, problems = read_tree("file.yaml", text.encode())
    assert problems == []
    assert root is not None
    made = schema(part)
    return list(mismatches(root, made, made))


@pytest.mark.parametrize("part", PARTS)
def test_every_property_of_the_schema_has_a_description(part: str) -> None:
    bare = [
        f"{path}/{key}"
        for path, found in subschemas(schema(part))
        for key, entry in found["properties"].items()
        if not entry.get("description")
    ]
    assert bare == []


@pytest.mark.parametrize("part", PARTS)
def test_every_property_that_is_required_is_described_and_unknown_keys_are_refused(part: str) -> None:
    for path, found in subschemas(schema(part)):
        assert set(found.get("required", [])) <= set(found["properties"]), path
        if not path.endswith(("/Reference", "/Name")) and found.get("title") not in ("Reference", "Name"):
            assert found.get("additionalProperties") is False, path


@pytest.mark.parametrize("part", PARTS)
def test_every_reference_inside_a_schema_leads_somewhere(part: str) -> None:
    made = schema(part)
    text = json.dumps(made)
    names = {name.split('"')[0] for name in text.split("#/$defs/")[1:]}
    assert names <= set(made["$defs"])
    assert made["$schema"].endswith("2020-12/schema")
    assert made["title"] == f"ketalearn {part}"


@pytest.mark.parametrize("part", PARTS)
def test_the_pieces_of_a_pack_fit_their_schemas(part: str) -> None:
    assert compared(FILES[part], part) == []


def test_the_example_fits_the_schema() -> None:
    assert compared(EXAMPLE, "pack") == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("title: Is my", "titel: Is my", "titel is not known"),
        ("title: Is my", "titel: Is my", "title is missing"),
        ("verdict: refuted", "verdict: wrong", "is not one of"),
        ("kind: single-choice", "kind: essay", "no kind essay"),
        ("authors: [Your name]", "authors: me", "string where ['array']"),
        ("read: 2", "read: two", "string where ['integer']"),
        ("tactics: [only-this]", "tactics: [only]", "tactics/0"),
    ],
)
def test_the_schema_refuses_what_the_program_refuses(old: str, new: str, words: str) -> None:
    assert old in EXAMPLE
    assert words in " ".join(compared(EXAMPLE.replace(old, new, 1), "pack"))


@pytest.mark.parametrize("issued", ["1822", "2019-03-05", "[{year: 2019}]", "{date-parts: [[2019, 3]]}", "'c. 1822'"])
def test_the_schema_takes_every_way_in_which_csl_writes_a_date(issued: str) -> None:
    assert compared(REFERENCES.replace("issued: 1822", f"issued: {issued}"), "references") == []


@pytest.mark.parametrize("title", ["1822", "3.10", "true", "No", "010", "2019-03-05"])
def test_the_schema_takes_a_text_that_an_editor_takes_for_something_else(title: str) -> None:
    assert compared(SMALL.replace("title: A small pack", f"title: {title}"), "pack") == []


def test_the_schema_knows_every_kind_of_item_and_asks_for_the_kind() -> None:
    made = schema("module")
    mapping = made["properties"]["items"]["items"]["discriminator"]["mapping"]
    assert set(mapping) == set(ITEM_KINDS)
    for reference in mapping.values():
        assert "kind" in made["$defs"][reference.removeprefix("#/$defs/")]["required"]


@pytest.mark.parametrize("part", ["documents", "claims", "cards", "references"])
def test_a_file_that_holds_a_list_is_described_as_one(part: str) -> None:
    assert schema(part)["type"] == "array"
    assert schema("module")["type"] == schema("pack")["type"] == "object"


def test_keys_are_named_as_authors_write_them() -> None:
    made = schema()["$defs"]
    assert {"try-first"} <= set(made["Module"]["properties"])
    assert {"as", "implied_claim"} <= {*made["Claim"]["properties"], *made["TacticUse"]["properties"]}
    assert {"DOI", "PMID", "container-title"} <= set(made["Reference"]["properties"])
