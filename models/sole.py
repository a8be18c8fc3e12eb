"""Exclusive access to a database, while its tables change or everything in it is deleted."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from peewee import Database, SqliteDatabase

from app.files import parts
from app.platform_parts import lock
from app.version import program_version
from models.base import UnusableDatabase

PATIENCE = 5.0
"""Seconds of wall time that other programs get to close the database."""
LOOK = 0.05
UPGRADE = (
    "De database is van een vorige versie en moet worden bijgewerkt, maar een ander programma heeft haar nog open."
)
_CLOSE = (
    "Sluit elk venster van ESIS, en stop esis serve en esis worker; een worker zonder werk stopt binnen een minuut vanzelf. "
    "Probeer het daarna opnieuw."
)


def _lock_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.{parts.UPGRADE_LOCK}")


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Wait for other programs that upgrade this file, then keep others waiting; the file must not be open meanwhile."""
    place = _lock_of(path)
    with place.open("a") as held:
        lock(held.fileno())
        yield
        # Only on success. Programs waiting for this lock file, or creating a new one, find nothing left to do.
        with suppress(PermissionError):  # Windows cannot delete an open file: there it stays, which is harmless
            place.unlink(missing_ok=True)


def await_turn(path: Path) -> bool:
    """Wait until nobody upgrades this file; returns whether somebody may have been."""
    try:
        with _lock_of(path).open() as held:
            lock(held.fileno())
    except FileNotFoundError:
        return False
    return True


@contextmanager
def alone(target: SqliteDatabase, why: str) -> Iterator[None]:
    """Exclusive access to the file, with foreign keys off. Its connection is closed afterwards.

    SQLite leaves WAL mode only with exclusive access, so that detects any other program, even one that is waiting or
    only reading. A killed process leaves nothing: the journal is rolled back at the next opening. Raises
    `UnusableDatabase`, which begins with `why`, if another program keeps it open.
    """
    try:
        target.execute_sql("PRAGMA locking_mode = EXCLUSIVE")
        deadline = time.monotonic() + PATIENCE
        while not _out_of_wal(target):
            if time.monotonic() > deadline:
                raise UnusableDatabase(f"{why} {_CLOSE}")
            time.sleep(LOOK)
        target.execute_sql("PRAGMA foreign_keys = OFF")
        yield
    finally:
        target.close()


def _out_of_wal(target: SqliteDatabase) -> bool:
    try:  # through SQLite's own connection: ours would wait for much longer (`models.waiting`)
        return bool(target.connection().execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        return False


def refuse_others(target: Database, why: str, same_version: bool = False) -> None:
    """On PostgreSQL: raise `UnusableDatabase`, which begins with `why`, if another program is connected.

    That is one of another version or, with `same_version`, any of ours. Programs report their version since 0.5.0
    (`application_name`); earlier ones report nothing.
    """
    others = target.execute_sql(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' "
        "AND pid <> pg_backend_pid() AND (application_name = '' OR application_name LIKE 'esis %%') AND application_name <> %s",
        ("-" if same_version else application_name(),),
    ).fetchone()[0]
    if others:
        raise UnusableDatabase(f"{why} {_CLOSE}")


def application_name() -> str:
    """The name under which this program connects to PostgreSQL."""
    return f"esis {program_version()}"
