"""Whoever goes by wording alone is at chance on the sentences that quizzes ask to judge."""

from __future__ import annotations

from collections import Counter
from statistics import mean

import pytest

from ketalearn.content.pack import Pack
from ketalearn.loading.pack import read_pack
from tests.conftest import KETAMINE
from tests.wording import READERS, Read, judged, mark, rates, read_all, readings, wording_table

CHANCE = 0.2
"""The most that a rule without reading may tell (`test_pool`), and so may a reader without the lesson."""
NEAR = 0.05


@pytest.fixture(scope="module")
def pack() -> Pack:
    found = read_pack(KETAMINE).pack
    assert found is not None
    return found


def test_every_sentence_that_a_quiz_judges_was_read_as_it_now_stands(pack: Pack) -> None:
    found = readings()
    unread = [claim.id for claim, _ in judged(pack) if (claim.id, mark(claim)) not in found]
    assert unread == [], "have it read by wording alone, and write the answers down"
    assert {len(answers) for answers in found.values()} == {READERS}


def test_flags_by_wording_alone_tell_next_to_nothing(pack: Pack) -> None:
    read = read_all(pack)
    hits, false = (mean(rates(read, reader)[which] for reader in range(READERS)) for which in (0, 1))
    assert abs(hits - false) <= CHANCE


def test_answers_by_wording_alone_are_right_no_more_often_than_one_answer_given_always(pack: Pack) -> None:
    read = read_all(pack)
    always = max(Counter(one.basis for one in read).values()) / len(read)
    assert mean(rates(read, reader)[2] for reader in range(READERS)) <= always + NEAR


def test_the_measure_tells_a_reader_who_knows_from_one_who_flags_everything() -> None:
    knows = [Read(basis, (basis,)) for basis in ("marketing", "evidence", "anecdote", "unsupported")]
    flags = [Read(one.basis, ("marketing",)) for one in knows]
    assert rates(knows, 0) == (1, 0, 1)
    assert rates(flags, 0) == (1, 1, 0.25)


def test_the_published_figures_are_those_of_the_published_answers(pack: Pack) -> None:
    text = (KETAMINE / "AGREEMENT.md").read_text(encoding="utf-8")
    assert text.split("<!-- wording -->\n")[1].split("<!-- end of wording -->")[0] == wording_table(pack)
