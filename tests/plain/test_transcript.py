"""A whole module of the shipped course as a conversation, compared word for word.

After a change that is meant, KETALEARN_GOLDEN=write writes it anew; read what changed before you keep it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import KETAMINE
from tests.plain.person import converse, learner, say
from tests.study.desk import Desk, every_kind

GOLDEN = Path(__file__).parent / "transcript.txt"
MODULE = "nmda-antagonism"
FIRST = [
    ("? hint", ["?", "?", "zzz", "2 c"]),
    ("! flag this item", ["e", "! the stem is unclear \x1b[31m", ""]),
    ("open a citation", ["1", "o", "2", ""]),
    ("number look at an item again", ["1", ""]),
    ("Enter continue", ["n", "d", "q"]),
    ("number read", ["1", ""]),
]


@pytest.fixture
def shipped(home: Path, cache: Path) -> Desk:
    return Desk(home, every_kind(cache, KETAMINE))


def test_a_whole_module_reads_as_it_is_written_down(shipped: Desk) -> None:
    screen, _ = converse(shipped.course(), learner(FIRST), MODULE)
    shipped.close()
    if os.environ.get("KETALEARN_GOLDEN") == "write":
        GOLDEN.write_text(screen, encoding="utf-8")
    assert screen == GOLDEN.read_text(encoding="utf-8"), "if this change is meant, run the tests with KETALEARN_GOLDEN=write"


def test_the_transcript_holds_every_part_of_a_module() -> None:
    text = GOLDEN.read_text(encoding="utf-8")
    for words in (
        "Try first",
        "The four answers",
        "Which of the four?",
        "Quiz",
        "Report",
        "Hint:",
        "Evidence card:",
        "Reference:",
    ):
        assert words in text, words
    for words in (
        "✓ Correct",
        "✗ Not quite",
        "– You said that you don’t know",
        "Flagged.",
        "Next: ",
        "Goodbye. Everything is kept.",
    ):
        assert words in text, words
    assert "␛[31m" in text


@pytest.mark.parametrize("share", range(12))
def test_an_input_that_ends_anywhere_ends_with_a_line_and_everything_accepted_is_kept(
    home: Path, cache: Path, tmp_path: Path, share: int
) -> None:
    whole = Desk(tmp_path, every_kind(cache, KETAMINE))
    _, typed = converse(whole.course(), learner(FIRST), MODULE)
    whole.close()
    part = Desk(home, every_kind(cache, KETAMINE))
    screen = say(part.course(), *typed[: len(typed) * share // 12], module=MODULE)
    assert screen.endswith("\nGoodbye. Everything is kept.\n")
    told = part.course().history.told
    looked = screen.count("One by one:")
    assert len(told) == screen.count("\nYou chose") - looked
    assert bool(told) == (share > 0)
    part.close()
