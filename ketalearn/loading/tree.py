"""YAML to a tree with places, by libyaml's events.

The events are iterative, so a hostile file cannot exhaust the C stack as it does with the composer; and every scalar
stays the text that was written (`No`, `010` and `1:30` arrive as such). All faults of a file are collected in one run;
only a broken syntax ends it early.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

import yaml

from ketalearn.content.problem import Problem
from ketalearn.content.text import FORBIDDEN

MAX_DEPTH = 32
MAX_NODES = 100_000
MAX_SCALAR = 256 * 1024
MAX_INVISIBLE = 20
"""So many invisible characters of a file are named, each at its place; more would tell an author nothing new."""

_DROPPED = object()
"""Stands for the key of an entry that was refused: its value is read and put nowhere, so that one fault is one problem."""

# libyaml's parser is in the wheels of every platform; the slower pure one reads the same events where it is missing.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Node:
    """A scalar (`str`), list or mapping with the place where it starts; line and column count from 1.

    `keys` gives the place of each key of a mapping. `plain` marks a scalar written without quotes.
    """

    value: str | list[Node] | dict[str, Node]
    line: int
    column: int
    keys: dict[str, tuple[int, int]] | None = None
    plain: bool = False

    def walk(self, path: tuple[str | int, ...]) -> Node:
        """Follow keys and positions as far as they lead."""
        node = self
        for step in path:
            value = node.value
            if isinstance(value, dict) and isinstance(step, str):
                node = value.get(step, node)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                node = value[step]
        return node

    def get(self, key: str) -> str | None:
        """Give the text under a key of a mapping, or None."""
        found = self.value.get(key) if isinstance(self.value, dict) else None
        return found.value if found is not None and isinstance(found.value, str) else None


class _TooMuch(Exception):
    """A limit was passed; the rest of the file is not read."""


def read_tree(name: str, data: bytes) -> tuple[Node | None, list[Problem]]:
    """Read one YAML file. Gives its root (None when there is none to use) and every problem found."""
    text, problems = read_text(name, data)
    if text is None:
        return None, problems
    reader = _Reader(name, text, problems)
    try:
        root = reader.read()
    except yaml.YAMLError as error:
        reader.problems.append(_syntax(name, text, error))
        root = None
    except _TooMuch:
        root = None
    return root, reader.problems


def read_text(name: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """Give the text of a file with plain line ends and without invisible characters, and every problem of it."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        return None, [Problem(name, line, column, "not-utf8", "this is not UTF-8 text", "Save the file as UTF-8.")]
    problems = []
    if "\r" in text and "\n" not in text:
        cure = "Save the file with ordinary line ends (LF)."
        problems.append(Problem(name, 1, text.index("\r") + 1, "control-character", "lines end with U+000D alone here", cure))
        text = text.replace("\r", "\n")
    problems += _invisible(name, text)
    if problems:
        # The places stay the same, the rest of the file is still read, and no later message can carry them on.
        text = FORBIDDEN.sub("\ufffd", text)
    return text, problems


def _invisible(name: str, text: str) -> list[Problem]:
    """Find characters that no file of a pack may hold: the first few."""
    problems: list[Problem] = []
    for match in islice(FORBIDDEN.finditer(text), MAX_INVISIBLE):
        at = match.start()
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        message = f"this text holds the invisible character U+{ord(match.group()):04X}"
        problems.append(Problem(name, line, column, "control-character", message, "Remove it; retype the words around it."))
    return problems


class _Reader:
    def __init__(self, name: str, text: str, problems: list[Problem]) -> None:
        self.name = name
        self.text = text
        self.problems = problems
        self.nodes = 0

    def add(self, code: str, mark: Any, message: str, cure: str) -> None:
        self.problems.append(Problem(self.name, mark.line + 1, mark.column + 1, code, message, cure))

    def read(self) -> Node | None:
        """Build the tree from the events, with a stack of our own."""
        root: Node | None = None
        stack: list[tuple[Node, Any]] = []  # a node under construction and, in a mapping, its key waiting for a value
        documents = 0
        # libyaml's events always carry marks; the stubs say that they may not.
        events: Any = yaml.parse(self.text, Loader=_LOADER)
        for event in events:
            mark: Any = event.start_mark
            if isinstance(event, yaml.ScalarEvent):
                node = self.scalar(event)
            elif isinstance(event, yaml.SequenceStartEvent):
                node = Node([], mark.line + 1, mark.column + 1)
                self.refuse_extras(event)
            elif isinstance(event, yaml.MappingStartEvent):
                node = Node({}, mark.line + 1, mark.column + 1, keys={})
                self.refuse_extras(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                stack.pop()
                continue
            elif isinstance(event, yaml.AliasEvent):
                cure = "Write the text out where it is needed."
                self.add("alias", mark, "aliases (*name) are not part of the format", cure)
                node = Node("", mark.line + 1, mark.column + 1)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    cure = "Put the second document into a file of its own, or remove the line “---”."
                    self.add("second-document", mark, "this file holds more than one document", cure)
                    raise _TooMuch
                continue
            else:
                continue
            self.nodes += 1
            if self.nodes > MAX_NODES:
                message = f"this file has more than {MAX_NODES} entries"
                self.add("too-many-nodes", mark, message, "Split it over several files.")
                raise _TooMuch
            if not stack:
                root = node
            else:
                self.place(stack, node, event)
            if isinstance(event, yaml.CollectionStartEvent):
                if len(stack) >= MAX_DEPTH:
                    message = f"this is nested deeper than {MAX_DEPTH} levels"
                    cure = "Check the indentation, and put quotes around text that begins with [ or {."
                    self.add("too-deep", mark, message, cure)
                    raise _TooMuch
                stack.append((node, None))
        return root

    def place(self, stack: list[tuple[Node, Any]], node: Node, event: Any) -> None:
        """Put a node into the collection on top of the stack."""
        parent, waiting = stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
            return
        assert isinstance(parent.value, dict)
        assert parent.keys is not None
        if waiting is None:
            key = node.value
            if isinstance(key, str) and key not in parent.keys and key != "<<":
                parent.keys[key] = (node.line, node.column)
                stack[-1] = (parent, key)
                return
            stack[-1] = (parent, _DROPPED)
            if not isinstance(key, str):
                self.add("odd-key", event.start_mark, "a key must be a word", "Put quotes around text with [ or {.")
            elif key == "<<":
                self.add("merge-key", event.start_mark, "merge keys (<<) are not part of the format", "Write the keys out.")
            else:
                first = parent.keys[key][0]
                message = f"the key “{key}” stands here twice; the first is in line {first}"
                self.add("duplicate-key", event.start_mark, message, "Keep one of the two.")
        else:
            if waiting is not _DROPPED:
                parent.value[waiting] = node
            stack[-1] = (parent, None)

    def scalar(self, event: Any) -> Node:
        mark, value = event.start_mark, event.value
        self.refuse_extras(event)
        if 4 * len(value) > MAX_SCALAR and len(value.encode(errors="replace")) > MAX_SCALAR:
            message = f"this text is longer than {MAX_SCALAR // 1024} KiB"
            self.add("text-too-long", mark, message, "Split it.")
        bad = FORBIDDEN.search(value)  # written as an escape (“\\e”), since the file itself is clean by now
        if bad:
            value = FORBIDDEN.sub("\ufffd", value)
            message = f"this text holds the invisible character U+{ord(bad.group()):04X}"
            self.add("control-character", mark, message, "Remove it; retype the words around it.")
        plain = event.style in (None, "")
        if plain and value:
            end = event.end_mark.index
            after = self.text[end : end + 3]
            if after.startswith(" #") and self.text[end - 1 : end].strip():
                message = "what follows “ #” is read as a comment, and is lost"
                cure = "Put the whole text in quotes, or write two blanks before a comment."
                self.add("lost-comment", event.end_mark, message, cure)
        return Node(value, mark.line + 1, mark.column + 1, plain=plain)

    def refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            cure = "Remove it; write a text out where it is needed again."
            self.add("anchor", event.start_mark, f"anchors (&{event.anchor}) are not part of the format", cure)
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            cure = "Remove it, or put the text in quotes if it begins with “!”."
            self.add("tag", event.start_mark, f"tags ({tag}) are not part of the format", cure)


_BACKSLASH = "Use single quotes, or write \\\\ for one backslash."
# What libyaml says, as a part of its words, and what that most often means to somebody who writes prose.
_MEANINGS: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "a second “: ” in one line makes a key of what stands before it",
        "Put the whole text in quotes, or start it on the next line after “|”.",
    ),
    ("found a tab character", "a tab stands where only blanks may", "Indent with blanks."),
    ("that cannot start any token", "text cannot begin with this character", "Put the text in quotes."),
    (
        "found unknown escape character",
        "a backslash inside double quotes begins a special character",
        _BACKSLASH,
    ),
    ("found unexpected end of stream", "a quote that was opened is never closed", "Close it, or begin the text after “|”."),
    (
        "found unexpected document indicator",
        "a line “---” or “...” stands inside a text",
        "Put the text in quotes or after “|”.",
    ),
    (
        "did not find expected <document start>",
        "the file goes on after its end",
        "Remove a line “...”, and put text that begins with a quote wholly into quotes.",
    ),
    (
        "did not find expected comment or line break",
        "text stands on the same line as its “|” or “>”",
        "Begin the text on the next line, indented; or put text that begins with “|” or “>” in quotes.",
    ),
    (
        "exceeded maximum nesting depth",
        f"this is nested deeper than {MAX_DEPTH} levels",
        "Put quotes around text that begins with [ or {.",
    ),
    ("found unknown directive", "text cannot begin with “%”", "Put the text in quotes."),
    ("did not find expected ',' or ']'", "text that begins with “[” is read as a list", "Put the text in quotes."),
    ("did not find expected ',' or '}'", "text that begins with “{” is read as a mapping", "Put the text in quotes."),
    ("did not find expected node content", "a value is missing or begins with a special character", "Put the text in quotes."),
    (
        "could not find expected ':'",
        "a key without its colon, or a text that is not indented",
        "Write “key: text”, and indent the text under it.",
    ),
    (
        "did not find expected key",
        "the indentation does not fit, or a text that begins with a quote goes on after it",
        "Line this key up with the one above, or put the whole text in one pair of quotes.",
    ),
    ("did not find expected '-' indicator", "the indentation of this list does not fit", "Line up its “-” signs."),
    ("block sequence entries are not allowed", "a list cannot begin here", "Begin it on the next line, indented."),
    ("did not find expected alphabetic or numeric character", "text cannot begin with “*” or “&”", "Put the text in quotes."),
    ("undefined alias", "text cannot begin with “*”", "Put the text in quotes."),
    ("undefined tag handle", "text cannot begin with “!”", "Put the text in quotes."),
    ("did not find expected tag URI", "text cannot begin with “!”", "Put the text in quotes."),
    ("did not find the expected '>'", "text cannot begin with “!”", "Put the text in quotes."),
    ("did not find expected hexdecimal number", "a backslash inside double quotes begins a special character", _BACKSLASH),
    ("found invalid Unicode character escape", "this escape stands for no character", "Write the character itself."),
)


def _syntax(name: str, text: str, error: yaml.YAMLError) -> Problem:
    """Say what is wrong with the syntax, in words that name the cure."""
    raw = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    context = str(getattr(error, "context", "") or "")
    if "quoted scalar" in context and getattr(error, "context_mark", None):
        line, column = error.context_mark.line + 1, error.context_mark.column + 1  # type: ignore[attr-defined]  # typed as YAMLError only
    if mark and text[mark.index : mark.index + 1] == "\t":
        raw = "found a tab character"
    for part, meaning, cure in _MEANINGS:
        if part in raw:
            return Problem(name, line, column, "yaml", meaning, cure)
    return Problem(name, line, column, "yaml", f"the YAML cannot be read: {raw}", "Check the line above as well.")
