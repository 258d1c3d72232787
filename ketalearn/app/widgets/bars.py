"""The line at the top, the line of keys, and how sure: one line each."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from ketalearn.app.widgets.prose import safe
from ketalearn.assessment.attempt import CONFIDENCE_WORDS, Confidence


class TopBar(Widget):
    """Where one is at the left, how far at the right."""

    DEFAULT_CSS = """
    TopBar { dock: top; height: 2; width: 1fr; padding: 0 2; border-bottom: solid $border; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._left: tuple[str, ...] = ()
        self._right = ""

    def show(self, *left: str, right: str = "") -> None:
        """Show a path and a position."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def render(self) -> Content:
        """Draw; the last part of the path is cut first."""
        width = self.content_size.width
        left = Content(" › ").join(
            [safe(part, "$text-accent bold" if number == 0 else "") for number, part in enumerate(self._left)]
        )
        right = safe(self._right, "$text-muted")
        room = max(0, width - right.cell_length - 2)
        left = left.truncate(room, ellipsis=True)
        return left.pad_right(max(0, width - left.cell_length - right.cell_length)) + right


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the line: what it does, whether it can be pressed now, and whether it works on every screen."""

    binding: Binding
    enabled: bool
    everywhere: bool


class KeyBar(Widget):
    """The keys that work here, as one line that is drawn anew only when it changes.

    Textual's Footer mounts a widget a key whenever bindings are refreshed, and half of the time of showing an answer
    went into that. What has no room is left out from the end, but never the keys of every screen; Help lists them all.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"keybar--key", "keybar--word"}
    DEFAULT_CSS = """
    KeyBar {
        dock: bottom; height: 1; width: 1fr; color: $footer-foreground; background: $footer-background;
        .keybar--key { color: $footer-key-foreground; text-style: bold; }
        .keybar--word { color: $footer-description-foreground; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[Key] = []
        self._spans: list[tuple[int, int, Key]] = []

    def on_mount(self) -> None:
        """Follow what the screen can do."""
        self.screen.bindings_updated_signal.subscribe(self, lambda screen: self.follow())

    def follow(self) -> None:
        """Look at the keys again, now; the first key of an action stands for all of its keys."""
        if not self.screen.is_current:  # it was left while the word was on its way, and what it shows has moved on
            return
        found: dict[str, Key] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show:
                found.setdefault(active.binding.action, Key(active.binding, active.enabled, active.node is self.app))
        if list(found.values()) != self._keys:
            self._keys = list(found.values())
            self.refresh()

    def render(self) -> Content:
        """Draw, and remember where each key stands for the mouse."""
        bold, plain = self.get_visual_style("keybar--key"), self.get_visual_style("keybar--word")
        parts: list[tuple[Key, Content]] = []
        for key in self._keys:
            part = Content.styled(f" {self.app.get_key_display(key.binding)} ", bold)
            part += Content.styled(f"{key.binding.description} ", plain)
            parts.append((key, part if key.enabled else part.stylize("dim")))
        leaving = [number for number, (key, _) in enumerate(parts) if not key.everywhere]
        while leaving and sum(part.cell_length for _, part in parts) > self.content_size.width:
            del parts[leaving.pop()]
        line, self._spans = Content(""), []
        for key, part in parts:
            self._spans.append((line.cell_length, line.cell_length + part.cell_length, key))
            line += part
        return line

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key that stands there."""
        offset = event.get_content_offset(self)
        for start, end, key in self._spans:
            if offset is not None and start <= offset.x < end and key.enabled:
                self.app.simulate_key(key.binding.key)


class Sure(Widget):
    """How sure somebody is: unset at first, never asked for twice, never part of the mark."""

    DEFAULT_CSS = """
    Sure { height: 1; width: 1fr; margin: 1 0 0 0; }
    """

    class Changed(Message):
        """The learner said how sure they are, or took it back."""

    def __init__(self) -> None:
        super().__init__()
        self.value: Confidence | None = None
        self._spans: list[tuple[int, int]] = []

    def set(self, value: Confidence | None) -> None:
        """Set without telling anybody."""
        self.value = value
        self.refresh()

    def turn(self) -> None:
        """Go to the next step: unset, unsure, fairly sure, certain, unset."""
        steps: tuple[Confidence | None, ...] = (None, 1, 2, 3)
        self.set(steps[(steps.index(self.value) + 1) % 4])
        self.post_message(self.Changed())

    def render(self) -> Content:
        """Draw, and remember where each step stands for the mouse."""
        line = Content.styled("    How sure?  ", "$text-muted")
        self._spans = []
        for value, word in CONFIDENCE_WORDS.items():
            here = value == self.value
            part = Content.styled(f"{'(•)' if here else '( )'} {word}", "$text-accent bold" if here else "")
            self._spans.append((line.cell_length, line.cell_length + part.cell_length))
            line += part + Content("   ")
        return line

    def on_click(self, event: events.Click) -> None:
        """Choose the step that was clicked; a second click takes it back."""
        offset = event.get_content_offset(self)
        steps: tuple[Confidence, ...] = (1, 2, 3)
        for value, (start, end) in zip(steps, self._spans, strict=False):
            if offset is not None and start <= offset.x < end:
                self.set(None if self.value == value else value)
                self.post_message(self.Changed())
