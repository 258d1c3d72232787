"""The walls between the rooms, the types and the style: run by the one test command."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from ketalearn.assessment.marking import MARKERS
from ketalearn.content.items import ITEM_KINDS
from tests.conftest import KETAMINE, ROOT

POSIX_ONLY = {"fcntl", "termios", "tty", "pty", "pwd", "grp", "resource", "posix", "curses"}
POSIX_CALLS = {"fork", "getuid", "geteuid", "chown", "mkfifo", "setsid", "killpg", "getpgid", "O_NOFOLLOW", "O_NONBLOCK"}
SIGNALS = {"SIGHUP", "SIGKILL", "SIGWINCH", "SIGTSTP", "SIGUSR1"}


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)


def modules_after(code: str) -> set[str]:
    """Give the modules in a fresh interpreter after some code."""
    program = f"{code}\nimport json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_each_room_imports_only_from_below() -> None:
    done = subprocess.run([Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_are_strict() -> None:
    done = run("mypy")
    assert done.returncode == 0, done.stdout


def test_the_code_is_clean_and_formatted() -> None:
    checked = run("ruff", "check", ".")
    assert checked.returncode == 0, checked.stdout
    formatted = run("ruff", "format", "--check", ".")
    assert formatted.returncode == 0, formatted.stdout


def test_the_engine_is_reachable_without_textual() -> None:
    found = modules_after("import ketalearn.study.course, ketalearn.study.sitting, ketalearn.plain.run")
    assert not [name for name in found if name.split(".")[0] in ("textual", "rich")]


def test_a_learners_start_imports_no_pydantic_yaml_or_markdown_parser(cache: Path, tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from ketalearn.store.journal import Journal
from ketalearn.study.course import Course
from ketalearn.study.history import History
from ketalearn.study.packs import open_pack
import ketalearn.app.app as app, ketalearn.cli.open
pack = open_pack(Path({str(KETAMINE)!r}), Path({str(cache)!r}))
course = Course(pack, History(Journal(Path({str(tmp_path / "h.sqlite3")!r})), pack))
app.KetalearnApp([course])
assert course.rows()
"""
    found = {name.split(".")[0] for name in modules_after(code)}
    assert not found & {"pydantic", "pydantic_core", "yaml", "markdown_it", "rapidfuzz", "argparse", "fsrs", "plotext"}


@pytest.mark.parametrize("path", sorted((ROOT / "ketalearn").rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_that_only_posix_has_is_imported_or_called_unguarded(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not {alias.name for alias in node.names} & POSIX_ONLY
        if isinstance(node, ast.ImportFrom):
            assert node.module not in POSIX_ONLY
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert not (node.value.id == "os" and node.attr in POSIX_CALLS), f"os.{node.attr}"
            assert not (node.value.id == "signal" and node.attr in SIGNALS), f"signal.{node.attr}"


def test_no_time_and_no_chance_below_the_front_ends() -> None:
    """Clock and chance are passed in; the places that make them are the defaults of `study`."""
    allowed = {"study/course.py", "study/history.py", "study/sitting.py", "study/desk.py"}
    for path in (ROOT / "ketalearn").rglob("*.py"):
        inside = path.relative_to(ROOT / "ketalearn").as_posix()
        if (
            inside.split("/")[0] not in ("content", "library", "assessment", "loading", "store", "study", "checks")
            or inside in allowed
        ):
            continue
        text = path.read_text(encoding="utf-8")
        assert "datetime.now(" not in text, inside
        assert "time.time(" not in text, inside
        assert "secrets." not in text, inside


def test_every_kind_of_item_has_each_of_its_parts() -> None:
    assert set(MARKERS) == set(ITEM_KINDS)
    for name, kind in ITEM_KINDS.items():
        assert kind.__dataclass_fields__["kind"].default == name
