"""A file that cannot serve as a history is refused in one line that names a cure, and is left as it was."""

from __future__ import annotations

import sqlite3
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ketalearn.store.journal import APPLICATION_ID, VERSION, Journal, StoreProblem
from tests.store.children import AS_NOBODY, AT, finish, raw, start


def foreign(path: Path) -> None:
    raw(path, "CREATE TABLE recipe (name TEXT)", "INSERT INTO recipe VALUES ('soup')")


def foreign_with_its_own_id(path: Path) -> None:
    raw(path, "PRAGMA application_id = 252006674", "CREATE TABLE note (text TEXT)")


def empty_but_claimed_by_another(path: Path) -> None:
    raw(path, "PRAGMA application_id = 252006674", "PRAGMA user_version = 3")


def foreign_that_is_written_ahead(path: Path) -> None:
    raw(path, "PRAGMA journal_mode = WAL", "CREATE TABLE recipe (name TEXT)")


def no_database(path: Path) -> None:
    path.write_text("These are my notes on ketamine.\n" * 100, encoding="utf-8")


def newer(path: Path) -> None:
    ours(path)
    raw(path, f"PRAGMA user_version = {VERSION + 1}")


def ours(path: Path) -> None:
    journal = Journal(path)
    for number in range(30):
        journal.append("pack", "answered", {"number": number, "text": "x" * 400}, AT)
    journal.close()


def damaged_header(path: Path) -> None:
    ours(path)
    data = bytearray(path.read_bytes())
    data[:16] = b"SQLite format 7\0"
    path.write_bytes(data)


def damaged_schema(path: Path) -> None:
    ours(path)
    data = bytearray(path.read_bytes())
    data[100:160] = bytes(range(60))
    path.write_bytes(data)


def cut_short(path: Path) -> None:
    ours(path)
    path.write_bytes(path.read_bytes()[:5000])


def no_place_table(path: Path) -> None:
    ours(path)
    raw(path, "DROP TABLE place")


MOVE = "Move it away, or choose another folder with KETALEARN_HOME."
COPY = "Keep a copy of it; move it away to begin a new history."


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (foreign, f"belongs to another program. {MOVE}"),
        (foreign_with_its_own_id, f"belongs to another program. {MOVE}"),
        (empty_but_claimed_by_another, f"belongs to another program. {MOVE}"),
        (foreign_that_is_written_ahead, f"belongs to another program. {MOVE}"),
        (no_database, f"is not a history of ketalearn. {MOVE}"),
        (
            newer,
            f"was written by a newer ketalearn (history version {VERSION + 1}; this one reads {VERSION}). Update ketalearn",
        ),
        (damaged_header, f"is not a history of ketalearn. {MOVE}"),
        (damaged_schema, f"is damaged. {COPY}"),
        (cut_short, f"is damaged. {COPY}"),
        (no_place_table, f"is damaged. {COPY}"),
    ],
)
def test_a_file_that_cannot_serve_is_refused_in_one_line_and_left_as_it_was(
    tmp_path: Path, make: Callable[[Path], None], says: str
) -> None:
    path = tmp_path / "history.sqlite3"
    make(path)
    before = path.read_bytes()
    with pytest.raises(StoreProblem) as caught:
        Journal(path)
    assert str(caught.value).startswith(f"{path} {says}")
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["history.sqlite3"]


def test_a_folder_in_the_place_of_the_history_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    path.mkdir()
    with pytest.raises(StoreProblem, match=r"cannot be opened\. Check its permissions"):
        Journal(path)
    assert path.is_dir()


@pytest.mark.parametrize("where", ["home", "home/history.sqlite3", "home/learners/ana.sqlite3"])
def test_a_file_in_the_place_of_a_folder_is_refused_in_one_line(tmp_path: Path, where: str) -> None:
    (tmp_path / "home").write_text("a file", encoding="utf-8")
    with pytest.raises(StoreProblem, match=r"the history cannot be kept in .*KETALEARN_HOME|is not a history") as caught:
        Journal(tmp_path / where)
    assert "\n" not in str(caught.value)
    assert (tmp_path / "home").read_text(encoding="utf-8") == "a file"


def test_a_name_too_long_for_the_disk_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="File name too long"):
        Journal(tmp_path / f"{'x' * 300}.sqlite3")


def test_a_history_that_may_not_be_written_is_said_before_the_first_item_and_left_as_it_was() -> None:
    with tempfile.TemporaryDirectory() as folder:  # not pytest's own, which nobody else may enter
        Path(folder).chmod(0o755)
        path = Path(folder) / "history.sqlite3"
        ours(path)
        before = path.read_bytes()
        path.chmod(0o444)
        out, error = finish(start(AS_NOBODY, path))
        assert error == ""
        assert out == f"{path} cannot be written. Make it writable, or choose another folder with KETALEARN_HOME."
        assert path.read_bytes() == before


@pytest.mark.parametrize("inside", ["history.sqlite3", "new/folder/history.sqlite3"])
def test_a_folder_that_may_not_be_written_is_said_before_the_first_item(inside: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        out, error = finish(start(AS_NOBODY, Path(folder) / inside))
        Path(folder).chmod(0o755)
        assert error == ""
        assert "the history cannot be kept in" in out
        assert "Permission denied" in out
        assert "choose another one with KETALEARN_HOME" in out
        assert not list(Path(folder).iterdir())


def test_a_history_of_ours_is_recognised_by_its_number() -> None:
    assert APPLICATION_ID.to_bytes(4, "big") == b"ketl"


def test_a_view_that_poses_as_our_table_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    ours(path)
    raw(path, "ALTER TABLE place RENAME TO real_place", "CREATE VIEW place AS SELECT * FROM real_place")
    with pytest.raises(StoreProblem):
        Journal(path)
    db = sqlite3.connect(path)
    assert db.execute("SELECT count(*) FROM event").fetchone() == (30,)
    db.close()
    assert stat.S_ISREG(path.stat().st_mode)
