"""Telling marketing from evidence, counted so that distrusting everything earns nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ketalearn.content.scheme import Basis, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One judged sentence: its labels and whether it was flagged as marketing; None for “I don't know”."""

    basis: Basis
    kind: Kind
    flagged: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discernment:
    """Counts of flags. Signal is marketing without offers; noise is evidence and anecdotes; the rest is in neither."""

    caught: int = 0
    signal: int = 0
    false_flags: int = 0
    noise: int = 0
    dont_know: int = 0

    @property
    def lean(self) -> float | None:
        """(H + F - 1)/2: above 0 suspicious, below 0 trusting; None without both sorts."""
        if not self.signal or not self.noise:
            return None
        return (self.caught / self.signal + self.false_flags / self.noise - 1) / 2

    @property
    def j(self) -> float | None:
        """Youden's J = H - F: 1 tells them apart perfectly, 0 not at all; None without both sorts."""
        if not self.signal or not self.noise:
            return None
        return self.caught / self.signal - self.false_flags / self.noise


def count(judgements: Iterable[Judgement]) -> Discernment:
    """Count hits and false flags. A flag is the answer “marketing wording” and nothing else."""
    caught = signal = false_flags = noise = dont_know = 0
    for judgement in judgements:
        is_signal = judgement.basis == "marketing" and judgement.kind != "offer"
        is_noise = judgement.basis in ("evidence", "anecdote")
        if not (is_signal or is_noise):
            continue
        if judgement.flagged is None:
            dont_know += 1
        elif is_signal:
            signal += 1
            caught += judgement.flagged
        else:
            noise += 1
            false_flags += judgement.flagged
    return Discernment(caught=caught, signal=signal, false_flags=false_flags, noise=noise, dont_know=dont_know)
