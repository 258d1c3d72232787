"""What an item, its feedback, a citation and a report look like as lines."""

from __future__ import annotations

from collections.abc import Iterable

from ketalearn.content.text import ended
from ketalearn.plain.talk import Talk
from ketalearn.study.asking import Ask
from ketalearn.study.course import number_words
from ketalearn.study.feedback import Feedback
from ketalearn.study.progress import Progress, confidence_sentences, gain_sentence, judging_sentences, over_time
from ketalearn.study.report import NOT_COUNTED, Report, certainty_words, confident_words
from ketalearn.study.sources import CardView, CiteView, PassageView, ReferenceView

LETTERS = "abcdefghij"


def show_ask(talk: Talk, ask: Ask) -> None:
    """Write an item before the answer."""
    talk.say(f"Item {ask.number} of {ask.total}")
    if ask.note:
        talk.say(ask.note)
    if ask.quote:
        talk.say(ask.lead)
        talk.say(f"“{ask.quote}”", "  ")
    talk.say(f"{ask.stem} {ask.how}".strip())
    for number, text in enumerate(ask.options, start=1):
        gloss = f": {ask.glosses[number - 1]}" if ask.glosses and ask.number == 1 else ""
        talk.option(number, text + gloss)
    if ask.targets:
        talk.say("Targets:")
        for number, text in enumerate(ask.targets, start=1):
            talk.option(LETTERS[number - 1], text)
    if ask.unit:
        talk.say(f"Unit: {ask.unit}")
    for hint in ask.hints:
        talk.say(f"Hint: {hint}")
    if ask.help:
        talk.say(ask.help)


def show_feedback(talk: Talk, feedback: Feedback, everything: bool = False) -> None:
    """Write what becomes of an answer: the first screen, or everything."""
    talk.say(f"{feedback.sign} {feedback.result}" + (f"; {feedback.sure}" if feedback.sure else "") + ".")
    if everything:
        talk.say(f"“{feedback.quote}”" if feedback.quote else feedback.stem)
    if not feedback.chosen_is_answer:
        talk.say(f"You chose: {ended(feedback.chosen)} The answer is: {ended(feedback.answer)}")
    else:
        talk.say(f"You chose, and the answer is: {ended(feedback.answer)}")
    if feedback.mine:
        talk.say(f"About your answer: {feedback.mine}")
    talk.say(f"Why: {feedback.because}")
    if feedback.labels:
        talk.say(f"Labels: {feedback.labels}." + (" These labels are provisional." if feedback.provisional else ""))
    if feedback.silent:
        talk.say(feedback.silent)
    for passage in feedback.passages[: None if everything else 1]:
        _passage(talk, passage)
    if everything:
        _everything(talk, feedback)
    if feedback.help:
        talk.say(feedback.help)


def _everything(talk: Talk, feedback: Feedback) -> None:
    talk.say()
    if feedback.options:
        talk.say("One by one:")
    for option in feedback.options:
        note = f" ({option.note})" if option.note else ""
        talk.option(option.number, f"{option.sign} {ended(option.text)}{note} {option.because}")
    for tactic in feedback.tactics:
        talk.say(f"Tactic: {tactic.title}. The words “{tactic.words}” let you believe: {tactic.implied}")
    if feedback.fairer:
        talk.say(f"A fair wording: {feedback.fairer}")
    for card in feedback.cards:
        _card(talk, card)
    _references(talk, feedback.references)


def show_passage(talk: Talk, cite: CiteView) -> None:
    """Write what a citation leads to."""
    if cite.passage:
        _passage(talk, cite.passage)
    elif cite.card:
        _card(talk, cite.card)
        _references(talk, cite.references)
    elif cite.reference:
        talk.say(f"Reference: {cite.reference.text}")


def _passage(talk: Talk, passage: PassageView) -> None:
    talk.say(f"In the document: {passage.label} ({passage.byline})")
    before, after = passage.before.removeprefix("## "), passage.after
    talk.say(f"{before}>>> {passage.quote} <<<{after}", "  ")


def _card(talk: Talk, card: CardView) -> None:
    talk.say(f"Evidence card: {card.title}")
    for label, text in card.lines:
        talk.say(f"{label}: {text}", "  ", "    ")


def _references(talk: Talk, references: Iterable[ReferenceView]) -> None:
    for reference in references:
        talk.say(f"Reference: {reference.text}")


def show_report(talk: Talk, report: Report) -> None:
    """Write a report; every number with its n."""
    if not report.lines:
        talk.say("There is nothing to show yet.")
    if report.asked:
        talk.say(f"Knowledge: {number_words(report.knowledge)} of {report.asked}.")
    if report.judged:
        talk.say(f"Judging in the quiz: {number_words(report.judging)} of {report.judged}.")
    _judging(talk, report)
    if report.again:
        talk.say(
            f"Tried before reading: {report.before} of {report.again}; the same items now: {report.after} of {report.again}."
        )
    if report.confidence_said:
        talk.say(confident_words(report))
        talk.say(f"Right, though you were unsure: {report.lucky}. {certainty_words(report)}")
    if report.unanswered:
        talk.say(f"Not answered: {report.unanswered}.")
    if report.sure_and_wrong:
        talk.say("Look at these first; you were sure, and not fully right:")
        for line in report.sure_and_wrong:
            talk.say(f"{line.text} You: {ended(line.mine)} It is: {ended(line.answer)}", "  - ", "    ")
    for address, note in report.flags:
        talk.say(f"Flagged: {address} {note}")
    if report.lines:
        talk.say("All items:")
        for number, line in enumerate(report.lines, start=1):
            talk.option(number, f"{line.sign} {line.text}")
    talk.say(f"Next: {report.next}")


def _judging(talk: Talk, report: Report) -> None:
    for score in report.cold:
        talk.say(f"Read cold: {score.sentence}")
    found = report.discernment
    if found.signal or found.noise:
        counted = " These labels are provisional: this is practice and counts for no score." if report.provisional else ""
        talk.say(
            f"Marketing caught: {found.caught} of {found.signal}. Wrongly flagged: {found.false_flags} of {found.noise}; "
            f"{report.lean_words}. {NOT_COUNTED}{counted}"
        )


def show_progress(talk: Talk, view: Progress) -> None:
    """Write the progress of a course in sentences; what the plots show is told by day."""
    talk.title(f"{view.title} · Progress")
    talk.say(f"Review: {view.due} due today, {view.later} on later days.")
    for module in view.modules:
        if module.row.state == "new":
            continue
        talk.say(f"{module.row.title}: {module.right} of {module.answered} right when last answered.")
        for row in module.objectives:
            talk.say(f"{row.text} {row.right} of {row.answered} right ({row.items} items).", "  - ", "    ")
    for sentence in (
        gain_sentence(view),
        *(confidence_sentences(view) if view.answered else ()),
        *(judging_sentences(view.pooled) if view.answered else ()),
        *judging_sentences(view.practice, practice=True),
    ):
        if sentence:
            talk.say(sentence)
    for day, share, n in over_time(view.sittings, "quiz"):
        talk.say(f"Quiz on {day}: {100 * share:.0f} of 100 (n = {n}).")
    for score in view.sittings:
        found = score.found
        if found.signal and found.noise:
            talk.say(
                f"{score.at[:10]}, {score.part}: caught {found.caught} of {found.signal}, wrongly flagged "
                f"{found.false_flags} of {found.noise}."
            )
    if view.flags:
        talk.say(f"Notes and flags: {view.flags}; the report of each module shows them.")
