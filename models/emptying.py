"""Taking everything out of a database: its tables are made anew, and nothing of what was in them is left in its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from peewee import Database, SqliteDatabase

from models import schema, sole, upgrading
from models.registry import all_models

QUEUE = "esis"
"""What our queue is called in the tables of Huey."""
QUEUE_TABLES = {"huey_kv", "huey_schedule", "huey_task", "huey_counter"}
"""Those that Huey (3.5, `PostgresStorage`) has on a server, which every program there that uses it shares."""
OPEN = "Er is niets gewist: een ander programma heeft de database nog open."


def empty(target: Database, erased: Callable[[], None]) -> None:
    """Make every table anew, whole or not at all, while no other program has the database open.

    `erased` is called when the rows are gone, with the database still to oneself. On SQLite the pages of the rows are
    overwritten, and the file is written anew without what was in it before; a killed program leaves it whole or empty. On
    PostgreSQL the tables' files and statistics go, and of the queue our rows; what else the server keeps is its administrator's.
    Raises `UnusableDatabase` when another program keeps it open.
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
        target.execute_sql("PRAGMA temp_store = MEMORY")  # else what is sorted may be in a file of the temporary folder
        with target.atomic("EXCLUSIVE"):
            _make_anew(target)
        target.execute_sql("VACUUM")  # what was deleted before, without being overwritten
        erased()


def _make_anew(target: Database) -> None:
    """Ours and those of the migrations: what somebody else put beside them is theirs."""
    own = {str(model._meta.table_name) for model in all_models()} | {upgrading.HISTORY}
    there = set(target.get_tables())
    for table in () if isinstance(target, SqliteDatabase) else QUEUE_TABLES & there:
        target.execute_sql(f"DELETE FROM {table} WHERE queue = %s", (QUEUE,))
    drop = [f'"{name}"' for name in sorted(own & there)]
    for tables in drop if isinstance(target, SqliteDatabase) else [", ".join(drop)]:  # they refer to each other
        target.execute_sql(f"DROP TABLE {tables}")
    schema.make_tables(target)
