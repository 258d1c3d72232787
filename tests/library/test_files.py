"""Which files a pack has: inside its folder, regular, within limits; everything else is reported and never opened."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from ketalearn.content.problem import Problem
from ketalearn.library.files import MAX_FILE, MAX_FILES, MAX_FOLDERS, MAX_PACK, read_files
from tests.conftest import ROOT
from tests.loading.small import the_one


def folder(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("a: b\n", encoding="utf-8")
    return root


def sparse(path: Path, size: int) -> None:
    """Write a file that is large only by its length."""
    with path.open("wb") as file:
        file.truncate(size)


# What belongs to a pack


def test_a_folder_gives_its_texts_by_their_path_inside_it_in_order(tmp_path: Path) -> None:
    folder(tmp_path, "pack.yaml", "modules/b.yaml", "modules/a.yml", "documents/x.md", "documents/y.txt")
    found = read_files(tmp_path)
    assert found.problems == ()
    assert list(found.files) == ["documents/x.md", "documents/y.txt", "modules/a.yml", "modules/b.yaml", "pack.yaml"]
    assert set(found.files.values()) == {b"a: b\n"}


def test_other_files_and_names_that_begin_with_a_dot_are_left_alone(tmp_path: Path) -> None:
    folder(tmp_path, "pack.yaml", "picture.png", "notes.YAML~", ".hidden.yaml", ".git/config.yaml", "documents/.x.md.swp")
    assert list(read_files(tmp_path).files) == ["pack.yaml"]


def test_a_folder_named_like_a_file_is_a_folder(tmp_path: Path) -> None:
    folder(tmp_path, "pack.yaml", "notes.yaml/x.md")
    found = read_files(tmp_path)
    assert (list(found.files), found.problems) == (["notes.yaml/x.md", "pack.yaml"], ())


def test_a_link_to_something_that_is_no_part_of_a_pack_is_left_alone(tmp_path: Path) -> None:
    folder(tmp_path, "pack.yaml")
    (tmp_path / "picture.png").symlink_to("/etc/passwd")
    found = read_files(tmp_path)
    assert (list(found.files), found.problems) == (["pack.yaml"], ())


def test_a_pack_may_be_named_by_a_link_to_its_folder(tmp_path: Path) -> None:
    folder(tmp_path / "pack", "pack.yaml")
    (tmp_path / "link").symlink_to(tmp_path / "pack", target_is_directory=True)
    found = read_files(tmp_path / "link")
    assert (list(found.files), found.problems) == (["pack.yaml"], ())


def test_the_lock_link_of_an_editor_is_left_alone(tmp_path: Path) -> None:
    folder(tmp_path, "pack.yaml")
    (tmp_path / ".#pack.yaml").symlink_to("ana@desk.4711:1790000000")
    found = read_files(tmp_path)
    assert (list(found.files), found.problems) == (["pack.yaml"], ())


def test_a_single_file_gives_itself_and_nothing_beside_it(tmp_path: Path) -> None:
    folder(tmp_path, "one.yaml", "other.yaml")
    found = read_files(tmp_path / "one.yaml")
    assert (found.root, found.files, found.problems) == (tmp_path, {"one.yaml": b"a: b\n"}, ())


# What is refused


def test_a_path_that_is_not_there_is_refused_by_its_name(tmp_path: Path) -> None:
    problem = the_one(read_files(tmp_path / "none").problems, "pack-missing")
    assert problem.file == str(tmp_path / "none")
    assert "No such file" in problem.message


def test_a_link_to_a_file_is_reported_and_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("secret", encoding="utf-8")
    pack = folder(tmp_path / "pack", "pack.yaml", "documents/x.md")
    (pack / "documents" / "y.md").symlink_to(secret)
    found = read_files(pack)
    assert the_one(found.problems, "link").file == "documents/y.md"
    assert b"secret" not in found.files.values()


def test_a_link_to_a_folder_is_reported_and_not_entered(tmp_path: Path) -> None:
    folder(tmp_path / "outside", "x.md")
    pack = folder(tmp_path / "pack", "pack.yaml")
    (pack / "documents").symlink_to(tmp_path / "outside", target_is_directory=True)
    found = read_files(pack)
    assert the_one(found.problems, "link").file == "documents"
    assert list(found.files) == ["pack.yaml"]


def test_a_link_to_its_own_folder_does_not_go_round(tmp_path: Path) -> None:
    pack = folder(tmp_path / "pack", "pack.yaml")
    (pack / "modules").symlink_to(pack, target_is_directory=True)
    assert the_one(read_files(pack).problems, "link").file == "modules"


def test_a_link_that_leads_nowhere_is_reported(tmp_path: Path) -> None:
    pack = folder(tmp_path, "pack.yaml")
    (pack / "x.yaml").symlink_to("nowhere.yaml")
    assert the_one(read_files(pack).problems, "link").file == "x.yaml"


def test_a_link_named_as_the_pack_is_refused_as_a_link(tmp_path: Path) -> None:
    folder(tmp_path, "one.yaml")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "one.yaml")
    found = read_files(tmp_path / "link.yaml")
    assert the_one(found.problems, "link").file == str(tmp_path / "link.yaml")
    assert found.files == {}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="left out: this platform has no pipes with names")
def test_a_pipe_is_reported_at_once_and_nobody_waits_for_it(tmp_path: Path) -> None:
    pack = folder(tmp_path, "pack.yaml")
    os.mkfifo(pack / "x.yaml")
    begun = time.perf_counter()
    found = read_files(pack)
    assert time.perf_counter() - begun < 1
    assert the_one(found.problems, "not-a-file").file == "x.yaml"
    assert list(found.files) == ["pack.yaml"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="left out: this platform has no pipes with names")
def test_a_pipe_named_as_the_pack_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yaml")
    assert "neither a folder nor a file" in the_one(read_files(tmp_path / "x.yaml").problems, "pack-missing").message


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="left out: this platform has no sockets with names")
def test_a_socket_is_reported() -> None:
    with tempfile.TemporaryDirectory() as short, socket.socket(socket.AF_UNIX) as listener:
        pack = folder(Path(short), "pack.yaml")
        listener.bind(str(pack / "x.yaml"))
        assert the_one(read_files(pack).problems, "unreadable").file == "x.yaml"


AS_NOBODY = """
import json, os, sys
from dataclasses import asdict
from pathlib import Path
from ketalearn.library.files import read_files
if os.geteuid() == 0:
    os.setuid(65534)
print(json.dumps([asdict(problem) for problem in read_files(Path(sys.argv[1])).problems]))
"""
"""Reads a pack as somebody who may not read everything, as root may."""


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="left out: permissions are those of POSIX")
@pytest.mark.parametrize("name", ["x.yaml", "modules"])
def test_a_file_or_folder_that_may_not_be_read_is_reported(name: str) -> None:
    with tempfile.TemporaryDirectory() as open_to_all:
        Path(open_to_all).chmod(0o755)
        pack = folder(Path(open_to_all), "pack.yaml", "x.yaml", "modules/m.yaml")
        (pack / name).chmod(0)
        try:
            command = [sys.executable, "-c", AS_NOBODY, str(pack)]
            done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        finally:
            (pack / name).chmod(stat.S_IRWXU)
    problem = the_one([Problem(**found) for found in json.loads(done.stdout)], "unreadable")
    assert problem.file == name
    assert "Permission denied" in problem.message


# Limits, on both sides


def test_a_file_of_2_mib_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    assert MAX_FILE == 2 * 1024 * 1024
    sparse(tmp_path / "fits.yaml", MAX_FILE)
    assert len(read_files(tmp_path / "fits.yaml").files["fits.yaml"]) == MAX_FILE
    sparse(tmp_path / "more.yaml", MAX_FILE + 1)
    found = read_files(tmp_path / "more.yaml")
    assert "2 MiB" in the_one(found.problems, "file-too-large").message
    assert found.files == {}


def test_a_pack_of_64_mib_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    assert MAX_PACK == 64 * 1024 * 1024
    for number in range(MAX_PACK // MAX_FILE):
        sparse(tmp_path / f"{number}.md", MAX_FILE)
    assert read_files(tmp_path).problems == ()
    (tmp_path / "one.md").write_bytes(b"x")
    assert "64 MiB" in the_one(read_files(tmp_path).problems, "pack-too-large").message


def test_500_files_are_read_and_one_more_is_refused(tmp_path: Path) -> None:
    assert MAX_FILES == 500
    folder(tmp_path, *(f"{number}.md" for number in range(MAX_FILES)))
    found = read_files(tmp_path)
    assert (len(found.files), found.problems) == (MAX_FILES, ())
    folder(tmp_path, "deeper/one.md")
    assert "500 files" in the_one(read_files(tmp_path).problems, "too-many-files").message


def test_files_that_are_no_part_of_a_pack_do_not_count(tmp_path: Path) -> None:
    folder(tmp_path, "pack.yaml", *(f"{number}.png" for number in range(MAX_FILES + 1)))
    assert read_files(tmp_path).problems == ()


def test_folders_8_deep_are_read_and_deeper_ones_are_refused(tmp_path: Path) -> None:
    deep = "/".join("d" * MAX_FOLDERS)
    folder(tmp_path, "pack.yaml", f"{deep}/x.md")
    assert read_files(tmp_path).problems == ()
    folder(tmp_path, f"{deep}/d/x.md")
    found = read_files(tmp_path)
    assert the_one(found.problems, "too-deep").file == deep
    assert list(found.files) == [f"{deep}/x.md", "pack.yaml"]


def test_folders_without_end_exhaust_nothing(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1200):  # deeper than Python recurses and than a path may be long
        os.mkdir("d", dir_fd=here)
        deeper = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    try:
        the_one(read_files(tmp_path).problems, "too-deep")
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


# The key


def test_the_key_changes_with_every_byte_name_and_version_and_with_nothing_else(tmp_path: Path) -> None:
    pack = folder(tmp_path / "pack", "pack.yaml", "documents/x.md")
    first = read_files(pack).key("1")
    assert read_files(folder(tmp_path / "copy", "pack.yaml", "documents/x.md")).key("1") == first
    (pack / "picture.png").write_bytes(b"x")
    os.utime(pack / "pack.yaml", (0, 0))
    assert read_files(pack).key("1") == first
    keys = {first, read_files(pack).key("2")}
    (pack / "pack.yaml").write_text("a: c\n", encoding="utf-8")
    keys.add(read_files(pack).key("1"))
    (pack / "documents" / "x.md").rename(pack / "documents" / "y.md")
    keys.add(read_files(pack).key("1"))
    assert len(keys) == 4


def test_the_key_tells_where_one_file_ends_and_the_next_begins(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "one" / "a.md").write_bytes(b"xy")
    (tmp_path / "one" / "b.md").write_bytes(b"")
    (tmp_path / "two" / "a.md").write_bytes(b"x")
    (tmp_path / "two" / "b.md").write_bytes(b"y")
    assert read_files(tmp_path / "one").key("1") != read_files(tmp_path / "two").key("1")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="left out: names are always Unicode on this platform")
def test_a_name_that_is_no_unicode_has_a_key_and_raises_nothing(tmp_path: Path) -> None:
    folder(tmp_path, "pack.yaml")
    with open(os.fsencode(tmp_path) + b"/\xff.md", "wb") as file:  # noqa: PTH123 - a path of bytes
        file.write(b"x")
    found = read_files(tmp_path)
    assert len(found.files) == 2
    assert len(found.key("1")) == 64
