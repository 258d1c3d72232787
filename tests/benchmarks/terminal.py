"""A program in a pseudo-terminal of 100 × 30, and a clock on what goes in and comes out."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyte

ROOT = Path(__file__).parent.parent.parent
COLUMNS, LINES = 100, 30
FRAME_ENDS = 0.03
"""A frame has ended when nothing came for this long."""
STILL = 0.2
"""The program is at rest when nothing came for this long."""
GUARD = 30.0

KETALEARN = ("-m", "ketalearn")
HELLO = ("-m", "tests.benchmarks.bare", "hello")
OPTIONS = ("-m", "tests.benchmarks.bare", "options")
UP, DOWN, ENTER, ESCAPE, BARE_QUIT = "\x1b[A", "\x1b[B", "\r", "\x1b", "\x11"

_CONTROLS = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[()#].|[=>78cM])")


@dataclass(frozen=True, slots=True)
class Ending:
    """How a program ended."""

    seconds: float
    """From the key to the end of the process."""
    memory: float
    """Its peak, in MB."""
    work: float
    """Seconds of processor time in its whole life."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How a key was answered: seconds to the first and the last byte of the frame, and to the last byte of all."""

    first: float
    last: float
    rest: float


class Program:
    """One running program. The parent must stay smaller than its children: Linux hands the peak on by fork and exec."""

    def __init__(self, command: tuple[str, ...], home: Path) -> None:
        self.raw = b""
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self._fed = 0
        self._closed = False
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            os.chdir(ROOT)
            os.execve(sys.executable, [sys.executable, *command], environment(home))
        self._ended = os.pidfd_open(self.pid)

    def _take(self, seconds: float) -> float | None:
        """Take what comes within some time, and give the moment when it came."""
        if self._closed or not select.select([self.fd], [], [], seconds)[0]:
            return None
        now = time.perf_counter()
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            data = b""
        self._closed = not data
        self.raw += data
        return now if data else None

    def appears(self, words: str) -> float:
        """Wait until the words have been written, and give the seconds since the start."""
        wanted = words.encode()
        while True:
            now = self._take(GUARD)
            if now is None:
                raise AssertionError(f"“{words}” did not come; the screen is:\n{self.screen}")
            if wanted in _CONTROLS.sub(b"", self.raw):
                return now - self.started

    def rest(self, seconds: float = STILL) -> None:
        """Wait until nothing comes any more."""
        while self._take(seconds) is not None:
            pass

    @property
    def screen(self) -> str:
        """What a person sees now."""
        # pyte does not know kitty's key protocol and would print it.
        self._stream.feed(self.raw[self._fed :].replace(b"\x1b[>25u", b"").replace(b"\x1b[<u", b""))
        self._fed = len(self.raw)
        return "\n".join(line.rstrip() for line in self._screen.display)

    def press(self, key: str) -> Answered:
        """Press a key when the program is at rest, time the frame that answers it, and wait until it rests again."""
        self.rest(FRAME_ENDS)
        start = time.perf_counter()
        os.write(self.fd, key.encode())
        first = last = self._take(1.0)
        if first is None or last is None:
            raise AssertionError(f"the key {key!r} was not answered; the screen is:\n{self.screen}")
        while (now := self._take(FRAME_ENDS)) is not None:
            last = now
        rest = last
        while (now := self._take(STILL)) is not None:
            rest = now
        return Answered(first - start, last - start, rest - start)

    def end(self, key: str) -> Ending:
        """Press the key that quits, and wait for the end of the process."""
        self.rest()
        start = time.perf_counter()
        os.write(self.fd, key.encode())
        while True:
            ready = select.select([self._ended, *([] if self._closed else [self.fd])], [], [], GUARD)[0]
            if self._ended in ready:
                break
            if not ready:
                raise AssertionError(f"the program did not quit; the screen is:\n{self.screen}")
            self._take(0)
        seconds = time.perf_counter() - start
        _, status, usage = os.wait4(self.pid, 0)
        self.pid = 0
        if status:
            raise AssertionError(f"the program ended with status {status}; the screen was:\n{self.screen}")
        return Ending(seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)

    def close(self) -> None:
        """End it if it still runs."""
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)
        os.close(self._ended)


@contextmanager
def running(command: tuple[str, ...], home: Path) -> Iterator[Program]:
    """Start a program."""
    program = Program(command, home)
    try:
        yield program
    finally:
        program.close()


def environment(home: Path) -> dict[str, str]:
    """The same small environment for every program."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "KETALEARN_HOME": str(home)}


@contextmanager
def prepared_home() -> Iterator[Path]:
    """A learner's folder with the pack compiled and the course opened once, so that home is what opens."""
    folder = Path(tempfile.mkdtemp(prefix="ketalearn-benchmark-"))
    home = folder / "home"
    try:
        subprocess.run(
            [sys.executable, *KETALEARN, "--plain"],
            cwd=ROOT,
            env=environment(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        yield home
    finally:
        shutil.rmtree(folder)


def fresh(home: Path, number: int) -> Path:
    """A copy of a prepared home that may be written into."""
    return Path(shutil.copytree(home, home.with_name(f"home-{number}")))
