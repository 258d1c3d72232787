"""Text with structure, as it is stored in a compiled pack and drawn by both front ends. Never markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SpanStyle = Literal["", "em", "strong", "strong-em", "code", "link", "cite", "term"]
BlockKind = Literal["paragraph", "heading", "item", "quote", "code", "figure", "rule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSpan:
    """A run of characters in one style. `target` is a link's address or the id that a citation or term opens."""

    text: str
    style: SpanStyle = ""
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, list item, quotation, code, figure or rule.

    `level` is a heading's rank or a list item's depth; `marker` is an item's bullet or number; `alt` is a
    figure's text equivalent.
    """

    kind: BlockKind
    spans: tuple[TextSpan, ...] = ()
    level: int = 0
    marker: str = ""
    alt: str = ""

    @property
    def text(self) -> str:
        """The characters without their styles."""
        return "".join(span.text for span in self.spans)


Rich = tuple[Block, ...]


def terms(blocks: Rich) -> tuple[str, ...]:
    """Give the ids of the glossary's terms that are marked, in order."""
    return tuple(span.target for block in blocks for span in block.spans if span.style == "term")


def citations(blocks: Rich) -> tuple[str, ...]:
    """Give the ids cited, each once, in the order in which they first stand; their number is the position + 1."""
    seen: dict[str, None] = {}
    for block in blocks:
        for span in block.spans:
            if span.style == "cite":
                seen.setdefault(span.target)
    return tuple(seen)
