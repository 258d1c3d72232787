"""Lines out and answers in. Every character passes `visible`, so that no text can steer the terminal."""

from __future__ import annotations

import textwrap
from typing import TextIO

from ketalearn.content.rich import Block, Rich
from ketalearn.content.text import visible

WIDTH = 76


def number_in(word: str, most: int) -> int | None:
    """Read a number from 1 to `most`; None for anything else, such as “²” or a thousand digits."""
    return int(word) if word.isdecimal() and len(word) <= 6 and 1 <= int(word) <= most else None


class Ended(Exception):
    """The learner quit, or the input ended."""


class Talk:
    """A conversation over two text streams."""

    def __init__(self, source: TextIO, target: TextIO) -> None:
        self._source, self._target = source, target

    def say(self, text: str = "", indent: str = "", hang: str | None = None) -> None:
        """Write a paragraph, wrapped; `hang` indents its further lines."""
        lines = textwrap.wrap(
            visible(text),
            WIDTH,
            initial_indent=indent,
            subsequent_indent=indent if hang is None else hang,
            break_long_words=False,
            break_on_hyphens=False,
        )
        self._target.write("\n".join(lines) + "\n")

    def title(self, text: str) -> None:
        """Write a heading, set apart by blank lines and a word that a screen reader can search for."""
        self._target.write(f"\n== {' '.join(visible(text).split())} ==\n\n")

    def option(self, number: int | str, text: str) -> None:
        """Write a numbered line."""
        self.say(text, f"  {number}  ", "     ")

    def rich(self, blocks: Rich) -> None:
        """Write a page. A figure is told by its text equivalent."""
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block.kind:
            case "figure":
                self.say(f"Figure: {block.alt}")
            case "code":
                self._target.write(visible(block.text) + "\n")
            case "rule":
                self.say("* * *")
            case "heading":
                self.say(block.text.upper())
            case "quote":
                self.say(f"“{block.text}”" if not block.text.startswith(("“", '"')) else block.text, "  ")
            case "item":
                marker = f"{block.marker} " if block.marker else "  "
                indent = "  " * max(0, block.level - 1) + "  "
                self.say(block.text, indent + marker, indent + " " * len(marker))
                return  # items of a list stand together
            case _:
                self.say(block.text)
        self.say()

    def ask(self, choices: str) -> str:
        """Say what can be typed, and read one line. Raises `Ended` on q and at the end of the input."""
        self._target.write(f"\n[{choices}]\n> ")
        self._target.flush()
        line = self._source.readline()
        if not line or line.strip().casefold() in ("q", "quit"):
            self._target.write("\n")
            raise Ended
        return line.strip()

    def unknown(self, word: str) -> None:
        """Answer a word that means nothing here."""
        self.say(f"“{word[:40]}” means nothing here." if word else "Please type one of what stands between the brackets.")
