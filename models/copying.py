"""Copying an SQLite database to a file: complete, of one moment, including its -wal, while others keep using it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from peewee import SqliteDatabase

from models import troubles
from models.base import UnusableDatabase

PAGES = 2_000
"""The amount copied between two progress reports: 8 MB."""

Progress = Callable[[float], None]


def unwatched(_done: float) -> None:
    """A progress callback that does nothing."""


def copy_into(target: SqliteDatabase, path: Path, progress: Progress = unwatched) -> None:
    """Copy everything as it is at this moment into a new or empty file, without blocking anybody.

    `progress` is called after each chunk with the fraction done, from 0 to 1. Raises `OSError` or `sqlite3.Error`.
    """
    with closing(sqlite3.connect(path)) as copy, target.atomic("DEFERRED"):
        # Read now: otherwise the copy would restart each time another program writes.
        target.execute_sql("SELECT count(*) FROM sqlite_master").fetchall()
        target.connection().backup(
            copy, pages=PAGES, progress=lambda _status, left, total: progress(1 - left / max(total, 1))
        )


def copy_beside(target: SqliteDatabase, path: Path, name: str) -> Path:
    """Copy the database to `FILE.name`, or if that exists to `FILE.name-2` ...; never overwrites.

    Raises `UnusableDatabase` if there is no room for it or it cannot be written.
    """
    part = path.with_name(f"{path.name}.{name}.deel")
    try:
        part.unlink(missing_ok=True)
        part.touch()
        part.chmod(path.stat().st_mode & 0o777)  # not touch(mode), which is subject to the umask
        copy_into(target, part)
        whole = _free(path.with_name(f"{path.name}.{name}"))
        part.rename(whole)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        room = shutil.disk_usage(path.parent).free
        why = f" {troubles.known(error)}".rstrip()
        raise UnusableDatabase(
            f"Er kan geen kopie van de database naast {path} komen.{why} Zij neemt {megabytes(path.stat().st_size)}, en er is "
            f"{megabytes(room)} vrij. Maak ruimte en probeer het opnieuw; er is niets veranderd."
        ) from error
    return whole


def megabytes(size: int) -> str:
    """A size as in `1,5 MB`."""
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free
