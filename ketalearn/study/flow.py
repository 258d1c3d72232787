"""What each reading step of a module shows."""

from __future__ import annotations

from dataclasses import dataclass

from ketalearn.content.cover import Step
from ketalearn.content.pack import Claim, Module
from ketalearn.content.rich import Block, Rich, TextSpan, citations, terms
from ketalearn.content.scheme import ANSWER_GLOSS, ANSWER_WORDS, ANSWERS, LADDER, TACTICS
from ketalearn.library.compiled import CompiledPack
from ketalearn.library.parts import CompiledModule
from ketalearn.study.sources import CiteView, PassageView, Sources, help_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """A page, card or stopping place: what is read, and what its citations open."""

    key: str
    title: str
    note: str
    blocks: Rich
    cites: tuple[CiteView, ...] = ()
    terms: tuple[str, ...] = ()
    """Ids of the glossary's terms that are marked, in order."""
    help: str = ""


def reading_view(pack: CompiledPack, sources: Sources, compiled: CompiledModule, step: Step) -> ReadingView:
    """Show a reading step. Raises `KeyError` for a step of items."""
    builders = {"page": _page, "tactic": _tactic, "primer": _primer, "stop": _stop, "discuss": _discuss}
    blocks, extra = builders[step.kind](pack, sources, compiled, step)
    cites = [sources.cite(number, name) for number, name in enumerate(citations(blocks), start=1)]
    known = {cite.passage.id for cite in cites if cite.passage}
    cites += [CiteView(number=0, passage=passage) for passage in extra if passage.id not in known]
    marked = any(page.sensitive for page in compiled.module.pages if step.key == f"page/{page.id}")
    sensitive = marked or any(cite.passage is not None and cite.passage.sensitive for cite in cites)
    return ReadingView(
        key=step.key,
        title=step.title,
        note=step.note,
        blocks=blocks,
        cites=tuple(cites),
        terms=terms(blocks),
        help=help_lines(pack.index.help) if sensitive else "",
    )


_Built = tuple[Rich, tuple[PassageView, ...]]


def _page(pack: CompiledPack, sources: Sources, compiled: CompiledModule, step: Step) -> _Built:
    return compiled.pages[step.key.removeprefix("page/")], ()


def card_claim(pack: CompiledPack, module: Module, tactic: str) -> Claim:
    """Give the sentence that a tactic card shows: the one it names, else the module's first with this tactic."""
    named = next(card.claim for card in module.tactics if card.tactic == tactic)
    if named is not None:
        return pack.claims[named]
    return next(claim for claim in pack.claims.values() if claim.module == module.id and tactic in claim.tactic_ids)


def _tactic(pack: CompiledPack, sources: Sources, compiled: CompiledModule, step: Step) -> _Built:
    name = step.key.removeprefix("tactic/")
    tactic, claim = TACTICS[name], card_claim(pack, compiled.module, name)
    use = next(use for use in claim.tactics if use.tactic == name)
    blocks = [
        _paragraph("The wording " + tactic.does),
        Block(kind="heading", level=3, spans=(TextSpan(text=_heading(pack, claim)),)),
        Block(kind="quote", spans=_marked(claim.quote, use.words)),
        *compiled.cards.get(name, ()),
        Block(kind="item", marker="•", level=1, spans=(_strong("It lets you believe: "), TextSpan(text=use.implied_claim))),
        Block(kind="item", marker="•", level=1, spans=(_strong("What is known: "), TextSpan(text=sources.plain(claim.why)))),
    ]
    if claim.fairer:
        blocks.append(Block(kind="item", marker="•", level=1, spans=(_strong("A fair wording: "), TextSpan(text=claim.fairer))))
    blocks.append(_paragraph("Ask: " + tactic.ask))
    return tuple(blocks), (sources.passage(claim.id),)


def _heading(pack: CompiledPack, claim: Claim) -> str:
    """Say where the sentence of a card is from: an invented one is never called real."""
    written = pack.document_of(claim.id).voice == "constructed"
    return "A sentence written for this course" if written else "A real sentence"


def _primer(pack: CompiledPack, sources: Sources, compiled: CompiledModule, step: Step) -> _Built:
    blocks = [
        _paragraph(
            "A sentence can be true and still be a sales line, or plain and still be wrong. So you are asked which of four "
            "answers fits. Take the sentence as a hopeful reader would."
        )
    ]
    for number, answer in enumerate(ANSWERS, start=1):
        spans = (_strong(ANSWER_WORDS[answer].capitalize() + ". "), TextSpan(text=ANSWER_GLOSS[answer]))
        blocks.append(Block(kind="item", level=1, marker=f"{number}.", spans=spans))
    blocks.append(Block(kind="heading", level=3, spans=(TextSpan(text="Go down this ladder; the first yes decides"),)))
    for number, rung in enumerate(LADDER, start=1):
        blocks.append(Block(kind="item", level=1, marker=f"{number}.", spans=(TextSpan(text=rung),)))
    blocks.append(
        _paragraph(
            "Any number of the sentences may be marketing. Calling everything marketing earns nothing, and so does calling "
            "nothing marketing. A lively line can be true, and a sober one can sell. Some sentences are from web pages; "
            "some were written for this exercise, fair ones and others. Who wrote it is shown after your answer."
        )
    )
    return tuple(blocks), ()


def _discuss(pack: CompiledPack, sources: Sources, compiled: CompiledModule, step: Step) -> _Built:
    blocks = [
        _paragraph(
            "Every sentence was labelled twice, the second time without knowledge of the first. Here the two did not agree, "
            "and we could not settle it. This is never scored. Read both sides, and make up your own mind."
        )
    ]
    split = [c for c in pack.claims.values() if c.label == "split" and c.module == compiled.module.id]
    for claim in split:
        blocks += [Block(kind="quote", spans=(TextSpan(text=claim.quote),)), _paragraph(sources.plain(claim.why))]
    return tuple(blocks), tuple(sources.passage(claim.id) for claim in split)


def _stop(pack: CompiledPack, sources: Sources, compiled: CompiledModule, step: Step) -> _Built:
    module = compiled.module
    if step.key == "stop/read":
        next_part = "telling apart: two ways of wording to know, then sentences to judge" if module.tell else "the quiz"
        minutes = module.minutes.tell if module.tell else module.minutes.quiz
        text = f"You have read this module. Next comes {next_part} (about {minutes} minutes)."
    else:
        text = f"Next comes the quiz (about {module.minutes.quiz} minutes)."
    rest = "Everything is kept. You can stop here and go on another day; a pause even helps you to remember."
    return (_paragraph(text), _paragraph(rest)), ()


def _paragraph(text: str) -> Block:
    return Block(kind="paragraph", spans=(TextSpan(text=text),))


def _strong(text: str) -> TextSpan:
    return TextSpan(text=text, style="strong")


def _marked(quote: str, words: str) -> tuple[TextSpan, ...]:
    """Mark the words that do it, where they stand in the quote."""
    at = quote.casefold().find(words.casefold())
    if at < 0:
        return (TextSpan(text=quote),)
    end = at + len(words)
    return (TextSpan(text=quote[:at]), _strong(quote[at:end]), TextSpan(text=quote[end:]))
