"""A compiled pack: written whole or not at all, read when it is needed, and trusted only while it is sound."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ketalearn.content.cover import steps
from ketalearn.content.rich import citations
from ketalearn.content.scheme import basis
from ketalearn.content.text import Span, fold
from ketalearn.library.codec import Damaged
from ketalearn.library.compiled import COMPILED, CompiledPack, compiled_in, write_compiled
from ketalearn.library.files import read_files
from ketalearn.loading.compile import Loaded, load
from ketalearn.study.packs import open_pack
from tests.conftest import KETAMINE, ROOT
from tests.loading.small import more_items, spoiled, write_file


@pytest.fixture(scope="module")
def shipped() -> Loaded:
    return load(KETAMINE)


@pytest.fixture
def compiled(shipped: Loaded, tmp_path: Path) -> Path:
    """The shipped pack, compiled into a folder of this test's own."""
    assert shipped.reading.pack is not None
    write_compiled(shipped.reading.pack, shipped.resolved.anchors, shipped.resolved.modules, tmp_path / "packs" / "key")
    return tmp_path / "packs" / "key"


def test_every_part_of_a_pack_is_the_same_after_compiling(shipped: Loaded, compiled: Path) -> None:
    source, pack = shipped.reading.pack, CompiledPack(compiled)
    assert source is not None
    assert tuple(pack.documents.values()) == source.documents
    assert tuple(pack.cards.values()) == source.cards
    assert tuple(pack.references.values()) == source.references
    resolved = [module.module for module in shipped.resolved.modules]  # with the items of what is read cold
    assert [pack.module(card.id).module for card in pack.index.modules] == resolved
    assert pack.shared.anchors == shipped.resolved.anchors
    for module in shipped.resolved.modules:
        assert pack.module(module.module.id) == module
    head = pack.index
    assert (head.id, head.namespace, head.title, head.authors) == (source.id, source.namespace, source.title, source.authors)
    assert (head.licence, head.notice, head.help) == (source.licence, source.notice, source.help)
    assert head.address == "ketalearn/ketamine"


def test_the_index_tells_what_home_shows(shipped: Loaded, compiled: Path) -> None:
    source, pack = shipped.reading.pack, CompiledPack(compiled)
    assert source is not None
    modules = [module.module for module in shipped.resolved.modules]
    split = Counter(claim.module for document in source.documents for claim in document.claims if claim.label == "split")
    assert [(card.id, card.title, card.topic, card.minutes, card.steps) for card in pack.index.modules] == [
        (module.id, module.title, module.topic, module.minutes, steps(module, split[module.id])) for module in modules
    ]
    assert [card.asked for card in pack.index.modules] == [module.quiz.show if module.quiz else 0 for module in modules]
    assert [(card.id, card.label, card.voice) for card in pack.index.documents] == [
        (d.id, d.label, d.voice) for d in source.documents
    ]


def test_the_index_knows_every_item_and_sentence_that_can_be_asked(shipped: Loaded, compiled: Path) -> None:
    source, pack = shipped.reading.pack, CompiledPack(compiled)
    assert source is not None
    for module in source.modules:
        for item in module.items:
            assert pack.asks(f"{module.id}/{item.id}") == (item.status == "ready")
        assert pack.asks(f"{module.id}/claim/{next(iter(pack.claims))}")
        assert not pack.asks(f"{module.id}/claim/nobody-said-this")
        assert not pack.asks(f"{module.id}/nothing")
    assert not pack.asks("nowhere/nothing")


def test_a_quote_is_found_at_its_span_and_its_basis_follows_from_its_labels(compiled: Path) -> None:
    pack = CompiledPack(compiled)
    assert pack.claims
    for name, claim in pack.claims.items():
        document, span = pack.document_of(name), pack.span(name)
        assert isinstance(span, Span)
        assert fold((document.text or "")[span.start : span.end]) == fold(claim.quote)
        assert pack.basis(name) == basis(claim, claim.as_ or document.voice)
    for name, passage in pack.passages.items():
        text = pack.document_of(name).text or ""
        assert fold(text[pack.span(name).start : pack.span(name).end]) == fold(passage.quote)


@pytest.mark.parametrize(("voice", "expected"), [("seller", "marketing"), ("patient", "anecdote")])
def test_a_constructed_sentence_has_the_basis_of_whom_it_speaks_for(tmp_path: Path, voice: str, expected: str) -> None:
    text = spoiled(("voice: seller", "voice: constructed"), ("kind: experience", f"kind: experience\n        as: {voice}"))
    assert open_pack(write_file(tmp_path, text), tmp_path / "cache").basis("dropped") == expected


def test_what_a_page_cites_is_in_the_pack(compiled: Path) -> None:
    pack = CompiledPack(compiled)
    known = {*pack.claims, *pack.passages, *pack.cards, *pack.references}
    cites = [name for card in pack.index.modules for page in pack.module(card.id).pages.values() for name in citations(page)]
    assert cites
    assert set(cites) <= known


def test_a_draft_is_not_among_the_items_of_a_compiled_pack(tmp_path: Path) -> None:
    found = load(write_file(tmp_path, more_items("id: new\nkind: judge-claim\nclaim: slows\nstatus: draft\n")))
    assert found.reading.pack is not None
    write_compiled(found.reading.pack, found.resolved.anchors, found.resolved.modules, tmp_path / "key")
    assert set(CompiledPack(tmp_path / "key").items("heat")) == {"thick", "judge"}


def test_an_unknown_id_is_a_key_error(compiled: Path) -> None:
    pack = CompiledPack(compiled)
    with pytest.raises(KeyError):
        pack.module("none")
    with pytest.raises(KeyError):
        pack.document_of("none")
    with pytest.raises(KeyError):
        pack.basis("none")


def test_a_module_is_read_only_when_it_is_asked_for(compiled: Path) -> None:
    (compiled / "shared.json").write_text("damaged", encoding="utf-8")
    pack = CompiledPack(compiled)
    assert pack.module("nmda-antagonism").module.id == "nmda-antagonism"
    with pytest.raises(Damaged, match=r"shared\.json"):
        _ = pack.shared


# Damage


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def gone(path: Path) -> None:
    path.unlink()


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)))


def deep(path: Path) -> None:
    path.write_text("[" * 100_000, encoding="utf-8")


def another(path: Path) -> None:
    path.write_text("{}", encoding="utf-8")


@pytest.mark.parametrize("name", ["index.json", "shared.json", "module-1.json"])
@pytest.mark.parametrize("spoil", [cut, emptied, gone, binary, deep, another])
def test_a_damaged_file_is_not_trusted(compiled: Path, spoil: Callable[[Path], None], name: str) -> None:
    assert compiled_in([compiled.parent], "key") is not None
    spoil(compiled / name)
    assert compiled_in([compiled.parent], "key") is None


@pytest.mark.parametrize("name", ["shared.json", "module-1.json"])
def test_a_single_flipped_bit_is_noticed(compiled: Path, name: str) -> None:
    flipped(compiled / name)
    assert compiled_in([compiled.parent], "key") is None


def changed_index(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    index = json.loads((folder / "index.json").read_bytes())
    change(index)
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda index: index.update(compiled="ketalearn-compiled-0"),
        lambda index: index.pop("compiled"),
        lambda index: index.update(checksums={}),
        lambda index: index.pop("checksums"),
        lambda index: index["checksums"].pop("shared.json"),
        lambda index: index["checksums"].update({"../../secret": "x"}),
        lambda index: index["modules"][0].update(file="module-9.json"),
        lambda index: index["modules"][0].update(pages="5"),
        lambda index: index.update(modules=index["modules"] * 2 + [{**index["modules"][0], "file": "../x"}]),
    ],
    ids=[
        "other version",
        "no version",
        "no checksums",
        "checksums gone",
        "one checksum gone",
        "foreign file",
        "other file",
        "other sort",
        "outside",
    ],
)
def test_an_index_of_another_version_or_that_does_not_fit_its_files_is_not_trusted(
    compiled: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    changed_index(compiled, change)
    assert compiled_in([compiled.parent], "key") is None
    with pytest.raises(Damaged):
        CompiledPack(compiled)


def test_the_first_sound_folder_is_taken(compiled: Path, tmp_path: Path) -> None:
    shutil.copytree(compiled, tmp_path / "other" / "key")
    found = compiled_in([tmp_path / "none", compiled.parent, tmp_path / "other"], "key")
    assert found is not None
    assert found.folder == compiled
    emptied(compiled / "shared.json")
    again = compiled_in([compiled.parent, tmp_path / "other"], "key")
    assert again is not None
    assert again.folder == tmp_path / "other" / "key"


@pytest.mark.parametrize(
    ("spoil", "name"), [(cut, "index.json"), (deep, "index.json"), (gone, "module-1.json"), (another, "shared.json")]
)
def test_a_damaged_pack_is_compiled_again_when_it_is_opened(tmp_path: Path, spoil: Callable[[Path], None], name: str) -> None:
    source = write_file(tmp_path)
    folder = tmp_path / "cache"
    first = open_pack(source, folder)
    spoil(first.folder / name)
    again = open_pack(source, folder)
    assert again.folder == first.folder
    assert again.module("heat").module.id == "heat"
    assert [path.name for path in (folder / "packs").iterdir()] == [first.folder.name]


def test_a_pack_is_compiled_once_and_a_changed_one_anew(tmp_path: Path) -> None:
    source = write_file(tmp_path)
    told: list[str] = []
    first = open_pack(source, tmp_path / "cache", told.append)
    stamp = (first.folder / "index.json").stat().st_mtime_ns
    open_pack(source, tmp_path / "cache", told.append)
    assert told == ["Preparing small.yaml …"]
    assert (first.folder / "index.json").stat().st_mtime_ns == stamp
    source.write_text(source.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert open_pack(source, tmp_path / "cache", told.append).folder != first.folder
    assert len(told) == 2


# Whole or not at all


def test_nothing_but_the_finished_pack_is_left_behind(compiled: Path) -> None:
    assert [path.name for path in compiled.parent.iterdir()] == ["key"]
    modules = len(CompiledPack(compiled).index.modules)
    expected = {"index.json", "shared.json", *(f"module-{number}.json" for number in range(1, modules + 1))}
    assert {path.name for path in compiled.iterdir()} == expected


WRITE_ON_A_SMALL_DISK = """
import resource, sys
from pathlib import Path
from ketalearn.loading.compile import compile_pack
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    compile_pack(Path(sys.argv[1]), Path(sys.argv[2]))
except OSError as error:
    print(error.strerror)
"""
"""Compiles where no file may become longer than 1000 bytes."""


@pytest.mark.skipif(sys.platform == "win32", reason="left out: such a limit is one of POSIX")
def test_a_disk_that_refuses_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITE_ON_A_SMALL_DISK, str(write_file(tmp_path)), str(tmp_path / "packs")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("File too large\n", "")
    assert list((tmp_path / "packs").iterdir()) == []


def test_a_pack_that_was_damaged_is_replaced_whole(shipped: Loaded, compiled: Path) -> None:
    (compiled / "leftover.json").write_text("x", encoding="utf-8")
    cut(compiled / "shared.json")
    assert shipped.reading.pack is not None
    write_compiled(shipped.reading.pack, shipped.resolved.anchors, shipped.resolved.modules, compiled)
    assert not (compiled / "leftover.json").exists()
    assert compiled_in([compiled.parent], "key") is not None
    assert [path.name for path in compiled.parent.iterdir()] == ["key"]


def test_a_file_where_the_folder_should_be_makes_room(shipped: Loaded, tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "key").write_text("a file", encoding="utf-8")
    assert shipped.reading.pack is not None
    write_compiled(shipped.reading.pack, shipped.resolved.anchors, shipped.resolved.modules, tmp_path / "packs" / "key")
    assert compiled_in([tmp_path / "packs"], "key") is not None


def test_a_sound_pack_stays_as_it_is_since_somebody_may_be_reading_it(shipped: Loaded, compiled: Path) -> None:
    before = (compiled / "shared.json").stat().st_ino
    assert shipped.reading.pack is not None
    write_compiled(shipped.reading.pack, shipped.resolved.anchors, shipped.resolved.modules, compiled)
    assert (compiled / "shared.json").stat().st_ino == before
    assert [path.name for path in compiled.parent.iterdir()] == ["key"]


WRITE_FOR_EVER = """
import sys
from pathlib import Path
from ketalearn.library.compiled import write_compiled
from ketalearn.loading.compile import load
loaded = load(Path(sys.argv[1]))
print("ready", flush=True)
number = 0
while True:
    number += 1
    write_compiled(loaded.reading.pack, loaded.resolved.anchors, loaded.resolved.modules, Path(sys.argv[2]) / str(number))
"""


@pytest.mark.parametrize("how", ["SIGKILL", "SIGINT"])
def test_a_compile_that_is_interrupted_leaves_each_pack_whole_or_not_at_all(tmp_path: Path, how: str) -> None:
    if not hasattr(signal, how):
        pytest.skip(f"left out: this platform has no {how}")
    chance = random.Random(4)
    source = write_file(tmp_path)
    found = 0
    for number in range(4):
        target = tmp_path / str(number)
        command = [sys.executable, "-c", WRITE_FOR_EVER, str(source), str(target)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0.005, 0.05))
            child.send_signal(getattr(signal, how))
            child.wait(timeout=10)
        names = [path.name for path in target.iterdir()] if target.exists() else []
        finished = [name for name in names if not name.startswith(".new-")]
        found += len(finished)
        assert all(compiled_in([target], name) is not None for name in finished)
    assert found > 0


OPEN = """
import sys
from pathlib import Path
from ketalearn.study.packs import open_pack
print(open_pack(Path(sys.argv[1]), Path(sys.argv[2])).module("heat").module.id)
"""


def test_four_that_compile_the_same_pack_at_once_all_get_it(tmp_path: Path) -> None:
    source = write_file(tmp_path)
    command = [sys.executable, "-c", OPEN, str(source), str(tmp_path / "cache")]
    children = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(4)
    ]
    for child in children:
        out, error = child.communicate(timeout=60)
        assert (out, error) == ("heat\n", "")
    assert len(list((tmp_path / "cache" / "packs").iterdir())) == 1


def test_the_folder_is_named_by_the_content_and_by_the_version_of_the_form(tmp_path: Path) -> None:
    source = write_file(tmp_path)
    pack = open_pack(source, tmp_path / "cache")
    assert pack.folder == tmp_path / "cache" / "packs" / read_files(source).key(COMPILED)
    assert pack.index.compiled == COMPILED


@pytest.mark.skipif(os.name == "nt", reason="left out: permissions are those of POSIX")
def test_a_compiled_pack_is_its_owners_alone(compiled: Path) -> None:
    assert compiled.stat().st_mode & 0o077 == 0
