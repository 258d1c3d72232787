"""The real program in a real pseudo-terminal, and a terminal emulator to see what a person would see."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pyte

QUIET = 0.25
"""The screen counts as still when nothing came for this long (Textual redraws within 0.1 s)."""
GUARD = 20.0
"""A guard against hanging, not a measure of speed."""


class Terminal:
    """Runs `ketalearn` on its own terminal."""

    def __init__(self, home: Path, *arguments: str, size: tuple[int, int] = (80, 24), **environment: str) -> None:
        self.raw = b""
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        environment = {"TERM": "xterm-256color", "KETALEARN_HOME": str(home), "PATH": os.environ["PATH"], **environment}
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execve(sys.executable, [sys.executable, "-m", "ketalearn", *arguments], environment)
        self.resize(*size)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        with contextlib.suppress(OSError):
            os.close(self.fd)

    def resize(self, columns: int, lines: int) -> None:
        self.screen.resize(lines, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def _read(self, seconds: float) -> bool:
        """Take what comes; False when nothing came or the terminal is closed."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.raw += data
        # pyte does not know kitty's key protocol (CSI > u, CSI < u) and would print it.
        self._stream.feed(data.replace(b"\x1b[>25u", b"").replace(b"\x1b[<u", b""))
        return bool(data)

    def settle(self) -> str:
        """Wait until the screen is still, and give its text."""
        while self._read(QUIET):
            pass
        return self.text

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, *words: str) -> str:
        """Wait until all the words are on the screen. Fails with the screen when they do not come."""
        return self.wait_until(lambda: all(word in self.text for word in words), f"{words}")

    def wait_until(self, true: Callable[[], bool], what: str) -> str:
        until = time.monotonic() + GUARD
        while not true():
            self._read(0.05)
            if time.monotonic() > until:
                raise AssertionError(f"{what} did not come; the screen is:\n{self.text}")
        return self.settle()

    def press(self, *keys: str) -> str:
        """Send keys one by one, each after the screen is still."""
        for key in keys:
            os.write(self.fd, KEYS.get(key, key).encode())
            self.settle()
        return self.text

    def click(self, words: str) -> str:
        """Click on the first place where the words stand."""
        for row, line in enumerate(self.screen.display):
            column = line.find(words)
            if column >= 0:
                at = f"{column + 1};{row + 1}"
                os.write(self.fd, f"\x1b[<0;{at}M\x1b[<0;{at}m".encode())
                return self.settle()
        raise AssertionError(f"“{words}” is not on the screen:\n{self.text}")

    def end(self) -> int:
        """Wait for the program to end, and give its exit code (negative for a signal)."""
        until = time.monotonic() + GUARD
        while time.monotonic() < until:
            self._read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                while self._read(0):
                    pass
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"the program did not end; the screen is:\n{self.text}")

    def kill(self) -> None:
        """kill -9, at once."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "backspace": "\x7f",
    "ctrl+c": "\x03",
    "ctrl+q": "\x11",
}
