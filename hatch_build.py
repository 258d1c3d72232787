"""Build hook: the wheel carries the lessons, and their compiled form, so that a first start needs no compiling."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledLessons(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own config type is private
    """Compiles every pack of `lessons/` with the code that is being packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add lessons and compiled packs to the wheel. An editable install finds the lessons in the checkout."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from ketalearn.loading.compile import compile_pack  # noqa: PLC0415 - importable only once the path is set

        self.folder = tempfile.TemporaryDirectory()
        for pack in sorted((root / "lessons").glob("*/pack.yaml")):
            problems = [p for p in compile_pack(pack.parent, Path(self.folder.name)) if p.severity == "error"]
            if problems:
                raise SystemExit("\n".join(map(str, problems)))
        build_data["force_include"][self.folder.name] = "ketalearn/compiled"
        build_data["force_include"][str(root / "lessons")] = "ketalearn/lessons"
