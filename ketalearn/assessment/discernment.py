"""Telling marketing from evidence, counted so that distrusting everything earns nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from ketalearn.content.scheme import Basis, Kind

ENOUGH = 20
GATE = 0.70


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
    on_evidence: int = 0
    """False flags on sentences that are backed by evidence."""
    on_anecdote: int = 0
    """False flags on one person's story."""

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

    @property
    def pooled(self) -> bool:
        """Whether there are enough responses of both sorts for d′, c and mastery."""
        return self.signal >= ENOUGH and self.noise >= ENOUGH

    @property
    def d_prime(self) -> float | None:
        """Sensitivity z(H*) - z(F*), with the log-linear correction (Hautus 1995); hidden until pooled."""
        return self._z()[0] - self._z()[1] if self.pooled else None

    @property
    def criterion(self) -> float | None:
        """Bias -½[z(H*) + z(F*)]: below 0 flags freely, above 0 seldom; hidden until pooled."""
        return -0.5 * sum(self._z()) if self.pooled else None

    @property
    def mastered(self) -> bool:
        """H and 1 - F both at least .70, on pooled responses: neither “flag everything” nor “flag nothing” can pass."""
        if not self.pooled:
            return False
        return self.caught / self.signal >= GATE and 1 - self.false_flags / self.noise >= GATE

    def _z(self) -> tuple[float, float]:
        return log_linear(self.caught, self.signal, self.false_flags, self.noise)

    def __add__(self, other: Discernment) -> Discernment:
        """Pool two sets."""
        return Discernment(**{field.name: getattr(self, field.name) + getattr(other, field.name) for field in fields(self)})


def log_linear(hits: int, signal: int, false_flags: int, noise: int) -> tuple[float, float]:
    """Give z(H*) and z(F*) with H* = (hits + ½)/(S + 1), F* likewise."""
    from statistics import NormalDist  # a start needs no statistics, and they bring four modules along

    z = NormalDist().inv_cdf
    return z((hits + 0.5) / (signal + 1)), z((false_flags + 0.5) / (noise + 1))


def count(judgements: Iterable[Judgement]) -> Discernment:
    """Count hits and false flags. A flag is the answer “marketing wording” and nothing else."""
    caught = signal = noise = dont_know = 0
    false: dict[str, int] = {"evidence": 0, "anecdote": 0}
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
            false[judgement.basis] += judgement.flagged
    return Discernment(
        caught=caught,
        signal=signal,
        false_flags=sum(false.values()),
        noise=noise,
        dont_know=dont_know,
        on_evidence=false["evidence"],
        on_anecdote=false["anecdote"],
    )
