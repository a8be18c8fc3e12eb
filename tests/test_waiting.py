"""Locks of other programs are waited for, reported while they last, and given up on after a while."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from peewee import OperationalError

from models import waiting
from models.base import database, real_database
from models.board import Board
from models.schema import open_database
from models.waiting import WaitingPostgresql
from tests.builders import make_board


class Told(list[str]):
    """Records what is reported, then runs an action."""

    longest, every = 30.0, 0.0

    def __init__(self) -> None:
        super().__init__()
        self.then: Callable[[], object] = lambda: None

    def patience(self) -> float:
        return self.longest

    def waits(self, sentence: str) -> None:
        self.append(sentence)
        self.then()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    for name, seconds in (("TELL_AFTER", 0.02), ("ONE_TRY", 0.01), ("PAUSE", 0.001)):
        monkeypatch.setattr(waiting, name, seconds)
    told = Told()
    with waiting.telling(told):
        yield told


@pytest.fixture
def other(told: Told, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Another program with a database, whose write lock it holds."""
    open_database(f"sqlite:///{tmp_path / 'oefen.db'}")
    with closing(sqlite3.connect(tmp_path / "oefen.db", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


@pytest.mark.parametrize("whole", [True, False])
def test_a_lock_is_told_while_it_lasts_and_waited_for(told: Told, other: sqlite3.Connection, whole: bool) -> None:
    told.then = lambda: other.execute("ROLLBACK") if other.in_transaction else None
    if whole:
        with database.atomic():
            make_board()
    else:
        make_board()
    assert Board.select().count() == 1
    assert told[0] == "Een ander programma houdt de database bezet. Dit wordt vanzelf opnieuw geprobeerd (0 seconden)."


def test_it_is_given_up_after_a_while_with_nothing_done(told: Told, other: sqlite3.Connection) -> None:
    told.longest = 0.05
    with pytest.raises(OperationalError, match="locked"), database.atomic():
        make_board()
    other.execute("ROLLBACK")
    assert not Board.select().exists()


def test_a_row_that_another_holds_is_told_too(told: Told, db: str) -> None:
    if db.startswith("sqlite"):
        pytest.skip("a file has one lock")
    board = make_board()
    server = real_database()
    assert isinstance(server, WaitingPostgresql)
    with psycopg.connect(db) as holder:
        holder.execute("SELECT 1 FROM board FOR UPDATE")

        def rename() -> None:
            with database.connection_context():
                Board.update(name="Anders").where(Board.id == board.id).execute()

        thread = Thread(target=rename)
        thread.start()
        while not told:
            server.tell_blocked()
    thread.join()
    assert Board.get_by_id(board.id).name == "Anders"
