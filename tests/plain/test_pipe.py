"""The program as a pipe uses it: real processes, closed pipes, full disks, bytes that are no text."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ketalearn.content.text import FORBIDDEN
from ketalearn.store.journal import Journal
from tests.conftest import needs
from tests.study.desk import EVERY_KIND
from tests.terminal import Terminal

PACK = "tests/every-kind"
SCRIPT = "1 c\n\n1\n\n\n\n\n\nh\nq\n"


def environment(home: Path, **more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "KETALEARN_HOME": str(home), **more}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "ketalearn", *arguments]


def ketalearn(home: Path, *arguments: str, typed: bytes | str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run the program with this input."""
    data = typed.encode() if isinstance(typed, str) else typed
    done = subprocess.run(
        command(*arguments), input=data, capture_output=True, env=environment(home, **more), timeout=60, check=False
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    )


def rows(home: Path) -> list[str]:
    """The kinds of events that are kept."""
    journal = Journal(home / "history.sqlite3")
    found = [row.kind for row in journal.rows(PACK)]
    assert journal.verify() is None
    journal.close()
    return found


def one_line(text: str) -> bool:
    return text.count("\n") == 1 and text.endswith("\n") and "Traceback" not in text


def test_a_script_takes_a_lesson_through_a_pipe(ready_home: Path) -> None:
    done = ketalearn(ready_home, str(EVERY_KIND), "--plain", typed=SCRIPT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "✓ Correct" in done.stdout or "✗ Not quite" in done.stdout
    assert done.stdout.endswith("Goodbye. Everything is kept.\n")
    assert rows(ready_home).count("answered") == 2


def test_without_a_terminal_the_plain_lessons_are_given_unasked(ready_home: Path) -> None:
    done = ketalearn(ready_home, str(EVERY_KIND), typed=SCRIPT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("\n== Every kind ==")
    assert not FORBIDDEN.search(done.stdout)


def test_a_dumb_terminal_gets_plain_lines(ready_home: Path) -> None:
    with Terminal(ready_home, str(EVERY_KIND), TERM="dumb") as terminal:
        terminal.wait_for("Which light is warm?", "x I don’t know")
        assert b"\x1b" not in terminal.raw
        terminal.press("q", "enter")
        assert terminal.end() == 0


def test_what_the_first_start_says_while_it_prepares_a_pack_is_on_standard_error(home: Path) -> None:
    done = ketalearn(home, str(EVERY_KIND), "--plain", typed="q\n")
    assert done.returncode == 0
    assert done.stderr == "Preparing every-kind.yaml …\n"
    assert stat.S_IMODE(home.stat().st_mode) != 0
    again = ketalearn(home, str(EVERY_KIND), "--plain", typed="q\n")
    assert again.stderr == ""


def test_a_home_made_by_the_program_is_for_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "made"
    assert ketalearn(home, str(EVERY_KIND), "--plain", "--learner", "ana", typed="q\n").returncode == 0
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "learners").stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "learners" / "ana.sqlite3").stat().st_mode) == 0o600
    assert not (home / "history.sqlite3").exists()


def test_a_pipe_that_closes_after_a_line_ends_the_program_with_its_own_code_and_no_traceback(ready_home: Path) -> None:
    with subprocess.Popen(
        command(str(EVERY_KIND), "--plain"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(ready_home),
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdin.write(b"1 c\n")
        child.stdin.flush()
        while b"You chose" not in child.stdout.readline():
            pass
        child.stdout.close()
        child.stdin.write(b"\n" * 50)
        child.stdin.close()
        assert child.wait(30) == 5
        assert child.stderr.read() == b""
    assert rows(ready_home).count("answered") == 1


def test_head_gets_its_line(ready_home: Path) -> None:
    shell = f'{sys.executable} -m ketalearn {EVERY_KIND} --plain | head -2; echo "${{PIPESTATUS[0]}}"'
    answers = "1 c\n\n" * 3000
    done = subprocess.run(
        [needs("bash"), "-c", shell],
        input=answers,
        capture_output=True,
        text=True,
        env=environment(ready_home),
        timeout=60,
        check=False,
    )
    assert done.stdout == "\n== Every kind ==\n5\n"
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_an_output_on_a_full_disk_ends_with_one_line_and_its_own_code(ready_home: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command(str(EVERY_KIND), "--plain"),
            input=b"1\n",
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(ready_home),
            check=False,
        )
    assert done.returncode == 5
    assert done.stderr.decode() == "The output could not be written (No space left on device). Check the disk and try again.\n"


@pytest.mark.parametrize(
    "more",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C.UTF-8"},
        {"PYTHONIOENCODING": "utf-8:strict"},
        {"PYTHONUTF8": "1"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=str,
)
def test_bytes_that_are_no_text_are_answered_and_can_even_be_a_note(ready_home: Path, more: dict[str, str]) -> None:
    typed = b"\xff\xfe\n\x00\n1 c\n! \xff note \x00 \xed\xa0\x80\n\n\xc3\n"
    done = ketalearn(ready_home, str(EVERY_KIND), "--plain", typed=typed, **more)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("Goodbye. Everything is kept.\n")
    assert done.stdout.count("means nothing here") == 3
    assert "Flagged." in done.stdout
    assert not FORBIDDEN.search(done.stdout)
    assert rows(ready_home).count("flagged") == 1


def test_a_missing_input_has_ended_and_a_missing_output_is_said(ready_home: Path) -> None:
    for closing, code in (("<&-", 0), (">&-", 5), ("<&- >&-", 5), ("<&- >&- 2>&-", 5), ("2>&-", 0)):
        shell = f"{sys.executable} -m ketalearn {EVERY_KIND} {closing}"
        done = subprocess.run(
            [needs("bash"), "-c", shell],
            input="q\n",
            capture_output=True,
            text=True,
            env=environment(ready_home),
            timeout=60,
            check=False,
        )
        assert done.returncode == code, closing
        assert "Traceback" not in done.stderr
        assert done.stderr.count("\n") <= 1


def test_interrupting_says_that_everything_is_kept(ready_home: Path) -> None:
    with subprocess.Popen(
        command(str(EVERY_KIND), "--plain"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(ready_home),
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(b"1 c\n")
        child.stdin.flush()
        while b"Enter next" not in child.stdout.readline():
            pass
        child.send_signal(signal.SIGINT)
        _, error = child.communicate(timeout=30)
        assert child.returncode == 130
        assert error.decode() == "Interrupted. What was accepted is kept.\n"
    assert rows(ready_home).count("answered") == 1


def test_an_answer_whose_feedback_was_seen_is_there_after_kill_9(ready_home: Path) -> None:
    for number in range(1, 5):
        with subprocess.Popen(
            command(str(EVERY_KIND), "--plain", "--module", "one"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(ready_home),
        ) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(b"x\n" if number <= 2 else b"a 1\n")
            child.stdin.flush()
            if number <= 2:
                while b"You chose" not in child.stdout.readline():
                    pass
            child.kill()
        assert rows(ready_home).count("answered") == min(number, 2)


# Exit codes 2, 3 and 4: wrong usage, a pack that cannot be opened, a history that cannot be kept.


def test_a_bad_pack_ends_with_a_line_for_each_problem_and_code_3(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    text = EVERY_KIND.read_text(encoding="utf-8")
    text = (
        text.replace("kind: opinion", "kind: opinoin")
        .replace("[@One1999].", "[@Nobody].")
        .replace("quote: A lamp needs", "quote: No lamp needs")
    )
    path.write_text(text, encoding="utf-8")
    done = ketalearn(home, str(path), "--plain")
    assert done.returncode == 3
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert lines[0] == "Preparing bad.yaml …"
    assert len(lines) >= 2
    assert all(line.startswith("bad.yaml:") and line.endswith("]") for line in lines[1:])
    assert "Traceback" not in done.stderr
    assert not (home / "history.sqlite3").exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", 3),
        (b"\x00\x01", 3),
        (b"\xff\xfe", 3),
        (b"[" * 30_000, 3),
        (b"a: &a [*a]\n", 3),
        (b"format: 99\n", 3),
        (b"- 1\n", 3),
    ],
    ids=["empty", "binary", "no-text", "deep", "loop", "newer", "list"],
)
def test_what_is_no_pack_ends_with_readable_lines_and_code_3(home: Path, tmp_path: Path, data: bytes, code: int) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(data)
    done = ketalearn(home, str(path), "--plain")
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert 2 <= len(done.stderr.splitlines()) <= 21
    assert not FORBIDDEN.search(done.stderr.replace("\n", ""))


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["/no/such/pack"], 3, "there is no pack here"),
        ([str(EVERY_KIND), "--module", "three"], 3, "There is no module “three”. There is: one, two."),
        ([str(EVERY_KIND), "--learner", "../ana"], 4, "cannot be a learner’s name"),
        ([str(EVERY_KIND), "--learner", "\x1b[31m"], 4, "␛[31m"),
        ([str(EVERY_KIND), "--wrong"], 2, "there is no option --wrong"),
        ([str(EVERY_KIND), "other.yaml"], 2, "one pack at a time"),
    ],
)
def test_wrong_usage_a_missing_pack_and_a_bad_name_end_with_one_line_and_their_own_code(
    ready_home: Path, arguments: list[str], code: int, says: str
) -> None:
    done = ketalearn(ready_home, *arguments, "--plain")
    assert done.returncode == code
    assert one_line(done.stderr)
    assert says in done.stderr
    assert done.stdout == ""


def test_a_history_that_cannot_be_kept_ends_with_one_line_and_code_4_before_the_first_item(ready_home: Path) -> None:
    path = ready_home / "history.sqlite3"
    path.write_text("my notes\n" * 200, encoding="utf-8")
    done = ketalearn(ready_home, str(EVERY_KIND), "--plain", typed="1\n")
    assert (done.returncode, done.stdout) == (4, "")
    assert one_line(done.stderr)
    assert "is not a history of ketalearn. Move it away" in done.stderr
    assert path.read_text(encoding="utf-8") == "my notes\n" * 200


def test_a_home_that_is_a_file_ends_with_one_line_and_code_4(tmp_path: Path) -> None:
    home = tmp_path / "home-file"
    home.touch()
    done = ketalearn(home, str(EVERY_KIND), "--plain")
    assert (done.returncode, done.stdout) == (4, "")
    assert one_line(done.stderr)
    assert "choose another one with KETALEARN_HOME" in done.stderr


@pytest.mark.parametrize("how", ["removed", "changed"])
def test_a_cache_that_goes_away_while_it_is_open_is_said_in_one_line(ready_home: Path, how: str) -> None:
    with subprocess.Popen(
        command(str(EVERY_KIND), "--plain"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(ready_home),
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        while b"number 1" not in child.stdout.readline():
            pass
        if how == "removed":
            shutil.rmtree(ready_home / "cache")
        else:
            for file in (ready_home / "cache").glob("packs/*/module-2.json"):
                file.write_text("{}", encoding="utf-8")
        _, error = child.communicate(b"1 c\n\nh\n2\n", timeout=30)
        assert child.returncode == 3
        assert one_line(error.decode())
        assert "Start again; what was accepted is kept." in error.decode()
    assert rows(ready_home).count("answered") == 1
    assert ketalearn(ready_home, str(EVERY_KIND), "--plain").returncode == 0
