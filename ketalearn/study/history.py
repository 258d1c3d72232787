"""The learner's past of one pack: written through here, and folded from the journal."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from ketalearn.assessment.attempt import Attempt, Part
from ketalearn.assessment.events import Answered, Event, Flagged, Restarted, Seen, Started, advance
from ketalearn.library.codec import Damaged, decode, encode
from ketalearn.library.compiled import CompiledPack
from ketalearn.study.scores import Scores, State

EVENTS: dict[str, type[Any]] = {event.__dataclass_fields__["kind"].default: event for event in Event.__args__}


class StoredRow(Protocol):
    """A row as the journal gives it."""

    @property
    def seq(self) -> int:
        """Order of writing."""
        ...

    @property
    def kind(self) -> str:
        """Kind of event."""
        ...

    @property
    def at(self) -> str:
        """When, in UTC."""
        ...

    @property
    def body(self) -> dict[str, Any]:
        """The event's fields."""
        ...


class Log(Protocol):
    """What the study room needs of a store."""

    def append(self, pack: str, kind: str, body: dict[str, Any], at: str) -> int:
        """Write an event; it is on the disk when this returns."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """Write what is appended and put inside as one transaction."""
        ...

    def rows(self, pack: str, after: int = 0) -> list[Any]:
        """Give the events of a pack."""
        ...

    def put(self, pack: str, key: str, value: str, at: str) -> None:
        """Remember a place or a draft."""
        ...

    def chain(self, seq: int) -> str:
        """Give the hash chain at an event."""
        ...

    def places(self, pack: str) -> dict[str, tuple[str, str]]:
        """Give all places and drafts."""
        ...

    def erase(self) -> None:
        """Remove everything of this learner."""
        ...


FOLD = "2"
"""The version of the folds; a checkpoint of another one is thrown away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the fold of attempts knows, as it lies in the checkpoint. Its size does not grow with the history."""

    attempts: dict[str, Attempt] = field(default_factory=dict)
    current: dict[str, str] = field(default_factory=dict)
    begun: int = 0
    answered: int = 0
    last: dict[str, int] = field(default_factory=dict)
    seen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ever: tuple[str, ...] = ()
    flags: tuple[Flagged, ...] = ()
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A place in the history from which the folds can go on. It can be deleted at any time."""

    fold: str
    pack: str
    """The key of the compiled pack: labels and items of another one would give other scores."""
    seq: int
    chain: str
    kept: Kept
    scores: State


@dataclass(frozen=True, slots=True)
class Told:
    """An answered event with its sequence number and time."""

    seq: int
    at: str
    event: Answered


class History:
    """Everything that is known of one learner and one pack, kept in step with the journal."""

    def __init__(self, log: Log, pack: CompiledPack, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Fold the journal's rows of this pack. `now` gives aware UTC times."""
        self._log, self._pack, self._now = log, pack, now
        self._address = pack.index.address
        self.reload()

    def reload(self) -> None:
        """Fold the history: from the checkpoint if there is a sound one, else from the beginning."""
        self.places = self._log.places(self._address)
        found = self._checkpoint()
        kept = found.kept if found else Kept()
        self.attempts = dict(kept.attempts)
        """The newest attempt of each part of each module, and what it retries."""
        self.current: dict[tuple[str, str], str] = {_two(key): name for key, name in kept.current.items()}
        """The newest attempt of a module's part since the module was begun or begun anew."""
        self.begun, self.answered, self.unknown = kept.begun, kept.answered, kept.unknown
        """How many attempts and responses there ever were, and rows that this version cannot read: kept, and read over."""
        self._last = dict(kept.last)
        self.seen: dict[str, set[str]] = {module: set(what) for module, what in kept.seen.items()}
        """What was shown since a module was begun anew, by module."""
        self.ever_seen: set[tuple[str, str]] = {_two(key) for key in kept.ever}
        self.flags: list[Flagged] = list(kept.flags)
        self._first = self._log.chain(1)
        self.scores = Scores(self._pack, self._now(), found.scores if found else None)
        self._seq = found.seq if found else 0
        self._folded = 0
        """How many events were folded since the checkpoint."""
        self.catch_up()

    def catch_up(self) -> None:
        """Take in what was written since: by this object's beginning, or by another window of this learner."""
        for row in self._log.rows(self._address, self._seq):
            self._take_row(row)

    def _checkpoint(self) -> Checkpoint | None:
        """Give the checkpoint, if it is of this fold, this pack and this very history."""
        try:
            found = decode(Checkpoint, json.loads(self.place(CHECKPOINT) or "null"))
        except (Damaged, ValueError):
            return None
        sound = found.fold == FOLD and found.pack == self._pack.key and self._log.chain(found.seq) == found.chain
        return found if sound else None

    def keep_checkpoint(self, at_least: int = 1) -> None:
        """Write a checkpoint when so many events were folded since the last one."""
        if self._folded < at_least or self._first != self._log.chain(1):  # another window has erased this history
            return
        kept = Kept(
            attempts=self.attempts,
            current={f"{module} {part}": name for (module, part), name in self.current.items()},
            begun=self.begun,
            answered=self.answered,
            last=self._last,
            seen={module: tuple(sorted(what)) for module, what in self.seen.items()},
            ever=tuple(sorted(f"{module} {what}" for module, what in self.ever_seen)),
            flags=tuple(self.flags),
            unknown=self.unknown,
        )
        chain = self._log.chain(self._seq)
        point = Checkpoint(fold=FOLD, pack=self._pack.key, seq=self._seq, chain=chain, kept=kept, scores=self.scores.state)
        self.put(CHECKPOINT, json.dumps(encode(point), ensure_ascii=False, separators=(",", ":")))
        self._folded = 0

    def _take_row(self, row: StoredRow) -> None:
        event = read_event(row)
        if event is None:
            self.unknown += 1
            self._seq, self._folded = row.seq, self._folded + 1
        else:
            self._take(row.seq, row.at, event)

    def _take(self, seq: int, at: str, event: Event) -> None:
        self._seq, self._folded = seq, self._folded + 1
        advance(self.attempts, event)
        if isinstance(event, Started):
            self.begun += 1
            self.current[event.module, event.part] = event.attempt
            self._prune()
        elif isinstance(event, Answered):
            self.answered += 1
            self._last[f"{event.attempt} {event.item}"] = seq
        elif isinstance(event, Seen):
            self.seen.setdefault(event.module, set()).add(event.what)
            self.ever_seen.add((event.module, event.what))
        elif isinstance(event, Restarted):
            self.seen.pop(event.module, None)
            for part in ("try", "tell", "quiz"):
                self.current.pop((event.module, part), None)
        elif isinstance(event, Flagged):
            self.flags.append(event)
        self.scores.take(at, event)

    def _prune(self) -> None:
        """Forget attempts that nothing leads to any more; the journal keeps them."""
        wanted: set[str] = set()
        for name in self.current.values():
            at: str | None = name
            while at in self.attempts and at not in wanted:
                wanted.add(at or "")
                at = self.attempts[at or ""].retry_of
        self.attempts = {name: attempt for name, attempt in self.attempts.items() if name in wanted}
        self._last = {key: seq for key, seq in self._last.items() if _two(key)[0] in wanted}

    @property
    def told(self) -> list[Told]:
        """Every response ever given, oldest first; read from the journal."""
        found = []
        for row in self._log.rows(self._address):
            event = read_event(row) if row.kind == "answered" else None
            if isinstance(event, Answered):
                found.append(Told(row.seq, row.at, event))
        return found

    def beginnings(self) -> dict[str, Started]:
        """Give the beginning of every attempt ever, by id; read from the journal."""
        found = {}
        for row in self._log.rows(self._address):
            event = read_event(row) if row.kind == "started" else None
            if isinstance(event, Started):
                found[event.attempt] = event
        return found

    def write(self, event: Event) -> int:
        """Store an event and take it in. Raises what the store raises, and then nothing was taken in."""
        body = {key: value for key, value in encode(event).items() if key != "kind"}
        at = self._now().isoformat(timespec="milliseconds")
        seq = self._log.append(self._address, event.kind, body, at)
        self._first = self._first or self._log.chain(1)
        if seq > self._seq:
            self.catch_up()  # takes in this event, and in their order those that another window wrote before it
        else:  # another window has erased this history; what is open here goes on
            self._take(seq, at, event)
        return seq

    def together(self) -> AbstractContextManager[None]:
        """Store what is written and put inside as one transaction: a quarter of the time of four."""
        return self._log.together()

    def attempt(self, module: str, part: Part) -> Attempt | None:
        """Give the newest attempt of a part since the module was begun (anew)."""
        name = self.current.get((module, part))
        return self.attempts.get(name) if name else None

    def reported(self, module: str, part: Part) -> Attempt | None:
        """Give the attempt whose answers count: the newest one, or the one that it retries."""
        attempt = self.attempt(module, part)
        while attempt is not None and attempt.retry_of in self.attempts:
            attempt = self.attempts[attempt.retry_of or ""]
        return attempt

    def due(self, now: datetime) -> list[str]:
        """Give the addresses that come back today, corrected items first, less what the pack no longer has."""
        return [address for address in self.scores.due(now) if self._pack.asks(address)]

    def last_answer(self, attempt: str, item: str) -> int | None:
        """Give the sequence number of the last response to an item in a current attempt."""
        return self._last.get(f"{attempt} {item}")

    def place(self, key: str) -> str | None:
        """Give a place or draft."""
        value = self.places.get(key)
        return value[0] if value else None

    def put(self, key: str, value: str) -> None:
        """Remember a place or draft; an empty value forgets it."""
        if not value and key not in self.places:
            return
        at = self._now().isoformat(timespec="milliseconds")
        self._log.put(self._address, key, value, at)
        if value:
            self.places[key] = (value, at)
        else:
            self.places.pop(key, None)

    def latest_module(self) -> str | None:
        """Give the module where the learner was last."""
        steps = [(at, key.removeprefix("step/")) for key, (_, at) in self.places.items() if key.startswith("step/")]
        return max(steps)[1] if steps else None

    def erase(self) -> None:
        """Remove everything of this learner, in every pack."""
        self._log.erase()
        self.reload()


CHECKPOINT = "checkpoint"


def read_event(row: StoredRow) -> Any:
    """Read an event; None for a kind or a shape that this version does not know."""
    event_class = EVENTS.get(row.kind)
    try:
        timed = datetime.fromisoformat(row.at).tzinfo is not None
        return decode(event_class, {**row.body, "kind": row.kind}) if event_class and timed else None
    except (Damaged, TypeError, ValueError):
        return None


def _two(key: str) -> tuple[str, str]:
    first, _, second = key.partition(" ")
    return first, second
