"""``ketalearn check``: what is wrong with a pack, where, and what to do."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from ketalearn.checks.run import Checked, check
from ketalearn.cli.exits import FINE, PROBLEMS
from ketalearn.content.text import visible


def run(arguments: list[str]) -> int:
    """Check each pack named. Exit code 0 when there is neither an error nor a warning."""
    parser = argparse.ArgumentParser(
        prog="ketalearn check",
        description="Check packs: reading, links, quotes, labels and what learners are owed.",
        epilog="Examples: ketalearn check lessons/ketamine · ketalearn check sleep.yaml --format json",
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a pack folder, a YAML file, or a folder of packs")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")
    parser.add_argument("--ease", action="store_true", help="print how hard each page is to read (LIX; newspapers: 40 to 50)")
    options = parser.parse_args(arguments)
    checked = [check(pack) for path in options.paths for pack in packs_of(path)]
    if options.format == "json":
        print(json.dumps([_plain(result) for result in checked], ensure_ascii=False, indent=2))
    else:
        for result in checked:
            _print(result)
            if options.ease:
                _print_ease(result)
    return FINE if all(result.clean for result in checked) else PROBLEMS


def packs_of(path: Path) -> list[Path]:
    """Give the packs of a folder of packs; a pack itself is one."""
    if path.name == "pack.yaml" and path.is_file():
        return [path.parent]  # the head of a folder; alone in its folder it is the whole pack
    if path.is_dir() and not (path / "pack.yaml").exists():
        return [found.parent for found in sorted(path.glob("*/pack.yaml"))] or [path]
    return [path]


def _plain(result: Checked) -> dict[str, object]:
    return {
        "pack": str(result.path),
        "title": result.title,
        "clean": result.clean,
        "problems": [asdict(problem) for problem in result.problems],
        "ease": [asdict(page) for page in result.ease],
        "counts": asdict(result.counts) if result.counts else None,
    }


def _print_ease(result: Checked) -> None:
    for page in result.ease:
        print(visible(f"  LIX {page.lix:3.0f}, {page.words:3} words: {page.module}, page “{page.page}”"))


def _print(result: Checked) -> None:
    print(visible(f"{result.title} ({result.path})"))
    signs = {"error": "✗", "warning": "!", "note": "·"}
    for problem in result.problems:
        print(visible(f"  {signs[problem.severity]} {problem}"))
    found = {severity: sum(p.severity == severity for p in result.problems) for severity in signs}
    if result.clean:
        notes = f"; {_number(found['note'], 'note')} above" if found["note"] else ""
        print(f"  Everything looks fine: {result.counts}{notes}.")
    else:
        print(f"  {_number(found['error'], 'error')}, {_number(found['warning'], 'warning')}.")


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
