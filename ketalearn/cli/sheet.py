"""``ketalearn sheet``: a module's items with my answers, the reasons and the quotes, to keep."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ketalearn.cli.exits import FINE, PACK, STORE, say
from ketalearn.cli.open import courses_of
from ketalearn.content.text import visible
from ketalearn.study.sheet import Format, sheet


def run(arguments: list[str]) -> int:
    """Write the sheet of a module to standard output or to a file; nothing is overwritten."""
    parser = argparse.ArgumentParser(
        prog="ketalearn sheet",
        description="Write a sheet with your answers, the reasons and the quotes of a module.",
        epilog="Examples: ketalearn sheet nmda-antagonism > sheet.md · ketalearn sheet nmda-antagonism --out sheet.html",
    )
    parser.add_argument("module", metavar="MODULE", help="the module's id; “ketalearn --plain” and home name the modules")
    parser.add_argument("--pack", metavar="PATH", help="a pack folder or file (default: the packs that ship with the program)")
    parser.add_argument("--learner", metavar="NAME", help="whose history")
    parser.add_argument("--format", choices=("markdown", "html"), help="default: by the file's ending, else markdown")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write to a new file instead of standard output")
    options = parser.parse_args(arguments)
    with courses_of(options.pack, options.learner) as courses:
        found = [course for course in courses if options.module in {card.id for card in course.pack.index.modules}]
        if not found:
            known = ", ".join(card.id for course in courses for card in course.pack.index.modules)
            say(f"There is no module “{options.module}”. There is: {known}.")
            return PACK
        ending = options.out.suffix if options.out else ""
        made: Format = options.format or ("html" if ending in (".html", ".htm") else "markdown")
        text = sheet(found[0], options.module, made)
    if options.out is None:
        sys.stdout.write(text)
        return FINE
    try:
        with options.out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        say(f"{options.out} is there already. Choose another name; nothing was changed.")
        return STORE
    except OSError as error:
        say(f"{options.out} cannot be written ({error.strerror}). Choose another place.")
        return STORE
    print(visible(f"Written: {options.out}"))
    return FINE
