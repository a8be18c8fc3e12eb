"""Having a database to oneself for as long as its tables change, and a copy of its file first."""

from __future__ import annotations

import fcntl
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from peewee import Database, OperationalError, SqliteDatabase

from app.version import program_version
from models.base import UnusableDatabase

PATIENCE = 5.0
"""Seconds of wall time that another program gets to close the database."""
LOOK = 0.05
OTHERS = (
    "De database is van een vorige versie en moet worden bijgewerkt, maar een ander programma heeft haar nog open. Sluit elk "
    "venster van ESIS, en stop esis serve en esis worker; een worker zonder werk stopt binnen een minuut vanzelf. Probeer het "
    "daarna opnieuw."
)


def _lock_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.upgrade.lock")


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Wait for other programs that upgrade this file, and keep others waiting; none of them has it open meanwhile."""
    lock = _lock_of(path)
    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
        # Only when it succeeded. Who waits for this very file finds nothing to do any more, and so does who makes a new one.
        lock.unlink(missing_ok=True)


def await_turn(path: Path) -> bool:
    """Return when nobody upgrades this file; whether somebody may have been."""
    try:
        with _lock_of(path).open() as held:
            fcntl.flock(held, fcntl.LOCK_SH)
    except FileNotFoundError:
        return False
    return True


@contextmanager
def alone(target: SqliteDatabase) -> Iterator[None]:
    """Nobody else has this file open, or can open it; foreign keys are off. Its connection is closed afterwards.

    SQLite goes from WAL to another journal only for who is alone, so that tells whether somebody is there, also a program that
    is waiting or only watching. A killed process leaves nothing: what the journal holds is put back at the next opening.
    Raises `UnusableDatabase` when another program keeps it open.
    """
    try:
        target.execute_sql("PRAGMA locking_mode = EXCLUSIVE")
        deadline = time.monotonic() + PATIENCE
        while not _out_of_wal(target):
            if time.monotonic() > deadline:
                raise UnusableDatabase(OTHERS)
            time.sleep(LOOK)
        target.execute_sql("PRAGMA foreign_keys = OFF")
        yield
    finally:
        target.close()


def _out_of_wal(target: SqliteDatabase) -> bool:
    try:
        return bool(target.execute_sql("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete")
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        return False


def copy_beside(target: SqliteDatabase, path: Path, name: str) -> Path:
    """A whole copy of the database in `FILE.name`, or where there is one `FILE.name-2` ...; never over another.

    Raises `UnusableDatabase` when there is no room for it or it cannot be written.
    """
    part = path.with_name(f"{path.name}.{name}.deel")
    try:
        part.unlink(missing_ok=True)
        part.touch()
        part.chmod(path.stat().st_mode & 0o777)  # not touch(mode), of which the umask takes a part
        with closing(sqlite3.connect(part)) as copy:
            target.connection().backup(copy)
        whole = _free(path.with_name(f"{path.name}.{name}"))
        part.rename(whole)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        room = shutil.disk_usage(path.parent).free
        raise UnusableDatabase(
            f"Er kan geen kopie van de database naast {path} komen ({error}). Zij neemt {_megabytes(path.stat().st_size)}, en er "
            f"is {_megabytes(room)} vrij. Maak ruimte en probeer het opnieuw; er is niets veranderd."
        ) from error
    return whole


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def refuse_others(target: Database) -> None:
    """On PostgreSQL: raise `UnusableDatabase` when a program of another version is connected to this database.

    Programs say their version since 0.5.0 (`application_name`); before, they said nothing.
    """
    others = target.execute_sql(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' "
        "AND pid <> pg_backend_pid() AND (application_name = '' OR application_name LIKE 'esis %%') AND application_name <> %s",
        (application_name(),),
    ).fetchone()[0]
    if others:
        raise UnusableDatabase(OTHERS)


def application_name() -> str:
    """What this program calls itself at PostgreSQL."""
    return f"esis {program_version()}"
