"""``ketalearn new``: a small commented pack that is the manual, passes the check and can be taken at once."""

from __future__ import annotations

import argparse
import re
from importlib import resources
from pathlib import Path

from ketalearn.cli.exits import FINE, STORE, USAGE, say
from ketalearn.content.pack import ID


def run(arguments: list[str]) -> int:
    """Write NAME.yaml in the current folder; nothing is ever overwritten."""
    parser = argparse.ArgumentParser(
        prog="ketalearn new",
        description="Write a small pack to begin from. It explains the format in its comments.",
        epilog="Example: ketalearn new sleep && ketalearn check sleep.yaml && ketalearn sleep.yaml",
    )
    parser.add_argument("name", metavar="NAME", help="the id of the new pack, which also names its file")
    name: str = parser.parse_args(arguments).name.removesuffix(".yaml")
    target = Path(f"{name}.yaml")
    if not re.fullmatch(ID, name):
        say(f"“{name}” cannot be an id. Use letters, digits, “-”, “_” and “.”, beginning with a letter or digit.")
        return USAGE
    text = resources.files("ketalearn.cli").joinpath("example.yaml").read_text(encoding="utf-8")
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text.replace("id: example-pack", f"id: {name}", 1))
    except FileExistsError:
        say(f"{target} is there already. Choose another name; nothing was changed.")
        return USAGE
    except OSError as error:
        say(f"{target} cannot be written ({error.strerror}). Go to a folder of your own and try again.")
        return STORE
    print(f"{target} is ready.\n  Check it:  ketalearn check {target}\n  Take it:   ketalearn {target}")
    return FINE
