"""Damage is noticed: whatever is changed, removed or cut off, the chain does not fit any more."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketalearn.store.journal import Journal, Row, StoreProblem
from tests.store.children import AT, UNLOCK, raw


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history with nine events."""
    path = tmp_path_factory.mktemp("chain") / "history.sqlite3"
    journal = Journal(path)
    for number in range(9):
        journal.append("pack", "answered", {"item": f"module/item-{number}", "mark": 1.0, "chosen": [number % 4]}, AT)
    journal.close()
    return path


@pytest.fixture
def copy(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(written, tmp_path / "copy.sqlite3"))


def verified(path: Path) -> int | None:
    journal = Journal(path)
    try:
        return journal.verify()
    finally:
        journal.close()


def test_an_untouched_history_is_whole(copy: Path) -> None:
    assert verified(copy) is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "'2020-01-01T00:00:00.000+00:00'"),
        ("pack", "'other'"),
        ("kind", "'seen'"),
        ("body", "'{}'"),
        ("body", "replace(body, '1.0', '0.0')"),
        ("body", "body || ' '"),
        ("chain", "'0000'"),
        ("chain", "(SELECT chain FROM event WHERE seq = 1)"),
        ("seq", "100"),
    ],
)
@pytest.mark.parametrize("seq", [2, 5, 9])
def test_a_changed_column_is_found_at_its_row(copy: Path, column: str, value: str, seq: int) -> None:
    raw(copy, *UNLOCK, f"UPDATE event SET {column} = {value} WHERE seq = {seq}")
    assert verified(copy) == seq


@pytest.mark.parametrize("seq", [1, 4, 9])
def test_a_removed_row_is_found(copy: Path, seq: int) -> None:
    raw(copy, *UNLOCK, f"DELETE FROM event WHERE seq = {seq}")
    assert verified(copy) == seq


@pytest.mark.parametrize("kept", [0, 3, 8])
def test_a_tail_that_was_cut_off_is_found(copy: Path, kept: int) -> None:
    raw(copy, *UNLOCK, f"DELETE FROM event WHERE seq > {kept}")
    assert verified(copy) == kept + 1


def test_a_tail_cut_off_with_the_count_put_right_is_found(copy: Path) -> None:
    raw(copy, *UNLOCK, "DELETE FROM event WHERE seq > 6", "UPDATE head SET seq = 6")
    assert verified(copy) == 7


def test_a_removed_head_is_found(copy: Path) -> None:
    raw(copy, "DELETE FROM head")
    assert verified(copy) == 10


def test_two_rows_that_changed_places_are_found(copy: Path) -> None:
    swap = (
        "UPDATE event SET seq = -3 WHERE seq = 3",
        "UPDATE event SET seq = 3 WHERE seq = 4",
        "UPDATE event SET seq = 4 WHERE seq = -3",
    )
    raw(copy, *UNLOCK, *swap)
    assert verified(copy) == 3


def test_a_row_put_in_the_place_of_another_is_found(copy: Path) -> None:
    # REPLACE passes SQLite's triggers by; the chain does not let it pass.
    raw(copy, "INSERT OR REPLACE INTO event SELECT seq, at, pack, kind, '{}', chain FROM event WHERE seq = 5")
    assert verified(copy) == 5


def test_a_forged_row_at_the_end_is_found(copy: Path) -> None:
    raw(copy, "INSERT INTO event SELECT 10, at, pack, kind, body, chain FROM event WHERE seq = 9")
    assert verified(copy) == 10


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_change_of_any_character_is_found_at_its_row(
    written: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    copy = Path(shutil.copy(written, tmp_path_factory.getbasetemp() / "one-character.sqlite3"))
    seq = data.draw(st.integers(1, 9), "row")
    column = data.draw(st.sampled_from(["at", "pack", "kind", "body", "chain"]), "column")
    db = sqlite3.connect(copy)
    (text,) = db.execute(f"SELECT {column} FROM event WHERE seq = ?", (seq,)).fetchone()
    at = data.draw(st.integers(0, len(text) - 1), "character")
    other = data.draw(st.characters(codec="utf-8").filter(lambda char: char != text[at]), "other")
    for statement in UNLOCK:
        db.execute(statement)
    db.execute(f"UPDATE event SET {column} = ? WHERE seq = ?", (text[:at] + other + text[at + 1 :], seq))
    db.commit()
    db.close()
    assert verified(copy) == seq


def test_no_flipped_bit_changes_an_answer_unseen_or_ends_in_a_traceback(tmp_path: Path) -> None:
    path, copy = tmp_path / "history.sqlite3", tmp_path / "copy.sqlite3"
    journal = Journal(path)
    for number in range(40):
        journal.append("pack" if number % 3 else "other", "answered", {"item": f"module/item-{number}", "mark": 1.0}, AT)
    journal.put("pack", "step/module", "quiz", AT)
    good = journal.rows("pack")
    journal.close()
    data = path.read_bytes()
    written = [at for at, byte in enumerate(data) if byte]
    chance = random.Random(20261125)
    outcomes = Counter[str]()
    for _ in range(600):
        flipped = bytearray(data)
        at = chance.choice(written)
        flipped[at] ^= 1 << chance.randrange(8)
        copy.write_bytes(flipped)
        outcome = opened(copy, good)
        outcomes[outcome] += 1
        assert outcome != "changed and unseen", f"the flip at byte {at}"
    assert outcomes["refused"] > 20
    assert outcomes["found"] > 200
    assert outcomes["unharmed"] > 5


def opened(path: Path, good: list[Row]) -> str:
    """Open a damaged history and use all of it; what is raised but a `StoreProblem` fails the test."""
    try:
        journal = Journal(path)
    except StoreProblem:
        return "refused"
    try:
        whole, rows = journal.verify() is None, journal.rows("pack")
        journal.places("pack")
        journal.append("pack", "answered", {}, AT)
    except StoreProblem:
        return "refused"
    finally:
        journal.close()
    if not whole:
        return "found"
    return "unharmed" if rows == good else "changed and unseen"
