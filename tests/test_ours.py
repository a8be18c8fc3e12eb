"""A file or database of another program is unchanged; each kind that cannot be opened has its own message."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, nullcontext, suppress
from pathlib import Path
from typing import Any

import pytest
from peewee import OperationalError

from models import ours, schema, troubles
from models.base import UnusableDatabase, real_database
from models.board import Board
from models.schema import open_database
from tests.builders import make_board
from tests.maintenance.test_backup import no_file_longer_than


def stranger(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as file:
        for statement in (*statements, "CREATE TABLE klant (naam)", "INSERT INTO klant VALUES ('Jansen')"):
            file.execute(statement)
        file.commit()


def left_in_its_wal(path: Path) -> None:
    """As a killed program leaves it: the table is in the -wal only."""
    made = path.with_name("gemaakt.db")
    with closing(sqlite3.connect(made)) as file:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("CREATE TABLE klant (naam)")
        for end in ("", "-wal"):
            shutil.copy(f"{made}{end}", f"{path}{end}")
    made.unlink()


def damaged(path: Path) -> None:
    stranger(
        path, "CREATE TABLE veel AS WITH n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 9000) SELECT x FROM n"
    )
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


NO_DATABASE, OTHERS = "is geen database: er staat iets anders in", "is een database van een ander programma"


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (stranger, OTHERS),
        (lambda path: stranger(path, "PRAGMA journal_mode = WAL"), OTHERS),
        (left_in_its_wal, OTHERS),
        (lambda path: stranger(path, "CREATE TABLE schema_version (version)"), OTHERS),
        (lambda path: stranger(path, "PRAGMA application_id = 7", "PRAGMA user_version = 2"), OTHERS),
        (lambda path: sqlite3.connect(path).execute("PRAGMA application_id = 7").close(), OTHERS),
        (lambda path: sqlite3.connect(path).execute("CREATE TABLE huey_task (queue)").close(), OTHERS),
        (damaged, "is beschadigd. Noem met --database een kopie"),
        (lambda path: path.write_bytes(os.urandom(5000)), NO_DATABASE),
        (lambda path: path.write_bytes(b"x"), NO_DATABASE),
        (lambda path: path.mkdir(), "is een map en geen database"),
        (lambda path: os.mkfifo(path), "is geen gewoon bestand"),
    ],
)
def test_what_is_not_ours_is_told_apart_and_stays_to_the_byte(
    tmp_path: Path, make: Callable[[Path], Any], sentence: str
) -> None:
    path = tmp_path / "oefen.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    beside = {one.name for one in tmp_path.iterdir()}
    with pytest.raises(UnusableDatabase, match=sentence):
        open_database(f"sqlite:///{path}")
    assert (path.read_bytes() if path.is_file() else None) == before
    assert {one.name for one in tmp_path.iterdir()} - beside <= {"oefen.db-shm"}  # SQLite reads no -wal without


@pytest.mark.parametrize(
    ("there", "sentence"), [(True, "Het bestand .* mag u niet"), (False, "In de map .* mag u niet")]
)
def test_what_the_user_may_not_write_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, sentence: str
) -> None:
    if there:
        stranger(tmp_path / "oefen.db")
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(UnusableDatabase, match=sentence):
        open_database(f"sqlite:///{tmp_path / 'oefen.db'}")


def test_an_empty_file_becomes_ours_and_one_of_before_gets_the_mark(tmp_path: Path) -> None:
    path = tmp_path / "oefen.db"
    path.touch()
    for number in (ours.APPLICATION_ID, 0):  # before 0.6.0 it was not there
        open_database(f"sqlite:///{path}")
        target = real_database()
        assert target.execute_sql("PRAGMA application_id").fetchone()[0] == ours.APPLICATION_ID
        target.execute_sql(f"PRAGMA application_id = {number}")
        target.close()


def test_a_circle_of_links_is_no_path(tmp_path: Path) -> None:
    (tmp_path / "oefen.db").symlink_to(tmp_path / "oefen.db")
    with pytest.raises(schema.NoDatabase, match="niet te volgen"):
        schema.connect(f"sqlite:///{tmp_path / 'oefen.db'}")


def test_a_server_database_with_tables_of_another_is_left_alone(postgres_server: str) -> None:
    from tests.postgres import on_server, with_name

    on_server(postgres_server, "CREATE DATABASE van_een_ander")
    url = with_name(postgres_server, "van_een_ander")
    on_server(url, "CREATE TABLE klant (naam text)")
    try:
        with pytest.raises(UnusableDatabase, match="van_een_ander is een database van een ander programma"):
            open_database(url)
        assert real_database().get_tables() == ["klant"]
    finally:
        real_database().close()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('connection failed: FATAL:  password authentication failed for user "x"', "laat u niet toe"),
        ('connection failed: FATAL:  database "x" does not exist', "geen database met die naam"),
        ("connection failed: Connection refused", "niet bereikbaar"),
        ("disk I/O error", "niet te lezen of te beschrijven"),
        ("database disk image is malformed", "beschadigd"),
        ("something else", ""),
    ],
)
def test_why_is_in_words_of_the_user(said: str, words: str) -> None:
    assert words in troubles.known(OperationalError(said))
    assert bool(words) == bool(troubles.known(OperationalError(said)))


def fill() -> None:
    for _ in range(2_000):
        make_board()


def let_no_page_be_added() -> None:
    count = real_database().execute_sql("PRAGMA page_count").fetchone()[0]
    real_database().execute_sql(f"PRAGMA max_page_count = {count + 1}")


def test_a_file_that_may_not_grow_is_told_and_what_was_is_kept(sqlite: str) -> None:
    """By the system itself, which says it otherwise than for a disk that is full: so it does where a user's room is used up."""
    make_board()
    with no_file_longer_than(0), pytest.raises(OperationalError) as told:
        make_board()
    assert troubles.known(told.value).endswith("Misschien is uw ruimte daarop op.")
    assert Board.select().count() == 1
    make_board()


@pytest.mark.parametrize("nested", [False, True])
def test_a_full_disk_is_named_and_what_was_is_kept(sqlite: str, nested: bool) -> None:
    """SQLite takes back the whole transaction by itself, and peewee does not know."""
    target = real_database()
    make_board()
    let_no_page_be_added()

    def use_case() -> None:
        make_board()
        with target.atomic() if nested else nullcontext():
            fill()

    with pytest.raises(OperationalError) as told:
        target.atomic()(use_case)()
    assert troubles.known(told.value).startswith("De schijf is vol. Wat er al stond, is gebleven.")
    assert Board.select().count() == 1
    assert not target.in_transaction()


def test_who_goes_on_after_it_writes_nothing_outside_the_transaction(sqlite: str) -> None:
    let_no_page_be_added()

    def use_case() -> None:
        with suppress(OperationalError):
            fill()
        real_database().execute_sql("PRAGMA max_page_count = 100000")

    with pytest.raises(OperationalError, match="taken the transaction back"):
        real_database().atomic()(use_case)()
    assert Board.select().count() == 0
