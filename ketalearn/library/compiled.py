"""A compiled pack: an index, what all modules share, and a file a module, read when it is needed.

The folder is named by the hash of the sources and of this program's compiled form, is written whole or not at all,
and every file's checksum stands in the index. A form that does not fit is `Damaged` and is compiled again.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ketalearn.content.scheme import Basis, basis
from ketalearn.library.codec import Damaged, decode, encode
from ketalearn.library.index import DocumentCard, Index, ModuleCard

if TYPE_CHECKING:
    from ketalearn.content.items import Item
    from ketalearn.content.pack import Card, Claim, Document, Pack, Passage, Reference, Term
    from ketalearn.content.text import Span
    from ketalearn.library.parts import Anchor, CompiledModule, Shared

T = TypeVar("T")
COMPILED = "ketalearn-compiled-7"
"""The version of the compiled form; it changes with every change of what is stored or of how it is read."""


class CompiledPack:
    """The learner's view of a pack. Look-ups raise `KeyError` for an id that the pack does not have."""

    def __init__(self, folder: Path) -> None:
        """Read the index of a compiled pack. Raises `Damaged`."""
        self.folder = folder
        self.key = folder.name
        """The hash of the pack's sources and of this form."""
        self.index: Index = _read(folder / "index.json", Index, None)
        if self.index.compiled != COMPILED:
            raise Damaged("compiled by another version")
        if self.index.checksums.keys() != {"shared.json", *(card.file for card in self.index.modules)}:
            raise Damaged("index.json names other files than it vouches for")
        self._modules: dict[str, CompiledModule] = {}

    @cached_property
    def shared(self) -> Shared:
        """Documents, claims, cards and references. Raises `Damaged`."""
        from ketalearn.library.parts import Shared  # here and below: home opens first and needs only the index

        return _read(self.folder / "shared.json", Shared, self.index.checksums["shared.json"])

    def module(self, module_id: str) -> CompiledModule:
        """Give a module. Raises `KeyError` for an unknown id and `Damaged` for a damaged file."""
        if module_id not in self._modules:
            from ketalearn.library.parts import CompiledModule

            card = next((card for card in self.index.modules if card.id == module_id), None)
            if card is None:
                raise KeyError(module_id)
            path = self.folder / card.file
            self._modules[module_id] = _read(path, CompiledModule, self.index.checksums[card.file])
        return self._modules[module_id]

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Documents by id, in the author's order."""
        return {document.id: document for document in self.shared.documents}

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for document in self.shared.documents for claim in document.claims}

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """Passages that are not claims, by id."""
        return {passage.id: passage for document in self.shared.documents for passage in document.passages}

    @cached_property
    def cards(self) -> dict[str, Card]:
        """Evidence cards by id."""
        return {card.id: card for card in self.shared.cards}

    @cached_property
    def references(self) -> dict[str, Reference]:
        """References by id."""
        return {reference.id: reference for reference in self.shared.references}

    @cached_property
    def terms(self) -> dict[str, Term]:
        """Entries of the glossary by id."""
        return {term.id: term for term in self.shared.glossary}

    def document_of(self, anchored: str) -> Document:
        """Give the document that a claim or passage stands in."""
        return self.documents[self.shared.anchors[anchored].document]

    def span(self, anchored: str) -> Span:
        """Give the characters of a claim's or passage's quote in its document."""
        from ketalearn.content.text import Span

        anchor = self.shared.anchors[anchored]
        return Span(anchor.start, anchor.end)

    def basis(self, claim_id: str) -> Basis:
        """Give the derived basis of a claim."""
        claim = self.claims[claim_id]
        return basis(claim, claim.as_ or self.document_of(claim_id).voice)

    def asks(self, address: str) -> bool:
        """Say whether the pack has the item of this address; `MODULE/claim/ID` is a sentence of the Tell set."""
        module, _, name = address.partition("/")
        if name.startswith("claim/"):
            return name.removeprefix("claim/") in self._claim_ids
        return any(card.id == module and name in card.items for card in self.index.modules)

    @cached_property
    def _claim_ids(self) -> frozenset[str]:
        return frozenset(self.index.claims)

    def items(self, module_id: str) -> dict[str, Item]:
        """Give the items of a module by id, drafts left out."""
        return {item.id: item for item in self.module(module_id).module.items if item.status == "ready"}


def compiled_in(folders: list[Path], key: str) -> CompiledPack | None:
    """Find a sound compiled pack of this key in the folders; a damaged one counts as missing."""
    for folder in folders:
        try:
            pack = CompiledPack(folder / key)
            if all(_checksum((pack.folder / name).read_bytes()) == sum_ for name, sum_ in pack.index.checksums.items()):
                return pack
        except (Damaged, OSError):
            continue
    return None


def write_compiled(
    pack: Pack,
    anchors: dict[str, Anchor],
    modules: list[CompiledModule],
    target: Path,
) -> None:
    """Write a compiled pack as the folder `target`, whole or not at all. Raises `OSError`."""
    import shutil  # here and below: a start only reads
    import tempfile

    from ketalearn.content.cover import steps
    from ketalearn.library.parts import Shared

    shared = Shared(
        documents=pack.documents, anchors=anchors, cards=pack.cards, references=pack.references, glossary=pack.glossary
    )
    contents: dict[str, Any] = {"shared.json": encode(shared)}
    cards = []
    split = [claim for document in pack.documents for claim in document.claims if claim.label == "split"]
    for number, compiled in enumerate(modules, start=1):
        module, file = compiled.module, f"module-{number}.json"
        contents[file] = encode(compiled)
        asked = min(module.quiz.show, len(module.quiz.items)) if module.quiz else 0
        card = ModuleCard(
            id=module.id,
            title=module.title,
            topic=module.topic,
            minutes=module.minutes,
            asked=asked,
            steps=steps(module, sum(claim.module == module.id for claim in split)),
            items=tuple(item.id for item in module.items if item.status == "ready"),
            file=file,
        )
        cards.append(card)
    texts = {name: json.dumps(plain, ensure_ascii=False, separators=(",", ":")) for name, plain in contents.items()}
    index = Index(
        compiled=COMPILED,
        id=pack.id,
        namespace=pack.namespace,
        title=pack.title,
        authors=pack.authors,
        licence=pack.licence,
        notice=pack.notice,
        help=pack.help,
        modules=tuple(cards),
        claims=tuple(claim.id for document in pack.documents for claim in document.claims),
        documents=tuple(DocumentCard(id=d.id, label=d.label, voice=d.voice) for d in pack.documents),
    )
    index = replace(index, checksums={name: _checksum(text.encode()) for name, text in texts.items()})
    texts["index.json"] = json.dumps(encode(index), ensure_ascii=False, indent=1)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
    try:
        for name, text in texts.items():
            (draft / name).write_bytes(text.encode())
        _put(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _put(draft: Path, target: Path) -> None:
    """Give a finished draft its name. A sound pack of that name has won a race and stays; a damaged one makes room."""
    import shutil
    import tempfile

    try:
        draft.replace(target)
    except OSError:
        if compiled_in([target.parent], target.name) is not None:
            return
        grave = Path(tempfile.mkdtemp(prefix=".old-", dir=target.parent))
        try:
            with suppress(FileNotFoundError):  # somebody else has buried it
                target.replace(grave / "damaged")
            draft.replace(target)
        except OSError:
            if compiled_in([target.parent], target.name) is None:
                raise
        finally:
            shutil.rmtree(grave, ignore_errors=True)


def _checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read(path: Path, cls: type[T], checksum: str | None) -> T:
    data = path.read_bytes()
    if checksum is not None and _checksum(data) != checksum:
        raise Damaged(f"{path.name} was changed")
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Damaged(f"{path.name} is not JSON") from error
    return decode(cls, plain)
