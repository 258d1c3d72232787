from __future__ import annotations

import re
import tomllib

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"<!-- (open|test) -->\n```sh\n(.+)\n```", README)


def test_the_first_screen_of_the_readme_has_two_commands_of_one_line_each() -> None:
    assert [name for name, _ in COMMANDS] == ["open", "test"]
    assert all("\n" not in command for _, command in COMMANDS)
    assert README.index(COMMANDS[1][1]) < 1500
    assert all(command.startswith("python3 -m venv .venv && ") for _, command in COMMANDS)


def test_ci_runs_exactly_the_readmes_test_command() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "<!-- test -->" in script
    assert "KETALEARN_TESTS=all" in script
    assert "pytest" not in script.replace("README", ""), "the command stands in the README only"


def test_pictures_of_the_readme_exist() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)


def test_links_of_the_readmes_lead_to_files() -> None:
    for path in (ROOT / "README.md", ROOT / "lessons" / "README.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (path.parent / target).exists(), target


def test_every_dependency_is_pinned_and_bounded() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pins = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").split())
    pinned = {name.casefold().replace("_", "-"): version for name, version in pins.items()}
    wanted = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["test"]]
    for requirement in wanted:
        name = re.split(r"[<>=]", requirement)[0].casefold().replace("_", "-")
        assert "<" in requirement, f"{requirement} has no upper bound"
        assert name in pinned, f"{name} is not in constraints.txt"
    for requirement in project["build-system"]["requires"]:
        name, version = requirement.split("==")
        assert pinned[name.casefold().replace("_", "-")] == version, requirement


def test_no_file_names_the_host_of_a_registry() -> None:
    for name in ("constraints.txt", "pyproject.toml", ".ci/run", "README.md"):
        assert not re.search(r"https?://[^\s)]*(simple|registry|index)", (ROOT / name).read_text(encoding="utf-8")), name
