"""Starting states kept between plays: made once, by one process, whole; made anew by another version of the program."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.training.scripts import kept_situations, sandbox
from app.training.scripts.kept_situations import FORGOTTEN, kept


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(kept_situations, "fingerprint", lambda: "now")
    return tmp_path / "esis" / "beginstanden"


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


def test_the_log_of_a_database_of_a_killed_program_is_not_taken_for_that_of_the_next(cache: Path) -> None:
    (cache / "now").mkdir(parents=True)
    for kind in ("part", "part-wal", "part-shm"):  # what kill -9 leaves
        (cache / "now" / f"begin.{kind}").write_text("half")
    beside: list[str] = []

    def make(path: Path) -> None:
        beside.extend(one.name for one in path.parent.iterdir() if one.name.startswith(path.stem))
        path.write_text("whole")

    path = kept("begin", make)
    assert path is not None
    assert (path.read_text(), beside) == ("whole", [])


def test_where_files_cannot_be_locked_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_number: int) -> bool:
        raise OSError(errno.ENOLCK, "")

    monkeypatch.setattr(kept_situations, "lock", fail)
    assert kept("begin", lambda _path: pytest.fail("made while others may make it too")) is None


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


def _whole(path: Path) -> None:
    path.write_text("a board")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_text(""),
        lambda path: path.write_text("a b"),
        lambda path: path.write_text("another"),
        lambda path: path.unlink(),
        lambda path: (path.unlink(), path.symlink_to("/etc/passwd")),
        lambda path: path.with_suffix(".sha256").unlink(),
        lambda path: path.with_suffix(".sha256").write_bytes(b"\xff"),
    ],
)
def test_what_is_not_as_it_was_made_is_made_again(spoil: Callable[[Path], object]) -> None:
    path = kept("begin", _whole)
    assert path is not None
    spoil(path)
    assert kept("begin", _whole) == path
    assert path.read_text() == "a board"
    assert not path.is_symlink()


@pytest.mark.parametrize("kind", ["lock", "part", "db", "sha256"])
def test_where_something_else_is_nothing_is_kept(cache: Path, kind: str) -> None:
    (cache / "now" / f"begin.{kind}").mkdir(parents=True)
    assert kept("begin", _whole) is None


def test_a_cache_that_is_emptied_meanwhile_is_filled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_bring_about", lambda _situation, _start, path: _whole(path))
    sandbox._made_here.cache_clear()
    try:
        for time in range(2):
            sandbox.copy("begin", None, tmp_path / f"{time}.db")
            shutil.rmtree(tmp_path / "esis")
        assert (tmp_path / "1.db").read_text() == "a board"
    finally:
        sandbox._made_here.cache_clear()


def test_another_version_of_a_file_is_another_program() -> None:
    about = list(kept_situations._files(Path(kept_situations.__file__).parent))
    assert any("kept_situations.py" in line for line in about)
    assert all(len(line.split()) >= 3 for line in about)


def test_what_is_done_in_turn_is_done_by_one_at_a_time_and_then_by_the_next(cache: Path) -> None:
    done: list[str] = []

    def second() -> None:
        with kept_situations.in_turn("it") as folder:
            done.append(f"second: {folder == cache / 'now'}")

    with ThreadPoolExecutor() as threads:
        with kept_situations.in_turn("it") as folder:
            waiting = threads.submit(second)
            done.append(f"first: {folder == cache / 'now'}")
        waiting.result(30)
    assert done == ["first: True", "second: True"]


def test_where_nothing_can_be_kept_nothing_is_done_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_situations, "_folder", lambda: None)
    with kept_situations.in_turn("it") as folder:
        assert folder is None
