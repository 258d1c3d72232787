"""The JSON Schema of a pack and of the files of a folder, from the classes of `content`."""

from __future__ import annotations

from typing import Any

from ketalearn.content.pack import Card, Claim, Document, Module, Pack, Reference
from ketalearn.loading.shape import described

_LISTS: dict[str, type] = {"documents": Document, "claims": Claim, "cards": Card, "references": Reference}
PARTS = ("pack", *_LISTS, "module")


def schema(part: str = "pack") -> dict[str, Any]:
    """Give the schema of a whole pack, of one module's file, or of a file that holds a list."""
    hint: Any = {"pack": Pack, "module": Module, **_LISTS}[part]
    made = dict(described(hint))
    definitions = made.pop("$defs", {})
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"ketalearn {part}"}
    if part in _LISTS:
        return {**head, "type": "array", "items": made, "$defs": definitions}
    return {**made, **head, "$defs": definitions}
