"""The JSON Schema of a pack and of the files of a folder, from the classes of `content`."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, get_args

from ketalearn.content.pack import Card, Claim, Document, Module, Pack, Reference, Term
from ketalearn.content.scheme import TacticId
from ketalearn.loading.shape import described

_LISTS: dict[str, type] = {"documents": Document, "claims": Claim, "cards": Card, "references": Reference, "glossary": Term}
PARTS = ("pack", *_LISTS, "module")


def schema(part: str = "pack") -> dict[str, Any]:
    """Give the schema of a whole pack, of one module's file, or of a file that holds a list."""
    hint: Any = {"pack": Pack, "module": Module, **_LISTS}[part]
    made = _as_written(deepcopy(described(hint)))
    definitions = made.pop("$defs", {})
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"ketalearn {part}"}
    if part in _LISTS:
        return {**head, "type": "array", "items": made, "$defs": definitions}
    return {**made, **head, "$defs": definitions}


def _as_written(part: Any) -> Any:
    """Allow what an author may write and an editor takes for something else: a text like 1822, and the short forms."""
    if isinstance(part, list):
        return [_as_written(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "string" and not {"enum", "const"} & part.keys():
        return {**part, "type": ["string", "number", "boolean"]}
    made = {key: _as_written(value) for key, value in part.items()}
    keys = made.get("properties", {})
    if made.get("title") == "Module" and keys:
        keys["tactics"]["items"] = {"anyOf": [keys["tactics"]["items"], {"type": "string", "enum": list(get_args(TacticId))}]}
    if made.get("title") == "Reference" and keys:
        keys["issued"]["type"] += ["array", "object"]
    return made
