"""Settings are kept where they can be, and never disturb a lesson."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketalearn.store.settings import keep_theme, read_theme


def test_a_theme_that_was_kept_is_read_again(tmp_path: Path) -> None:
    keep_theme(tmp_path, "ketalearn-light")
    assert read_theme(tmp_path) == "ketalearn-light"
    keep_theme(tmp_path, "ketalearn-dark")
    assert read_theme(tmp_path) == "ketalearn-dark"
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json"]


def test_without_settings_there_is_no_theme(tmp_path: Path) -> None:
    assert read_theme(tmp_path) is None
    assert read_theme(tmp_path / "missing") is None


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"dark"',
        b"{}",
        b'{"theme": null}',
        b'{"theme": ["a"]}',
        b"\xff\xfe\x00",
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b"9" * 5000, id="long"),
    ],
)
def test_damaged_settings_count_as_none(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / "settings.json").write_bytes(damaged)
    assert read_theme(tmp_path) is None


@settings(max_examples=200)
@given(st.binary(max_size=60))
def test_no_bytes_in_the_settings_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "settings.json").write_bytes(data)
    assert isinstance(read_theme(folder), str | None)


def test_a_theme_that_cannot_be_kept_is_no_reason_to_stop(tmp_path: Path) -> None:
    keep_theme(tmp_path / "missing", "ketalearn-dark")
    assert not (tmp_path / "missing").exists()
    (tmp_path / "settings.json").mkdir()
    keep_theme(tmp_path, "ketalearn-dark")
    assert read_theme(tmp_path) is None
