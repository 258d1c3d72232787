"""How long the parts of a module take: every word that plain mode shows somebody who takes it from start to end.

`python -m tests.minutes` prints the table; a test compares it with the minutes that each module states.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from ketalearn.study.course import Course
from tests.app.driving import make_course
from tests.conftest import KETAMINE
from tests.plain.person import converse, learner

WORDS_A_MINUTE = 238
"""Silent reading of non-fiction by adults: M. Brysbaert, Journal of Memory and Language 109 (2019), 104047."""
SECONDS_A_RESPONSE = 5
"""An assumption, not a measurement: choosing and typing after everything is read."""
PARTS = ("read", "tell", "quiz")
_HEADING = re.compile(r"^== .* · (.*) · step \d+ of \d+ ==$", re.MULTILINE)
_PROMPT = re.compile(r"^\[([^\]]*)\]\n> ?.*$", re.MULTILINE)


def taken(course: Course, module: str) -> str:
    """Take a module in plain lines and give everything that the screen showed."""
    first = course.pack.index.modules[0].id
    if module != first:  # the first module teaches the four answers before any other is begun
        course.sit(first).go("primer")
    return converse(course, learner(), module=module)[0]


def minutes(screen: str) -> dict[str, float]:
    """Give the minutes of each part: words at a reader's pace, and some seconds a response.

    Left out are the lines of keys, lines that stood there before in the same part (the four answers, where to find help),
    and the report, which is there to look things up.
    """
    words, responses = dict.fromkeys(PARTS, 0), dict.fromkeys(PARTS, 0)
    part, seen = "read", set[tuple[str, str]]()
    headings = list(_HEADING.finditer(screen))
    for number, heading in enumerate(headings):
        end = headings[number + 1].start() if number + 1 < len(headings) else len(screen)
        text = screen[heading.end() : end]
        if heading[1] == "Report":
            break
        if heading[1] == "Quiz":
            part = "quiz"
        responses[part] += sum(not prompt.startswith("Enter") for prompt in _PROMPT.findall(text))
        for line in map(str.strip, _PROMPT.sub("", text).splitlines()):
            words[part] += 0 if (part, line) in seen else len(line.split())
            seen.add((part, line))
        if heading[1] == "A stopping place" and part == "read":
            part = "tell"
    return {part: words[part] / WORDS_A_MINUTE + responses[part] * SECONDS_A_RESPONSE / 60 for part in PARTS}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        cache.mkdir()
        for card in make_course(Path(folder), cache, KETAMINE).pack.index.modules:
            module = card.id
            home = Path(folder) / module
            home.mkdir()
            found = minutes(taken(make_course(home, cache, KETAMINE), module))
            sys.stdout.write(f"{module:22}" + "".join(f"  {part} {found[part]:4.1f}" for part in PARTS) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
