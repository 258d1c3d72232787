"""Tree to content: pydantic validates the frozen dataclasses, and its errors become problems with a place and a cure."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from rapidfuzz import process

from ketalearn.content.items import ITEM_KINDS
from ketalearn.content.names import yaml_name
from ketalearn.content.pack import Reference, TacticCard
from ketalearn.content.problem import Problem
from ketalearn.loading.tree import Node

T = TypeVar("T")
Path = tuple[str | int, ...]


def shape(cls: type[T], node: Node, file: str) -> tuple[T | None, list[Problem]]:
    """Validate one node as a class of `content`. Gives the value, or None with at least one problem."""
    problems: list[Problem] = []
    hint: Any = cls
    plain = _plain(hint, node, file, problems)
    if problems:
        return None, problems
    try:
        return _adapter(hint).validate_python(plain), []
    except ValidationError as error:
        return None, [_problem(cls, node, file, detail) for detail in error.errors(include_url=False, include_input=False)]


@cache
def _adapter(cls: Any) -> TypeAdapter[Any]:
    return TypeAdapter(cls)


def _plain(cls: Any, node: Node, file: str, problems: list[Problem]) -> Any:
    """Give the node as plain values, with the few short forms of the format written out."""
    if isinstance(node.value, str):
        if node.plain and node.value == "":
            cure = 'Write something after the colon, "" for an empty text, or remove the key.'
            problems.append(Problem(file, node.line, node.column, "no-value", "there is no value here", cure))
        if cls is TacticCard:
            return {"tactic": node.value}
        return node.value
    if isinstance(node.value, list):
        inner = _member(cls)
        return [_plain(inner, item, file, problems) for item in node.value]
    hints = _known(cls)
    plain = {key: _plain(hints.get(key), item, file, problems) for key, item in node.value.items()}
    if cls is Reference and not isinstance(plain.get("issued", ""), str):
        plain["issued"] = _issued(plain["issued"])
    return plain


def _issued(value: Any) -> Any:
    """Read CSL's other ways to write a date: date-parts, Pandoc's year, month, day, and raw. Gives others as they are."""
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict):
        written = first.get("raw") or first.get("literal")
        parts = [first[key] for key in ("year", "month", "day") if key in first]
        if isinstance(first.get("date-parts"), list) and first["date-parts"]:
            parts = first["date-parts"][0]
        if isinstance(parts, list) and parts and all(isinstance(part, str) for part in parts):
            return "-".join(part.zfill(2) for part in parts)
        if isinstance(written, str):
            return written
    return value


def _member(hint: Any) -> Any:
    """Give the class of a list's members."""
    args = get_args(hint)
    return args[0] if get_origin(hint) is tuple and args else None


@cache
def _fields(cls: Any) -> dict[str, Any]:
    hints = get_type_hints(cls)
    return {yaml_name(field.name): hints[field.name] for field in fields(cls)}


def _class_at(cls: Any, path: Path) -> tuple[Any, Path]:
    """Follow an error's path through the types to the class whose key it names, and give the path in the author's file.

    The two paths differ by the names of item kinds, which pydantic adds where a union is decided.
    """
    steps: list[str | int] = []
    for step in path:
        if get_origin(cls) in (Union, types.UnionType) and step in ITEM_KINDS:
            cls = ITEM_KINDS[str(step)]
            continue
        steps.append(step)
        cls = _present(_member(cls) if isinstance(step, int) else _known(cls).get(str(step)))
    return cls, tuple(steps)


def _present(hint: Any) -> Any:
    """Give the class of a key that may be left out."""
    given = [arg for arg in get_args(hint) if arg is not type(None)]
    return given[0] if get_origin(hint) in (Union, types.UnionType) and len(given) == 1 else hint


def _known(cls: Any) -> dict[str, Any]:
    """Give the keys that a class knows, with their types; none for anything else."""
    if not is_dataclass(cls):
        return {}
    hashable: Any = cls
    return _fields(hashable)


def _problem(cls: Any, node: Node, file: str, detail: Any) -> Problem:
    """Say one of pydantic's errors in plain words, at its place in the file."""
    path: Path = detail["loc"]
    kind: str = detail["type"]
    last = str(path[-1]) if path else ""
    holder, above = _class_at(cls, path[:-1])
    _, steps = _class_at(cls, path)
    where = node.walk(steps)
    line, column = where.line, where.column
    owner = node.walk(above)
    if kind == "unexpected_keyword_argument":
        if owner.keys and last in owner.keys:
            line, column = owner.keys[last]
        known = list(_known(holder))
        cure = did_you_mean(last, known) or f"Known here: {', '.join(known)}."
        return Problem(file, line, column, "unknown-key", f"the key “{last}” is not known here", cure)
    if kind in ("missing", "missing_keyword_only_argument"):
        name = f" of “{owner.get('id')}”" if owner.get("id") else ""
        cure = _manual(holder, last)
        return Problem(file, owner.line, owner.column, "missing-key", f"the key “{last}”{name} is missing", cure)
    if kind == "literal_error":
        allowed = [part.strip().strip("'") for part in detail["ctx"]["expected"].replace(" or ", ", ").split(", ")]
        value = where.value if isinstance(where.value, str) else "this"
        cure = did_you_mean(value, allowed) or f"Choose one of: {', '.join(allowed)}."
        return Problem(file, line, column, "not-one-of", f"“{value}” is not a {last} that this format knows", cure)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        tag = where.get("kind")
        cure = (did_you_mean(tag, list(ITEM_KINDS)) if tag else "") or f"Choose one of: {', '.join(ITEM_KINDS)}."
        if tag and where.keys:
            line, column = where.walk(("kind",)).line, where.walk(("kind",)).column
        message = f"“{tag}” is not a kind of item" if tag else "this item has no kind"
        return Problem(file, line, column, "unknown-kind", message, cure)
    names = [step for step in steps if isinstance(step, str)]
    what = f"“{names[-1]}”" if names and names[-1] == last else f"this entry of “{names[-1]}”" if names else "this entry"
    need, cure = _NEEDS.get(kind.split("_", maxsplit=1)[0], ("another value", ""))
    return Problem(file, line, column, "wrong-shape", f"{what} needs {need}", cure)


_NEEDS = {
    "string": ("a text", "Write one text; put quotes around it if it begins with “[”, “{” or “-”."),
    "int": ("a whole number", "Write digits only."),
    "float": ("a number", "Write digits, with a point where it is broken."),
    "bool": ("true or false", "Write true or false."),
    "tuple": ("a list", "Begin each entry on a line of its own with “- ”, or write [one, two]."),
    "dataclass": ("keys of its own", "Write “key: value” lines, indented under it."),
    "model": ("keys of its own", "Write “key: value” lines, indented under it."),
}
"""What a type asks for, by the first word of pydantic's name of the error."""


_LONGEST_WORD = 100


def did_you_mean(word: str, known: list[str]) -> str:
    """Give a suggestion when one of the known words is close, else nothing."""
    if len(word) > _LONGEST_WORD:  # nobody mistypes a whole text, and comparing long texts takes long
        return ""
    found = process.extractOne(word, [name for name in known if len(name) <= _LONGEST_WORD], score_cutoff=70)
    return f"Did you mean “{found[0]}”?" if found else ""


def _manual(cls: Any, key: str) -> str:
    """Give what the author's manual says of a key, from the schema that is made of the same classes."""
    if key not in _known(cls):
        return ""
    return str(described(cls).get("properties", {}).get(key, {}).get("description", ""))


@cache
def described(cls: Any) -> dict[str, Any]:
    """Give the JSON Schema of a class of `content`, with the descriptions of inherited fields."""
    schema: dict[str, Any] = _adapter(cls).json_schema()
    classes = {member.__name__: member for member in _reachable(cls)}
    for name, part in {**schema.get("$defs", {}), getattr(cls, "__name__", ""): schema}.items():
        member = classes.get(name)
        for parent in member.__mro__[1:-1] if member else ():
            if not is_dataclass(parent):
                continue
            inherited = _adapter(parent).json_schema().get("properties", {})
            for key, entry in inherited.items():
                if "description" in entry:
                    part["properties"][key].setdefault("description", entry["description"])
        if member in ITEM_KINDS.values():
            part["required"] = ["kind", *part.get("required", [])]
            part["properties"]["kind"]["description"] = part.get("description", "")
    return schema


def _reachable(cls: Any) -> set[type]:
    """Give every dataclass that a class can hold."""
    found: set[type] = set()
    waiting = [cls]
    while waiting:
        hint = waiting.pop()
        if is_dataclass(hint) and isinstance(hint, type):
            if hint not in found:
                found.add(hint)
                waiting.extend(get_type_hints(hint, include_extras=True).values())
        else:
            waiting.extend(get_args(hint))
    return found
