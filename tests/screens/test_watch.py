"""The thread that watches the database: errors do not end it, and a replaced file is reported."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from peewee import DatabaseError, OperationalError

from app import clock
from models.base import database, real_database
from models.board import Board
from models.history import Signature, writing_as
from screens.shell import watch
from screens.shell.watch import REPLACED, Changes, Seen, Watcher
from tests.builders import location_of, make_board, make_group, make_pupil


def test_it_goes_on_after_an_error_and_says_that_the_file_is_another(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    board, path = make_board(), Path(real_database().database)
    monkeypatch.setattr(watch, "SECONDS", 0.005)
    noted, warned, said = Event(), Event(), list[str]()
    watcher = Watcher(
        board.id,
        lambda: None,
        note=lambda _error: noted.set(),
        warn=lambda sentence: (said.append(sentence), warned.set()),
    )
    usual = Watcher._fingerprint
    with monkeypatch.context() as broken:
        broken.setattr(Watcher, "_fingerprint", lambda _watcher: (_ for _ in ()).throw(DatabaseError("malformed")))
        watcher.start()
        assert noted.wait(30)
    assert Watcher._fingerprint is usual
    shutil.copy(path, path.with_name("kopie.db"))
    path.with_name("kopie.db").replace(path)
    assert warned.wait(30)
    assert watcher.is_alive()
    watcher.stop()
    watcher.join(30)
    assert said == [REPLACED]


def test_what_is_of_this_board_is_told_at_once_and_other_commits_ever_less_often_while_they_keep_coming() -> None:
    changes, told = Changes(Seen(0, "begin")), list[float]()
    for second in range(60):  # a class writes all the time; at 30 something is of this board
        if changes.tells(Seen(second + 1, "begin" if second < 30 else "later"), second):
            told.append(second)
    between = [after - before for before, after in pairwise(told)]
    assert told[:2] == [0, 1], "a commit that stands alone is told at once"
    assert 30 in told
    assert max(between) == watch.SELDOM
    assert len(told) < 15
    assert [at for at in range(60, 90) if changes.tells(Seen(60, "later"), at)] == [told[-1] + watch.SELDOM], (
        "the last one too"
    )
    for at in (150, 152, 154.5):
        assert changes.tells(Seen(at, "later"), at), "after two seconds without, at once again"


def test_a_change_of_a_record_is_of_its_board_and_of_no_other(db: str) -> None:
    board, other = make_board(), make_board(brin="99RR")
    pupils = [make_pupil(make_group(location_of(one))) for one in (board, other)]
    watcher = Watcher(board.id, lambda: None)
    seen = [watcher._of_board()]
    for one, pupil in ((other, pupils[1]), (board, pupils[0])):
        with database.atomic(), writing_as(Signature(one.id, clock.school_now(one), "rovict", "test")):
            pupil.first_name = "Nieuw"
            pupil.save()
        seen.append(watcher._of_board())
    assert seen[0] == seen[1] != seen[2] == watcher._of_board()


def test_a_program_that_ends_gives_up_what_waits_for_a_row(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite by its patience (`test_mishaps`); here the server waits."""
    if db.startswith("sqlite"):
        pytest.skip("a file has one lock")
    board, refused = make_board(), list[OperationalError]()
    monkeypatch.setattr(watch, "SECONDS", 0.005)

    def rename() -> None:
        with database.connection_context():
            try:
                Board.update(name="Later").where(Board.id == board.id).execute()
            except OperationalError as error:
                refused.append(error)

    with psycopg.connect(db) as holder, psycopg.connect(db, autocommit=True) as looker:
        holder.execute("SELECT 1 FROM board FOR UPDATE")
        watcher, working = Watcher(board.id, lambda: None, busy=lambda: True), Thread(target=rename)
        watcher.start()
        working.start()
        while not looker.execute(
            "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        ).fetchone():
            pass
        watcher.stop()
        working.join(30)
        assert not working.is_alive()
    watcher.join(30)
    assert len(refused) == 1
    assert Board.get_by_id(board.id).name != "Later"
