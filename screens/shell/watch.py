"""One thread that watches the database, so that screens notice what workers and other programs did."""

from __future__ import annotations

import math
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from peewee import fn

from app import history
from app.runs import State
from models.base import database, is_sqlite, real_database
from models.board import Board
from models.coupling import LogEntry
from models.run import Run
from models.waiting import WaitingPostgresql

SECONDS = 0.25
"""Seconds between checks."""
REPLACED = (
    "Het databasebestand is weg, leeg of vervangen door een ander. Wat u nu doet, komt daar niet in. Sluit het programma en open "
    "het opnieuw."
)
CALM = 1.0
"""The same after a change: while a worker writes, screens re-read once a second, and the keyboard stays responsive."""
SELDOM = 8.0
"""Seconds between two changes that are told, about and at the most, while others keep writing: a class has one database."""
QUIET = 2.0
"""Seconds without a commit after which the next one stands alone."""


class Seen(NamedTuple):
    """What the watcher sees."""

    commits: object
    """On SQLite another number after any commit by anyone, of any board."""
    board: object
    """What is of this board: school time, runs and how far they are, logbook, the last change of a record."""


@dataclass
class Changes:
    """Which changes are told: those of this board at once. Any other commit may be of it too, and is told at once if it
    stands alone; while they keep coming, less and less often.
    """

    seen: Seen
    last: float = -math.inf
    """When something was told, on the clock of the caller, in seconds."""
    gap: float = CALM
    commits: object = None
    """As they were at the last look, told or not."""
    came: float = -math.inf
    """When there was another one."""

    def tells(self, now: Seen, at: float) -> bool:
        """Whether to tell what is seen now. What is not told is told later, if it is asked again."""
        if now.commits != self.commits:
            if at - self.came >= QUIET:
                self.gap = CALM
            self.commits, self.came = now.commits, at
        if now == self.seen:
            return False
        if now.board == self.seen.board:
            since = at - self.last
            if since < self.gap:
                return False
            self.gap = min(2 * self.gap, SELDOM) if since < 2 * self.gap else CALM
        self.seen, self.last = now, at
        return True


class Watcher(threading.Thread):
    """Reports changes in the board's data: school time, runs, logbook, or on SQLite any commit by anyone."""

    def __init__(
        self,
        board_id: int,
        tell: Callable[[], None],
        busy: Callable[[], bool] = lambda: False,
        note: Callable[[Exception], object] = lambda _error: None,
        warn: Callable[[str], object] = lambda _sentence: None,
    ) -> None:
        """`busy` tells whether a use case is running, which may be waiting for a lock of another program; `note` gets
        errors while watching, which end nothing; `warn` is told when the database file was replaced.
        """
        super().__init__(name="watcher", daemon=True)
        self._board_id = board_id
        self._tell, self._busy, self._note, self._warn = tell, busy, note, warn
        self._file = _identity()
        self._wrong = ""
        self._last = Seen(None, None)
        self._changes: int | None = None
        """The number of the last change of any board at the last look, and of this one."""
        self._own_change = 0
        self._stopped = threading.Event()

    def begin(self) -> Watcher:
        """Start, and be that watcher."""
        self.start()
        return self

    def stop(self) -> None:
        """Stop watching; the thread ends by itself."""
        self._stopped.set()

    def run(self) -> None:
        """Look, compare, tell."""
        changes, pause = Changes(self._look(Seen(None, None))), SECONDS
        while not self._stopped.wait(pause):
            now = self._look(changes.seen)
            pause = SECONDS if now == changes.seen else CALM
            if changes.tells(now, time.monotonic()):
                self._tell()
        if self._busy():
            self._give_up()
        database.close()

    def _look(self, otherwise: Seen) -> Seen:
        """The current state; if it cannot be read, the previous one."""
        try:
            database.connect(reuse_if_open=True)
            if self._busy():
                self._tell_what_waits()
            if self._file is not None and _identity() != self._file:
                self._file = None  # reported once
                self._warn(REPLACED)
            found, self._wrong = self._fingerprint(), ""
            return found
        except Exception as error:
            if self._wrong != type(error).__name__:  # once, not four times a second
                self._wrong = type(error).__name__
                self._note(error)
            return otherwise

    @staticmethod
    def _tell_what_waits() -> None:
        server = real_database()
        if isinstance(server, WaitingPostgresql):
            server.tell_blocked()

    @staticmethod
    def _give_up() -> None:
        """The program is ending: on SQLite its patience ends the wait, on PostgreSQL the server waits for the lock."""
        server = real_database()
        if isinstance(server, WaitingPostgresql):
            with suppress(Exception):  # nobody is at the screen any more
                server.give_up()

    def _fingerprint(self) -> Seen:
        commits = database.execute_sql("PRAGMA data_version").fetchone() if is_sqlite() else None
        if commits is None or commits != self._last.commits:
            self._last = Seen(commits, self._of_board())
        return self._last

    def _of_board(self) -> object:
        board = Board.select(Board.now, Board.target, Board.resets).where(Board.id == self._board_id).tuples().first()
        lines = LogEntry.select(fn.MAX(LogEntry.id)).where(LogEntry.board == self._board_id).scalar()
        last = Run.select(fn.MAX(Run.id)).where(Run.board == self._board_id).scalar()
        active = Run.state.in_((State.QUEUED, State.RUNNING))
        runs = Run.select(Run.id, Run.state, Run.cursor).where(Run.board == self._board_id, active).order_by(Run.id)
        return board, lines, last, tuple(runs.tuples()), self._change_of_board()

    def _change_of_board(self) -> int:
        """The number of its last change of a record since this watches: only what came since the last look is read."""
        newest = history.newest()
        if self._changes is not None:
            self._own_change = history.newest_after(self._board_id, self._changes) or self._own_change
        self._changes = newest
        return self._own_change


def _identity() -> tuple[int, int, bool] | None:
    """Which file the database is, and whether it has any content; None for a server."""
    if not is_sqlite():
        return None
    try:
        found = os.stat(real_database().database)
    except OSError:
        return (0, 0, False)
    return found.st_dev, found.st_ino, found.st_size > 0
