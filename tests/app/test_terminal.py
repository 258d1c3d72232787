"""The real program in a real pseudo-terminal."""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import needs

pytest.importorskip("fcntl", reason="left out: pseudo-terminals are not on this platform")

from tests.terminal import Terminal

SHOWN = "You chose"
"""The feedback's words: from here on the answer is promised to be stored."""

C0_AND_C1 = re.compile(r"[\x00-\x07\x0e-\x1a\x1c-\x1f\x80-\x9f\u202a-\u202e\u2066-\u2069]")
OURS = re.compile(r"\x1b(\[[0-9;?<>=]*[A-Za-z$]p?|\][0-9]+;[^\x07\x1b]*(\x07|\x1b\\)|[()][A-Z0-9]|[=>78M])")
"""Escape sequences that a terminal program sends itself: cursor, colours, modes, the pointer's shape."""
SWITCHED_OFF = ("\x1b[?1049l", "\x1b[?25h", "\x1b[?1000l", "\x1b[?1003l", "\x1b[?2004l")
"""What leaves a terminal usable: the normal screen, the cursor, no mouse reports, no bracketed paste."""


def answers(home: Path) -> int:
    """Count stored answers, with no code of ours."""
    with sqlite3.connect(home / "history.sqlite3") as database:
        return int(database.execute("SELECT count(*) FROM event WHERE kind = 'answered'").fetchone()[0])


@pytest.fixture
def warm(home: Path) -> Path:
    """A home whose pack is compiled, so that a start does not wait for it."""
    subprocess.run(
        [sys.executable, "-m", "ketalearn", "--plain", "--learner", "warm"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    return home


def test_start_read_answer_kill_start_again_and_go_on_at_the_same_item(warm: Path) -> None:
    with Terminal(warm) as terminal:
        terminal.wait_for("not medical advice")
        terminal.press("enter", "3", "enter")
        terminal.wait_for(SHOWN)
        terminal.kill()
    assert answers(warm) == 1
    with Terminal(warm) as terminal:
        terminal.wait_for("Continue")
        terminal.press("enter")
        terminal.wait_for("2 / 3")
        terminal.press("1", "c")
        time.sleep(1)
        terminal.kill()
    assert answers(warm) == 1
    with Terminal(warm) as terminal:
        terminal.wait_for("Continue")
        terminal.press("enter")
        shown = terminal.wait_for("2 / 3")
        assert shown.count("(•)") == 2, "the draft and how sure are offered again"


def test_kill_at_any_moment_loses_nothing_that_was_shown_as_accepted(warm: Path) -> None:
    """12 lives of a learner, each ended without warning 0 to 0.4 s after a key."""
    chance = random.Random(11)
    shown = 0
    for life in range(12):
        with Terminal(warm) as terminal:
            terminal.wait_for("not medical advice" if life == 0 else "blocked channel")
            terminal.press("enter")
            os.write(terminal.fd, b"1")
            time.sleep(chance.random() * 0.2)
            os.write(terminal.fd, b"\r")
            until = time.monotonic() + chance.random() * 0.4
            while time.monotonic() < until:
                terminal._read(0.01)
            accepted = SHOWN in terminal.text
            terminal.kill()
        stored = answers(warm)
        assert stored >= shown + accepted, f"life {life}"
        shown = stored


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_closed_window_loses_nothing_and_leaves_the_terminal_usable(warm: Path, name: str) -> None:
    with Terminal(warm) as terminal:
        terminal.wait_for("not medical advice")
        terminal.press("enter", "3", "enter")
        terminal.wait_for(SHOWN)
        os.kill(terminal.pid, getattr(signal, name))
        assert terminal.end() == 0
        tail = terminal.raw.decode(errors="replace")[-2000:]
        for sequence in SWITCHED_OFF:
            assert sequence in tail, repr(sequence)
    assert answers(warm) == 1


def test_a_terminal_that_goes_away_ends_the_program(warm: Path) -> None:
    terminal = Terminal(warm)
    terminal.wait_for("not medical advice")
    terminal.press("enter", "3", "enter")
    terminal.wait_for(SHOWN)
    os.close(terminal.fd)
    until = time.monotonic() + 10
    while time.monotonic() < until:
        pid, _ = os.waitpid(terminal.pid, os.WNOHANG)
        if pid:
            break
        time.sleep(0.05)
    else:
        terminal.kill()
        pytest.fail("the program goes on without a terminal")
    assert answers(warm) == 1


@pytest.mark.parametrize("keys", [["q"], ["escape", "q"], ["ctrl+q"]], ids="-".join)
def test_quitting_leaves_the_terminal_usable(warm: Path, keys: list[str]) -> None:
    with Terminal(warm) as terminal:
        terminal.wait_for("not medical advice")
        terminal.press("enter", *keys)
        assert terminal.end() == 0
        tail = terminal.raw.decode(errors="replace")[-2000:]
        for sequence in SWITCHED_OFF:
            assert sequence in tail, repr(sequence)


def test_no_control_character_of_a_text_reaches_the_terminal(warm: Path) -> None:
    """A note is typed with a bidirectional override in it, kept, and shown in the report."""
    with Terminal(warm, size=(100, 30)) as terminal:
        terminal.wait_for("education")
        terminal.press("enter", "3", "enter")
        terminal.wait_for(SHOWN)
        terminal.press("n")
        before = len(terminal.raw)
        terminal.press("a\u202eb\u0085c", "enter")
        time.sleep(0.6)
        terminal.press("enter", "escape", "enter", "escape")
        for row in (2, 3):
            terminal.press("enter", str(row), "enter")
            time.sleep(0.6)
            terminal.press("enter")
        sent = terminal.raw[before:].decode(errors="replace")
        terminal.press("q")
    found = C0_AND_C1.findall(OURS.sub("", sent))
    assert not found, f"{found[:5]!r}"
    left = OURS.sub("", sent)
    assert "\x1b" not in left, repr(left[max(0, left.index("\x1b") - 20) : left.index("\x1b") + 20])


def test_no_color_sends_no_colour(warm: Path) -> None:
    with Terminal(warm, NO_COLOR="1") as terminal:
        terminal.wait_for("not medical advice")
        terminal.press("enter", "3", "enter")
        shown = terminal.wait_for(SHOWN)
        assert "▐" in shown, "a quote is marked without colour as well"
        styles = re.findall(r"\x1b\[([0-9;]*)m", terminal.raw.decode(errors="replace"))
        terminal.press("q")
    colours = {
        style
        for style in styles
        for part in style.split(";")
        if part.isdigit() and 30 <= int(part) <= 107 and part not in ("39", "49")
    }
    assert not colours


def test_a_dumb_terminal_gets_plain_lines(warm: Path) -> None:
    with Terminal(warm, TERM="dumb") as terminal:
        text = terminal.wait_for("[number 1–4")
        assert "Item 1 of 3" in text
        terminal.press("q\n")
        assert terminal.end() == 0
        assert b"\x1b" not in terminal.raw


def test_the_first_start_on_this_machine_says_what_it_waits_for(home: Path) -> None:
    with Terminal(home) as terminal:
        terminal.wait_for("not medical advice")
        assert "Preparing ketamine" in terminal.raw.decode(errors="replace")
        terminal.press("enter", "q")
        assert terminal.end() == 0


def test_the_history_going_bad_in_the_middle_ends_with_one_line(warm: Path) -> None:
    with Terminal(warm) as terminal:
        terminal.wait_for("not medical advice")
        terminal.press("enter", "3")
        with sqlite3.connect(warm / "history.sqlite3") as database:
            database.execute("DROP TABLE event")
        terminal.press("enter")
        assert terminal.end() == 4
        said = terminal.raw.decode(errors="replace").split("\x1b[?1006l")[-1]
        assert "Traceback" not in terminal.raw.decode(errors="replace")
        assert "history.sqlite3" in said


def test_the_module_is_taken_in_tmux(warm: Path) -> None:
    """A terminal of another make than our emulator: what tmux shows is what a person sees there."""
    tmux = needs("tmux")
    socket = str(warm / "tmux")

    def run(*words: str) -> str:
        return subprocess.run([tmux, "-S", socket, "-f", os.devnull, *words], capture_output=True, text=True, check=True).stdout

    def shows(words: str) -> str:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            text = run("capture-pane", "-p", "-t", "it")
            if words in text:
                return text
            time.sleep(0.1)
        raise AssertionError(f"{words} did not come:\n{text}")

    program = f"env KETALEARN_HOME='{warm}' '{sys.executable}' -m ketalearn"
    run("new-session", "-d", "-s", "it", "-x", "80", "-y", "24", program)
    try:
        shows("not medical advice")
        run("send-keys", "-t", "it", "Enter")
        shows("What is a control group")
        run("send-keys", "-t", "it", "Down", "Down", "Enter")
        assert "▐Today was my third infusion" in shows(SHOWN)
    finally:
        run("kill-server")
    assert answers(warm) == 1
