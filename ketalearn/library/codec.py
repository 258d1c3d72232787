"""Frozen dataclasses to plain JSON values and back, by their type hints. Nothing is ever executed."""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Decoder = Callable[[Any], Any]


class Damaged(ValueError):
    """The stored value does not have the shape that its class asks for."""


def encode(value: object) -> Any:
    """Turn a dataclass (tuples, dictionaries, plain values) into JSON values; fields at their default are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        plain: dict[str, Any] = {}
        for name, default in _defaults(type(value)):
            item = getattr(value, name)
            if item != default:
                plain[name] = encode(item)
        if "kind" in plain or hasattr(value, "kind"):
            plain["kind"] = getattr(value, "kind")  # noqa: B009 - the attribute is not on every dataclass
        return plain
    if isinstance(value, (tuple, list)):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        return {key: encode(item) for key, item in value.items()}
    return value


def decode(cls: type[T], plain: object) -> T:
    """Build the value again. Raises `Damaged` when the shape does not fit."""
    hint: Any = cls
    try:
        return cast("T", _decoder(hint)(plain))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Damaged(f"{cls.__name__}: {error}") from error


@cache
def _defaults(cls: type) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, _default(field)) for field in fields(cls))


def _default(field: Any) -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default  # MISSING equals nothing, so a required field is always written


@cache
def _decoder(hint: Any) -> Decoder:
    origin = get_origin(hint)
    if origin is Annotated:
        return _decoder(get_args(hint)[0])
    if origin is tuple:
        item = _decoder(get_args(hint)[0])
        return lambda plain: tuple([item(value) for value in _list(plain)])
    if origin is dict:
        value = _decoder(get_args(hint)[1])
        return lambda plain: {str(key): value(entry) for key, entry in plain.items()}
    if origin in (Union, types.UnionType):
        return _union(tuple(arg for arg in get_args(hint)))
    if origin is Literal:
        allowed = frozenset(get_args(hint))
        return lambda plain: plain if plain in allowed else _refuse(plain)
    if is_dataclass(hint):
        return _dataclass(cast("type", hint))
    if hint is float:
        return lambda plain: float(plain) if type(plain) in (int, float) else _refuse(plain)
    return lambda plain: plain if type(plain) is hint else _refuse(plain)


def _union(members: tuple[Any, ...]) -> Decoder:
    if type(None) in members:
        inner = _decoder(next(member for member in members if member is not type(None)))
        return lambda plain: None if plain is None else inner(plain)
    by_kind = {get_args(get_type_hints(member)["kind"])[0]: _decoder(member) for member in members}
    return lambda plain: by_kind[plain["kind"]](plain)


def _dataclass(cls: type) -> Decoder:
    hints = get_type_hints(cls, include_extras=True)
    decoders: dict[str, Decoder] = {}

    def build(plain: dict[str, Any]) -> Any:
        if not decoders:  # filled late, so that classes may hold each other
            decoders.update({field.name: _decoder(hints[field.name]) for field in fields(cls)})
        return cls(**{name: decoders[name](value) for name, value in plain.items()})

    return build


def _list(plain: object) -> list[Any]:
    return plain if isinstance(plain, list) else _refuse(plain)


def _refuse(plain: object) -> Any:
    raise ValueError(f"unexpected {type(plain).__name__}")
