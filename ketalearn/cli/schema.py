"""``ketalearn schema``: the JSON Schema of a pack, for editors that complete and check while one writes."""

from __future__ import annotations

import argparse
import json

from ketalearn.cli.exits import FINE
from ketalearn.loading.schema import PARTS, schema


def run(arguments: list[str]) -> int:
    """Print the schema of a whole pack, or of one of the files of a folder."""
    parser = argparse.ArgumentParser(
        prog="ketalearn schema",
        description="Print the JSON Schema of a pack, made from the same classes that read it.",
        epilog="Example: ketalearn schema > pack.schema.json, then begin a pack with "
        "“# yaml-language-server: $schema=pack.schema.json”.",
    )
    parser.add_argument("--of", choices=PARTS, default="pack", help="the file that it describes (default: pack)")
    options = parser.parse_args(arguments)
    print(json.dumps(schema(options.of), ensure_ascii=False, indent=2))
    return FINE
