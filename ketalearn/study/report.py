"""What a module's answers mean, and one thing to do next. Every number comes with its n."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from ketalearn.assessment.attempt import Attempt, Given, Part
from ketalearn.assessment.confidence import Said, Tally, certainty_bonus
from ketalearn.assessment.discernment import Discernment, Judgement, count
from ketalearn.content.items import JUDGING, claims_of
from ketalearn.content.pack import Module
from ketalearn.library.compiled import CompiledPack
from ketalearn.study.feedback import Feedback, Telling
from ketalearn.study.history import History
from ketalearn.study.scores import judgements

ENOUGH = 20
"""Below this many answers the three steps of confidence tell nothing: even a perfect learner looks badly calibrated."""

NOT_COUNTED = "Sentences that are not backed, and answers after a hint, are in neither figure."


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One answered item in a report: enough to list it, and its address to look at it again."""

    address: str
    part: Part
    sign: str
    text: str
    mine: str
    answer: str
    mark: float
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentScore:
    """What was found in a document that was read cold."""

    label: str
    byline: str
    found: Discernment

    @property
    def sentence(self) -> str:
        """Say what was caught and what was wrongly flagged, each with its n."""
        found = self.found
        caught = f"{found.caught} of {found.signal} sentences that sell caught" if found.signal else "nothing there sells"
        return f"{self.label} ({self.byline}): {caught}, {found.false_flags} of {found.noise} others wrongly flagged."


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The report of a module. Marks are sums; `asked` and `judged` are their n."""

    title: str
    knowledge: float
    asked: int
    judging: float
    judged: int
    unanswered: int
    discernment: Discernment
    provisional: bool
    """True while the labels are provisional: then discernment is shown as practice and counts for no score."""
    confident: int
    confident_right: int
    confident_half: int
    """Of `confident` answers, those that were partly right."""
    confidence_said: int
    lucky: int
    """Right answers given unsure."""
    certainty: float
    """The average certainty-based mark of what was said; it stands beside the mark and changes nothing."""
    before: int
    after: int
    again: int
    """Of `again` items that were tried before reading and asked in the quiz, how many were right before and after."""
    lines: tuple[Line, ...]
    sure_and_wrong: tuple[Line, ...]
    next: str
    can_retry: bool
    flags: tuple[tuple[str, str], ...] = ()
    cold: tuple[DocumentScore, ...] = ()
    """For documents that were read cold: what was found in each."""

    @property
    def lean_words(self) -> str:
        """Say which way the flags lean, with n."""
        lean, n = self.discernment.lean, self.discernment.signal + self.discernment.noise
        if lean is None or n < 6:
            return f"too few sentences to say which way you lean (n = {n})"
        way = "neither way" if abs(lean) <= 0.15 else "towards flagging too much" if lean > 0 else "towards flagging too little"
        return f"you lean {way} (n = {n})"


def report(pack: CompiledPack, history: History, telling: Telling, module: Module) -> Report:
    """Fold the newest attempts of a module. The quiz's own marks are those of its first attempt, not of a retry.

    Nothing is told of an open exam, nor of what an open practice set still has to ask.
    """
    quiz, tell = (history.reported(module.id, part) for part in ("quiz", "tell"))
    tried = history.attempt(module.id, "try")
    lines: list[Line] = []
    knowledge = judging = 0.0
    asked = judged = unanswered = 0
    judged_: list[Judgement] = []
    by_document: dict[str, list[Judgement]] = {name: [] for name in module.cold}
    provisional = False
    said: list[Given] = []
    for attempt in (quiz, tell):
        if attempt is None or _is_sealed(attempt):
            continue
        for address in attempt.items:
            given = attempt.given.get(address)
            try:
                item, feedback = telling.asking.item(address), telling.feedback(attempt, address)
            except (KeyError, IndexError):
                continue  # the item is gone from the pack; the history keeps it
            if given is None:
                unanswered += attempt.part == "quiz"
                if not attempt.done:
                    continue
            points = given.mark if given else 0.0
            provisional = provisional or feedback.provisional
            if given is not None and not given.hints:
                fresh = judgements(telling.asking, item, given.response)
                judged_ += fresh
                for claim, judgement in zip(claims_of(item), fresh, strict=True):
                    if (name := pack.document_of(claim).id) in by_document:
                        by_document[name].append(judgement)
            if attempt.part == "quiz":
                if item.kind in JUDGING:
                    judging, judged = judging + points, judged + 1
                else:
                    knowledge, asked = knowledge + points, asked + 1
            if given is not None and given.confidence:
                said.append(given)
            lines.append(_line(attempt, address, given, feedback, telling.asking.title(item)))
    before, after, again = _gain(tried, quiz)
    sure = [given for given in said if given.confidence in (2, 3)]
    wrong_and_sure = tuple(sorted((line for line in lines if line.sure and line.mark < 1), key=lambda line: line.mark))
    return Report(
        title=module.title,
        knowledge=knowledge,
        asked=asked,
        judging=judging,
        judged=judged,
        unanswered=unanswered,
        discernment=count(judged_),
        provisional=provisional,
        confident=len(sure),
        confident_right=sum(given.mark >= 1 for given in sure),
        confident_half=sum(0 < given.mark < 1 for given in sure),
        confidence_said=len(said),
        lucky=sum(given.mark >= 1 and given.confidence == 1 for given in said),
        certainty=certainty_bonus([tally(said)])[0],
        before=before,
        after=after,
        again=again,
        lines=tuple(lines),
        sure_and_wrong=wrong_and_sure,
        next=_next(pack, history, module, quiz),
        can_retry=bool(_newest_wrong(history, module)),
        cold=tuple(_document_score(pack, name, found) for name, found in by_document.items() if found),
        flags=tuple((flag.item, flag.note) for flag in history.flags if flag.item.startswith(module.id + "/")),
    )


def _document_score(pack: CompiledPack, name: str, found: Iterable[Judgement]) -> DocumentScore:
    document = pack.documents[name]
    byline = " · ".join(part for part in (document.author, document.gain) if part)
    return DocumentScore(label=document.label, byline=byline, found=count(found))


def tally(given: Iterable[Given]) -> Tally:
    """Sum up the responses that said how sure they were."""
    whole = Tally()
    for one in given:
        if one.confidence is not None:
            whole = whole.plus(Said(one.confidence, one.mark))
    return whole


def _is_sealed(attempt: Attempt) -> bool:
    """Say whether an exam was not handed in yet: then answers can still be changed."""
    return attempt.mode == "exam" and not attempt.done


def _newest_wrong(history: History, module: Module) -> Iterable[str]:
    newest = history.attempt(module.id, "quiz")
    return newest.wrong if newest is not None and newest.done else ()


def _line(attempt: Attempt, address: str, given: Given | None, feedback: Feedback, text: str) -> Line:
    return Line(
        address=address,
        part=attempt.part,
        sign=feedback.sign,
        text=text,
        mine=feedback.chosen,
        answer=feedback.answer,
        mark=feedback.mark,
        sure=given is not None and given.confidence in (2, 3),
    )


def _gain(tried: Attempt | None, quiz: Attempt | None) -> tuple[int, int, int]:
    if tried is None or quiz is None or _is_sealed(quiz):
        return 0, 0, 0
    both = [address for address in tried.given if address in quiz.given]
    right = [sum(attempt.given[address].mark >= 1 for address in both) for attempt in (tried, quiz)]
    return right[0], right[1], len(both)


def _next(pack: CompiledPack, history: History, module: Module, quiz: Attempt | None) -> str:
    """Name one thing to do."""
    if quiz is None:
        return "Take the quiz." if module.quiz else "Read on when you like."
    if not quiz.done:
        return "Finish the quiz; your answers so far are kept."
    newest = history.attempt(module.id, "quiz") or quiz
    if not newest.done:
        return "Finish the retry; your answers so far are kept."
    wrong = len(newest.wrong)
    if wrong:
        return "Retry the one that was not fully right." if wrong == 1 else f"Retry the {wrong} that were not fully right."
    following = next((b.title for a, b in pairwise(pack.index.modules) if a.id == module.id), None)
    return f"Go on to “{following}”." if following else "Come back in a few days and take the quiz again."


def confident_words(view: Report) -> str:
    """Say how often the learner was sure and right, and what is too little to tell."""
    half = f", and partly right in {view.confident_half}" if view.confident_half else ""
    few = " Too few answers to say more." if view.confidence_said < ENOUGH else ""
    return f"When certain or fairly sure you were right in {view.confident_right} of {view.confident}{half}.{few}"


def certainty_words(view: Report) -> str:
    """Give the certainty-based mark with its n."""
    return f"Certainty-based marks: {view.certainty:+.2f} an answer (n = {view.confidence_said}); they change no mark."
