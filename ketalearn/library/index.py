"""The small file of a compiled pack that opens first: all that home shows, so that home reads nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

from ketalearn.content.cover import HelpLine, Minutes, Step
from ketalearn.content.scheme import Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleCard:
    """What home shows of a module without reading it."""

    id: str
    title: str
    topic: str
    minutes: Minutes
    asked: int
    """How many items its quiz asks."""
    steps: tuple[Step, ...] = ()
    """Its steps, in the learner's order."""
    items: tuple[str, ...] = ()
    """Ids of the items that it can ask."""
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCard:
    """What home shows of a document without reading it."""

    id: str
    label: str
    voice: Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The small file that opens first."""

    compiled: str
    id: str
    namespace: str
    title: str
    authors: tuple[str, ...] = ()
    licence: str = ""
    notice: str = ""
    help: tuple[HelpLine, ...] = ()
    modules: tuple[ModuleCard, ...] = ()
    documents: tuple[DocumentCard, ...] = ()
    claims: tuple[str, ...] = ()
    """Ids of all claims."""
    checksums: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The key of the learner's history: namespace and pack id."""
        return f"{self.namespace}/{self.id}"
