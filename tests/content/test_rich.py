"""Text with structure: what it reads as, and what it cites."""

from __future__ import annotations

from ketalearn.content.rich import Block, TextSpan, citations

CITE = TextSpan(text="[1]", style="cite", target="b")


def test_a_block_reads_as_its_spans_in_a_row() -> None:
    assert Block(kind="paragraph", spans=(TextSpan(text="a "), TextSpan(text="b", style="strong"), CITE)).text == "a b[1]"


def test_citations_are_given_once_each_in_the_order_in_which_they_first_stand() -> None:
    other = TextSpan(text="[2]", style="cite", target="a")
    link = TextSpan(text="x", style="link", target="https://example.org")
    blocks = (Block(kind="heading", spans=(CITE, other)), Block(kind="item", spans=(link, CITE)))
    assert citations(blocks) == ("b", "a")
