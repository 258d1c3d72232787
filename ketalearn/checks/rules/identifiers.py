"""A DOI or PMID is found by machines, so it must have their form. Whether it is the right one, only a person can tell."""

import re
from collections.abc import Iterator

from ketalearn.checks.context import Context
from ketalearn.content.problem import Problem

DOI = re.compile(r"10\.\d{4,9}/\S+")
PMID = re.compile(r"[1-9]\d{0,8}")
PMCID = re.compile(r"PMC\d{1,9}")
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def check(context: Context) -> Iterator[Problem]:
    """Compare every identifier with its form."""
    for entry in context.pack.references:
        forms = (
            ("DOI", entry.doi, DOI, "10.1000/xyz"),
            ("PMID", entry.pmid, PMID, "12345678"),
            ("PMCID", entry.pmcid, PMCID, "PMC123456"),
        )
        for key, value, form, example in forms:
            if value and not form.fullmatch(value):
                message = f"“{value}” is not a {key}"
                yield context.places.problem(
                    ("references", entry.id), (key,), "identifier", message, f"Write it like {example}."
                )
        if entry.url and not entry.url.startswith(("https://", "http://")):
            message = f"“{entry.url}” is not a web address"
            yield context.places.problem(("references", entry.id), ("URL",), "identifier", message, "Begin with https://.")
    for card in context.pack.cards:
        if not MONTH.fullmatch(card.as_of):
            message = f"“{card.as_of}” is not a year and month"
            yield context.places.problem(("cards", card.id), ("as_of",), "identifier", message, "Write it like 2026-11.")
        if card.strength == "ungraded" and not card.design:
            message = "evidence without a published rating says by which design it was found"
            yield context.places.problem(("cards", card.id), (), "no-design", message, "Add “design:”.")
