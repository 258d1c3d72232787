"""The learner's past of one pack: written through here, and folded from the journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from ketalearn.assessment.attempt import Attempt, Part
from ketalearn.assessment.events import Answered, Event, Flagged, Restarted, Seen, Started, advance
from ketalearn.library.codec import Damaged, decode, encode

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

    def rows(self, pack: str, after: int = 0) -> list[Any]:
        """Give the events of a pack."""
        ...

    def put(self, pack: str, key: str, value: str, at: str) -> None:
        """Remember a place or a draft."""
        ...

    def places(self, pack: str) -> dict[str, tuple[str, str]]:
        """Give all places and drafts."""
        ...

    def erase(self) -> None:
        """Remove everything of this learner."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """An answered event with its sequence number."""

    seq: int
    event: Answered


class History:
    """Everything that is known of one learner and one pack, kept in step with the journal."""

    def __init__(self, log: Log, pack: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Fold the journal's rows of this pack. `now` gives aware UTC times."""
        self._log, self._pack, self._now = log, pack, now
        self.reload()

    def reload(self) -> None:
        """Fold everything anew."""
        self.attempts: dict[str, Attempt] = {}
        self.current: dict[tuple[str, Part], str] = {}
        """The newest attempt of a module's part since the module was begun or begun anew."""
        self.told: list[Told] = []
        self.seen: dict[str, set[str]] = {}
        """What was shown since a module was begun anew, by module."""
        self.ever_seen: set[tuple[str, str]] = set()
        self.flags: list[Flagged] = []
        self.unknown = 0
        """Rows that this version cannot read; they are kept and read over."""
        self.places = self._log.places(self._pack)
        for row in self._log.rows(self._pack):
            self._take_row(row)

    def _take_row(self, row: StoredRow) -> None:
        event_class = EVENTS.get(row.kind)
        try:
            event = decode(event_class, {**row.body, "kind": row.kind}) if event_class else None
        except Damaged:
            event = None
        if event is None:
            self.unknown += 1
        else:
            self._take(row.seq, event)

    def _take(self, seq: int, event: Event) -> None:
        advance(self.attempts, event)
        if isinstance(event, Started):
            self.current[event.module, event.part] = event.attempt
        elif isinstance(event, Answered):
            self.told.append(Told(seq, event))
        elif isinstance(event, Seen):
            self.seen.setdefault(event.module, set()).add(event.what)
            self.ever_seen.add((event.module, event.what))
        elif isinstance(event, Restarted):
            self.seen.pop(event.module, None)
            for part in ("try", "tell", "quiz"):
                self.current.pop((event.module, part), None)
        elif isinstance(event, Flagged):
            self.flags.append(event)

    def write(self, event: Event) -> int:
        """Store an event and take it in. Raises what the store raises, and then nothing was taken in."""
        body = {key: value for key, value in encode(event).items() if key != "kind"}
        seq = self._log.append(self._pack, event.kind, body, self._now().isoformat(timespec="milliseconds"))
        self._take(seq, event)
        return seq

    def attempt(self, module: str, part: Part) -> Attempt | None:
        """Give the newest attempt of a part since the module was begun (anew)."""
        name = self.current.get((module, part))
        return self.attempts.get(name) if name else None

    def last_answer(self, attempt: str, item: str) -> int | None:
        """Give the sequence number of the last response to an item in an attempt."""
        return next((t.seq for t in reversed(self.told) if t.event.attempt == attempt and t.event.item == item), None)

    def place(self, key: str) -> str | None:
        """Give a place or draft."""
        value = self.places.get(key)
        return value[0] if value else None

    def put(self, key: str, value: str) -> None:
        """Remember a place or draft; an empty value forgets it."""
        if not value and key not in self.places:
            return
        at = self._now().isoformat(timespec="milliseconds")
        self._log.put(self._pack, key, value, at)
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
