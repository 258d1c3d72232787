"""Home with 100 000 responses in the history against home with none; and the rebuild, when the checkpoint is gone."""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from ketalearn.store.journal import Journal, chained
from ketalearn.study.course import Course
from ketalearn.study.history import History
from ketalearn.study.packs import lessons_folder, open_pack
from tests.benchmarks.start import MODULE
from tests.benchmarks.table import Line, show
from tests.benchmarks.terminal import KETALEARN, prepared_home, running

RESPONSES = 100_000
ROUNDS = 15


def fill(home: Path, responses: int) -> None:
    """Write a long history the short way: one transaction, with the chain that the journal would have made."""
    pack = open_pack(lessons_folder() / "ketamine", home / "cache")
    Journal(home / "history.sqlite3").close()
    database = sqlite3.connect(home / "history.sqlite3")
    seq, chain = database.execute("SELECT seq, chain FROM head").fetchone()
    items = [f"{module.id}/{name}" for module in pack.index.modules for name in pack.items(module.id)]
    rows: list[tuple[object, ...]] = []
    at = "2026-01-01T00:00:00.000+00:00"
    for number in range(responses):
        if number % len(items) == 0:
            name = f"nmda-antagonism/quiz/b{number}"
            body = {"attempt": name, "items": items, "mode": "practice", "module": "nmda-antagonism", "part": "quiz", "seed": 1}
            seq, chain = _add(rows, pack.index.address, seq, chain, at, "started", body)
        item = items[number % len(items)]
        answer = {"attempt": name, "confidence": 2, "item": item, "mark": float(number % 2), "response": {"chosen": [0]}}
        seq, chain = _add(rows, pack.index.address, seq, chain, at, "answered", answer)
    database.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", rows)
    database.execute("UPDATE head SET seq = ?, chain = ?", (seq, chain))
    database.commit()
    database.close()


def _add(
    rows: list[tuple[object, ...]], pack: str, seq: int, chain: str, at: str, kind: str, body: dict[str, object]
) -> tuple[int, str]:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    chain = chained(chain, seq + 1, at, pack, kind, text)
    rows.append((seq + 1, at, pack, kind, text, chain))
    return seq + 1, chain


def rebuild(home: Path) -> float:
    """Fold everything from the beginning, and leave a checkpoint. Gives the seconds."""
    pack = open_pack(lessons_folder() / "ketamine", home / "cache")
    journal = Journal(home / "history.sqlite3")
    journal.put(pack.index.address, "checkpoint", "", datetime.now(UTC).isoformat())
    begun = time.perf_counter()
    history = History(journal, pack)
    Course(pack, history).rows()
    taken = time.perf_counter() - begun
    history.keep_checkpoint()
    journal.close()
    return taken


def first_frame(home: Path) -> float:
    with running(KETALEARN, home) as program:
        seen = program.appears(MODULE)
        program.end("q")
        return seen


def main() -> int:
    with prepared_home() as empty, prepared_home() as tenth, prepared_home() as full:
        fill(tenth, RESPONSES // 10)
        fill(full, RESPONSES)
        tenths, fulls = [], []
        for _ in range(3):
            tenths.append(rebuild(tenth) * 10)
            fulls.append(rebuild(full))
        none, many = [], []
        first_frame(empty), first_frame(full)
        for _ in range(ROUNDS):
            none.append(first_frame(empty))
            many.append(first_frame(full))
    lines = [
        Line("home with 100 000 responses", many, none, 1.2),
        Line("rebuild of 100 000 (against 10 x 10 000)", fulls, tenths, 1.3),
    ]
    show("History", "with none", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
