"""Compiling in a process of its own: it answers in lines, writes nothing for a faulty pack, and trusts no folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ketalearn.content.problem import Problem
from ketalearn.library.compiled import COMPILED, CompiledPack
from ketalearn.library.files import read_files
from ketalearn.loading.compile import compile_pack
from ketalearn.study.packs import PackProblem, open_pack
from tests.conftest import KETAMINE, ROOT
from tests.loading.small import HEAD, MODULE, SMALL, spoiled, the_one, write_file, write_folder

SECONDS = 4
MEBIBYTES = 300


def compiled_by_hand(pack: Path, target: Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ketalearn.loading", str(pack), str(target)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


def problems_of(pack: Path, cache: Path) -> list[Problem]:
    """Open a pack that cannot be opened, and give its problems."""
    with pytest.raises(PackProblem) as caught:
        open_pack(pack, cache)
    assert caught.value.problems
    return caught.value.problems


# The process


def test_a_sound_pack_is_compiled_into_a_folder_named_by_its_key(tmp_path: Path) -> None:
    source = write_file(tmp_path)
    done = compiled_by_hand(source, tmp_path / "out")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    key = read_files(source).key(COMPILED)
    assert [path.name for path in (tmp_path / "out").iterdir()] == [key]
    assert CompiledPack(tmp_path / "out" / key).index.id == "small"


def test_a_faulty_pack_gives_its_problems_as_lines_and_writes_nothing(tmp_path: Path) -> None:
    text = spoiled(("claim: dropped", "claim: droped"), ("kind: mechanism", "kind: magic"))
    done = compiled_by_hand(write_file(tmp_path, text), tmp_path / "out")
    assert (done.returncode, done.stderr) == (1, "")
    problems = [Problem(**json.loads(line)) for line in done.stdout.splitlines()]
    assert [problem.code for problem in problems] == ["not-one-of", "unknown-id"]
    assert not (tmp_path / "out").exists()


def test_a_pack_with_warnings_alone_is_compiled_and_they_are_told(tmp_path: Path) -> None:
    done = compiled_by_hand(write_folder(tmp_path, stray_yaml="a: b\n"), tmp_path / "out")
    assert done.returncode == 0
    assert json.loads(done.stdout)["severity"] == "warning"
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_a_target_that_cannot_be_written_is_another_exit_code(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    done = compiled_by_hand(write_file(tmp_path), tmp_path / "out")
    assert done.returncode == 3
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_a_cache_that_cannot_be_written_is_said_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "packs").write_text("a file", encoding="utf-8")
    problem = the_one(problems_of(write_file(tmp_path), tmp_path / "cache"), "cache")
    assert "KETALEARN_HOME" in problem.cure


def test_a_pack_is_compiled_in_this_process_just_the_same(tmp_path: Path) -> None:
    source = write_file(tmp_path)
    assert compile_pack(source, tmp_path / "out") == []
    assert compiled_by_hand(source, tmp_path / "other").returncode == 0
    key = read_files(source).key(COMPILED)
    for name in ("index.json", "shared.json", "module-1.json"):
        assert (tmp_path / "out" / key / name).read_bytes() == (tmp_path / "other" / key / name).read_bytes()


def test_the_problems_of_the_process_reach_who_opens_the_pack(tmp_path: Path) -> None:
    source = write_file(tmp_path, spoiled(("quote: A thick wall slows", "quote: A thick wall slowed")))
    problem = the_one(problems_of(source, tmp_path / "cache"), "quote-not-found")
    assert problem.file == "small.yaml"
    assert problem.line
    assert "nearest" in problem.cure
    assert not (tmp_path / "cache" / "packs").exists()


# A stranger's folder (reliability: a stranger's pack cannot run code)

HOSTILE_MODULE = "from pathlib import Path\nPath({!r}).write_text('owned')\n"


@pytest.mark.parametrize("name", ["yaml.py", "ketalearn/__init__.py", "json.py", "sitecustomize.py", "rapidfuzz/__init__.py"])
def test_python_files_in_the_current_folder_are_never_run(tmp_path: Path, name: str) -> None:
    pack = write_folder(tmp_path)
    mark = tmp_path / "owned"
    (pack / name).parent.mkdir(parents=True, exist_ok=True)
    (pack / name).write_text(HOSTILE_MODULE.format(str(mark)), encoding="utf-8")
    program = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); sys.path = [p for p in sys.path if p]\n"
        "from pathlib import Path; from ketalearn.study.packs import open_pack\n"
        "print(open_pack(Path('.'), Path(sys.argv[1])).index.id)"
    )
    command = [sys.executable, "-P", "-c", program, str(ROOT), str(tmp_path / "cache")]
    done = subprocess.run(command, cwd=pack, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("small\n", "")
    assert not mark.exists()


@pytest.mark.parametrize("variable", ["PYTHONPATH", "PYTHONSTARTUP", "PYTHONHOME", "PYTHONINSPECT"])
def test_settings_of_python_do_not_reach_the_process(tmp_path: Path, variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "owned"
    evil = tmp_path / "evil"
    evil.mkdir()
    (evil / "yaml.py").write_text(HOSTILE_MODULE.format(str(mark)), encoding="utf-8")
    monkeypatch.setenv(variable, str(evil / "yaml.py") if variable == "PYTHONSTARTUP" else str(evil))
    assert open_pack(write_file(tmp_path), tmp_path / "cache").index.id == "small"
    assert not mark.exists()


def test_what_a_tag_would_run_is_not_run(tmp_path: Path) -> None:
    mark = tmp_path / "owned"
    text = spoiled(("title: A small pack", f"title: !!python/object/apply:pathlib.Path.touch [{mark}]"))
    assert "tag" in {problem.code for problem in problems_of(write_file(tmp_path, text), tmp_path / "cache")}
    assert not mark.exists()


# Hostile input: refused within seconds and a bounded memory, with a place and without a traceback


def bombs() -> dict[str, Callable[[Path], Path]]:
    def file(text: str | bytes) -> Callable[[Path], Path]:
        return lambda folder: write_file(folder, text)

    def page(body: str) -> Callable[[Path], Path]:
        changed = MODULE.replace("    body: |\n", f"    body: |\n      {body}\n")
        return lambda folder: write_folder(folder, modules__heat_yaml=changed)

    def piped(folder: Path) -> Path:
        root = write_folder(folder)
        os.mkfifo(root / "modules" / "more.yaml")
        return root

    def linked(folder: Path) -> Path:
        root = write_folder(folder)
        (root / "claims" / "passwd.yaml").symlink_to("/etc/passwd")
        return root

    def huge(folder: Path) -> Path:
        root = write_folder(folder)
        with (root / "modules" / "more.yaml").open("wb") as written:
            written.truncate(10**12)
        return root

    aliases = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    merges = "a: &a {x: y}\n" + "".join(
        f"{b}: &{b} {{<<: [{','.join(['*' + a] * 9)}]}}\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return {
        "25 000 brackets": file("[" * 25_000),
        "25 000 brackets as a value": file(HEAD + "authors: " + "[" * 25_000),
        "alias bomb": file(aliases),
        "alias bomb in a pack": file(HEAD + aliases),
        "merge bomb": file(HEAD + merges),
        "binary": file(bytes(range(256)) * 100),
        "2 MiB of brackets in a quote": file(HEAD + 'notice: "' + "[" * 2_000_000 + '"\n'),
        "more than 2 MiB": file("#" * (2 * 1024 * 1024 + 1)),
        "30 000 cards that are none": file(HEAD + "cards:\n" + "- x\n" * 30_000),
        "escape sequences": file(SMALL.replace("A small pack", "\x1b]52;c;cm0gLXJm\x07")),
        "a date that is none": file(SMALL.replace("issued: 1822", "issued: 2001-99-99 #x")),
        "a number of 5 000 digits": file(SMALL.replace("format: 1", "format: " + "9" * 5000)),
        "dashes": page("-" * 19_000 + "|x"),
        "raw HTML": page("<script>alert(1)</script>"),
        "a page of one bracket": page("[" * 25_000),
        "a pipe": piped,
        "a link to a secret": linked,
        "a terabyte": huge,
    }


WATCHED = """
import pathlib, sys
from ketalearn.loading.__main__ import main
code = main(sys.argv[2:])
status = pathlib.Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
pathlib.Path(sys.argv[1]).write_text("".join(line.split()[1] for line in lines if line.startswith("VmHWM:")))
sys.exit(code)
"""
"""Compiles as `python -m ketalearn.loading` does, and says the peak of its memory in KiB.

The peak that `wait4` gives holds the parent's as well: Linux hands it on by fork and exec.
"""


@pytest.mark.skipif(sys.platform == "win32", reason="left out: pipes, links and what a process used are those of POSIX")
@pytest.mark.parametrize("name", bombs())
def test_a_hostile_pack_is_refused_within_seconds_and_in_bounded_memory(tmp_path: Path, name: str) -> None:
    command = [sys.executable, "-c", WATCHED, str(tmp_path / "peak"), str(bombs()[name](tmp_path)), str(tmp_path / "out")]
    with (
        (tmp_path / "said").open("wb") as said,
        (tmp_path / "cried").open("wb") as cried,
        subprocess.Popen(command, stdout=said, stderr=cried, cwd=ROOT) as child,
    ):
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    assert used.ru_utime + used.ru_stime < SECONDS
    peak = (tmp_path / "peak").read_text(encoding="utf-8")
    assert not peak or int(peak) / 1024 < MEBIBYTES
    assert (tmp_path / "cried").read_text(encoding="utf-8") == ""
    problems = [Problem(**json.loads(line)) for line in (tmp_path / "said").read_text(encoding="utf-8").splitlines()]
    assert child.returncode == (1 if problems else 0)
    assert problems or name == "dashes", "a row of dashes is only text"
    for problem in problems:
        assert problem.message
        assert problem.cure
        assert "\x1b" not in str(problem)
        assert "\n" not in str(problem)


@pytest.mark.parametrize("name", ["25 000 brackets", "alias bomb in a pack", "a number of 5 000 digits"])
def test_who_opens_a_hostile_pack_is_told_its_problems(tmp_path: Path, name: str) -> None:
    assert all(problem.cure and problem.line for problem in problems_of(bombs()[name](tmp_path), tmp_path / "cache"))


def test_a_secret_behind_a_link_does_not_reach_a_message(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: hunter2\n", encoding="utf-8")
    pack = write_folder(tmp_path)
    (pack / "claims" / "more.yaml").symlink_to(secret)
    assert "hunter2" not in " ".join(map(str, problems_of(pack, tmp_path / "cache")))


def test_what_was_written_in_a_faulty_field_is_not_repeated_by_the_validator(tmp_path: Path) -> None:
    text = spoiled(("title: A small pack", "title: {a: " + "x" * 200_000 + "}"))
    problem = the_one(problems_of(write_file(tmp_path, text), tmp_path / "cache"), "wrong-shape")
    assert "xxx" not in problem.message


def test_the_shipped_pack_is_compiled_within_two_seconds(tmp_path: Path) -> None:
    begun = time.process_time()
    assert compile_pack(KETAMINE, tmp_path / "out") == []
    assert time.process_time() - begun < 2
