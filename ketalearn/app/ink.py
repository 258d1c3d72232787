"""The few colours and strokes that every screen uses; small, since home is drawn with nothing else."""

from __future__ import annotations

from textual.content import Content

from ketalearn.app.widgets.prose import Para, safe

MUTED = "$text-muted"
ACCENT = "$text-accent"
MARK = "bold $text-warning on $warning-muted"
"""A highlighted quote; it also stands between ▐ and ▌, for screens without colour."""

BAR = 24


def share(part: float, whole: int) -> Content:
    """Draw a share as a line; the numbers stand beside it."""
    filled = round(BAR * part / whole) if whole else 0
    return Content.assemble(("━" * filled, ACCENT), ("─" * (BAR - filled), MUTED))


def labelled(label: str, text: Content | str, after: int = 1, style: str = ACCENT) -> Para:
    """Draw a text with its label in front, and further lines a little indented."""
    content = text if isinstance(text, Content) else safe(text)
    return Para(Content.styled(label, style) + content, "", "  ", after)


def verbatim(text: str) -> Para:
    """Draw text as it stands, without wrapping."""
    return Para(safe(text), verbatim=True)
