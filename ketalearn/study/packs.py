"""Finding packs and opening them: the compiled form, compiled anew in a process of its own when it is missing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import ketalearn
from ketalearn.content.problem import Problem
from ketalearn.library.compiled import COMPILED, CompiledPack, compiled_in
from ketalearn.library.files import read_files

COMPILE_SECONDS = 120
_PACKAGE = Path(ketalearn.__file__).parent


class PackProblem(Exception):
    """A pack cannot be opened; the problems say where, why and what to do."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        super().__init__(f"{path} cannot be opened")
        self.path, self.problems = path, problems


def lessons_folder() -> Path:
    """Give the folder of the packs that ship with the program: inside the package, or beside it in a checkout."""
    inside = _PACKAGE / "lessons"
    return inside if inside.is_dir() else _PACKAGE.parent / "lessons"


def shelf() -> list[Path]:
    """Give the packs that ship with the program, by name."""
    folder = lessons_folder()
    found = [path.parent for path in folder.glob("*/pack.yaml")] if folder.is_dir() else []
    return sorted(found)


def open_pack(path: Path, cache: Path, tell: Callable[[str], None] = lambda line: None) -> CompiledPack:
    """Open a pack folder or single file in its compiled form, compiling it first where needed.

    `tell` gets a line when that takes a moment. Raises `PackProblem`.
    """
    files = read_files(path)
    if any(problem.severity == "error" for problem in files.problems):
        raise PackProblem(path, list(files.problems))
    key = files.key(COMPILED)
    found = compiled_in([_PACKAGE / "compiled", cache / "packs"], key)
    if found is None:
        tell(f"Preparing {path.name} …")
        _compile(path, cache / "packs")
        found = compiled_in([cache / "packs"], key)
    if found is None:
        cure = "Start again; if it stays so, check the folder with “ketalearn check”."
        raise PackProblem(path, [Problem(str(path), 0, 0, "compile", "the pack changed while it was read", cure)])
    return found


def _compile(path: Path, target: Path) -> None:
    """Run `ketalearn.loading` as a process of its own. Raises `PackProblem`.

    -I keeps the current folder, which may be a stranger's pack, and the user's settings off the module path.
    """
    program = (
        "import sys; sys.path.insert(0, sys.argv.pop(1))\n"
        "from ketalearn.loading.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-I", "-c", program, str(_PACKAGE.parent), str(path.resolve()), str(target)]
    where = str(path)
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, an argument list and no shell
            command,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=COMPILE_SECONDS,
            encoding="utf-8",
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = f"reading this pack took longer than {COMPILE_SECONDS} seconds"
        raise PackProblem(path, [Problem(where, 0, 0, "too-slow", message, "Split it into smaller packs.")]) from error
    except OSError as error:
        message = f"the pack could not be read ({error.strerror})"
        raise PackProblem(path, [Problem(where, 0, 0, "compile", message, "Free some memory and try again.")]) from error
    if done.returncode == 0:
        return
    if done.returncode == 3:
        message = f"{target} cannot be written ({done.stderr.strip()})"
        cure = "Make room there, or choose another folder with KETALEARN_HOME."
        raise PackProblem(path, [Problem(where, 0, 0, "cache", message, cure)])
    problems = []
    for line in done.stdout.splitlines():
        try:
            problems.append(Problem(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    if not problems:
        message = "reading this pack failed"
        problems = [Problem(where, 0, 0, "compile", message, "Run “ketalearn check” on it to see why.")]
    raise PackProblem(path, problems)
