"""The journal: opened in one place, appended in one transaction an event, and never trusted when it is not ours.

DELETE journal and full synchronisation: what `append` has returned from is on the disk. Every write begins with
BEGIN IMMEDIATE, so that two windows of one learner wait for each other instead of failing.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

APPLICATION_ID = 0x6B65746C  # "ketl"
VERSION = 1
BUSY_SECONDS = 5.0


class StoreProblem(Exception):
    """The history cannot be used: what is the matter, and what to do. One readable line."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(f"{message}. {cure}")
        self.message, self.cure = message, cure


@dataclass(frozen=True, slots=True)
class Row:
    """One event as it is stored; `body` is its JSON object."""

    seq: int
    at: str
    kind: str
    body: dict[str, Any]


def chained(before: str, seq: int, at: str, pack: str, kind: str, body: str) -> str:
    """Give the link of the hash chain for a row: the link before it and everything that the row holds."""
    return hashlib.sha256("\x1f".join(map(str, (before, seq, at, pack, kind, body))).encode()).hexdigest()


class Journal:
    """An open history. Every method raises `StoreProblem` when the file cannot serve."""

    def __init__(self, path: Path) -> None:
        """Open or create the history at `path`, and prove that it can be written."""
        self.path = path
        with self._spoken():
            make_private(path.parent)
            if not path.exists():
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            # A damaged byte must not keep the other rows from being read; the chain notices it.
            self._db.text_factory = lambda data: data.decode("utf-8", "replace")
        try:
            with self._spoken():
                self._prepare()
        except StoreProblem:
            self._db.close()
            raise

    def _prepare(self) -> None:
        db = self._db
        db.execute("PRAGMA trusted_schema = OFF")
        with self._snapshot():  # else another window that begins the same history at this moment would look foreign
            application, version = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
            tables = self._tables()
        if application not in (0, APPLICATION_ID) or (application == 0 and tables):
            raise StoreProblem(
                f"{self.path} belongs to another program",
                "Move it away, or choose another folder with KETALEARN_HOME.",
            )
        if version > VERSION:
            raise StoreProblem(
                f"{self.path} was written by a newer ketalearn (history version {version}; this one reads {VERSION})",
                "Update ketalearn; nothing was changed.",
            )
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA secure_delete = ON")
        with self._transaction():
            if not self._tables():
                for statement in _statements():
                    db.execute(statement)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                db.execute(f"PRAGMA user_version = {VERSION}")
            # A write proves now, before the first item, that the disk has room and the file is not read-only.
            db.execute("INSERT OR REPLACE INTO place VALUES ('', 'opened', '', '')")

    def _tables(self) -> bool:
        return bool(self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])

    def append(self, pack: str, kind: str, body: dict[str, Any], at: str) -> int:
        """Write one event, in one transaction, and give its sequence number. When this returns, it is on the disk."""
        # Escaped to ASCII, so that any text can be kept, lone surrogates included.
        text = json.dumps(body, sort_keys=True, separators=(",", ":"))
        with self._spoken(), self._transaction():
            head = self._db.execute("SELECT seq, chain FROM head").fetchone()
            if head is None or not (isinstance(head[0], int) and isinstance(head[1], str)):
                raise StoreProblem(f"{self.path} is damaged", _DAMAGED)
            seq, before = head
            chain = chained(before, seq + 1, at, pack, kind, text)
            self._db.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", (seq + 1, at, pack, kind, text, chain))
            self._db.execute("UPDATE head SET seq = ?, chain = ?", (seq + 1, chain))
        return int(seq) + 1

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write what is appended and put inside as one transaction: all of it, or nothing."""
        with self._spoken(), self._transaction():
            yield

    def rows(self, pack: str, after: int = 0) -> list[Row]:
        """Give the events of a pack after a sequence number, oldest first. A body that is damaged comes back empty."""
        query = "SELECT seq, at, kind, body FROM event WHERE pack = ? AND seq > ? ORDER BY seq"
        with self._spoken():
            rows = self._db.execute(query, (pack, after)).fetchall()
        return [Row(seq, at, kind, _object(body)) for seq, at, kind, body in rows]

    def put(self, pack: str, key: str, value: str, at: str) -> None:
        """Remember a place or a draft; an empty value forgets it."""
        with self._spoken(), self._transaction():
            if value:
                self._db.execute("INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?)", (pack, key, value, at))
            else:
                self._db.execute("DELETE FROM place WHERE pack = ? AND key = ?", (pack, key))

    def places(self, pack: str) -> dict[str, tuple[str, str]]:
        """Give every place and draft of a pack: key to value and time."""
        with self._spoken():
            rows = self._db.execute("SELECT key, value, at FROM place WHERE pack = ?", (pack,)).fetchall()
        # What damage has made of a place is no text; without it the learner begins at the first step.
        return {key: (value, at) for key, value, at in rows if all(isinstance(part, str) for part in (key, value, at))}

    def chain(self, seq: int) -> str:
        """Give the link of the hash chain at an event; nothing for an event that is not there."""
        with self._spoken():
            row = self._db.execute("SELECT chain FROM event WHERE seq = ?", (seq,)).fetchone()
        return str(row[0]) if row else ""

    def verify(self) -> int | None:
        """Walk the hash chain. Gives None when it is whole, else the sequence number of the first row that does not fit."""
        before, last = "", 0
        with self._spoken(), self._snapshot():  # another window may append meanwhile
            for seq, at, pack, kind, body, chain in self._db.execute(
                "SELECT seq, at, pack, kind, body, chain FROM event ORDER BY seq"
            ):
                if seq != last + 1 or chain != chained(before, seq, at, pack, kind, body):
                    return last + 1
                before, last = chain, seq
            head = self._db.execute("SELECT seq, chain FROM head").fetchone()
        return None if head == (last, before) else last + 1

    def erase(self) -> None:
        """Remove every event, place and draft of this learner, for good."""
        with self._spoken():
            with self._transaction():
                for (name,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    self._db.execute(f'DROP TABLE "{name}"')
                for statement in _statements():
                    self._db.execute(statement)
            self._db.execute("VACUUM")

    def close(self) -> None:
        """Close the file. Nothing is pending: every append was a transaction of its own."""
        self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._db.in_transaction:  # it is part of what is written together
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """Read one state of the file, whatever others write meanwhile."""
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        """Turn what the disk or SQLite says into one line that names a cure."""
        try:
            yield
        except sqlite3.Error as error:
            name = getattr(error, "sqlite_errorname", "") or ""
            for prefix, message, cure in _SQLITE:
                if name.startswith(prefix):
                    raise StoreProblem(message.format(self.path), cure) from error
            raise StoreProblem(f"{self.path} cannot be used ({error})", "Nothing was changed; try again.") from error
        except UnicodeDecodeError as error:  # SQLite repeats damaged words of the schema in what it says
            raise StoreProblem(f"{self.path} is damaged", _DAMAGED) from error
        except OSError as error:
            cure = "Check the folder, or choose another one with KETALEARN_HOME."
            raise StoreProblem(f"the history cannot be kept in {self.path.parent} ({error.strerror})", cure) from error


_DAMAGED = "Keep a copy of it; move it away to begin a new history."
_SQLITE = (
    ("SQLITE_FULL", "the disk of {} is full", "Make room and start again; what was accepted before is safe."),
    ("SQLITE_READONLY", "{} cannot be written", "Make it writable, or choose another folder with KETALEARN_HOME."),
    ("SQLITE_BUSY", "{} is in use by another program", "Close the other window, or wait a moment and start again."),
    ("SQLITE_NOTADB", "{} is not a history of ketalearn", "Move it away, or choose another folder with KETALEARN_HOME."),
    ("SQLITE_CORRUPT", "{} is damaged", _DAMAGED),
    ("SQLITE_CONSTRAINT", "{} is damaged", _DAMAGED),
    ("SQLITE_ERROR", "{} is damaged", _DAMAGED),  # our statements are fixed, so it is the tables that do not fit them
    ("SQLITE_CANTOPEN", "{} cannot be opened", "Check its permissions, or choose another folder with KETALEARN_HOME."),
    ("SQLITE_IOERR", "the disk of {} does not answer", "Check the disk and start again; what was accepted before is safe."),
)


def make_private(folder: Path) -> None:
    """Make a folder and the missing ones above it, for their owner alone. One that is there is left as it is."""
    for missing in [path for path in (*reversed(folder.parents), folder) if not path.exists()]:
        missing.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(exist_ok=True)  # raises where something else has the name


def _object(text: str) -> dict[str, Any]:
    """Read a JSON object; an empty one where there is none to read."""
    try:
        value = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _statements() -> list[str]:
    """Give the schema's statements one by one, since `executescript` would commit in between."""
    from importlib import resources  # only a new history needs it

    script = resources.files("ketalearn.store").joinpath("schema.sql").read_text(encoding="utf-8")
    statements, part = [], ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            statements.append(part)
            part = ""
    return statements
