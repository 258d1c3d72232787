"""Every option says why it is right or wrong. Explanation is what teaches; a bare “wrong” hardly does."""

from collections.abc import Iterator

from ketalearn.checks.context import Context
from ketalearn.content.items import ChoiceItem
from ketalearn.content.problem import Problem


def check(context: Context) -> Iterator[Problem]:
    """Find options whose reason is empty."""
    for module, number, item in context.items():
        if not isinstance(item, ChoiceItem):
            continue
        for index, option in enumerate(item.options):
            if not option.because.strip():
                cure = "Say in a sentence why it is right or wrong."
                path = ("options", index, "because")
                yield context.at_item(module, number, path, "no-reason", f"option {index + 1} has no reason", cure)
