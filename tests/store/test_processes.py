"""What is accepted stays, whoever dies and whoever else writes. Real processes, real files, real kill -9."""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path

import pytest

from ketalearn.store import journal as journal_module
from ketalearn.store.journal import Journal, StoreProblem
from tests.conftest import needs
from tests.store.children import APPEND_FOR_EVER, APPEND_SOME, AT, OPEN_MANY, SMALL_DISK, finish, raw, start

KILLS = 30


def test_what_was_accepted_is_there_after_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    chance = random.Random(9)
    accepted: dict[int, tuple[str, int]] = {}
    with contextlib.ExitStack() as stack:
        # A window of its own for each kill, the next one opening while the last one dies.
        child = stack.enter_context(start(APPEND_FOR_EVER, path, 0))
        for number in range(1, KILLS + 1):
            assert child.stdout is not None
            first = child.stdout.readline()
            following = stack.enter_context(start(APPEND_FOR_EVER, path, number)) if number < KILLS else child
            time.sleep(chance.uniform(0, 0.06))
            child.kill()
            said = [first, *child.stdout]
            for line in said if said[-1].endswith("\n") else said[:-1]:  # it may have died while it spoke
                seq, who, count = line.split()
                accepted[int(seq)] = (who, int(count))
            child.wait()
            child = following
    journal = Journal(path)
    rows = {row.seq: (row.body["who"], row.body["number"]) for row in journal.rows("pack")}
    assert len(accepted) > KILLS
    assert {seq: rows.get(seq) for seq in accepted} == accepted
    assert sorted(rows) == list(range(1, len(rows) + 1))
    assert len(set(rows.values())) == len(rows)
    assert len(rows) - len(accepted) <= KILLS, "at most the one event that was being written at each kill"
    assert journal.verify() is None


def test_a_window_killed_in_the_middle_of_a_write_leaves_what_was_before(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    journal = Journal(path)
    for number in range(20):
        journal.append("pack", "answered", {"number": number}, AT)
    journal.close()
    torn = f"""
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 1")  # so that half of it reaches the file before the commit
db.execute("PRAGMA cache_spill = 1")
db.execute("BEGIN IMMEDIATE")
for number in range(400):
    db.execute("INSERT INTO event VALUES (?, {AT!r}, 'pack', 'answered', ?, 'x')", (21 + number, "y" * 500))
os.kill(os.getpid(), 9)
"""
    assert start(torn, path).wait() == -9
    assert path.with_name("history.sqlite3-journal").exists()
    again = Journal(path)
    assert [row.body["number"] for row in again.rows("pack")] == list(range(20))
    assert again.verify() is None
    assert not path.with_name("history.sqlite3-journal").exists()


def test_eight_windows_that_begin_one_history_together_lose_and_double_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new" / "history.sqlite3"
    children = [start(APPEND_SOME, path, who, 50) for who in range(8)]
    for child in children:  # all are waiting; now they all go
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    assert [finish(child) for child in children] == [("", "")] * 8
    journal = Journal(path)
    rows = journal.rows("pack")
    assert [row.seq for row in rows] == list(range(1, 401))
    numbers = defaultdict(list)
    for row in rows:
        numbers[row.body["who"]].append(row.body["number"])
    assert numbers == {str(who): list(range(50)) for who in range(8)}
    assert journal.verify() is None


def test_a_history_begun_by_another_window_at_this_moment_is_not_foreign(tmp_path: Path) -> None:
    at = time.time() + 0.4
    children = [start(OPEN_MANY, tmp_path, at) for _ in range(2)]
    assert [finish(child) for child in children] == [("", "")] * 2


def test_a_history_is_not_called_damaged_because_another_window_writes_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "BUSY_SECONDS", 0.05)
    path = tmp_path / "history.sqlite3"
    journal, other = Journal(path), Journal(path)
    journal.append("pack", "answered", {"number": 1}, AT)
    asked = []

    def write_between(statement: str) -> None:
        if "FROM event" in statement or "FROM head" in statement:
            asked.append(statement)
            with contextlib.suppress(StoreProblem):  # it may have to wait, and then writes later
                other.append("pack", "answered", {"number": 2}, AT)

    journal._db.set_trace_callback(write_between)
    assert journal.verify() is None
    assert len(asked) == 2


def test_a_write_waits_for_another_window(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    journal = Journal(path)
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    letting_go = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
    letting_go.start()
    assert journal.append("pack", "answered", {"number": 1}, AT) == 1
    letting_go.join()
    assert [row.body for row in journal.rows("pack")] == [{"number": 1}]


def test_a_locked_history_is_said_in_one_line_and_nothing_is_taken_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_module, "BUSY_SECONDS", 0.05)
    path = tmp_path / "history.sqlite3"
    journal = Journal(path)
    journal.append("pack", "answered", {"number": 1}, AT)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for use in (
        lambda: Journal(path),
        lambda: journal.append("pack", "answered", {"number": 2}, AT),
        lambda: journal.put("pack", "step/one", "quiz", AT),
        lambda: journal.rows("pack"),
        journal.verify,
        journal.erase,
    ):
        with pytest.raises(StoreProblem, match=r"in use by another program.*Close the other window") as caught:
            use()
        assert "\n" not in str(caught.value)
    other.execute("ROLLBACK")
    assert [row.body for row in journal.rows("pack")] == [{"number": 1}]
    assert journal.append("pack", "answered", {"number": 3}, AT) == 2
    assert journal.verify() is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="POSIX has limits for a process")
def test_a_disk_that_takes_no_more_is_said_in_one_line_and_keeps_what_was_accepted(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    out, error = finish(start(SMALL_DISK, path, 60_000))
    assert error.count("\n") == 1
    assert "what was accepted before is safe" in error
    accepted = [int(line) for line in out.split()]
    assert len(accepted) > 10
    journal = Journal(path)
    assert [row.seq for row in journal.rows("pack")] == accepted
    assert journal.verify() is None
    assert journal.append("pack", "answered", {}, AT) == len(accepted) + 1


def test_a_full_file_is_said_in_one_line_and_keeps_what_was_accepted(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "history.sqlite3")
    journal._db.execute("PRAGMA max_page_count = 12")
    accepted = 0
    problem: StoreProblem | None = None
    while problem is None:
        try:
            accepted = journal.append("pack", "answered", {"text": "x" * 500}, AT)
        except StoreProblem as error:
            problem = error
    assert "is full. Make room and start again" in str(problem)
    assert "\n" not in str(problem)
    assert accepted > 10
    assert len(journal.rows("pack")) == accepted
    assert journal.verify() is None


def test_a_full_disk_is_said_before_the_first_item(tmp_path: Path) -> None:
    fill = (
        f"mount -t tmpfs -o size=64k tmpfs {tmp_path} && dd if=/dev/zero of={tmp_path}/rest bs=1k count=64 2>/dev/null; "
        f'exec {sys.executable} -c "$PROGRAM" {tmp_path}/history.sqlite3'
    )
    program = """
import sys
from pathlib import Path
from ketalearn.store.journal import Journal, StoreProblem
try:
    Journal(Path(sys.argv[1]))
except StoreProblem as problem:
    print(problem, end="")
"""
    shell = [needs("unshare"), "--user", "--map-root-user", "--mount", "sh", "-c"]
    if subprocess.run([*shell, f"mount -t tmpfs tmpfs {tmp_path}"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount a disk of their own")
    done = subprocess.run([*shell, fill], env={**os.environ, "PROGRAM": program}, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert "history.sqlite3 is full. Make room and start again" in done.stdout
    assert "\n" not in done.stdout


def test_a_history_whose_head_was_lost_takes_in_nothing(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    journal = Journal(path)
    journal.append("pack", "answered", {"number": 1}, AT)
    raw(path, "DELETE FROM head")
    with pytest.raises(StoreProblem, match=r"is damaged.*Keep a copy"):
        journal.append("pack", "answered", {"number": 2}, AT)
    assert [row.body for row in journal.rows("pack")] == [{"number": 1}]
