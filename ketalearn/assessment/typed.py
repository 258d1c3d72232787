"""Typed responses: what counts as the same, what as a near miss, and what as a number.

Folded away: case, white space, Unicode forms (composed or not, full width), typographic quotes and dashes inside words.
Never folded: digits, a minus sign, and words that turn a meaning round.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable

TURNING = frozenset({"not", "no", "non", "anti", "un", "never", "without"})
_MINUS = "\u2212\u2013\u2012\uff0d\ufe63"
_QUOTES = {ord(sign): "'" for sign in "\u2018\u2019\u02bc\u00b4`"} | {ord(sign): '"' for sign in "\u201c\u201d"}
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")
_NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d{1,2})?")


def folded(text: str) -> str:
    """Give the form in which typed text is compared."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    text = text.translate({ord(sign): "-" for sign in _MINUS})
    return " ".join(unicodedata.normalize("NFC", text.casefold()).split())


def same(text: str, accepted: Iterable[str]) -> bool:
    """Say whether a typed text is one of the accepted forms."""
    return folded(text) in {folded(form) for form in accepted}


def near(text: str, accepted: Iterable[str]) -> bool:
    """Say whether a wrong response is close to an accepted form.

    One slip in five letters is allowed, at least one from four letters on (a letter more, less or other, or two swapped).
    Digits, a minus sign and turning words must be the same, since a slip there is no slip.
    """
    from rapidfuzz.distance import OSA

    typed = folded(text)
    for form in map(folded, accepted):
        if typed == form or _weight(typed) != _weight(form):
            continue
        if len(form) >= 4 and OSA.distance(typed, form) <= max(1, len(form) // 5):
            return True
    return False


def _weight(text: str) -> tuple[list[str], int, list[str]]:
    words = re.findall(r"[^\W\d]+", text)
    turning = sorted(word for word in words if word in TURNING or word.endswith("n't"))
    return re.findall(r"\d+", text), len(re.findall(r"(?<!\w)-(?=\d)", text)), turning


def number(text: str, unit: str = "") -> float | None:
    """Read a number, with its unit behind it if somebody typed that.

    A decimal comma is read as a point, and a comma before three digits as a thousand, as English writes it.
    """
    text = folded(text)
    text = text.removesuffix(folded(unit)).strip() if unit else text
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text.replace(",", "."))
    return value if math.isfinite(value) else None


def close_to(given: float, value: float, tolerance: float) -> bool:
    """Say whether a number lies within the tolerance; the bound itself counts, whatever binary fractions make of it."""
    return abs(given - value) <= tolerance or math.isclose(abs(given - value), tolerance, rel_tol=1e-9, abs_tol=1e-12)
