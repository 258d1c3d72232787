"""One idea a page, at most about 150 words, and at most five pages: ten minutes is what a learner has."""

from collections.abc import Iterator

from ketalearn.checks.context import Context
from ketalearn.content.problem import Problem
from ketalearn.content.rich import Block

MAX_WORDS = 190
MAX_PAGES = 5


def check(context: Context) -> Iterator[Problem]:
    """Count words and pages."""
    for module in context.pack.modules:
        at = ("modules", module.id)
        for number, page in enumerate(module.pages):
            words = sum(len(block.text.split()) for block in _rendered(context, module.id, page.id))
            if words > MAX_WORDS:
                message = f"the page “{page.id}” has {words} words"
                cure = "Cut it to about 150, or make two pages of it."
                yield context.places.problem(at, ("pages", number), "long-page", message, cure, "warning")
        if len(module.pages) > MAX_PAGES:
            message = f"this module has {len(module.pages)} pages"
            cure = "Keep it to five, or make two modules of it."
            yield context.places.problem(at, ("pages",), "many-pages", message, cure, "warning")


def _rendered(context: Context, module: str, page: str) -> list[Block]:
    """Give the blocks of a page that are read, drawings left out."""
    compiled = next(m for m in context.loaded.resolved.modules if m.module.id == module)
    return [block for block in compiled.pages[page] if block.kind not in ("figure", "code")]
