"""Items, line by line: one line answers, with how sure behind it if one likes."""

from __future__ import annotations

from ketalearn.assessment.attempt import Confidence
from ketalearn.assessment.response import Response
from ketalearn.plain.show import LETTERS, show_ask, show_feedback
from ketalearn.plain.talk import Ended, Talk, number_in
from ketalearn.study.asking import Ask
from ketalearn.study.desk import Desk

SURE: dict[str, Confidence] = {"u": 1, "f": 2, "c": 3}
LEAVE = ("h", "b", "c")


def take_items(talk: Talk, sitting: Desk) -> str:
    """Ask what is left of the current step. Gives where to go: nothing for on, b, c or h."""
    attempt = sitting.attempt
    if attempt is not None and attempt.done:
        talk.say("All of these are answered; the report shows them.")
        return talk.ask("Enter next · b back · c contents · h home · q quit")
    if attempt is None:
        word = _begin(talk, sitting)
        if word is not None:
            return word
    while (ask := sitting.ask()) is not None:
        show_ask(talk, ask)
        word = _item(talk, sitting, ask)
        if word == "l":
            return _hand_in(talk, sitting)
        if word is not None:
            return word
    if sitting.attempt is not None and sitting.attempt.mode == "exam":
        return _hand_in(talk, sitting)
    if sitting.part == "try":
        talk.say("That was before reading. The same items come back in the quiz.")
    return ""


def _begin(talk: Talk, sitting: Desk) -> str | None:
    """Say what comes, and begin. Gives where to go instead, or None."""
    if sitting.part == "try":
        talk.say("A few items before you read. Trying first helps you to remember the answer, even when you are wrong.")
    elif sitting.part == "tell":
        talk.say("Any number of these sentences may be marketing. Who wrote each is shown after your answer.")
    talk.say("Type the number of your answer; u, f or c behind it says that you are unsure, fairly sure or certain: 2 f.")
    if sitting.part != "quiz":
        sitting.begin()
        return None
    word = talk.ask(
        "Enter practice, with feedback after each item · e exam, with feedback at the end · b back · h home · q quit"
    )
    if word in LEAVE:
        return word
    sitting.begin("exam" if word == "e" else "practice")
    return None


def _item(talk: Talk, sitting: Desk, ask: Ask) -> str | None:
    """Take one item until it is answered or put off. Gives where to go, or None to go on."""
    many = _how(ask)
    before = ":" if ask.typed else ""  # what is typed is the answer, so the other words begin with a colon
    exam = sitting.attempt is not None and sitting.attempt.mode == "exam"
    words = ("x I don’t know", "s skip", *(("l answer sheet",) if exam else ()), "b back", "c contents", "h home", "q quit")
    rest = " · ".join(before + word for word in words)
    while True:
        hint = f"{before}? hint · " if ask.hints_left else ""
        typed = talk.ask(f"{many} · {hint}{rest}")
        word = typed.removeprefix(before) if typed.startswith(before) else ""
        if word in LEAVE or (word == "l" and exam):
            return word
        if word == "q":
            raise Ended
        if word == "s":
            sitting.skip(ask.address)
            return None
        if word == "?" and ask.hints_left:
            ask = sitting.hint(ask.address)
            talk.say(f"Hint: {ask.hints[-1]}")
            continue
        read = _typed(talk, typed, word, ask) if ask.typed else parse(word, ask)
        if read is None:
            talk.unknown(typed)
            continue
        try:
            feedback = sitting.answer(ask.address, *read)
        except ValueError:
            talk.say(f"That is no answer here. {ask.how}")
            continue
        if feedback is None:
            talk.say("Noted.")
            return None
        show_feedback(talk, feedback)
        return _after(talk, sitting, ask)


def _how(ask: Ask) -> str:
    match ask.kind:
        case "multiple-response" | "spot":
            none = ", or 0 for none of them" if ask.kind == "spot" else ""
            return f"numbers, such as 1 3{none}"
        case "order":
            return "numbers in order, such as 2 1 3"
        case "match":
            return "pairs, such as 1b 2a"
        case "fill-in" | "numeric":
            return "type your answer"
        case _:
            return f"number 1–{len(ask.options)}"


def _typed(talk: Talk, typed: str, word: str, ask: Ask) -> tuple[Response, Confidence | None] | None:
    """Read a typed answer, and ask how sure it is. “:x” is “I don’t know”; a number can have u, f or c behind it."""
    if word == "x":
        return Response(dont_know=True), None
    if not typed or typed.startswith(":"):
        return None
    number, _, last = typed.rpartition(" ")
    if ask.kind == "numeric" and number and last.casefold() in SURE:
        return Response(text=number), SURE[last.casefold()]
    sure = talk.ask("How sure? u unsure · f fairly sure · c certain · Enter not said")
    return Response(text=typed), SURE.get(sure.casefold())


def parse(word: str, ask: Ask) -> tuple[Response, Confidence | None] | None:
    """Read “2”, “2 c”, “1 3 f”, “1b 2a”, “0” or “x”. Gives None for anything else."""
    parts = word.casefold().replace(",", " ").split()
    confidence = SURE.get(parts[-1]) if len(parts) > 1 else None
    words = parts[:-1] if confidence else parts
    if words == ["x"]:
        return Response(dont_know=True), None
    if ask.kind == "match":
        response = _pairs(words, ask)
        return None if response is None else (response, confidence)
    if ask.kind == "spot" and words == ["0"]:
        return Response(), confidence
    numbers = [number_in(part, len(ask.options)) for part in words]
    if not words or None in numbers:
        return None
    chosen = tuple(dict.fromkeys(ask.order[number - 1] for number in numbers if number is not None))
    if len(chosen) > 1 and ask.kind not in ("multiple-response", "spot", "order"):
        return None
    return Response(chosen=chosen), confidence


def _pairs(words: list[str], ask: Ask) -> Response | None:
    """Read “1b 2a”: the left side's number and the target's letter."""
    found = [-1] * len(ask.options)
    for word in words:
        number, letter = number_in(word[:-1], len(ask.options)), word[-1:]
        if number is None or letter not in LETTERS[: len(ask.targets)]:
            return None
        found[number - 1] = ask.order[LETTERS.index(letter)]
    return Response(chosen=tuple(found)) if words else None


def _after(talk: Talk, sitting: Desk, ask: Ask) -> str | None:
    while True:
        word = talk.ask("Enter next · e everything · ! flag this item · b back · c contents · h home · q quit")
        if word == "":
            return None
        if word in LEAVE:
            return word
        if word == "e":
            show_feedback(talk, sitting.feedback(ask.address), everything=True)
        elif word.startswith("!"):
            sitting.flag(ask.address, word[1:].strip(), bad=True)
            talk.say("Flagged. The report shows it.")
        else:
            talk.unknown(word)


def _hand_in(talk: Talk, sitting: Desk) -> str:
    """Show the answer sheet of an exam; a number changes an answer."""
    attempt = sitting.attempt
    assert attempt is not None
    while True:
        for number, address in enumerate(attempt.items, start=1):
            given = attempt.given.get(address)
            talk.option(number, "answered" if given else "not answered")
        missing = len(attempt.items) - len(attempt.given)
        if missing:
            talk.say(f"{missing} not answered.")
        word = talk.ask("Enter hand in · number change an answer · b back · h home · q quit")
        if word == "":
            sitting.finish()
            return ""
        if word in LEAVE:
            return word
        chosen = number_in(word, len(attempt.items))
        if chosen is not None:
            again = sitting.ask(attempt.items[chosen - 1])
            assert again is not None
            show_ask(talk, again)
            left = _item(talk, sitting, again)
            if left in LEAVE:
                return left
            attempt = sitting.attempt or attempt
        else:
            talk.unknown(word)
