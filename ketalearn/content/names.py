"""How the fields of the content classes are written in YAML, and what the authors' door makes of them."""

from __future__ import annotations

OWN_NAMES = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID", "url": "URL", "as_": "as"}


def yaml_name(name: str) -> str:
    """Give the key an author writes for a field: `try_first` is written `try-first`.

    CSL's own upper-case names stay, and `implied_claim`, `as_of` keep the form of the claim scheme.
    """
    if name in {"implied_claim", "as_of"}:
        return name
    return OWN_NAMES.get(name, name.replace("_", "-"))


CONFIG: dict[str, object] = {
    "extra": "forbid",
    "hide_input_in_errors": True,
    "alias_generator": yaml_name,
    "use_attribute_docstrings": True,
}
