"""Emptying a database: recreates its tables, and leaves no trace of the old data in its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from peewee import Database, SqliteDatabase

from models import schema, sole, upgrading
from models.registry import all_models

QUEUE = "esis"
"""The name of our queue in Huey's tables."""
QUEUE_TABLES = {"huey_kv", "huey_schedule", "huey_task", "huey_counter"}
"""Huey's tables on a server (3.5, `PostgresStorage`), shared by all programs there that use it."""
OPEN = "Er is niets gewist: een ander programma heeft de database nog open."


def empty(target: Database, erased: Callable[[], None]) -> None:
    """Recreate every table, completely or not at all, while no other program has the database open.

    `erased` is called when the rows are gone, while access is still exclusive. On SQLite the pages of the rows are
    overwritten, and the file is rewritten without its old contents; a killed program leaves it complete or empty. On
    PostgreSQL the tables' files and statistics are removed, and our rows of the queue; what else the server keeps is
    its administrator's. Raises `UnusableDatabase` if another program keeps it open.
    """
    if isinstance(target, SqliteDatabase):
        _empty_file(target, erased)
        return
    with target.atomic():
        target.execute_sql("LOCK TABLE schema_version IN ACCESS EXCLUSIVE MODE")
        sole.refuse_others(target, OPEN, same_version=True)
        _make_anew(target)
    erased()


def _empty_file(target: SqliteDatabase, erased: Callable[[], None]) -> None:
    target.close()
    with sole.turn(Path(target.database)), sole.alone(target, OPEN):
        target.execute_sql("PRAGMA secure_delete = ON")
        target.execute_sql("PRAGMA temp_store = MEMORY")  # or sorting may write data to the temporary folder
        with target.atomic("EXCLUSIVE"):
            _make_anew(target)
        target.execute_sql("VACUUM")  # for data deleted earlier, without being overwritten
        erased()


def _make_anew(target: Database) -> None:
    """Recreate our tables and those of the migrations; other tables in the database belong to somebody else."""
    own = {str(model._meta.table_name) for model in all_models()} | {upgrading.HISTORY}
    there = set(target.get_tables())
    for table in () if isinstance(target, SqliteDatabase) else QUEUE_TABLES & there:
        target.execute_sql(f"DELETE FROM {table} WHERE queue = %s", (QUEUE,))
    drop = [f'"{name}"' for name in sorted(own & there)]
    for tables in drop if isinstance(target, SqliteDatabase) else [", ".join(drop)]:  # they refer to each other
        target.execute_sql(f"DROP TABLE {tables}")
    schema.make_tables(target)
