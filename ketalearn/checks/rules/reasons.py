"""Every option, part and pair says why it is right or wrong. Explanation is what teaches; a bare “wrong” hardly does."""

from collections.abc import Iterator

from ketalearn.checks.context import Context
from ketalearn.content.items import reasons_of
from ketalearn.content.problem import Problem


def check(context: Context) -> Iterator[Problem]:
    """Find reasons that are empty."""
    for module, number, item in context.items():
        for path, reason in reasons_of(item):
            if not reason.strip():
                part = f"{path[0]} {int(path[1]) + 1}" if len(path) > 1 else "it"
                cure = "Say in a sentence why it is right or wrong."
                yield context.at_item(module, number, path, "no-reason", f"there is no reason for {part}", cure)
