"""The glossary as front ends show it: the words of the page in front first, then all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ketalearn.library.compiled import CompiledPack
from ketalearn.study.sources import Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class WordView:
    """An entry of the glossary."""

    id: str
    term: str
    short: str
    text: str
    here: bool = False
    """Whether it stands on the page in front."""


def words(pack: CompiledPack, sources: Sources, here: Sequence[str] = ()) -> list[WordView]:
    """Give all entries: those that stand `here` in their order, then the others by the alphabet."""
    first = [name for name in here if name in pack.terms]
    others = sorted((name for name in pack.terms if name not in first), key=lambda name: pack.terms[name].term.casefold())
    views = []
    for name in [*first, *others]:
        term = pack.terms[name]
        text = sources.plain(term.text)
        views.append(WordView(id=name, term=term.term, short=term.short, text=text, here=name in first))
    return views
