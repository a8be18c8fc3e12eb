"""Makes every number permanent: SQLite used to reuse the highest one once its row was deleted.

Tables are rebuilt with `AUTOINCREMENT`, and continue after the highest number known to have been given out: by a row,
or by a reference that still exists. PostgreSQL never reused one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peewee import SqliteDatabase

from models.altering import never_below, rebuild

_STAY = ("writer", "schema_version", "schema_migration")
_OF_PEOPLE = {"leerling": "msi_pupil", "verzorger": "msi_guardian"}


def up(_migrator: Any, db: Any) -> None:
    """From version 6, the tables of 0.4.0."""
    if isinstance(db, SqliteDatabase):
        _lasting(db)
        for table, number in _named(db):
            never_below(db, table, number)
    # This number tells programs from before migrations that the database is not for them.
    db.execute_sql("UPDATE schema_version SET version = 7")


def _lasting(db: SqliteDatabase) -> None:
    tables = db.execute_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    for table, statement in tables:
        if not (table in _STAY or table.startswith("sqlite_") or "AUTOINCREMENT" in statement):
            rebuild(db, table, lambda made: made.replace("PRIMARY KEY", "PRIMARY KEY AUTOINCREMENT", 1))


def _named(db: SqliteDatabase) -> Iterator[tuple[str, int]]:
    """The numbers that were given out, whether or not their row still exists, by table."""
    for kind, candidates, same_as in db.execute_sql("SELECT kind, candidates, same_as FROM msi_doubt").fetchall():
        for number in (*filter(None, candidates.split(",")), same_as or 0):
            yield _OF_PEOPLE[kind], int(number)
    yield from db.execute_sql("SELECT roster, max(school_id) FROM other_number GROUP BY roster").fetchall()
    kept = [(table, column) for table in ("before", "after") for column in ("delivery_id", "run_id")]
    for state, column in kept:
        query = (
            f"SELECT max(json_extract({state}, '$.{column}')) FROM change WHERE kind IN ('result', 'year_transition')"
        )
        yield column.removesuffix("_id"), db.execute_sql(query).fetchone()[0] or 0
    yield "run", db.execute_sql("SELECT max(run_id) FROM log_entry").fetchone()[0] or 0
