"""What a citation leads to: the passage in its place with who wrote it, the dated card, the reference with its address."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ketalearn.content.cover import HelpLine
from ketalearn.content.pack import Card, Name, Reference
from ketalearn.content.scheme import STRENGTH_WORDS
from ketalearn.library.compiled import CompiledPack
from ketalearn.study.sources import Sources, full_reference, help_lines, link, short_name
from tests.conftest import NOW
from tests.study.desk import Desk


@pytest.fixture
def sources(desk: Desk) -> Sources:
    return Sources(desk.pack, NOW)


def test_a_passage_stands_in_its_paragraph_word_for_word(desk: Desk, sources: Sources) -> None:
    view = sources.passage("miracle")
    assert view.before == "Our lamp is the only lamp that helps you sleep. "
    assert view.quote == "It is a miracle of light."
    assert view.after == " Warm light holds less blue light."
    text = desk.pack.documents["shop"].text
    assert text is not None
    for name in desk.pack.shared.anchors:
        view = sources.passage(name)
        whole = view.before + view.quote + view.after
        assert whole in (desk.pack.documents[view.document].text or "")
        assert "\n\n" not in whole


def test_a_passage_says_who_speaks_what_they_gain_and_when(sources: Sources) -> None:
    assert sources.passage("miracle").byline == "a seller · sells lamps · 2021"
    assert sources.passage("slept").byline == "a patient · 2019"
    assert sources.passage("miracle").label == "the shop’s page"


def test_a_passage_is_sensitive_when_its_paragraph_shows_a_sentence_on_suicide(sources: Sources) -> None:
    assert sources.passage("ending").sensitive
    assert sources.passage("slept").sensitive, "it stands in the same paragraph"
    assert not sources.passage("miracle").sensitive


def test_a_card_says_what_in_whom_against_what_when_how_sure_and_since_when(sources: Sources) -> None:
    lines = dict(sources.card("old-card").lines)
    assert lines == {
        "What was measured": "melatonin in blood",
        "In whom": "12 people",
        "Against what": "darkness",
        "When": "one evening",
        "Result": "Half of it.",
        "Certainty": STRENGTH_WORDS["ungraded"],
        "Kind of study": "controlled study",
        "Last looked at": "2024-10 (check for newer evidence)",
    }
    assert dict(sources.card("warm-card").lines)["Certainty"] == STRENGTH_WORDS["moderate"]
    assert dict(sources.card("warm-card").lines)["Result"] == "About a third less (Two and Three 2020)."


def test_a_citation_of_a_card_brings_what_the_card_rests_on_and_others_bring_nothing(sources: Sources, desk: Desk) -> None:
    for name, card in desk.pack.cards.items():
        assert [entry.id for entry in sources.cite(1, name).references] == list(card.references), name
    assert sources.cite(1, "miracle").references == ()


@pytest.mark.parametrize(
    ("as_of", "now", "stale"),
    [
        ("2024-11", (2026, 11), False),
        ("2024-10", (2026, 11), True),
        ("2026-11", (2026, 11), False),
        ("2024-11-01", (2026, 11), False),
        ("2026-12", (2026, 11), False),
        ("2026-11", (2016, 11), False),
        ("2026-11", (2036, 11), True),
        ("2026", (2026, 11), True),
        ("", (2026, 11), True),
        ("lately", (2026, 11), True),
    ],
)
def test_a_card_is_stale_after_24_months_or_when_it_names_no_month(
    desk: Desk, as_of: str, now: tuple[int, int], stale: bool
) -> None:
    card = Card(id="c", title="t", outcome="o", population="p", result="r", strength="low", references=(), as_of=as_of)
    assert Sources(desk.pack, datetime(*now, 25, tzinfo=UTC)).is_stale(card) is stale


def test_citations_are_written_out_in_words(sources: Sources) -> None:
    assert sources.plain("So it is [@One1999].") == "So it is (One 1999)."
    assert sources.plain("So [@warm-card].") == "So (Two and Three 2020; M et al. 2003)."
    assert sources.plain("So [@miracle; @One1999].") == "So (the shop’s page; One 1999)."
    assert sources.plain("So [@miracle; @shop-many].") == "So (the shop’s page)."
    assert sources.plain("No citation [sic] @here, a@b.c [1].") == "No citation [sic] @here, a@b.c [1]."
    assert sources.plain(" spaced \n") == "spaced"


def test_an_id_that_leads_nowhere_is_an_error_and_never_shown_as_words(sources: Sources) -> None:
    for use in (sources.passage, sources.card, sources.reference, lambda name: sources.cite(1, name)):
        with pytest.raises(KeyError):
            use("nowhere")
    with pytest.raises(KeyError):
        sources.plain("[@nowhere]")


def test_each_citation_leads_to_exactly_one_thing(desk: Desk, sources: Sources) -> None:
    for name in (*desk.pack.shared.anchors, *desk.pack.cards, *desk.pack.references):
        view = sources.cite(3, name)
        assert view.number == 3
        assert sum(part is not None for part in (view.passage, view.card, view.reference)) == 1


def named(*names: str, **more: str) -> Reference:
    return Reference(id="r", type="article-journal", title="Title", author=tuple(Name(family=n) for n in names), **more)


@pytest.mark.parametrize(
    ("reference", "short"),
    [
        (named("Zhang", issued="2021-05-01"), "Zhang 2021"),
        (named("Malberg", "Duman", issued="2003"), "Malberg and Duman 2003"),
        (named("Berman", "B", "C", issued="2000"), "Berman et al. 2000"),
        (named("Tabuteau", "et al.", issued="2022"), "Tabuteau et al. 2022"),
        (named(issued="2020", publisher="WHO"), "WHO 2020"),
        (named(issued="2020", container_title="The Journal"), "The Journal 2020"),
        (named(issued="2020"), "Title 2020"),
        (named("Zhang"), "Zhang"),
        (Reference(id="r", type="t", title="T", author=(Name(literal="The Group"),), issued="2019"), "The Group 2019"),
    ],
)
def test_a_reference_is_named_by_its_authors_and_year(reference: Reference, short: str) -> None:
    assert short_name(reference) == short


@pytest.mark.parametrize(
    ("reference", "line"),
    [
        (
            named("A", issued="1999", container_title="Sleep", volume="12", issue="3", page="1-9", doi="10.1/x"),
            "A. Title. Sleep 1999;12(3):1-9. doi:10.1/x.",
        ),
        (named("A", "B", "C", "D", issued="2001", pmid="123"), "A, B, C, et al. Title. 2001. PMID 123."),
        (named(issued="2001", publisher="WHO", volume="3"), "Title. WHO 2001;3."),
        (named("A", issued="2001", page="7"), "A. Title. 2001;7."),
        (named("A"), "A. Title."),
        (named("A", doi="10.1/x", pmid="1"), "A. Title. doi:10.1/x."),
    ],
)
def test_a_reference_is_one_line_with_its_identifier(reference: Reference, line: str) -> None:
    assert full_reference(reference) == line


def test_a_reference_s_address_is_its_doi_s_else_pubmed_s_else_its_own() -> None:
    assert link(named(doi="10.1/x", pmid="1", url="https://e.org")) == "https://doi.org/10.1/x"
    assert link(named(pmid="1", url="https://e.org")) == "https://pubmed.ncbi.nlm.nih.gov/1/"
    assert link(named(url="https://e.org")) == "https://e.org"
    assert link(named()) == ""


def test_help_names_every_country_in_the_author_s_order() -> None:
    lines = (HelpLine(country="anywhere", text="Call."), HelpLine(country="Norway", text="Ring."))
    assert help_lines(lines) == "If this touches you: anywhere: Call. · Norway: Ring."


@pytest.fixture(scope="module")
def shipped(cache: object) -> CompiledPack:
    from pathlib import Path

    from ketalearn.study.packs import open_pack
    from tests.conftest import KETAMINE

    return open_pack(KETAMINE, Path(str(cache)))


def test_everything_that_the_shipped_pack_cites_can_be_shown(shipped: CompiledPack) -> None:
    sources = Sources(shipped, NOW)
    for name in shipped.shared.anchors:
        view = sources.passage(name)
        assert view.quote
        assert view.byline
    for name in shipped.cards:
        labels = [label for label, _ in sources.card(name).lines]
        assert {"What was measured", "In whom", "Result", "Certainty", "Last looked at"} <= set(labels)
        assert not sources.card(name).stale
        assert all(sources.reference(reference).text for reference in sources.card(name).references)
    for name in shipped.references:
        view_ = sources.reference(name)
        assert view_.link.startswith(("https://", "http://")) or not view_.link
        assert view_.short
    for claim in shipped.claims.values():
        assert "[@" not in sources.plain(claim.why)
