"""Compile one pack in a process of its own: ``PACK FOLDER`` in, problems as JSON lines out.

The learner's process starts this one (`study.packs`), so that it stays small and a hostile pack cannot take it down.
Exit status 0: compiled; 1: the pack has errors; 3: the folder cannot be written.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from ketalearn.loading.compile import compile_pack


def main(arguments: list[str]) -> int:
    """Compile and report; see the module's own words."""
    pack, folder = map(Path, arguments)
    try:
        problems = compile_pack(pack, folder)
    except OSError as error:
        print(error.strerror, file=sys.stderr)
        return 3
    for problem in problems:
        print(json.dumps(asdict(problem)))
    return 1 if any(problem.severity == "error" for problem in problems) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
