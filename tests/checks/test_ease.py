"""LIX by its definition, and pages measured by what is read of them."""

from __future__ import annotations

import pytest

from ketalearn.checks.ease import lix, read_text
from ketalearn.content.rich import Block, TextSpan


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("1234 56.", 0),
        ("A cat sat.", 3),
        ("A cat sat. A dog ran off.", 3.5),
        ("Seventh letters.", 2 + 100),  # both have seven letters
        ("Sixsix letter.", 2),  # six letters are not more than six
        ("It’s well-known.", 2 + 100 * 1 / 2),  # the hyphen is no letter: nine of them
        ("One two three four five.\n\nSix.", 3),
    ],
)
def test_lix_is_words_a_sentence_and_long_words_in_a_hundred(text: str, expected: float) -> None:
    assert lix(text) == pytest.approx(expected)


def test_drawings_code_and_numbers_of_citations_are_not_read() -> None:
    blocks = (
        Block(kind="heading", spans=(TextSpan(text="Title"),)),
        Block(kind="paragraph", spans=(TextSpan(text="It holds "), TextSpan(text="[1]", style="cite", target="x"))),
        Block(kind="figure", spans=(TextSpan(text="o o o"),)),
        Block(kind="code", spans=(TextSpan(text="x = 1"),)),
    )
    assert read_text(blocks) == "Title\n\nIt holds "
