"""Sharing a database: retries what cannot be done at once, and tells whoever waits for it.

Only what leaves nothing half done is retried: a connection, the start of a transaction, a statement outside one. On
SQLite that is where another program's lock is encountered; PostgreSQL waits for a row by itself, which `tell_blocked`
reports.
"""

from __future__ import annotations

import math
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from peewee import InterfaceError, OperationalError, _savepoint
from playhouse.pool import PooledDatabase, PooledPostgresqlDatabase, PooledSqliteDatabase

from models.troubles import BUSY

Result = TypeVar("Result")

TELL_AFTER = 2.0
"""Seconds of waiting before anything is reported."""
LONGEST = 60.0
"""Seconds after which it fails by default (our choice)."""
ONE_TRY = 1.0
"""Seconds that SQLite itself waits for a lock on each attempt."""
PAUSE = 0.05
UNREACHABLE = "De database is niet bereikbaar."


class Listener(Protocol):
    """Is told that something waits, at most once in `every` seconds."""

    every: float

    def patience(self) -> float:
        """The maximum number of seconds to wait in this thread."""

    def waits(self, sentence: str) -> None:
        """Report that something waits, and is being retried."""


@dataclass
class Saying:
    """A listener with the default patience that reports through a function."""

    say: Callable[[str], object]
    every: float = 5.0

    def patience(self) -> float:
        """The default."""
        return LONGEST

    def waits(self, sentence: str) -> None:
        """Report the sentence."""
        self.say(sentence)


@dataclass
class _Told:
    """The current listener, and when it was last called."""

    listener: Listener
    last: float = -math.inf


_told = [_Told(Saying(lambda _sentence: None))]


def tell(listener: Listener) -> None:
    """Set the listener for everything that waits in this process."""
    _told[:] = [_Told(listener)]


@contextmanager
def telling(listener: Listener) -> Iterator[None]:
    """Set the listener within this context, and restore the previous one afterwards."""
    before = _told[:]
    tell(listener)
    try:
        yield
    finally:
        _told[:] = before


class Keeping(PooledDatabase):  # type: ignore[misc]  # it has no types
    """A database that keeps a connection for the next thread that asks: opening one takes longer than most readings.

    Kept is only what `lent` gave; `close` closes that too, so that nothing keeps others from exclusive use of a file.
    """

    KEPT = 1
    """Connections kept by a program: of the hundred that PostgreSQL gives, `esis serve` needs three for each visitor."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._lending = threading.local()
        super().__init__(*arguments, max_connections=0, **named)

    @contextmanager
    def lent(self) -> Iterator[None]:
        """A connection for this thread, kept or new."""
        self.connect(reuse_if_open=True)
        try:
            yield
        finally:
            self._lending.now = True
            try:
                self.close()
            finally:
                self._lending.now = False

    def close(self) -> bool:
        """As in peewee."""
        was_open = bool(super().close())
        kept = self.KEPT if getattr(self._lending, "now", False) else 0
        with self._pool_lock:
            while len(self._connections) > kept:
                self._close_raw(self._connections.pop()[-1])
        return was_open


class WaitingSqlite(Keeping, PooledSqliteDatabase):  # type: ignore[misc]
    """An SQLite database that waits for other programs' locks."""

    def __init__(self, *arguments: Any, timeout: float, **named: Any) -> None:
        """`timeout`: seconds that SQLite waits for a lock; to peewee's pool it would be another one."""
        super().__init__(*arguments, **named)
        self.timeout = timeout

    def _connect(self) -> Any:
        return _until_done(super()._connect, _is_locked)  # type: ignore[misc]

    def begin(self, lock_type: Any = None) -> Any:
        """As in peewee, once the lock is available."""
        return _until_done(lambda: super(WaitingSqlite, self).begin(lock_type), _is_locked)

    def execute_sql(self, sql: Any, params: Any = None) -> Any:
        """As in peewee; outside a transaction once the lock is available."""
        if self.in_transaction():
            if not self.is_in_one():
                raise OperationalError("SQLite has taken the transaction back")  # else this would run without one
            return super().execute_sql(sql, params)  # type: ignore[no-untyped-call]
        return _until_done(lambda: super(WaitingSqlite, self).execute_sql(sql, params), _is_locked)  # type: ignore[no-untyped-call]

    def savepoint(self) -> Any:
        """As in peewee, if it still exists."""
        return _Savepoint(self)

    def rollback(self) -> Any:
        """As in peewee; does nothing if SQLite has rolled back by itself, as when the disk is full."""
        if self.is_in_one():
            super().rollback()

    def is_in_one(self) -> bool:
        """Whether the file is in a transaction, whatever peewee's own count says."""
        return bool(self.connection().in_transaction)  # type: ignore[no-untyped-call]


class _Savepoint(_savepoint):
    """A savepoint of SQLite, which may be gone along with its transaction."""

    def rollback(self, begin: bool = True) -> None:
        """As in peewee, if there is something to roll back."""
        if self.db.is_in_one():
            super().rollback(begin)


class WaitingPostgresql(Keeping, PooledPostgresqlDatabase):  # type: ignore[misc]
    """A PostgreSQL database that may restart while programs are open; one that never answered is not waited for."""

    _answered = False

    def init(self, *arguments: Any, **named: Any) -> None:
        """As in peewee, with a timeout for waiting for a row that another program holds."""
        named.setdefault("options", f"-c lock_timeout={int(LONGEST * 1000)}")
        super().init(*arguments, **named)
        self.backends: set[int] = set()

    def _connect(self) -> Any:
        made = _until_done(super()._connect, self._is_away)  # type: ignore[misc]
        self._answered = True
        self.backends.add(made.info.backend_pid)
        return made

    def _close_raw(self, connection: Any) -> None:
        self.backends.discard(connection.info.backend_pid)
        super()._close_raw(connection)

    def begin(self, isolation_level: Any = None) -> Any:
        """As in peewee, on a new connection if the old one broke."""
        return _until_done(lambda: self._anew(super(WaitingPostgresql, self).begin, isolation_level), self._is_away)

    def execute_sql(self, sql: Any, params: Any = None) -> Any:
        """As in peewee; outside a transaction on a new connection if the old one broke."""
        if self.in_transaction():
            return super().execute_sql(sql, params)  # type: ignore[no-untyped-call]
        usual = super().execute_sql
        return _until_done(lambda: self._anew(usual, sql, params), self._is_away)

    def rollback(self) -> Any:
        """As in peewee; after a broken connection the server has nothing left to roll back."""
        try:
            return super().rollback()
        except (OperationalError, InterfaceError):
            if not self._broken():
                raise

    def tell_blocked(self) -> None:
        """Report it if something in this process waits long for another program's lock; called from another thread."""
        asked = (
            "SELECT EXTRACT(EPOCH FROM MAX(clock_timestamp() - query_start)) FROM pg_stat_activity "
            "WHERE wait_event_type = 'Lock' AND pid = ANY(%s)"
        )
        waited = float(self.execute_sql(asked, (list(self.backends),)).fetchone()[0] or 0)
        if waited >= TELL_AFTER:
            _say(BUSY, waited)

    def give_up(self) -> None:
        """Cancel what waits in this process for another program's lock; called from another thread."""
        ending = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND pid = ANY(%s)"
        self.execute_sql(ending, (list(self.backends),))

    def _anew(self, work: Callable[..., Result], *arguments: Any) -> Result:
        if self._broken():
            self.close()
        return work(*arguments)

    def _broken(self) -> bool:
        connection = self._state.conn  # type: ignore[attr-defined]
        return connection is not None and bool(connection.closed)

    def _is_away(self, error: Exception) -> str:
        away = isinstance(error, OperationalError | InterfaceError) and (self.is_closed() or self._broken())
        return UNREACHABLE if away and self._answered else ""


def until_unlocked(work: Callable[[], Result]) -> Result:
    """Run an action on an SQLite file that leaves nothing half done, once the lock is available."""
    return _until_done(work, _is_locked)


def _is_locked(error: Exception) -> str:
    return BUSY if isinstance(error, OperationalError | sqlite3.OperationalError) and "locked" in str(error) else ""


def _until_done(work: Callable[[], Result], reason: Callable[[Exception], str]) -> Result:
    """Run an action, repeatedly while there is a `reason` to wait; finally raises its last error."""
    began = time.monotonic()
    while True:
        try:
            return work()
        except Exception as error:
            sentence, waited = reason(error), time.monotonic() - began
            if not sentence or waited >= _told[0].listener.patience():
                raise
        if waited >= TELL_AFTER:
            _say(sentence, waited)
        time.sleep(PAUSE)


def _say(sentence: str, waited: float) -> None:
    told, now = _told[0], time.monotonic()
    if now - told.last < told.listener.every:
        return
    told.last = now
    told.listener.waits(f"{sentence} Dit wordt vanzelf opnieuw geprobeerd ({waited:.0f} seconden).")
