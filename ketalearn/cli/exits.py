"""Exit codes, and the one place where an error becomes a line and a code."""

from __future__ import annotations

import sys
from collections.abc import Callable

from ketalearn.content.text import visible

FINE = 0
PROBLEMS = 1
"""`check` found problems."""
USAGE = 2
PACK = 3
"""The pack cannot be opened."""
STORE = 4
"""The history or another file cannot be kept."""
OUTPUT = 5
"""The output went away or its disk is full."""
UNEXPECTED = 6
"""An error of the program itself; the details are in a private file."""
INTERRUPTED = 130


def say(text: str) -> None:
    """Write one line for a person to standard error; no control character gets through."""
    print(visible(text), file=sys.stderr)


def guarded(work: Callable[[], int]) -> int:
    """Run a verb. No traceback reaches a person: every expected error is one line that names the cure."""
    from ketalearn.library.codec import Damaged
    from ketalearn.store.journal import StoreProblem
    from ketalearn.study.packs import PackProblem

    try:
        code = work()
        if sys.stdout is not None:
            sys.stdout.flush()
    except PackProblem as error:
        errors = [problem for problem in error.problems if problem.severity == "error"]
        for problem in errors[:20]:
            say(str(problem))
        if len(errors) > 20:
            say(f"… and {len(errors) - 20} more. “ketalearn check {error.path}” shows all of them.")
        return PACK
    except StoreProblem as error:
        say(str(error))
        return STORE
    except Damaged as error:
        say(f"The prepared form of the pack was changed while it was open ({error}). Start again; what was accepted is kept.")
        return PACK
    except BrokenPipeError:
        _drop_output()
        return OUTPUT
    except OSError as error:
        if error.filename is not None:
            say(f"{error.filename} cannot be used ({error.strerror}). Start again; what was accepted is kept.")
            return PACK
        _drop_output()
        say(f"The output could not be written ({error.strerror}). Check the disk and try again.")
        return OUTPUT
    except KeyboardInterrupt:
        say("Interrupted. What was accepted is kept.")
        return INTERRUPTED
    except Exception as error:
        say(f"This is an error of ketalearn itself ({type(error).__name__}). What was accepted is kept. {_log()}")
        return UNEXPECTED
    return code


def _log() -> str:
    """Write the traceback to a private file, and say where it is."""
    import os
    import traceback

    from ketalearn.store.home import home

    try:
        path = home() / "errors.log"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(traceback.format_exc())
    except OSError:
        return "Please report it."
    return f"Please report it with {path}."


def _drop_output() -> None:
    """Keep the interpreter from failing once more when it flushes what can no longer be written."""
    import os

    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - it stands in for the stream until the end
