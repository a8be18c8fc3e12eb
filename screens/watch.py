"""One thread that watches the database, so that screens hear of what workers and other programs did."""

from __future__ import annotations

import threading
from collections.abc import Callable

from peewee import OperationalError, fn

from models.base import database, is_sqlite, real_database
from models.board import Board
from models.coupling import LogEntry
from models.run import Run
from models.waiting import WaitingPostgresql

SECONDS = 0.25
"""Between two looks."""
CALM = 1.0
"""After something changed: while a worker writes, screens re-read once a second, and the keyboard stays quick."""


class Watcher(threading.Thread):
    """Tells when the board's data has changed: school time, runs, logbook, or on SQLite any commit by anyone."""

    def __init__(self, board_id: int, tell: Callable[[], None], busy: Callable[[], bool] = lambda: False) -> None:
        """`busy` tells whether a use case is at work, which may wait for what another program holds."""
        super().__init__(name="watcher", daemon=True)
        self._board_id = board_id
        self._tell, self._busy = tell, busy
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Stop watching; the thread ends by itself."""
        self._stopped.set()

    def run(self) -> None:
        """Look, compare, tell."""
        with database.connection_context():
            seen, pause = self._fingerprint(), SECONDS
            while not self._stopped.wait(pause):
                now = self._fingerprint()
                if self._busy():
                    self._tell_what_waits()
                pause = SECONDS if now == seen else CALM
                if now != seen:
                    seen = now
                    self._tell()

    @staticmethod
    def _tell_what_waits() -> None:
        server = real_database()
        if isinstance(server, WaitingPostgresql):
            server.tell_blocked()

    def _fingerprint(self) -> object:
        try:
            if is_sqlite():
                return database.execute_sql("PRAGMA data_version").fetchone()
            board = (
                Board.select(Board.now, Board.target, Board.resets).where(Board.id == self._board_id).tuples().first()
            )
            lines = LogEntry.select(fn.MAX(LogEntry.id)).where(LogEntry.board == self._board_id).scalar()
            runs = (
                Run.select(fn.MAX(Run.id), fn.COUNT(Run.id))
                .where(Run.board == self._board_id, Run.state.in_(["queued", "running"]))
                .tuples()
                .first()
            )
        except OperationalError:
            return None
        return board, lines, runs
