"""How far the two labelling passes of the shipped course agree: raw agreement, base rates and Cohen's kappa by axis.

`python -m tests.agreement` prints the tables that stand in AGREEMENT.md, and that of the readers who go by wording alone;
tests compare them with what is published.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ketalearn.content.pack import Claim, Pack, TacticUse
from ketalearn.content.scheme import TACTICS, basis
from ketalearn.loading.compile import load
from tests.conftest import KETAMINE
from tests.wording import wording_table

PASSES = KETAMINE / "labels"
AXES = ("kind", "verdict", "basis", "sells or stretches")


@dataclass(frozen=True)
class Labelled:
    """What one pass said of one claim."""

    kind: str
    verdict: str
    detail: str
    tactics: tuple[str, ...]

    @property
    def sells(self) -> bool:
        """Whether there is a tactic of group A or C."""
        return any(TACTICS[name].group in "AC" for name in self.tactics)


def read_pass(path: Path) -> dict[str, Labelled]:
    """Read a pass: id, kind, verdict, test or reason, tactics with their words. Raises `ValueError` for a bad line."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, kind, verdict, detail, tactics = line.split("\t")
        names = () if tactics == "-" else tuple(part.split("=", 1)[0].strip() for part in tactics.split(" || "))
        found[name] = Labelled(kind, verdict, detail, names)
    return found


def derived(labelled: Labelled, claim: Claim, voice: str, has_card: bool) -> str:
    """Derive the basis of a pass as the program derives it."""
    # The words of a pass come from a file; the names are plain text to the type checker.
    uses = tuple(TacticUse(tactic=name, words="-", implied_claim="-") for name in labelled.tactics)  # type: ignore[arg-type]
    cards = ("card",) if has_card else ()
    made = Claim(
        id=claim.id,
        quote=claim.quote,
        kind=labelled.kind,  # type: ignore[arg-type]
        verdict=labelled.verdict,  # type: ignore[arg-type]
        tactics=uses,
        cards=cards,
        why="-",
    )
    return basis(made, voice)


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa (1960): (observed - expected) / (1 - expected), expected from each pass's own base rates."""
    n = len(pairs)
    observed = sum(one == other for one, other in pairs) / n
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(first[label] * second[label] for label in first) / n**2
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)


def pairs_by_axis(pack: Pack, a: dict[str, Labelled], b: dict[str, Labelled]) -> dict[str, list[tuple[str, str]]]:
    """Give the two passes' labels of every claim, by axis."""
    found: dict[str, list[tuple[str, str]]] = {axis: [] for axis in AXES}
    for document in pack.documents:
        for claim in document.claims:
            one, other = a[claim.id], b[claim.id]
            voice = claim.as_ or document.voice
            found["kind"].append((one.kind, other.kind))
            found["verdict"].append((one.verdict, other.verdict))
            found["basis"].append((derived(one, claim, voice, True), derived(other, claim, voice, True)))
            found["sells or stretches"].append((str(one.sells), str(other.sells)))
    return found


def tables(pack: Pack, a: dict[str, Labelled], b: dict[str, Labelled]) -> str:
    """Write the tables as Markdown."""
    by_axis = pairs_by_axis(pack, a, b)
    lines = ["| axis | n | both the same | kappa |", "|---|---|---|---|"]
    for axis, pairs in by_axis.items():
        same = sum(one == other for one, other in pairs)
        lines.append(f"| {axis} | {len(pairs)} | {same} ({100 * same / len(pairs):.0f} of 100) | {kappa(pairs):.2f} |")
    for axis in ("kind", "verdict", "basis"):
        first, second = (Counter(pair[place] for pair in by_axis[axis]) for place in (0, 1))
        lines += ["", f"| {axis} | pass A | pass B |", "|---|---|---|"]
        for label in sorted(first.keys() | second.keys(), key=lambda label: (-first[label], label)):
            lines.append(f"| {label} | {first[label]} | {second[label]} |")
    labels = Counter(claim.label for document in pack.documents for claim in document.claims)
    scored = sum(c.label == "agreed" and c.scored for document in pack.documents for c in document.claims)
    lines += ["", "| in the pack | claims |", "|---|---|"]
    lines += [
        f"| agreed | {labels['agreed']} |",
        f"| of these scored | {scored} |",
        f"| open to argument | {labels['split']} |",
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    pack = load(KETAMINE).reading.pack
    assert pack is not None
    sys.stdout.write(tables(pack, read_pass(PASSES / "pass-a.tsv"), read_pass(PASSES / "pass-b.tsv")))
    sys.stdout.write(f"\n{wording_table(pack)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
