"""What the journal keeps, and what it never lets go."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from ketalearn.store.journal import APPLICATION_ID, VERSION, Journal
from tests.store.children import AT, raw


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "learner" / "history.sqlite3"


def pragma(path: Path, name: str) -> object:
    db = sqlite3.connect(path)
    try:
        return db.execute(f"PRAGMA {name}").fetchone()[0]
    finally:
        db.close()


def test_events_come_back_in_the_order_of_writing_not_of_the_clock(path: Path) -> None:
    journal = Journal(path)
    for number, at in enumerate(("2026-11-25T12:00:00+00:00", "2016-01-01T00:00:00+00:00", "2036-01-01T00:00:00+00:00")):
        assert journal.append("pack", "answered", {"number": number}, at) == number + 1
    rows = journal.rows("pack")
    assert [row.body["number"] for row in rows] == [0, 1, 2]
    assert [row.seq for row in rows] == [1, 2, 3]
    assert [row.at[:4] for row in rows] == ["2026", "2016", "2036"]


def test_events_of_one_pack_are_not_shown_to_another(path: Path) -> None:
    journal = Journal(path)
    journal.append("a/one", "seen", {"what": "page/1"}, AT)
    journal.append("b/one", "seen", {"what": "page/2"}, AT)
    assert [row.body for row in journal.rows("a/one")] == [{"what": "page/1"}]
    assert journal.rows("a") == []


def test_rows_after_a_number_leave_out_what_was_read_before(path: Path) -> None:
    journal = Journal(path)
    for number in range(5):
        journal.append("pack", "seen", {"number": number}, AT)
    assert [row.seq for row in journal.rows("pack", after=3)] == [4, 5]


def test_what_was_written_is_there_after_closing_and_opening_again(path: Path) -> None:
    journal = Journal(path)
    journal.append("pack", "answered", {"text": "naïve ✓ “quoted”\nnext"}, AT)
    journal.put("pack", "step/one", "page/2", AT)
    journal.close()
    again = Journal(path)
    assert again.rows("pack")[0].body == {"text": "naïve ✓ “quoted”\nnext"}
    assert again.places("pack") == {"step/one": ("page/2", AT)}
    assert again.append("pack", "answered", {}, AT) == 2


def test_any_text_can_be_kept_even_what_no_encoding_knows(path: Path) -> None:
    journal = Journal(path)
    note = "\ud83d \x00 \x1b[31m \u202e \U0001f600"
    journal.append("pack", "flagged", {"note": note}, AT)
    assert journal.rows("pack")[0].body["note"] == note
    assert journal.verify() is None


@pytest.mark.parametrize(
    "statement", ["UPDATE event SET body = '{}' WHERE seq = 2", "UPDATE event SET at = ''", "DELETE FROM event"]
)
def test_no_row_can_be_changed_or_removed(path: Path, statement: str) -> None:
    journal = Journal(path)
    for number in range(3):
        journal.append("pack", "answered", {"number": number}, AT)
    before = journal.rows("pack")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw(path, statement)
    assert journal.rows("pack") == before
    assert journal.verify() is None


def test_only_the_owner_can_read_the_history_and_its_new_folders(tmp_path: Path) -> None:
    path = tmp_path / "new" / "learners" / "ana.sqlite3"
    Journal(path).append("pack", "answered", {}, AT)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700


def test_a_folder_that_was_there_keeps_its_permissions(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    Journal(folder / "history.sqlite3")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_the_disk_is_written_through_without_a_second_file(path: Path) -> None:
    journal = Journal(path)
    journal.append("pack", "answered", {}, AT)
    assert journal._db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert journal._db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert journal._db.execute("PRAGMA secure_delete").fetchone() == (1,)
    assert [file.name for file in path.parent.iterdir()] == ["history.sqlite3"]


def test_a_history_says_whose_file_it_is_and_in_which_version(path: Path) -> None:
    Journal(path)
    assert pragma(path, "application_id") == APPLICATION_ID
    assert pragma(path, "user_version") == VERSION


def test_an_empty_file_becomes_a_new_history(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    journal = Journal(path)
    assert journal.append("pack", "answered", {}, AT) == 1


def test_a_place_is_replaced_by_the_next_and_forgotten_when_empty(path: Path) -> None:
    journal = Journal(path)
    journal.put("pack", "draft/one", "a", "t1")
    journal.put("pack", "draft/one", "b", "t2")
    journal.put("pack", "step/one", "quiz", "t3")
    journal.put("other", "step/one", "tell", "t4")
    assert journal.places("pack") == {"draft/one": ("b", "t2"), "step/one": ("quiz", "t3")}
    journal.put("pack", "draft/one", "", "t5")
    assert journal.places("pack") == {"step/one": ("quiz", "t3")}
    assert journal.places("other") == {"step/one": ("tell", "t4")}
    assert journal.rows("pack") == []


def test_a_damaged_body_comes_back_empty_and_the_rest_as_it_was(path: Path) -> None:
    journal = Journal(path)
    for number in range(6):
        journal.append("pack", "answered", {"number": number}, AT)
    unlock: tuple[str, ...] = ("DROP TRIGGER event_is_written_once",)
    for seq, body in ((2, "'{'"), (3, "'[1, 2]'"), (4, "'\"text\"'"), (5, "CAST(x'7b22ff' AS TEXT)")):
        raw(path, *unlock, f"UPDATE event SET body = {body} WHERE seq = {seq}")
        unlock = ()
    assert [row.body for row in journal.rows("pack")] == [{"number": 0}, {}, {}, {}, {}, {"number": 5}]
    assert journal.verify() == 2


def test_erasing_leaves_no_byte_of_an_answer_in_the_file(path: Path) -> None:
    journal = Journal(path)
    for number in range(50):
        journal.append("pack", "answered", {"note": f"SECRET-{number}" * 20}, AT)
        journal.put("pack", f"draft/{number}", "SECRET-DRAFT" * 20, AT)
    assert b"SECRET" in path.read_bytes()
    journal.erase()
    for file in path.parent.iterdir():
        assert b"SECRET" not in file.read_bytes()
    assert path.stat().st_size < 50_000
    assert journal.rows("pack") == []
    assert journal.places("pack") == {}


def test_an_erased_history_serves_as_a_new_one(path: Path) -> None:
    journal = Journal(path)
    journal.append("pack", "answered", {"number": 1}, AT)
    journal.erase()
    assert journal.verify() is None
    assert journal.append("pack", "answered", {"number": 2}, AT) == 1
    with pytest.raises(sqlite3.IntegrityError):
        raw(path, "DELETE FROM event")
    journal.close()
    again = Journal(path)
    assert [row.body for row in again.rows("pack")] == [{"number": 2}]
    assert again.verify() is None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_another_window_goes_on_after_the_history_was_erased(path: Path) -> None:
    one, other = Journal(path), Journal(path)
    other.append("pack", "answered", {"number": 1}, AT)
    one.erase()
    assert other.append("pack", "answered", {"number": 2}, AT) == 1
    assert [row.body for row in one.rows("pack")] == [{"number": 2}]
    assert one.verify() is None
