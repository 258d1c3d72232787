"""A document that is read cold is asked whole: every claim once, in the order of the text, in excerpts that end at headings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ketalearn.content.items import Spot
from ketalearn.content.pack import Claim, Document, Module, Quiz
from ketalearn.content.text import Span
from ketalearn.loading.cold import FEW, MANY, with_cold_reading


def claim(name: str, **changed: str) -> Claim:
    fields = {"kind": "efficacy", "verdict": "unsettled", "reason": "none", "why": "w", **changed}
    # Keywords of a test reach the fields as they are; the type checker cannot match them one by one.
    return Claim(id=name, quote=name, **fields)  # type: ignore[arg-type]


def document(sections: list[int]) -> tuple[Document, dict[str, Span]]:
    """A text of sections with so many sentences each; the claims stand in the file in another order."""
    text, anchors, claims = "", {}, []
    for number, size in enumerate(sections):
        text += f"## Part {number}\n\n"
        for place in range(size):
            name = f"s{number}-{place}"
            anchors[name] = Span(len(text), len(text) + len(name))
            text += name + ". "
            claims.append(claim(name))
        text += "\n\n"
    return Document(
        id="d", title="t", label="l", voice="seller", author="a", text=text, claims=tuple(reversed(claims))
    ), anchors


def excerpts(module: Module) -> list[tuple[str, ...]]:
    return [item.excerpt for item in module.items if isinstance(item, Spot)]


@given(st.lists(st.integers(0, 20), min_size=1, max_size=8))
def test_every_claim_is_asked_once_in_the_order_of_the_text(sections: list[int]) -> None:
    text, anchors = document(sections)
    module = with_cold_reading(Module(id="m", title="t", cold=("d",)), {"d": text}, anchors)
    found = excerpts(module)
    assert [name for part in found for name in part] == sorted(anchors, key=lambda name: anchors[name].start)
    assert all(len(part) <= MANY + FEW // 2 for part in found)
    if found:
        assert module.quiz is not None
        assert module.quiz.items == tuple(item.id for item in module.items)
        assert (module.quiz.show, module.quiz.order) == (len(found), "as-written")


def test_an_excerpt_ends_at_a_heading_once_it_is_long_enough() -> None:
    text, anchors = document([FEW, FEW, 2, 4])
    module = with_cold_reading(Module(id="m", title="t", cold=("d",)), {"d": text}, anchors)
    assert [len(part) for part in excerpts(module)] == [FEW, FEW, 6]


def test_what_says_nothing_and_what_is_open_to_argument_is_not_asked() -> None:
    text, anchors = document([3])
    claims = (claim("s0-0"), claim("s0-1", kind="none", verdict="not-checkable"), claim("s0-2", label="split"))
    held = Document(id="d", title="t", label="l", voice="seller", author="a", text=text.text, claims=claims)
    assert excerpts(with_cold_reading(Module(id="m", title="t", cold=("d",)), {"d": held}, anchors)) == [("s0-0",)]


def test_the_items_of_the_module_itself_come_first() -> None:
    text, anchors = document([6])
    own = Spot(id="own", excerpt=("s0-0",))
    module = Module(id="m", title="t", items=(own,), quiz=Quiz(items=("own",), show=1), cold=("d",))
    quiz = with_cold_reading(module, {"d": text}, anchors).quiz
    assert quiz is not None
    assert quiz.items == ("own", "cold-d-1")
    assert quiz.show == 2


def test_a_module_without_cold_documents_stays_as_it_is() -> None:
    module = Module(id="m", title="t")
    assert with_cold_reading(module, {}, {}) is module
