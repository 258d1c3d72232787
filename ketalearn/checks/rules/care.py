"""Sentences on suicide are shown with where to find help, and never as a warm-up."""

from collections.abc import Iterator

from ketalearn.checks.context import Context
from ketalearn.content.items import claims_of, passages_of
from ketalearn.content.problem import Problem


def check(context: Context) -> Iterator[Problem]:
    """Ask for help lines, and keep sensitive items out of the warm-up."""
    if context.sensitive and not context.pack.help:
        cure = "Add “help:” with a country and what to do there, for example findahelpline.com."
        message = "this pack quotes sentences on suicide and names no help"
        yield context.places.problem(("pack", ""), (), "no-help", message, cure)
    for module, number, item in context.items():
        if item.id not in module.try_first:
            continue
        names = {*item.cite, *passages_of(item), *claims_of(item)}
        if names & context.sensitive:
            cure = "Take it out of “try-first”."
            yield context.at_item(module, number, (), "sensitive-warm-up", "a sensitive item is never a warm-up", cure)
