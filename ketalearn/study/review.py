"""What comes back today: items of all modules, interleaved, on the days that FSRS set."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import zip_longest

from ketalearn.assessment.attempt import Part
from ketalearn.study.asking import Ask
from ketalearn.study.desk import Desk

SCOPE = "~review"
"""The review's own name; no module can have it, since ids begin with a letter or digit."""
AT_ONCE = 10


class Review(Desk):
    """A set of at most ten due items."""

    @property
    def scope(self) -> str:
        """The review's own name."""
        return SCOPE

    @property
    def part(self) -> Part:
        """The review."""
        return "review"

    @property
    def headings(self) -> tuple[str, str]:
        """What the top of a screen says."""
        return "ketalearn", "Review"

    def ask(self, address: str | None = None) -> Ask | None:
        """Show the item to ask now, and say when it was corrected since it was answered last."""
        ask = super().ask(address)
        if ask is None or not self.is_corrected(ask.address):
            return ask
        return replace(ask, note="This item was corrected since you answered it.")

    def due(self) -> list[str]:
        """Give the addresses that come back today, corrected items first."""
        return self.history.due(self.now())

    def is_corrected(self, address: str) -> bool:
        """Say whether an item was changed since it was answered last."""
        return address in self.history.scores.corrected

    def _draw(self, seed: int) -> tuple[str, ...]:
        """Take the most urgent ones, and mix the modules: what is confusable is learned best side by side."""
        chance = random.Random(f"{seed}/review")  # noqa: S311 - an order of items is no secret
        modules: dict[str, list[str]] = {}
        claims = {claim.id: claim.twin for claim in self.pack.claims.values()}
        due = self.due()
        judged = {address: [claim.id for claim in self.asking.claims(self.asking.item(address))] for address in due}
        taken: set[str] = set()
        for address in due:
            if sum(map(len, modules.values())) == AT_ONCE:
                break
            if any(claims[name] in taken for name in judged[address]):
                continue  # its twin is in this set
            taken.update(judged[address])
            modules.setdefault(address.partition("/")[0], []).append(address)
        lanes = list(modules.values())
        for lane in lanes:
            chance.shuffle(lane)
        chance.shuffle(lanes)
        return tuple(address for turn in zip_longest(*lanes) for address in turn if address is not None)
