"""One idea a page, at most about 150 words that a newspaper reader can follow, and at most five pages: ten minutes."""

from collections.abc import Iterator
from unicodedata import east_asian_width

from ketalearn.checks.context import Context
from ketalearn.checks.ease import NEWSPAPER, ease
from ketalearn.content.problem import Problem

MAX_WORDS = 190
MAX_PAGES = 5
MAX_COLUMNS = 66
"""What a drawing may have: it fits a window of 80 columns, and a page with a passage beside it."""


def check(context: Context) -> Iterator[Problem]:
    """Count words, pages and columns of drawings, and measure how hard pages are to read."""
    pages = iter(ease(context.pack, context.loaded.resolved.modules))
    compiled = {module.module.id: module.pages for module in context.loaded.resolved.modules}
    for module in context.pack.modules:
        at = ("modules", module.id)
        for number, page in enumerate(module.pages):
            found = next(pages)
            if found.words > MAX_WORDS:
                message = f"the page “{page.id}” has {found.words} words"
                cure = "Cut it to about 150, or make two pages of it."
                yield context.places.problem(at, ("pages", number), "long-page", message, cure, "warning")
            drawings = (block.text.splitlines() for block in compiled[module.id][page.id] if block.kind == "figure")
            columns = max((_columns(line) for lines in drawings for line in lines), default=0)
            if columns > MAX_COLUMNS:
                message = f"a drawing on the page “{page.id}” is {columns} columns wide"
                cure = f"Draw it in {MAX_COLUMNS}, so that a window of 80 columns shows it whole."
                yield context.places.problem(at, ("pages", number), "wide-figure", message, cure, "warning")
            if found.lix > NEWSPAPER:
                message = f"the page “{page.id}” has a LIX of {found.lix:.0f}, harder than a newspaper"
                cure = f"Shorter sentences and shorter words bring it below {NEWSPAPER}."
                yield context.places.problem(at, ("pages", number), "hard-page", message, cure, "note")
        if len(module.pages) > MAX_PAGES:
            message = f"this module has {len(module.pages)} pages"
            cure = "Keep it to five, or make two modules of it."
            yield context.places.problem(at, ("pages",), "many-pages", message, cure, "warning")


def _columns(line: str) -> int:
    """Count what a terminal gives a line: two columns to a wide character."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line.rstrip())
