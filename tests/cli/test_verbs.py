"""``check``, ``new`` and ``schema`` as an instructor uses them: in a shell, with exit codes that a script can trust."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

import ketalearn as package
from ketalearn.checks.run import check
from ketalearn.loading.schema import PARTS, schema
from tests.cli.running import ketalearn
from tests.conftest import KETAMINE, LESSONS, ROOT
from tests.loading.small import MODULE, place, spoiled, write_file, write_folder

WARNING = ("claim: dropped", "claim: slows")
ERROR = ("claim: dropped", "claim: droped")


# check


def test_a_clean_pack_ends_well_with_exit_code_0(tmp_path: Path) -> None:
    write_file(tmp_path)
    done = ketalearn(tmp_path, "check", "small.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "A small pack (small.yaml)",
        "  Everything looks fine: 1 module, 1 page, 2 items, 1 document, 3 claims, 1 evidence card, 1 reference.",
    ]


@pytest.mark.parametrize(
    ("change", "sign", "ending"), [(WARNING, "!", "0 errors, 1 warning."), (ERROR, "✗", "1 error, 0 warnings.")]
)
def test_a_pack_with_a_problem_gives_it_in_one_line_and_exit_code_1(
    tmp_path: Path, change: tuple[str, str], sign: str, ending: str
) -> None:
    text = spoiled(change)
    write_file(tmp_path, text)
    done = ketalearn(tmp_path, "check", "small.yaml")
    assert (done.returncode, done.stderr) == (1, "")
    title, problem, last = done.stdout.splitlines()
    line, column = place(text, f"{change[1]}\n")
    assert title == "A small pack (small.yaml)"
    assert problem.startswith(f"  {sign} small.yaml:{line}:{column + len('claim: ')}: ")
    assert last == f"  {ending}"


def test_each_pack_that_is_named_is_checked(tmp_path: Path) -> None:
    write_file(tmp_path)
    write_folder(tmp_path / "other")
    done = ketalearn(tmp_path, "check", "small.yaml", "other/small", "missing.yaml")
    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if not line.startswith("  ")] == [
        "A small pack (small.yaml)",
        "A small pack (other/small)",
        "missing.yaml (missing.yaml)",
    ]
    assert "there is no pack here" in done.stdout


def test_of_a_folder_of_packs_each_is_checked(tmp_path: Path) -> None:
    write_folder(tmp_path / "a")
    (tmp_path / "a" / "small").rename(tmp_path / "first")
    write_folder(tmp_path, modules__heat_yaml=spoiled(ERROR, text=MODULE))
    done = ketalearn(tmp_path, "check", ".")
    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if not line.startswith("  ")] == [
        "A small pack (first)",
        "A small pack (small)",
    ]


def test_the_shipped_lessons_are_checked_by_their_folder(tmp_path: Path) -> None:
    done = ketalearn(tmp_path, "check", str(LESSONS))
    assert done.returncode == 0, done.stdout
    assert "Everything looks fine" in done.stdout


@pytest.mark.parametrize("changes", [[], [WARNING], [ERROR], [("format: 1", "format: 2")]])
def test_json_holds_the_same_problems_as_the_check_itself(tmp_path: Path, changes: list[tuple[str, str]]) -> None:
    path = write_file(tmp_path, spoiled(*changes))
    done = ketalearn(tmp_path, "check", "small.yaml", "--format", "json")
    checked = check(path)
    assert done.returncode == (0 if checked.clean else 1)
    (result,) = json.loads(done.stdout)
    assert result["problems"] == [asdict(problem) for problem in checked.problems]
    assert result["clean"] is checked.clean
    assert result["counts"] == (asdict(checked.counts) if checked.counts else None)
    assert (result["title"], result["pack"]) == (checked.title, "small.yaml")


def test_text_and_json_show_the_same_problems(tmp_path: Path) -> None:
    write_file(tmp_path, spoiled(WARNING, ("        module: heat\ncards", "cards")))
    text = ketalearn(tmp_path, "check", "small.yaml").stdout
    (result,) = json.loads(ketalearn(tmp_path, "check", "small.yaml", "--format=json").stdout)
    assert len(result["problems"]) == 2
    for problem in result["problems"]:
        assert f"{problem['file']}:{problem['line']}:{problem['column']}: {problem['message']}" in text


def test_control_characters_of_a_pack_do_not_reach_the_terminal(tmp_path: Path) -> None:
    write_file(tmp_path, spoiled(("title: A small pack", 'title: "A \\e]52;c;x\\a pack"\n\x1b[31m: \u202ex')))
    done = ketalearn(tmp_path, "check", "small.yaml")
    assert done.returncode == 1
    assert not {"\x1b", "\x07", "\u202e"} & set(done.stdout + done.stderr)


@pytest.mark.parametrize("arguments", [[], ["small.yaml", "--format", "xml"], ["--colour"]])
def test_wrong_usage_is_exit_code_2_and_says_how(tmp_path: Path, arguments: list[str]) -> None:
    done = ketalearn(tmp_path, "check", *arguments)
    assert done.returncode == 2
    assert "usage: ketalearn check" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_writes_nothing(tmp_path: Path) -> None:
    write_file(tmp_path)
    ketalearn(tmp_path, "check", "small.yaml")
    assert [path.name for path in tmp_path.iterdir()] == ["small.yaml"]


# new


def test_a_new_pack_passes_the_check_and_opens_and_can_be_taken(tmp_path: Path) -> None:
    made = ketalearn(tmp_path, "new", "sleep")
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout == "sleep.yaml is ready.\n  Check it:  ketalearn check sleep.yaml\n  Take it:   ketalearn sleep.yaml\n"
    checked = ketalearn(tmp_path, "check", "sleep.yaml")
    assert checked.returncode == 0, checked.stdout
    assert "Everything looks fine" in checked.stdout
    assert "above" not in checked.stdout, "not even a note"
    opened = ketalearn(tmp_path, "--plain", "sleep.yaml", typed="\nq\n")
    assert opened.returncode == 0, opened.stderr
    assert "Is my mug lucky?" in opened.stdout
    assert "Traceback" not in opened.stderr


def test_a_new_pack_has_its_name_for_an_id_and_is_otherwise_the_example(tmp_path: Path) -> None:
    ketalearn(tmp_path, "new", "sleep")
    example = (ROOT / "ketalearn" / "cli" / "example.yaml").read_text(encoding="utf-8")
    assert (tmp_path / "sleep.yaml").read_text(encoding="utf-8") == example.replace("id: example-pack", "id: sleep")
    assert example.count("id: example-pack") == 1


def test_a_name_with_its_ending_makes_the_same_file(tmp_path: Path) -> None:
    assert ketalearn(tmp_path, "new", "sleep.yaml").returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["sleep.yaml"]


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    (tmp_path / "sleep.yaml").write_text("mine\n", encoding="utf-8")
    done = ketalearn(tmp_path, "new", "sleep")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "sleep.yaml is there already. Choose another name; nothing was changed.\n"
    assert (tmp_path / "sleep.yaml").read_text(encoding="utf-8") == "mine\n"


@pytest.mark.skipif(sys.platform == "win32", reason="left out: links need a right on this platform")
def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "sleep.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert ketalearn(tmp_path, "new", "sleep").returncode == 2
    assert not (tmp_path / "elsewhere.yaml").exists()


@pytest.mark.parametrize("name", ["a b", "../sleep", "/tmp/sleep", "é", "", ".hidden", "a/b"])
def test_a_name_that_is_no_id_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    done = ketalearn(inside, "new", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert "letters, digits" in done.stderr
    assert list(tmp_path.rglob("*")) == [inside]


def test_a_file_that_cannot_be_written_is_said_in_one_line_with_the_cure(tmp_path: Path) -> None:
    done = ketalearn(tmp_path, "new", "x" * 300)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.endswith(".yaml cannot be written (File name too long). Go to a folder of your own and try again.\n")


# schema


@pytest.mark.parametrize("part", PARTS)
def test_the_schema_of_each_part_is_printed_as_json(tmp_path: Path, part: str) -> None:
    done = ketalearn(tmp_path, "schema", "--of", part)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == schema(part)


def test_the_schema_of_a_whole_pack_is_printed_when_nothing_is_named(tmp_path: Path) -> None:
    assert json.loads(ketalearn(tmp_path, "schema").stdout)["title"] == "ketalearn pack"


def test_the_schema_of_no_part_is_wrong_usage(tmp_path: Path) -> None:
    done = ketalearn(tmp_path, "schema", "--of", "essay")
    assert done.returncode == 2
    assert "choose from" in done.stderr


# help and version


@pytest.mark.parametrize("arguments", [["--help"], ["-h"]])
def test_the_help_shows_examples_exit_codes_and_where_the_history_is(tmp_path: Path, arguments: list[str]) -> None:
    done = ketalearn(tmp_path, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    for words in (
        "Examples",
        "ketalearn new sleep && ketalearn check sleep.yaml",
        "--plain",
        "KETALEARN_HOME",
        "Exit codes: 0 fine",
    ):
        assert words in done.stdout


@pytest.mark.parametrize("verb", ["check", "new", "schema"])
def test_the_help_of_each_verb_has_an_example_that_names_it(tmp_path: Path, verb: str) -> None:
    done = ketalearn(tmp_path, verb, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Example" in done.stdout
    assert done.stdout.count(f"ketalearn {verb}") >= 2


def test_the_version_is_that_of_the_package(tmp_path: Path) -> None:
    done = ketalearn(tmp_path, "--version")
    assert (done.returncode, done.stdout) == (0, f"ketalearn {package.__version__}\n")


def test_help_and_version_leave_no_home_behind(tmp_path: Path) -> None:
    ketalearn(tmp_path, "--help")
    ketalearn(tmp_path, "--version")
    assert not (tmp_path / "home").exists()


# opening a faulty pack


def test_a_faulty_pack_is_refused_with_its_problems_and_exit_code_3(tmp_path: Path) -> None:
    text = spoiled(ERROR)
    write_file(tmp_path, text)
    done = ketalearn(tmp_path, "--plain", "small.yaml")
    line, column = place(text, "droped\n")
    assert (done.returncode, done.stdout) == (3, "")
    assert f"small.yaml:{line}:{column}: there is no claim “droped”. Did you mean “dropped”? [unknown-id]" in done.stderr
    assert "Traceback" not in done.stderr


def test_of_many_problems_the_first_are_shown_and_the_check_named(tmp_path: Path) -> None:
    write_file(tmp_path, "format: 1\nid: a\ntitle: b\n" + "".join(f"key{number}: x\n" for number in range(30)))
    done = ketalearn(tmp_path, "--plain", "small.yaml")
    assert done.returncode == 3
    assert "… and 10 more. “ketalearn check small.yaml” shows all of them." in done.stderr


def test_a_pack_that_is_not_there_is_exit_code_3(tmp_path: Path) -> None:
    done = ketalearn(tmp_path, "--plain", "none.yaml")
    assert done.returncode == 3
    assert "none.yaml: there is no pack here" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="left out: pipes are those of POSIX")
@pytest.mark.parametrize(
    "verb", [["schema"], ["check", str(KETAMINE), "--format", "json"], ["new", "sleep"]], ids=lambda verb: verb[0]
)
def test_an_output_that_went_away_is_exit_code_5_without_a_traceback(tmp_path: Path, verb: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "ketalearn", *verb]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, stdout=closed, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (5, "")


def test_a_shipped_pack_is_checked_by_its_own_folder(tmp_path: Path) -> None:
    assert ketalearn(tmp_path, "check", str(KETAMINE)).returncode == 0
