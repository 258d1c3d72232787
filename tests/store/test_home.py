"""Where a learner's history lies."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from ketalearn.store.home import cache, history_path, make_home
from ketalearn.store.journal import Journal, StoreProblem


def test_the_history_and_the_cache_lie_in_the_chosen_home(home: Path) -> None:
    assert history_path(None) == home / "history.sqlite3"
    assert history_path("ana") == home / "learners" / "ana.sqlite3"
    assert cache() == home / "cache"


@pytest.mark.parametrize("name", ["ana", "Ána-2", "学生", "a.b", "_", "7", "x" * 64, "history", "a..b"])
def test_a_learner_s_name_names_a_file_in_the_folder_of_learners(home: Path, name: str) -> None:
    path = history_path(name)
    assert path.parent == home / "learners"
    Journal(path).close()
    assert path.exists()


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        ".hidden",
        "a/b",
        "/etc/passwd",
        "../ana",
        "a\\b",
        "a b",
        "a\n",
        "a\x00",
        "x" * 65,
        "ana:",
        "\x1b[31m",
        "\udcff",
    ],
)
def test_a_name_that_cannot_be_a_file_s_is_refused_in_one_line(home: Path, name: str) -> None:
    with pytest.raises(StoreProblem, match=r"cannot be a learner’s name.*at most 64"):
        history_path(name)
    assert not list(home.iterdir())


def test_two_learners_share_nothing(home: Path) -> None:
    ana, ben = Journal(history_path("ana")), Journal(history_path("ben"))
    ana.append("pack", "seen", {"what": "page/1"}, "t")
    ana.put("pack", "step/one", "quiz", "t")
    assert ben.rows("pack") == []
    assert ben.places("pack") == {}


def test_a_new_home_is_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETALEARN_HOME", str(tmp_path / "one" / "two"))
    make_home()
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("one", "one/two")] == [0o700, 0o700]


def test_a_home_that_cannot_be_made_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("KETALEARN_HOME", str(tmp_path / "file"))
    with pytest.raises(StoreProblem, match=r"the history cannot be kept in .*file .*KETALEARN_HOME"):
        make_home()
