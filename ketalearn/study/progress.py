"""What all answers of a course mean so far, in figures with their n and in sentences, and how it went over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ketalearn.assessment.confidence import (
    ENOUGH,
    Calibration,
    Tally,
    certainty_bonus,
    normalised_gain,
    tallied,
)
from ketalearn.assessment.discernment import Discernment
from ketalearn.study.course import Course, ModuleRow
from ketalearn.study.scores import SittingScore

ENOUGH_GAIN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveRow:
    """An objective, and how many of its items were right when last answered."""

    text: str
    right: int
    answered: int
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleProgress:
    """A module on the progress screen."""

    row: ModuleRow
    right: int
    answered: int
    items: int
    objectives: tuple[ObjectiveRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Everything that the progress screen says."""

    title: str
    modules: tuple[ModuleProgress, ...]
    answered: int
    due: int
    later: int
    """How many items come back on a later day."""
    pooled: Discernment
    practice: Discernment
    tallies: dict[str, Tally]
    calibration: Calibration | None
    certainty_n: int
    certainty_average: float
    certainty_bonus: float
    before: int
    after: int
    again: int
    gain: float | None
    sittings: tuple[SittingScore, ...]
    flags: int

    @property
    def sure_and_wrong(self) -> int:
        """First responses that were wrong although the learner was fairly sure or certain."""
        return sum(tally.whole - tally.right for key, tally in self.tallies.items() if key in ("2", "3"))

    @property
    def sure_and_half(self) -> int:
        """First responses that were partly right when the learner was fairly sure or certain; calibration leaves them out."""
        return sum(tally.n - tally.whole for key, tally in self.tallies.items() if key in ("2", "3"))

    @property
    def lucky(self) -> int:
        """First responses that were right although the learner was unsure."""
        return self.tallies["1"].right if "1" in self.tallies else 0


def progress(course: Course) -> Progress:
    """Put the scores of a course into one value."""
    scores, now = course.history.scores, course.now()
    due = len(course.due())
    both = [address for address in scores.before if address in scores.after]
    before = sum(scores.before[address] >= 1 for address in both)
    after = sum(scores.after[address] >= 1 for address in both)
    gain = None
    if len(both) >= ENOUGH_GAIN:
        gain = normalised_gain(100 * before / len(both), 100 * after / len(both))
    n = sum(tally.n for tally in scores.steps.values())
    average, bonus = certainty_bonus(scores.steps.values())
    return Progress(
        title=course.pack.index.title,
        modules=tuple(_module(course, row) for row in course.rows()),
        answered=course.history.answered,
        due=due,
        later=sum(datetime.fromisoformat(card.due) > now for card in scores.cards.values() if not card.is_due(now)),
        pooled=scores.pooled,
        practice=scores.practice,
        tallies=scores.steps,
        calibration=tallied(scores.steps),
        certainty_n=n,
        certainty_average=average,
        certainty_bonus=bonus,
        before=before,
        after=after,
        again=len(both),
        gain=gain,
        sittings=tuple(scores.sittings),
        flags=len(course.history.flags),
    )


def _module(course: Course, row: ModuleRow) -> ModuleProgress:
    latest = course.history.scores.latest
    if row.state == "new":
        return ModuleProgress(row=row, right=0, answered=0, items=0, objectives=())
    module = course.pack.module(row.id).module
    items = [item for item in module.items if item.status == "ready"]
    marks = {item.id: latest[f"{row.id}/{item.id}"] for item in items if f"{row.id}/{item.id}" in latest}
    objectives = []
    for objective in module.objectives:
        own = [item.id for item in items if item.objective == objective.id]
        if own:
            right = sum(marks[name] >= 1 for name in own if name in marks)
            answered = sum(name in marks for name in own)
            objectives.append(ObjectiveRow(text=objective.text, right=right, answered=answered, items=len(own)))
    right = sum(mark >= 1 for mark in marks.values())
    return ModuleProgress(row=row, right=right, answered=len(marks), items=len(items), objectives=tuple(objectives))


def judging_sentences(found: Discernment, *, practice: bool = False) -> tuple[str, ...]:
    """Say what the counts of flags mean for this person: caught, wrongly flagged, J, lean, and mastery when it can be told."""
    n = found.signal + found.noise
    if not n:
        return () if practice else ("No sentence with an agreed label was judged yet, so judging has no score.",)
    said = [
        f"Marketing caught: {found.caught} of {found.signal}. Wrongly flagged: {found.false_flags} of {found.noise}"
        + (f" ({found.on_evidence} backed by evidence, {found.on_anecdote} stories)." if found.false_flags else ".")
    ]
    if found.dont_know:
        said.append(f"“I don’t know”: {found.dont_know}; these are in no figure.")
    if found.j is not None and found.lean is not None:
        said.append(f"Discernment J {found.j:+.2f}, lean {found.lean:+.2f} (n = {n}). {lean_sentence(found)}")
    if found.d_prime is not None and found.criterion is not None:
        said.append(f"Pooled over {found.signal} + {found.noise}: d′ {found.d_prime:.2f}, c {found.criterion:+.2f}.")
    if practice:
        said.append("These labels are provisional: this is practice, and counts for no score.")
    elif not found.pooled:
        said.append(f"Mastery can be told from 20 + 20 sentences on; here are {found.signal} + {found.noise}.")
    elif found.mastered:
        said.append("Mastered: at least 70 of 100 caught, and at most 30 of 100 wrongly flagged.")
    else:
        said.append("Not mastered yet: that takes 70 of 100 caught and at most 30 of 100 wrongly flagged, both.")
    return tuple(said)


def lean_sentence(found: Discernment) -> str:
    """Say in a sentence what the lean means for this person."""
    if found.lean is None or found.signal + found.noise < 6:
        return "Too few sentences to say which way you lean."
    if found.j is not None and abs(found.j) < 0.1 and abs(found.lean) > 0.3:
        if found.lean > 0:
            return "You flag nearly everything: nothing slips through, and fair sentences are distrusted as well."
        return "You flag nearly nothing: fair sentences are safe, and sales lines pass as well."
    if found.lean > 0.15:
        return "You lean towards distrust: when in doubt you call a sentence marketing."
    if found.lean < -0.15:
        return "You lean towards trust: when in doubt you do not call a sentence marketing. “Not backed” is no such call."
    if found.j is not None and found.j < 0.2:
        return "You lean neither way, and so far your flags hardly tell the two sorts apart."
    return "You lean neither way: your doubts fall on both sorts alike."


def confidence_sentences(view: Progress) -> tuple[str, ...]:
    """Say whether confidence can be trusted, always with n."""
    found = view.calibration
    if found is None:
        return ("You have not said yet how sure you were. It is never part of a mark.",)
    half = f"Sure, and partly right: {view.sure_and_half}, which count as neither. " if view.sure_and_half else ""
    said = [f"Sure, and wrong: {view.sure_and_wrong}. {half}Right, though you were unsure: {view.lucky}."]
    for step in found.steps:
        word = {1: "unsure", 2: "fairly sure", 3: "certain"}[step.confidence]
        if step.n:
            told = f": {step.word}" if found.enough else ""
            said.append(f"When {word}: right in {step.right} of {step.n}{told}.")
    if not found.enough:
        said.append(f"Too few answers to tell whether your confidence fits (n = {found.n}; it takes {ENOUGH}).")
    else:
        way = "too high" if found.bias > 0.1 else "too low" if found.bias < -0.1 else "about right"
        said.append(
            f"On the whole your confidence is {way}: bias {found.bias:+.2f}, calibration error {found.ece:.2f}, "
            f"Brier {found.brier:.2f} (n = {found.n})."
        )
    said.append(
        f"Certainty-based marks: {view.certainty_average:+.2f} an answer, bonus {view.certainty_bonus:+.2f} "
        f"(n = {view.certainty_n}). They stand beside the mark and change nothing."
    )
    return tuple(said)


def gain_sentence(view: Progress) -> str:
    """Say what reading changed, on the same items."""
    if not view.again:
        return ""
    said = (
        f"Tried before reading: {view.before} of {view.again} right; the same items in the quiz: {view.after} of {view.again}."
    )
    if view.gain is not None:
        said += f" Normalised gain ⟨g⟩ = {view.gain:.2f} (n = {view.again})."
    return said


def over_time(sittings: Sequence[SittingScore], part: str) -> list[tuple[str, float, int]]:
    """Give each sitting's day, share of marks and n, oldest first."""
    return [(score.at[:10], score.marks / score.n, score.n) for score in sittings if score.part == part and score.n]
