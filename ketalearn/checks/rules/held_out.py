"""A document that is held out for a later module is quoted by nothing before it, or reading it cold would measure memory."""

from collections.abc import Iterator

from ketalearn.checks.context import Context
from ketalearn.content.items import claims_of, passages_of, reasons_of
from ketalearn.content.pack import Module
from ketalearn.content.problem import Problem
from ketalearn.content.text import cited


def check(context: Context) -> Iterator[Problem]:
    """Find citations of a held-out document in modules before the one it is held out for."""
    order = [module.id for module in context.pack.modules]
    until = {d.id: d.held_out_until for d in context.pack.documents if d.held_out_until}
    for module in context.pack.modules:
        for name in sorted(_quoted(context, module)):
            document = context.document_of.get(name)
            target = until.get(document.id) if document else None
            if target is None or (target in order and order.index(module.id) >= order.index(target)):
                continue
            message = f"“{name}” quotes a document that is held out until “{target}”"
            cure = "Quote another document."
            yield context.places.problem(("modules", module.id), (), "held-out", message, cure)


def _quoted(context: Context, module: Module) -> set[str]:
    names = {name for card in module.tactics if (name := context.shown_by(module, card))}
    for text in (*(page.body for page in module.pages), *(card.body for card in module.tactics)):
        names.update(cited(text))
    for item in module.items:
        names.update(item.cite)
        names.update(name for text in (*item.hints, *(reason for _, reason in reasons_of(item))) for name in cited(text))
        names.update(claims_of(item))
        names.update(passages_of(item))
    return names
