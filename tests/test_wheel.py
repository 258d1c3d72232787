"""The wheel is built, installed in an empty environment and run."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The console script in an environment with nothing but the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    bin_ = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(bin_ / "python"), "-m", "pip", "install", "-q", "-c", str(ROOT / "constraints.txt"), str(wheel)]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return bin_ / "ketalearn"


def test_the_wheel_carries_the_lessons_and_their_compiled_form(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "ketalearn/lessons/ketamine/pack.yaml" in names
    assert "ketalearn/lessons/ketamine/documents/treatment-centre.md" in names
    assert any(name.startswith("ketalearn/compiled/") and name.endswith("/index.json") for name in names)
    assert "ketalearn/store/schema.sql" in names
    assert "ketalearn/cli/example.yaml" in names
    assert not any(name.startswith("tests/") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_installed_program_opens_the_course_without_compiling(program: Path, tmp_path: Path) -> None:
    environment = {"KETALEARN_HOME": str(tmp_path / "home"), "PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    done = subprocess.run(
        [program, "--plain"], input="q\n", capture_output=True, encoding="utf-8", env=environment, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "What is a control group in a trial for?" in done.stdout
    assert "Preparing" not in done.stderr
    assert not (tmp_path / "home" / "cache").exists()


def test_the_installed_program_makes_checks_and_opens_a_pack(program: Path, tmp_path: Path) -> None:
    environment = {"KETALEARN_HOME": str(tmp_path / "home"), "PATH": os.environ["PATH"], "PYTHONUTF8": "1"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program, *arguments],
            input="q\n",
            capture_output=True,
            encoding="utf-8",
            env=environment,
            cwd=tmp_path,
            check=False,
        )

    assert run("new", "tea").returncode == 0
    checked = run("check", "tea.yaml")
    assert "Everything looks fine" in checked.stdout, checked.stdout
    opened = run("tea.yaml", "--plain")
    assert "Which mug keeps tea warm for longest?" in opened.stdout, opened.stderr
