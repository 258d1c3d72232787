"""From the values of `study` to paragraphs. Colours are Textual's standard names; signs and words say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content
from textual.style import Style

from ketalearn.app.ink import ACCENT, MARK, MUTED, labelled, share
from ketalearn.app.widgets.prose import Para, safe
from ketalearn.content.rich import Block, Rich, terms
from ketalearn.content.text import paragraphs
from ketalearn.library.compiled import CompiledPack
from ketalearn.study.course import number_words
from ketalearn.study.feedback import Feedback, OptionView
from ketalearn.study.flow import ReadingView
from ketalearn.study.progress import Progress, confidence_sentences, gain_sentence, judging_sentences
from ketalearn.study.report import NOT_COUNTED, Report, certainty_words, confident_words
from ketalearn.study.sources import GAPS_TITLE, CardView, CiteView, PassageView, ReferenceView, gap_lines, help_lines

_SPANS = {
    "": "",
    "em": "italic",
    "strong": "bold",
    "strong-em": "bold italic",
    "code": "$text-secondary",
    "link": "underline",
    "term": "$text-secondary",
}
_SIGN_STYLE = {
    "✓": "bold $text-success",
    "✗": "bold $text-error",
    "◐": "bold $text-warning",
    "–": "bold $text-muted",
    "·": "bold $text-muted",
}


def inline(block: Block, opened: str = "", words: Sequence[str] = ()) -> Content:
    """Draw the spans of a block; a click on a citation or a term opens it, and the one that is open is marked."""
    parts = []
    numbers: dict[str, int] = {}
    for span in block.spans:
        if span.style == "term":
            # As below: a number only, its place among the terms of the page.
            content = safe(span.text)
            if span.target in words:
                place = Style.from_meta({"@click": f"screen.open_term({words.index(span.target)})"})
                content = safe(span.text, _SPANS["term"]).stylize(place)
            parts.append(content)
            continue
        if span.style == "cite":
            number = numbers.setdefault(span.target, int(span.text.strip("[]") or 0))
            style = "bold reverse" if span.target == opened else "bold $text-accent"
            # The action is ours and holds a number only; no text of a pack becomes an action.
            content = Content.styled(span.text, style).stylize(Style.from_meta({"@click": f"screen.open_cite({number})"}))
        else:
            content = safe(span.text, _SPANS[span.style])
        parts.append(content)
    return Content("").join(parts)


def blocks(rich: Rich, opened: str = "") -> Iterator[Para]:
    """Draw a page."""
    words = terms(rich)
    for number, block in enumerate(rich):
        following = rich[number + 1] if number + 1 < len(rich) else None
        tight = block.kind == "item" and following is not None and following.kind == "item"
        match block.kind:
            case "heading":
                yield Para(inline(block, opened, words).stylize("bold $text-accent"))
            case "item":
                indent = "  " * max(0, block.level - 1) + " "
                marker = f"{indent}{block.marker or ' ':<2} "
                yield Para(inline(block, opened, words), Content.styled(marker, ACCENT), " " * len(marker), 0 if tight else 1)
            case "quote":
                bar = Content.styled(" ▌ ", ACCENT)
                yield Para(inline(block, opened, words), bar, bar)
            case "figure":
                yield Para(safe(block.text), "  ", "  ", verbatim=True, instead=safe(f"Figure: {block.alt}"))
            case "code":
                yield Para(safe(block.text, _SPANS["code"]), "  ", "  ", verbatim=True)
            case "rule":
                yield Para(Content.styled("· · ·", MUTED))
            case _:
                yield Para(inline(block, opened, words))


def reading(view: ReadingView, opened: str = "") -> list[Para]:
    """Draw a page, card or stopping place."""
    title = Para(safe(view.title, "bold"), after=1)
    return [title, *blocks(view.blocks, opened), *_help(view.help)]


def _help(text: str) -> list[Para]:
    return [Para(safe(text, "$text-warning"), "♥ ", "  ")] if text else []


def cite(view: CiteView, total: int) -> list[Para]:
    """Draw what a citation leads to."""
    if view.passage is not None:
        made = passage(view.passage)
    elif view.card is not None:
        made = card(view.card) + _references(view.references)
    else:
        assert view.reference is not None
        made = [Para(Content.styled("REFERENCE", f"bold {ACCENT}"), after=0), *reference(view.reference)]
    if view.number:
        made.append(Para(Content.styled(f"[{view.number}] of {total}", MUTED)))
    return made


def passage(view: PassageView) -> list[Para]:
    """Draw a quote in its paragraph, with who wrote it."""
    return [
        Para(safe(view.label.upper(), f"bold {ACCENT}"), after=0),
        Para(safe(view.byline, MUTED)),
        Para(quoted(view)),
    ]


def quoted(view: PassageView) -> Content:
    """Draw the paragraph with the quote marked."""
    return Content("").join(
        [safe(_plain(view.before)), Content.styled(f"▐{safe(view.quote).plain}▌", MARK), safe(_plain(view.after))]
    )


def _plain(text: str) -> str:
    return text.removeprefix("## ")


def card(view: CardView) -> list[Para]:
    """Draw an evidence card."""
    made = [Para(Content.styled("EVIDENCE CARD", f"bold {ACCENT}"), after=0), Para(safe(view.title, "bold"))]
    made += [labelled(f"{label}: ", text, int(label == view.lines[-1][0]), MUTED) for label, text in view.lines]
    return made


def reference(view: ReferenceView) -> list[Para]:
    """Draw a reference; the address is shown and never opened by itself."""
    made = [Para(safe(view.text), after=0 if view.link else 1)]
    return [*made, Para(safe(view.link, "$text-secondary"))] if view.link else made


def feedback(view: Feedback, everything: bool) -> list[Para]:
    """Draw what becomes of an answer: what fits the first screen, or everything."""
    result = Content.assemble(
        (f"{view.sign} {view.result}", _SIGN_STYLE[view.sign]), (f"   {view.sure}" if view.sure else "", MUTED)
    )
    made = [Para(result)]
    if view.quote and everything:
        made.append(Para(safe(f"“{view.quote}”"), Content.styled(" ▌ ", ACCENT), Content.styled(" ▌ ", ACCENT)))
    elif not view.quote:
        made.append(Para(safe(view.stem, MUTED)))
    if not view.chosen_is_answer:
        made.append(Para(safe(view.chosen), Content.styled("You chose   ", MUTED), " " * 12, 0))
        made.append(Para(safe(view.answer, "bold"), Content.styled("The answer  ", MUTED), " " * 12))
    else:
        made.append(labelled("You chose, and the answer is   ", safe(view.answer, "bold"), style=MUTED))
    if view.mine:
        made.append(Para(safe(view.mine), Content.styled("✗ ", "$text-error"), "  ", 0 if view.because else 1))
    made.append(Para(safe(view.because), Content.styled("✓ ", "$text-success"), "  "))
    if view.labels:
        label = safe(view.labels, "bold") + Content.styled("  provisional" if view.provisional else "", MUTED)
        made.append(Para(label, " " * 2, " " * 2))
    if view.silent:
        made.append(Para(safe(view.silent, MUTED)))
    made += _help(view.help)
    if everything:
        return made + _everything(view)
    for shown in view.passages[:1]:
        heading = Content.assemble(("IN THE DOCUMENT  ", f"bold {ACCENT}"), safe(f"{shown.label} · {shown.byline}", MUTED))
        made += [Para(heading, after=0), Para(quoted(shown))]
    return made


def _everything(view: Feedback) -> list[Para]:
    made: list[Para] = []
    if view.options:
        made.append(Para(Content.styled("ONE BY ONE", f"bold {ACCENT}"), after=0))
    for option in view.options:
        made += _option(option)
    for tactic in view.tactics:
        words = Content.assemble(safe(f"“{tactic.words}”", "bold"), safe(f" lets you believe: {tactic.implied}"))
        made.append(labelled(f"{tactic.title}  ", words))
    if view.fairer:
        made.append(labelled("A fair wording  ", view.fairer))
    for shown in view.passages:
        made += passage(shown)
    for evidence in view.cards:
        made += card(evidence)
    return made + _references(view.references)


def _references(entries: Sequence[ReferenceView]) -> list[Para]:
    made = [Para(Content.styled("REFERENCES", f"bold {ACCENT}"), after=0)] if entries else []
    for number, entry in enumerate(entries, start=1):
        text = entry.text + (f" {entry.link}" if entry.link else "")
        made.append(Para(safe(text), "· ", "  ", int(number == len(entries))))
    return made


def _option(option: OptionView) -> list[Para]:
    chosen = f" ({option.note})" if option.note else ""
    head = Content.assemble((f" {option.number} {option.sign} ", _SIGN_STYLE[option.sign]))
    made = [
        Para(safe(option.text, "bold") + Content.styled(chosen, MUTED), head, " " * 5, 0),
        Para(safe(option.because), " " * 5, " " * 5),
    ]
    if option.passage is not None:
        where = safe(f"{option.passage.label}: “{option.passage.quote}”", MUTED)
        made[-1:] = [Para(made[-1].text, " " * 5, " " * 5, 0), Para(where, " " * 5, " " * 5)]
    return made


def report(view: Report) -> list[Para]:
    """Draw the figures of a report, each with its n; the items themselves are a list below."""
    made: list[Para] = []
    made.append(labelled("Next  ", safe(view.next, "bold")))
    rows: list[tuple[str, str, Content]] = []
    if view.asked:
        rows.append(("Knowledge", f"{number_words(view.knowledge)} of {view.asked}", share(view.knowledge, view.asked)))
    if view.judged:
        rows.append(("Judging", f"{number_words(view.judging)} of {view.judged}", share(view.judging, view.judged)))
    found = view.discernment
    if found.signal or found.noise:
        rows.append(("Marketing caught", f"{found.caught} of {found.signal}", share(found.caught, found.signal)))
        rows.append(("Wrongly flagged", f"{found.false_flags} of {found.noise}", share(found.false_flags, found.noise)))
    if view.again:
        rows.append(
            ("Tried before", f"{view.before} of {view.again}", Content(f"now {view.after} of {view.again} (same items)"))
        )
    for label, value, extra in rows:
        made.append(Para(Content.assemble((f"{label:<18}", MUTED), (f"{value:<10}", "bold"), extra), after=0))
    made += [labelled("Read cold  ", score.sentence, 0, MUTED) for score in view.cold]
    if not rows:
        made.append(Para(Content("Nothing is answered yet.")))
    made.append(Para(Content(""), after=0))
    if found.signal or found.noise:
        practice = "The labels are provisional, so this is practice and counts for no score. " if view.provisional else ""
        lean = f"{view.lean_words[:1].upper()}{view.lean_words[1:]}."
        made.append(Para(safe(f"{practice}{lean} {NOT_COUNTED}", MUTED)))
    if view.confidence_said:
        made.append(Para(safe(confident_words(view)), after=0))
        made.append(Para(safe(f"Right, though you were unsure: {view.lucky}. {certainty_words(view)}", MUTED)))
    if view.unanswered:
        made.append(Para(safe(f"Not answered: {view.unanswered}.", MUTED)))
    for line in view.sure_and_wrong[:3]:
        first = line is view.sure_and_wrong[0]
        if first:
            made.append(Para(Content.styled("LOOK AT THESE FIRST: sure, and not fully right", f"bold {ACCENT}"), after=0))
        made.append(Para(safe(line.text), "· ", "  ", 0))
        made.append(Para(safe(f"you: {line.mine}   it is: {line.answer}", MUTED), "  ", "  "))
    for address, note in view.flags:
        made.append(Para(safe(f"{address} {note}".strip()), Content.styled("! ", "$text-warning"), "  "))
    return made


def progress(view: Progress) -> list[Para]:
    """Draw the progress of a course: sections of sentences, every figure with its n."""
    made: list[Para] = []

    def section(title: str, lines: Iterable[str]) -> None:
        kept = [line for line in lines if line]
        if kept:
            made.append(Para(Content.styled(title, f"bold {ACCENT}"), after=0))
            made.extend(Para(safe(line), after=0) for line in kept)
            made.append(Para(Content(""), after=0))

    due = f"{view.due} due today; {view.later} on later days." if view.due or view.later else "Nothing comes back yet."
    section("REVIEW", [due])
    for module in view.modules:
        if module.row.state == "new":
            continue
        made.append(labelled(f"{module.row.number}  ", safe(module.row.title, "bold"), 0))
        told = Content.assemble((f"    right when last answered  {module.right} of {module.answered}  ", MUTED))
        made.append(Para(told + share(module.right, module.answered), after=0))
        made += [
            Para(safe(f"{row.text}  {row.right} of {row.answered} right ({row.items} items)"), "    · ", "      ", 0)
            for row in module.objectives
        ]
        made.append(Para(Content(""), after=0))
    section("BEFORE AND AFTER READING", [gain_sentence(view)])
    section("HOW SURE YOU WERE", confidence_sentences(view) if view.answered else ())
    section("TELLING MARKETING FROM EVIDENCE", judging_sentences(view.pooled) if view.answered else ())
    section("THE SAME, ON PROVISIONAL LABELS", judging_sentences(view.practice, practice=True))
    if view.flags:
        section("NOTES AND FLAGS", [f"{view.flags}; the report of each module shows them."])
    return made


def document(pack: CompiledPack, name: str, marked: str | None) -> tuple[list[Para], int]:
    """Draw a whole document with one quote marked. Gives also the paragraph of the quote, for scrolling to it."""
    entry = pack.documents[name]
    text = entry.text or ""
    span = pack.span(marked) if marked else None
    where = " · ".join(part for part in (entry.author, entry.gain, entry.date) if part)
    made = [Para(safe(entry.title, "bold"), after=0), Para(safe(where, MUTED))]
    if entry.note:
        made.append(Para(safe(entry.note, MUTED)))
    if any(quote.sensitive for quote in entry.quotes):
        made += _help(help_lines(pack.index.help))
    at = 0
    for part in paragraphs(text):
        block = text[part.start : part.end]
        if span is not None and part.start <= span.start < part.end:
            at = len(made)
            end = min(span.end, part.end) - part.start
            begin = span.start - part.start
            content = Content.assemble(
                safe(_plain(block[:begin])), (f"▐{safe(block[begin:end]).plain}▌", MARK), safe(block[end:])
            )
            made.append(Para(content))
        elif block.startswith("## "):
            made.append(Para(safe(_plain(block), f"bold {ACCENT}")))
        else:
            made.append(Para(safe(block)))
    if gaps := gap_lines(entry):
        made.append(Para(Content.styled(GAPS_TITLE.upper(), f"bold {ACCENT}"), after=0))
        made += [labelled(f"{word}: ", text, 0, MUTED) for word, text in gaps]
    return made, at


def lines_before(paras: Sequence[Para], number: int, width: int) -> int:
    """Count the lines above a paragraph at a width."""
    return sum(len(para.lines(width)) + para.after for para in paras[:number])
