"""What screens ask for by message: something laid over them that they cannot open themselves."""

from __future__ import annotations

from textual.message import Message


class DocumentWanted(Message):
    """Show a whole document, with one quote of it marked."""

    def __init__(self, document: str, passage: str | None = None) -> None:
        super().__init__()
        self.document, self.passage = document, passage


class NoteWanted(Message):
    """Let the learner write a note on an item, or flag it as one that may be bad."""

    def __init__(self, address: str, bad: bool) -> None:
        super().__init__()
        self.address, self.bad = address, bad


class WordWanted(Message):
    """A screen asks for what a word means."""

    def __init__(self, term: str) -> None:
        super().__init__()
        self.term = term
