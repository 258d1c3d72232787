"""How hard a page is to read, by LIX: no list of words and no count of syllables, so it works offline in any language.

LIX (C. H. Björnsson, Läsbarhet, 1968) is words per sentence plus the share of words of more than six letters, in
percent. By its author's scale below 30 is very easy, about 40 ordinary prose and about 50 factual prose; newspapers lie
between 40 and 50, and above 60 stands the prose of offices and learned journals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ketalearn.content.pack import Pack
from ketalearn.content.rich import Block
from ketalearn.content.text import sentences
from ketalearn.library.parts import CompiledModule

NEWSPAPER = 50
"""Above this a page is harder than a newspaper."""
LONG = 6
"""A word with more letters than this is long."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEase:
    """A page with its number of words and its LIX (0 for a page without words)."""

    module: str
    page: str
    words: int
    lix: float


def lix(text: str) -> float:
    """Give words per sentence + 100 × long words / words; 0 for a text without words."""
    words: list[str] = _WORD.findall(text)
    if not words:
        return 0.0
    long = sum(sum(letter.isalpha() for letter in word) > LONG for word in words)
    told = sum(_WORD.search(text[span.start : span.end]) is not None for span in sentences(text))
    return float(len(words) / max(1, told) + 100 * long / len(words))


def read_text(blocks: Sequence[Block]) -> str:
    """Give what is read of a page: drawings, code and the numbers of citations left out."""
    read = (block for block in blocks if block.kind not in ("figure", "code"))
    return "\n\n".join("".join(span.text for span in block.spans if span.style != "cite") for block in read)


def ease(pack: Pack, modules: Sequence[CompiledModule]) -> tuple[PageEase, ...]:
    """Measure every page of a pack, in order."""
    compiled = {module.module.id: module for module in modules}
    found = []
    for module in pack.modules:
        for page in module.pages:
            text = read_text(compiled[module.id].pages[page.id])
            found.append(PageEase(module=module.id, page=page.id, words=len(text.split()), lix=lix(text)))
    return tuple(found)
