"""Starting states kept between plays: made once, by one process, whole; made anew by another version of the program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.training.scripts import kept_situations
from app.training.scripts.kept_situations import FORGOTTEN, kept


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    kept_situations._folder.cache_clear()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(kept_situations, "fingerprint", lambda: "now")
    yield tmp_path / "esis" / "beginstanden"
    kept_situations._folder.cache_clear()


def test_it_is_made_once_for_all_who_ask_together() -> None:
    made: list[Path] = []

    def make(path: Path) -> None:
        made.append(path)
        path.write_text("a board")

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: kept("begin", make), range(4)))
    assert len(made) == 1
    assert {path.read_text() for path in found if path} == {"a board"}


def test_what_was_made_half_is_not_kept(cache: Path) -> None:
    def fail(path: Path) -> None:
        path.write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept("begin", fail)
    (cache / "now" / "begin.part").write_text("of a program that was killed")
    path = kept("begin", lambda path: path.write_text(f"whole, on {path.exists()}") and None)
    assert path is not None
    assert path.read_text() == "whole, on False"


def test_what_nobody_used_for_long_is_removed(cache: Path) -> None:
    for name, age in (("old", FORGOTTEN + 60), ("yesterday", 86_400)):
        (cache / name).mkdir(parents=True)
        then = (cache / name).stat().st_mtime - age
        os.utime(cache / name, (then, then))
    kept("begin", lambda path: path.write_text("") and None)
    assert sorted(path.name for path in cache.iterdir()) == ["now", "yesterday"]


def test_where_nothing_can_be_kept_it_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert kept("begin", lambda _path: pytest.fail("made where it cannot be")) is None


def test_another_version_of_a_file_is_another_program() -> None:
    about = list(kept_situations._files(Path(kept_situations.__file__).parent))
    assert any("kept_situations.py" in line for line in about)
    assert all(len(line.split()) >= 3 for line in about)
