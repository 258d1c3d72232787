"""Opening packs: compiled once, in a process of its own, and refused with every place, reason and cure."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ketalearn.study import packs
from ketalearn.study.packs import PackProblem, open_pack, shelf
from tests.conftest import KETAMINE
from tests.study.desk import EVERY_KIND


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Every process that is started, beside starting it."""
    found: list[list[str]] = []
    real = subprocess.run

    def counted(command: list[str], **more: object) -> object:
        found.append(command)
        return real(command, **more)  # type: ignore[call-overload]

    monkeypatch.setattr("ketalearn.study.packs.subprocess.run", counted)
    return found


def problems(path: Path, cache: Path) -> list[str]:
    with pytest.raises(PackProblem) as caught:
        open_pack(path, cache)
    assert caught.value.path == path
    assert any(problem.severity == "error" for problem in caught.value.problems)
    return [str(problem) for problem in caught.value.problems if problem.severity == "error"]


def test_a_pack_is_compiled_once_and_then_opened_without_a_process(tmp_path: Path, runs: list[list[str]]) -> None:
    said: list[str] = []
    first = open_pack(EVERY_KIND, tmp_path, said.append)
    assert (len(runs), said) == (1, ["Preparing every-kind.yaml …"])
    second = open_pack(EVERY_KIND, tmp_path, said.append)
    assert (len(runs), len(said)) == (1, 1)
    assert second.index == first.index
    assert second.shared == first.shared


def test_an_edited_pack_is_compiled_anew_and_the_old_form_stays_for_whoever_has_it_open(
    tmp_path: Path, runs: list[list[str]]
) -> None:
    path = tmp_path / "pack.yaml"
    path.write_text(EVERY_KIND.read_text(encoding="utf-8"), encoding="utf-8")
    old = open_pack(path, tmp_path / "cache")
    path.write_text(path.read_text(encoding="utf-8").replace("title: Every kind", "title: Another"), encoding="utf-8")
    new = open_pack(path, tmp_path / "cache")
    assert len(runs) == 2
    assert (old.index.title, new.index.title) == ("Every kind", "Another")
    assert old.module("two").module.title == "Lamps alone"


@pytest.mark.parametrize(
    ("file", "damage"),
    [
        ("index.json", lambda data: b""),
        ("index.json", lambda data: data[:-9]),
        ("index.json", lambda data: data.replace(b"ketalearn-compiled-", b"ketalearn-compiled-0")),
        ("shared.json", lambda data: data.replace(b"lamp", b"lamb", 1)),
        ("module-1.json", lambda data: data + b" "),
        ("module-2.json", None),
    ],
    ids=["empty", "cut", "of another version", "changed", "longer", "missing"],
)
def test_a_damaged_or_missing_part_of_the_cache_is_compiled_anew(
    tmp_path: Path, cache: Path, runs: list[list[str]], file: str, damage: Callable[[bytes], bytes] | None
) -> None:
    key = open_pack(EVERY_KIND, cache).folder.name
    shutil.copytree(cache / "packs" / key, tmp_path / "packs" / key)
    damaged = tmp_path / "packs" / key / file
    good = damaged.read_bytes()
    runs.clear()
    if damage is None:
        damaged.unlink()
    else:
        damaged.write_bytes(damage(good))
        assert damaged.read_bytes() != good
    open_pack(EVERY_KIND, tmp_path)
    assert len(runs) == 1
    assert damaged.read_bytes() == good


def test_a_pack_with_mistakes_is_refused_with_a_place_for_each(tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    text = EVERY_KIND.read_text(encoding="utf-8")
    path.write_text(
        text.replace("cards: [old-card]", "cards: [no-card]").replace("try-first: [colour", "try-first: [color"),
        encoding="utf-8",
    )
    found = problems(path, tmp_path / "cache")
    assert len(found) == 3
    for line in found:
        name, number, column, _ = line.split(":", 3)
        assert name == "pack.yaml"
        assert int(number) > 1
        assert int(column) > 0
    assert any("did you mean" in line.casefold() for line in found)
    assert not list((tmp_path / "cache").glob("packs/*"))


def test_what_is_no_pack_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.yaml").write_text("hello", encoding="utf-8")
    for path in (tmp_path / "missing", tmp_path / "empty", tmp_path / "text.yaml"):
        assert problems(path, tmp_path / "cache")


def test_a_compiler_that_takes_too_long_or_is_killed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "COMPILE_SECONDS", 0.01)
    assert "took longer than 0.01 seconds" in problems(EVERY_KIND, tmp_path)[0]
    monkeypatch.setattr(packs, "COMPILE_SECONDS", 60)
    monkeypatch.setattr("ketalearn.study.packs.sys.executable", "/bin/false")
    assert "reading this pack failed" in problems(EVERY_KIND, tmp_path)[0]
    monkeypatch.setattr("ketalearn.study.packs.sys.executable", "/no/such/program")
    assert "could not be read (No such file or directory)" in problems(EVERY_KIND, tmp_path)[0]


def test_a_cache_that_cannot_be_written_is_said_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    (line,) = problems(EVERY_KIND, tmp_path / "cache")
    assert "cannot be written" in line
    assert "KETALEARN_HOME" in line


def test_a_pack_cannot_bring_modules_into_the_compiler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "stranger"
    folder.mkdir()
    (folder / "pack.yaml").write_text(EVERY_KIND.read_text(encoding="utf-8"), encoding="utf-8")
    for name in ("json.py", "yaml.py", "sitecustomize.py", "pydantic.py", "ketalearn.py"):
        (folder / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    open_pack(Path("pack.yaml"), tmp_path / "cache")
    assert not (tmp_path / "ran").exists()


def test_the_shipped_course_stands_on_the_shelf() -> None:
    assert KETAMINE in shelf()
