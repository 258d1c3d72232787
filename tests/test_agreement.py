"""The published figures of the labelling passes are those of the published passes, and no label claims more than they show."""

from __future__ import annotations

import pytest

from ketalearn.content.pack import Pack
from ketalearn.content.scheme import basis
from ketalearn.loading.pack import read_pack as read_pack_folder
from tests.agreement import PASSES, derived, kappa, pairs_by_axis, read_pass, tables
from tests.conftest import KETAMINE

TEXT = (KETAMINE / "AGREEMENT.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pack() -> Pack:
    found = read_pack_folder(KETAMINE).pack
    assert found is not None
    return found


def test_kappa_has_its_textbook_values() -> None:
    """Cohen 1960: 20 yes-yes, 5 yes-no, 10 no-yes and 15 no-no give 0.4; who always agrees has 1, chance has 0."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("y", "y"), ("n", "n")]) == 1
    assert kappa([("y", "y"), ("y", "n"), ("n", "y"), ("n", "n")]) == 0


def test_both_passes_label_every_claim(pack: Pack) -> None:
    ids = {claim.id for document in pack.documents for claim in document.claims}
    assert read_pass(PASSES / "pass-a.tsv").keys() == ids
    assert read_pass(PASSES / "pass-b.tsv").keys() == ids


def test_the_published_tables_are_those_of_the_published_passes(pack: Pack) -> None:
    shown = TEXT.split("<!-- tables -->\n")[1].split("<!-- end -->")[0]
    assert shown == tables(pack, read_pass(PASSES / "pass-a.tsv"), read_pass(PASSES / "pass-b.tsv"))


def test_a_label_is_agreed_where_both_passes_lead_to_its_basis_or_the_difference_is_written_down(pack: Pack) -> None:
    a, b = read_pass(PASSES / "pass-a.tsv"), read_pass(PASSES / "pass-b.tsv")
    for document in pack.documents:
        for claim in document.claims:
            voice = claim.as_ or document.voice
            bases = {derived(one[claim.id], claim, voice, True) for one in (a, b)}
            settled = bases == {basis(claim, voice)}
            written = f"`{claim.id}`" in TEXT
            assert claim.label in ("agreed", "split"), claim.id
            assert settled or written, claim.id
            assert claim.label != "split" or written, claim.id


def test_it_is_said_who_made_the_labels() -> None:
    assert "separate runs of a language\nmodel" in TEXT
    assert "No human expert has reviewed the labels" in TEXT
    assert "**consistency**, not agreement" in TEXT


def test_the_readme_gives_the_same_figures(pack: Pack) -> None:
    pairs = pairs_by_axis(pack, read_pass(PASSES / "pass-a.tsv"), read_pass(PASSES / "pass-b.tsv"))["basis"]
    same = sum(one == other for one, other in pairs)
    split = sum(claim.label == "split" for document in pack.documents for claim in document.claims)
    text = " ".join((KETAMINE.parents[1] / "README.md").read_text(encoding="utf-8").split())
    assert f"the same answer for {same} of {len(pairs)} sentences" in text
    assert split == 6
    assert "six could not be settled" in text
