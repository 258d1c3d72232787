"""One idea a page, at most about 150 words that a newspaper reader can follow, and at most five pages: ten minutes."""

from collections.abc import Iterator

from ketalearn.checks.context import Context
from ketalearn.checks.ease import NEWSPAPER, ease
from ketalearn.content.problem import Problem

MAX_WORDS = 190
MAX_PAGES = 5


def check(context: Context) -> Iterator[Problem]:
    """Count words and pages, and measure how hard they are to read."""
    pages = iter(ease(context.pack, context.loaded.resolved.modules))
    for module in context.pack.modules:
        at = ("modules", module.id)
        for number, page in enumerate(module.pages):
            found = next(pages)
            if found.words > MAX_WORDS:
                message = f"the page “{page.id}” has {found.words} words"
                cure = "Cut it to about 150, or make two pages of it."
                yield context.places.problem(at, ("pages", number), "long-page", message, cure, "warning")
            if found.lix > NEWSPAPER:
                message = f"the page “{page.id}” has a LIX of {found.lix:.0f}, harder than a newspaper"
                cure = f"Shorter sentences and shorter words bring it below {NEWSPAPER}."
                yield context.places.problem(at, ("pages", number), "hard-page", message, cure, "note")
        if len(module.pages) > MAX_PAGES:
            message = f"this module has {len(module.pages)} pages"
            cure = "Keep it to five, or make two modules of it."
            yield context.places.problem(at, ("pages",), "many-pages", message, cure, "warning")
