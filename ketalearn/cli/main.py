"""``ketalearn``: opens the course, or runs one of the verbs."""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass

import ketalearn
from ketalearn.cli.exits import FINE, USAGE, guarded, say

HELP = """\
ketalearn: lessons with quizzes in the terminal.

  ketalearn                        open the course
  ketalearn PATH                   open a pack: a folder, or a single YAML file
  ketalearn review                 what comes back today, mixed over the modules
  ketalearn sheet MODULE           your answers, the reasons and the quotes, to keep
  ketalearn check PATH             check a pack: what is wrong, where, and what to do
  ketalearn new NAME               write a small pack to begin from
  ketalearn schema                 print the JSON Schema of a pack, for editors

Examples
  ketalearn                        the first lesson is on the screen within a second
  ketalearn --plain                the same lessons as plain lines, for screen readers and scripts
  ketalearn --learner ana          a history of her own
  ketalearn new sleep && ketalearn check sleep.yaml && ketalearn sleep.yaml

Options
  --plain          plain lines; this is also what a pipe or a dumb terminal gets
  --learner NAME   keep this person's history apart
  --module ID      open this module at once
  --version        print the version
  -h, --help       print this text
                   “ketalearn VERB --help” says more about a verb

The history is kept in the platform's data folder; KETALEARN_HOME moves it. NO_COLOR turns colour off.
Exit codes: 0 fine, 1 problems found, 2 wrong usage, 3 the pack cannot be opened, 4 the history cannot be kept,
5 the output went away, 6 an error of ketalearn itself, 130 interrupted.
"""

VERBS = ("check", "new", "review", "schema", "sheet")


def entry() -> int:
    """Run the program with the arguments of the process and give its exit code."""
    return main(sys.argv[1:])


def main(arguments: list[str]) -> int:
    """Run the program. A path that is named like a verb is written ./check."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a narrow encoding must not end a lesson
    if arguments and arguments[0] in VERBS:
        return guarded(lambda: _verb(arguments[0], arguments[1:]))
    if "--version" in arguments:
        print(f"ketalearn {ketalearn.__version__}")
        return FINE
    if "-h" in arguments or "--help" in arguments:
        return guarded(lambda: print(HELP, end="") or FINE)
    options = Options()
    wrong = _read(arguments, options)
    if wrong:
        say(f"ketalearn: {wrong}. “ketalearn --help” shows what there is.")
        return USAGE
    gc.disable()  # until the first frame it only costs time; the front ends turn it on again
    from ketalearn.cli.open import open_course

    return guarded(lambda: open_course(options.path, options.plain, options.learner, options.module))


def _verb(name: str, arguments: list[str]) -> int:
    import importlib

    run = importlib.import_module(f"ketalearn.cli.{name}").run
    return int(run(arguments))


@dataclass(slots=True)
class Options:
    """How to open a course."""

    path: str | None = None
    plain: bool = False
    learner: str | None = None
    module: str | None = None


def _read(arguments: list[str], options: Options) -> str:
    """Read the options by hand, since argparse costs a start more than it gives here. Gives what is wrong, or nothing."""
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        name, equals, value = word.partition("=")
        if name in ("--learner", "--module"):
            if not equals and not waiting:
                return f"{name} needs a name after it"
            setattr(options, name[2:], value if equals else waiting.pop(0))
        elif word == "--plain":
            options.plain = True
        elif word.startswith("-") and word != "-":
            return f"there is no option {word}"
        elif options.path is not None:
            return "one pack at a time"
        else:
            options.path = word
    return ""
