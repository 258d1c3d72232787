"""What a reader gets right who goes by wording alone: the judging items, read with every technical word masked.

Three readers saw the sentences of the quizzes in three orders, with the names of drugs, receptors, substances, regions of
the brain and illnesses replaced by letters, and nothing else of the course. Their answers stand in
`labels/wording-only.tsv`, each beside a hash of the sentence: a sentence that is reworded has to be read anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from ketalearn.content.items import claims_of
from ketalearn.content.pack import Claim, Pack
from ketalearn.content.scheme import Basis, basis
from tests.conftest import KETAMINE

READINGS = KETAMINE / "labels" / "wording-only.tsv"
READERS = 3
_BASES: dict[str, Basis] = {"E": "evidence", "M": "marketing", "S": "anecdote", "N": "unsupported"}


@dataclass(frozen=True)
class Read:
    """A sentence, its basis, and what each reader took it for."""

    basis: Basis
    answers: tuple[Basis, ...]


def mark(claim: Claim) -> str:
    """Give the hash that ties answers to the words they were given for."""
    return hashlib.sha256(claim.quote.encode()).hexdigest()[:8]


def readings(path: Path = READINGS) -> dict[tuple[str, str], tuple[Basis, ...]]:
    """Read the answers, by claim and hash. Raises `ValueError` or `KeyError` for a bad line."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, words, *answers = line.split("\t")
            found[name, words] = tuple(_BASES[answer] for answer in answers)
    return found


def judged(pack: Pack) -> Iterator[tuple[Claim, Basis]]:
    """Give every sentence that a quiz asks to judge, with its basis; whole documents read cold are left out."""
    asked = {name for module in pack.modules for item in module.items for name in claims_of(item)}
    for document in pack.documents:
        for claim in document.claims:
            if claim.id in asked:
                yield claim, basis(claim, claim.as_ or document.voice)


def read_all(pack: Pack) -> list[Read]:
    """Give the answers to every judged sentence. Raises `KeyError` where one was not read as it now stands."""
    found = readings()
    return [Read(own, found[claim.id, mark(claim)]) for claim, own in judged(pack)]


def rates(read: list[Read], reader: int) -> tuple[float, float, float]:
    """Give a reader's hits, false flags (marketing against evidence and anecdote) and share of right answers."""
    flags = [one.answers[reader] == "marketing" for one in read if one.basis == "marketing"]
    false = [one.answers[reader] == "marketing" for one in read if one.basis in ("evidence", "anecdote")]
    return mean(flags), mean(false), mean(one.answers[reader] == one.basis for one in read)


def wording_table(pack: Pack) -> str:
    """Write the readers' figures as Markdown."""
    read = read_all(pack)
    sells, fair = (sum(one.basis in bases for one in read) for bases in (("marketing",), ("evidence", "anecdote")))
    lines = [
        f"| reader | flagged of {sells} that sell | flagged of {fair} that do not | J | right of {len(read)} |",
        "|---|---|---|---|---|",
    ]
    for reader in range(READERS):
        hits, false, right = rates(read, reader)
        figures = (round(hits * sells), round(false * fair), f"{hits - false:.2f}", round(right * len(read)))
        lines.append(f"| {reader + 1} | " + " | ".join(map(str, figures)) + " |")
    backed = sum(one.basis == "evidence" for one in read)
    lines.append(f"| “backed by evidence” every time | 0 | 0 | 0.00 | {backed} |")
    return "\n".join(lines) + "\n"
