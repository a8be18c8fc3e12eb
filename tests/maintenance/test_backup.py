"""`esis backup`: a complete copy while the program runs, or nothing."""

from __future__ import annotations

import resource
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from app.exchange.whole_file import FileExists, put
from app.maintenance.backup import back_up
from app.refusals import Refused
from models.base import real_database
from models.board import Board
from models.schema import open_database
from tests.builders import make_board
from tests.commands.conftest import in_process


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """As on a disk that is full: the system refuses to make a file longer."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def boards_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return int(copy.execute("SELECT count(*) FROM board").fetchone()[0])


def test_the_copy_has_what_is_in_the_wal_and_not_what_another_is_writing(sqlite: str, tmp_path: Path) -> None:
    make_board()
    own, copy, bare = Path(real_database().database), tmp_path / "kopie.db", tmp_path / "bestand.db"
    bare.write_bytes(own.read_bytes())
    assert boards_in(bare) == 0  # what it is for
    parts: list[float] = []
    with closing(sqlite3.connect(own, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM location")
        other.execute("DELETE FROM board")
        address = back_up(copy, progress=parts.append)
    assert (boards_in(copy), parts[-1]) == (1, 1.0)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    real_database().close()
    open_database(address)
    assert Board.select().count() == 1


def test_it_replaces_nothing_unasked_and_never_the_database_itself(sqlite: str, tmp_path: Path) -> None:
    there = tmp_path / "kopie.db"
    there.write_text("van een ander")
    with pytest.raises(FileExists):
        back_up(there)
    assert there.read_text() == "van een ander"
    back_up(there, overwrite=True)
    assert boards_in(there) == 0
    own = Path(real_database().database)
    (tmp_path / "link.db").symlink_to(own)
    for path in (own, tmp_path / "link.db"):
        with pytest.raises(Refused, match="de database zelf"):
            back_up(path, overwrite=True)


@pytest.mark.parametrize(
    "end",
    [
        "",
        "-wal",
        "-shm",
        "-journal",
        "-queue.db",
        "-queue.db-wal",
        ".worker.lock",
        ".upgrade.lock",
        ".worker.log",
        ".esis.log",
        ".esis.log.1",
        ".voor-0.5.0",
        ".voor-0.5.0-2",
    ],
)
def test_no_output_takes_the_place_of_a_part_of_the_database(sqlite: str, tmp_path: Path, end: str) -> None:
    part = tmp_path / f"{Path(real_database().database).name}{end}"
    (tmp_path / "map").mkdir()
    (tmp_path / "map" / "link").symlink_to(tmp_path)
    if not part.exists():
        check_refused(part)  # also where it is not there yet
        part.write_text("van de database")
    (tmp_path / "map" / "hard.txt").hardlink_to(part)
    for path in (part, tmp_path / "map" / "link" / part.name, tmp_path / "map" / "hard.txt"):
        check_refused(path)
    put(tmp_path / f"ander-{part.name}", "")
    put(tmp_path / "map" / part.name, "")


def check_refused(path: Path) -> None:
    with pytest.raises(Refused, match="de database zelf"):
        put(path, "", overwrite=True)


def test_a_name_that_only_looks_like_a_copy_is_the_users(sqlite: str) -> None:
    put(Path(f"{real_database().database}.voor-de-vakantie"), "")


def test_without_room_there_is_no_copy_and_nothing_is_lost(
    sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = {path.name for path in tmp_path.iterdir()}
    with no_file_longer_than(100_000), pytest.raises(Refused, match="niet te lezen of te beschrijven"):
        back_up(tmp_path / "kopie.db")
    assert {path.name for path in tmp_path.iterdir()} == before
    make_board()


def test_of_a_server_it_says_what_makes_a_copy(request: pytest.FixtureRequest, db: str, tmp_path: Path) -> None:
    if db.startswith("sqlite"):
        pytest.skip("see the others")
    with pytest.raises(Refused, match=r"pg_dump --format=custom --file=.*kopie\.db"):
        back_up(tmp_path / "kopie.db")


def test_the_command_says_how_a_copy_is_opened(sqlite: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    esis = in_process(sqlite, capsys)
    said = esis("backup", str(tmp_path / "een kopie.db"))
    assert said.status == 0
    assert f"esis --database sqlite:///{tmp_path}/een%20kopie.db" in said.err
    refused = esis("backup", str(tmp_path / "een kopie.db"))
    assert (refused.status, "--yes toe" in refused.err) == (1, True)
