"""Whether a database is this program's, before anything is written: another program's stays byte for byte the same."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from peewee import SqliteDatabase

from models import waiting
from models.base import UnusableDatabase

APPLICATION_ID = int.from_bytes(b"ESIS", "big")
"""Marks an SQLite file from 0.6.0 on; earlier ones have only our tables."""
_SMALLEST = 512
"""The size in bytes of the smallest non-empty SQLite file: one page."""
_CORE = {"schema_version", "board", "location", "coupling", "log_entry", "pupil"}
"""Tables of every version, which identify a file without an application id."""
_MARKED = "(application_id)"
"""Stands for the mark of another program, which claims a file even if it has no tables yet."""
_OTHER = "Noem met --database een ander bestand; een nieuw bestand krijgt vanzelf het oefenbestuur."


def check_file(path: Path) -> None:
    """Raise `UnusableDatabase` unless the file is ours, is empty, or does not exist; only reads.

    Raises `sqlite3.Error` for an SQLite file that cannot be read.
    """
    if not path.exists():
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise _not_allowed(f"In de map {path.parent}")
        return
    _check_kind(path)
    size = path.stat().st_size
    if 0 < size < _SMALLEST:  # which SQLite treats as empty
        raise _no_database(path)
    if size and (found := waiting.until_unlocked(lambda: _tables_of_another(path))):
        check_tables(found, str(path))


def check_tables(tables: Collection[str], name: str) -> bool:
    """Whether these are our tables; False if there are none. Raises `UnusableDatabase` for another program's.

    Huey's tables alone are another program's: our queue is created after our tables, and on SQLite in its own file.
    """
    found = {table for table in tables if not table.startswith("sqlite_")}
    if found and (not found >= _CORE or _MARKED in found):
        raise UnusableDatabase(
            f"{name} is een database van een ander programma, en daarin is niets veranderd. Noem met --database een andere; een "
            "nieuwe of lege database krijgt vanzelf het oefenbestuur."
        )
    return bool(found)


def mark(target: SqliteDatabase) -> None:
    """Mark the file as ours, if not marked yet; skipped while another program writes, as the next time will do."""
    if target.pragma("application_id") != APPLICATION_ID and not target.in_transaction():
        try:
            target.connection().execute(f"PRAGMA application_id = {APPLICATION_ID}")
        except sqlite3.OperationalError:
            return


def _check_kind(path: Path) -> None:
    """Raise `UnusableDatabase` for anything but a regular file that this user may use.

    Does not open it: closing it would release SQLite's locks on it in this process.
    """
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise UnusableDatabase(f"{path} is een map en geen database. Noem met --database een bestand in die map.")
    if not stat.S_ISREG(mode):
        raise UnusableDatabase(f"{path} is geen gewoon bestand, en dus geen database. {_OTHER}")
    if not os.access(path, os.R_OK | os.W_OK):
        raise _not_allowed(f"Het bestand {path}")


def _tables_of_another(path: Path) -> set[str]:
    """The table names in a file without our mark, including what another program has in a journal.

    Creates no journal if there is none. Raises `UnusableDatabase` for another kind of file, and `sqlite3.Error`.
    """
    used = any(path.with_name(f"{path.name}{end}").exists() for end in ("-wal", "-journal"))
    address = f"{path.as_uri()}?{'mode=ro' if used else 'immutable=1'}"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=waiting.ONE_TRY)) as file:
            mark = file.execute("PRAGMA application_id").fetchone()[0]
            if mark == APPLICATION_ID:
                return set()  # early: reading the names takes 4 ms
            version = file.execute("PRAGMA user_version").fetchone()[0]
            names = file.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
    except sqlite3.Error as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
            raise
        raise _no_database(path) from None
    return {name for (name,) in names} | ({_MARKED} if mark or version else set())


def _no_database(path: Path) -> UnusableDatabase:
    return UnusableDatabase(f"{path} is geen database: er staat iets anders in, en dat blijft zo. {_OTHER}")


def _not_allowed(what: str) -> UnusableDatabase:
    return UnusableDatabase(
        f"{what} mag u niet lezen en schrijven. Vraag de eigenaar om die rechten, of noem met --database een ander bestand."
    )
