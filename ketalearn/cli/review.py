"""``ketalearn review``: what comes back today, at once."""

from __future__ import annotations

import argparse

from ketalearn.cli.open import open_course


def run(arguments: list[str]) -> int:
    """Open the review of a pack."""
    parser = argparse.ArgumentParser(
        prog="ketalearn review",
        description="Review what comes back today: wrong and unsure items of all modules, mixed.",
        epilog="Example: ketalearn review --plain",
    )
    parser.add_argument("path", nargs="?", metavar="PATH", help="a pack folder or file (default: the course)")
    parser.add_argument("--plain", action="store_true", help="plain lines")
    parser.add_argument("--learner", metavar="NAME", help="whose history")
    options = parser.parse_args(arguments)
    return open_course(options.path, options.plain, options.learner, None, review=True)
