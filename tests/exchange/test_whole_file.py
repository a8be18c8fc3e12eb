"""A file is written completely or not at all."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from app.exchange.whole_file import FileExists, make_folder, put, whole_file
from app.files import rights
from app.refusals import Refused


def test_a_failure_halfway_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "school.xml"
    path.write_text("oud")
    with pytest.raises(ZeroDivisionError):
        _fail_halfway(path)
    assert path.read_text() == "oud"
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_appears_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "school.xml"
    with whole_file(path) as file:
        file.write(b"nieuw")
        assert not path.exists()
    assert path.read_bytes() == b"nieuw"


def test_a_file_that_is_there_is_not_overwritten_unasked_even_when_it_comes_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "school.xml"
    with pytest.raises(FileExists):
        _be_overtaken(path)
    with pytest.raises(FileExists), whole_file(path):
        pass
    assert path.read_text() == "van een ander"


@pytest.mark.parametrize("links", [True, False])
def test_one_that_comes_at_the_last_moment_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    path, link = tmp_path / "school.xml", os.link

    def last_moment(part: Path, place: Path) -> None:
        if not links:  # as on a USB stick
            raise PermissionError(errno.EPERM, "Operation not permitted")
        path.write_text("van een ander")
        link(part, place)

    monkeypatch.setattr(os, "link", last_moment)
    with pytest.raises(FileExists) if links else nullcontext():
        put(path, "nieuw")
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [
        ("school.xml", "van een ander" if links else "nieuw")
    ]


def test_a_folder_and_a_folder_that_is_not_there_are_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is een map"), whole_file(tmp_path):
        pass
    with pytest.raises(Refused, match=r"bestaat niet\. Maak die eerst"), whole_file(tmp_path / "weg" / "school.xml"):
        pass


def _fail_halfway(path: Path) -> None:
    with whole_file(path, overwrite=True) as file:
        file.write(b"half")
        raise ZeroDivisionError


def _be_overtaken(path: Path) -> None:
    with whole_file(path) as file:
        file.write(b"nieuw")
        path.write_text("van een ander")


def a_device(path: Path) -> None:
    try:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 3))  # as root: what was replaced was /dev/null itself
    except PermissionError:
        pytest.skip("only root makes a device")


ODD: dict[str, tuple[Callable[[Path], None], str]] = {
    "fifo": (os.mkfifo, "is een FIFO"),
    "device": (a_device, "is een apparaat"),
    "link to a file": (lambda path: path.symlink_to(path.with_name("echt")), "is een link"),
    "link to nothing": (lambda path: path.symlink_to(path.with_name("weg")), "is een link"),
    "link to a folder": (lambda path: path.symlink_to(path.parent), "is een link"),
}


@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_regular_file_is_never_replaced(tmp_path: Path, kind: str) -> None:
    make, sentence = ODD[kind]
    (tmp_path / "echt").write_text("van een ander")
    make(tmp_path / "x")
    before = (tmp_path / "x").lstat()
    for path in (tmp_path / "x", tmp_path / "." / "x"):
        with pytest.raises(Refused, match=sentence):
            put(path, "nieuw", overwrite=True)
    assert (tmp_path / "x").lstat() == before
    assert (tmp_path / "echt").read_text() == "van een ander"


def test_what_is_shared_has_the_rights_the_user_gives_and_the_rest_is_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.umask(0o027)
    monkeypatch.setattr(rights, "_users", [])
    try:
        rights.be_private()
        make_folder(tmp_path / "a" / "b", shared=True)
        put(tmp_path / "a" / "b" / "handleiding", "", shared=True)
        put(tmp_path / "leerlingen", "")
        (tmp_path / "eerder").touch(mode=0o644)
        put(tmp_path / "eerder", "", overwrite=True)
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    assert modes == {"a": 0o750, "b": 0o750, "handleiding": 0o640, "leerlingen": 0o600, "eerder": 0o600}


def test_a_full_disk_is_told_and_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match=r"is niet te schrijven: de schijf is vol\.$"):
        put(tmp_path / "x", "nieuw")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_is_told_in_dutch(tmp_path: Path) -> None:
    for name, sentence in (("a" * 300, "naam van het bestand is te lang"), ("a\0b", "een teken dat daar niet kan")):
        with pytest.raises(Refused, match=sentence):
            put(tmp_path / name, "")


def test_what_a_killed_program_left_goes_and_what_another_still_writes_stays(tmp_path: Path) -> None:
    killed, busy = tmp_path / ".uit.xml-abcdefgh.part", tmp_path / ".uit.xml-stuvwxyz.part"
    mine = tmp_path / ".uit.xml.part"
    for path in (killed, busy, mine):
        path.write_text("leerling")
    with busy.open() as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        put(tmp_path / "uit.xml", "klaar")
    assert sorted(path.name for path in tmp_path.iterdir()) == [busy.name, mine.name, "uit.xml"]


def test_where_there_are_no_locks_a_file_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_number: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    (tmp_path / ".x-12345678.part").write_text("van wie nog schrijft")
    monkeypatch.setattr(fcntl, "flock", no_locks)
    put(tmp_path / "x", "nieuw")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".x-12345678.part", "x"]


def test_one_that_another_program_swept_before_it_was_locked_is_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    usual = tempfile.mkstemp

    def swept_at_once(**where: Any) -> tuple[int, str]:
        number, name = usual(**where)
        made.append(name)
        if len(made) == 1:
            Path(name).unlink()
        return number, name

    monkeypatch.setattr(tempfile, "mkstemp", swept_at_once)
    put(tmp_path / "x", "nieuw")
    assert (len(made), (tmp_path / "x").read_text()) == (2, "nieuw")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_what_is_swept_is_gone_before_its_lock_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = tmp_path / ".lijst.csv-abcdefgh.part"
    left.touch()
    there: list[bool] = []
    close = os.close

    def closing(number: int) -> None:
        there.append(left.exists())
        close(number)

    monkeypatch.setattr("app.exchange.whole_file.os.close", closing)
    put(tmp_path / "lijst.csv", "nieuw")
    assert there[0] is False, "whoever began it just now would lock it, find it there, and lose it"
    assert not left.exists()
