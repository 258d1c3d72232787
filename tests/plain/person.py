"""Somebody at a plain terminal: what they type is echoed into what they see, as a terminal does it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator

from ketalearn.content.text import visible
from ketalearn.plain.run import run
from ketalearn.study.course import Course


class Person(io.StringIO):
    """An input whose lines are decided by the prompt that is on the screen."""

    def __init__(self, screen: io.StringIO, decide: Callable[[str], str | None]) -> None:
        super().__init__()
        self.screen, self.decide = screen, decide
        self.typed: list[str] = []

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # as io.StringIO itself has it
        """Type what fits the prompt; nothing at the end."""
        prompt = self.screen.getvalue().rpartition("\n[")[2].partition("]\n> ")[0]
        assert len(self.typed) < 2000, f"no way out of [{prompt}]"
        word = self.decide(prompt)
        if word is None:
            return ""
        self.typed.append(word)
        self.screen.write(f"{visible(word)}\n")
        return f"{word}\n"


def converse(course: Course, decide: Callable[[str], str | None], module: str | None = None) -> tuple[str, list[str]]:
    """Talk until the person leaves. Gives the screen and what was typed."""
    screen = io.StringIO()
    person = Person(screen, decide)
    assert run([course], person, screen, module) == 0
    return screen.getvalue(), person.typed


def say(course: Course, *lines: str, module: str | None = None) -> str:
    """Type these lines and then end the input. Gives what was written."""
    screen = io.StringIO()
    assert run([course], io.StringIO("".join(f"{line}\n" for line in lines)), screen, module) == 0
    return screen.getvalue()


def learner(first: Iterable[tuple[str, list[str]]] = ()) -> Callable[[str], str | None]:
    """Somebody who reads on, answers in turn, and at the first prompts that fit types what `first` says."""
    waiting = [(words, list(lines)) for words, lines in first]
    before = [""]
    numbers = _turn(["1 c", "2 f", "3 u", "x", "2"])
    several = _turn(["1 3 c", "2 f", "1 2 3"])

    def decide(prompt: str) -> str | None:
        for words, lines in waiting:
            if words in prompt and lines:
                return lines.pop(0)
        refused, before[0] = prompt == before[0], prompt
        if prompt.startswith("Enter continue"):
            return "q"
        if refused and "x I don’t know" in prompt:
            return ":x" if ":x" in prompt else "x"
        if prompt.startswith("numbers in order"):
            return "2 1 3 f"
        if prompt.startswith("numbers"):
            return next(several)
        if prompt.startswith("number 1–"):
            return next(numbers)
        if prompt.startswith("pairs"):
            return "1a 2b c"
        if prompt.startswith("type your answer"):
            return "12"
        return ""

    return decide


def _turn(words: list[str]) -> Iterator[str]:
    while True:
        yield from words
