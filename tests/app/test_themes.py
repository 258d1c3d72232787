from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from ketalearn.app.themes import DARK, LIGHT, TEXT_PAIRS

APP = Path(__file__).parents[2] / "ketalearn" / "app"


def luminance(color: Color) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [part / 255 for part in color.rgb]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2.2, 1 to 21."""
    light, dark = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colour(theme: Theme, name: str) -> str:
    return theme.variables.get(name) or str(getattr(theme, name))


def test_the_formula_gives_the_known_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize(("text", "grounds"), TEXT_PAIRS, ids=lambda value: value if isinstance(value, str) else "")
def test_every_text_pair_of_our_themes_has_a_contrast_of_7_to_1(theme: Theme, text: str, grounds: tuple[str, ...]) -> None:
    for ground in grounds:
        ratio = contrast(colour(theme, text), colour(theme, ground))
        assert ratio >= 7, f"{text} on {ground} is {ratio:.2f}:1"


def test_every_colour_that_the_screens_use_is_one_of_the_measured_ones() -> None:
    known = {name for text, grounds in TEXT_PAIRS for name in (text, *grounds)}
    lines_only = {"border", "accent"}  # rules and boxes, never text
    for path in APP.rglob("*.py"):
        for name in re.findall(r"\$([a-z][a-z-]+)", path.read_text(encoding="utf-8")):
            assert name in known | lines_only, f"{path.name} uses ${name}"
