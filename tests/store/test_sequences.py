"""After any sequence of uses, the history gives back what was put into it."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from ketalearn.store.journal import Journal

PACKS = st.sampled_from(["ketalearn/ketamine", "local/mug", "ʻokina/学"])
TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT, st.lists, max_leaves=5)
BODIES = st.dictionaries(TEXT, VALUES, max_size=4)


class AnyUse(RuleBasedStateMachine):
    """A history in use, beside plain lists that say what it must hold."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.windows = [Journal(self.folder / "history.sqlite3")]
        self.events: list[tuple[str, str, dict[str, object]]] = []
        self.places: dict[tuple[str, str], str] = {}
        self.turn = itertools.count()

    @property
    def journal(self) -> Journal:
        """One of the open windows, each in turn."""
        return self.windows[next(self.turn) % len(self.windows)]

    @rule(pack=PACKS, kind=st.sampled_from(["answered", "seen", "of-a-later-version"]), body=BODIES)
    def append(self, pack: str, kind: str, body: dict[str, object]) -> None:
        self.events.append((pack, kind, body))
        assert self.journal.append(pack, kind, body, "2026-11-25T12:00:00+00:00") == len(self.events)

    @rule(pack=PACKS, key=st.sampled_from(["step/one", "draft/one/a"]), value=st.sampled_from(["", "quiz", "{}"]))
    def put(self, pack: str, key: str, value: str) -> None:
        self.journal.put(pack, key, value, "t")
        if value:
            self.places[pack, key] = value
        else:
            self.places.pop((pack, key), None)

    @rule(pack=PACKS, bodies=st.lists(BODIES, min_size=1, max_size=3), fails=st.booleans())
    def write_together(self, pack: str, bodies: list[dict[str, object]], fails: bool) -> None:
        """All of it is written, or nothing."""
        journal = self.journal
        with suppress(KeyError), journal.together():
            for body in bodies:
                journal.append(pack, "seen", body, "2026-11-25T12:00:00+00:00")
            journal.put(pack, "step/one", "together", "t")
            if fails:
                raise KeyError
        if not fails:
            self.events += [(pack, "seen", body) for body in bodies]
            self.places[pack, "step/one"] = "together"

    @rule()
    def open_another_window(self) -> None:
        if len(self.windows) < 3:
            self.windows.append(Journal(self.folder / "history.sqlite3"))

    @rule()
    def close_and_open(self) -> None:
        self.windows.pop(0).close()
        self.windows.append(Journal(self.folder / "history.sqlite3"))

    @rule(really=st.integers(0, 4))
    def erase(self, really: int) -> None:
        if really == 0:
            self.journal.erase()
            self.events, self.places = [], {}

    @invariant()
    def everything_is_given_back_in_order(self) -> None:
        rows = [(row.seq, pack, row.kind, row.body) for pack in ALL for row in self.journal.rows(pack)]
        assert sorted(rows, key=lambda row: row[0]) == [(seq, *event) for seq, event in enumerate(self.events, start=1)]

    @invariant()
    def places_are_the_newest(self) -> None:
        found = {(pack, key): value for pack in ALL for key, (value, _) in self.journal.places(pack).items()}
        assert found == self.places

    @invariant()
    def the_chain_is_whole(self) -> None:
        assert self.journal.verify() is None

    def teardown(self) -> None:
        for window in self.windows:
            window.close()
        shutil.rmtree(self.folder)


ALL = ("ketalearn/ketamine", "local/mug", "ʻokina/学")
TestAnyUse = AnyUse.TestCase
TestAnyUse.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
