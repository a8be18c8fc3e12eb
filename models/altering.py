"""Table changes for migrations, the same on both databases, although SQLite's own ALTER TABLE can do little."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from peewee import Database, SqliteDatabase

_NOT_NULL = " NOT NULL"


def add_columns(db: Database, table: str, columns: Mapping[str, tuple[str, str]]) -> None:
    """Add columns to a table: name -> its definition as peewee writes it, and the value for existing rows, both in SQL.

    As in `{"folded": ('VARCHAR(64) NOT NULL CHECK (length("folded") <= 64)', "lower(last_name)")}`. Types are named as
    the database does (PostgreSQL has BOOLEAN and TIMESTAMP where peewee uses INTEGER and DATETIME for SQLite).
    """
    if isinstance(db, SqliteDatabase):
        made = [f'"{name}" {definition}' for name, (definition, _value) in columns.items()]
        rebuild(db, table, lambda old: _with_columns(old, made), {name: value for name, (_, value) in columns.items()})
        return
    for name, (definition, _value) in columns.items():
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{name}" {definition.replace(_NOT_NULL, "")}')
    values = ", ".join(f'"{name}" = {value}' for name, (_definition, value) in columns.items())
    db.execute_sql(f'UPDATE "{table}" SET {values}')
    for name, (definition, _value) in columns.items():
        if _NOT_NULL in definition:
            db.execute_sql(f'ALTER TABLE "{table}" ALTER COLUMN "{name}" SET NOT NULL')


def rebuild(
    db: SqliteDatabase,
    table: str,
    change: Callable[[str], str],
    values: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Rebuild an SQLite table with another definition, keeping its rows and indexes.

    `change` maps the whole CREATE TABLE statement to the new one; every existing column must remain, and `values` has
    an SQL value for each new one. These are steps 3 to 8 of "Making Other Kinds Of Table Schema Changes"
    (sqlite.org/lang_altertable.html); `models.upgrading` does the others. One of those is to switch foreign keys off:
    with them on, dropping the old table deletes the rows that refer to it.
    """
    assert not db.pragma("foreign_keys"), "a table is never rebuilt with foreign keys on"
    (statement,) = db.execute_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
    ).fetchone()
    indexes = db.execute_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY rowid",
        (table,),
    ).fetchall()
    kept = [f'"{column.name}"' for column in db.get_columns(table)]
    there = ", ".join([*kept, *(f'"{name}"' for name in values)])
    changed, given_out = change(statement), numbers(db).get(table, 0)
    db.execute_sql(f'CREATE TABLE "{table}__new" {changed[changed.index("(") :]}')
    db.execute_sql(
        f'INSERT INTO "{table}__new" ({there}) SELECT {", ".join([*kept, *values.values()])} FROM "{table}" ORDER BY id'
    )
    db.execute_sql(f'DROP TABLE "{table}"')
    db.execute_sql(f'ALTER TABLE "{table}__new" RENAME TO "{table}"')
    never_below(db, table, given_out)
    for (index,) in indexes:
        db.execute_sql(index)


def parts_of(statement: str) -> list[str]:
    """The columns and then the constraints in a CREATE TABLE of SQLite, as peewee writes it."""
    inside = " ".join(statement[statement.index("(") + 1 : statement.rindex(")")].split())
    parts, depth, begin = [], 0, 0
    for place, sign in enumerate(re.sub(r"'[^']*'", lambda text: "_" * len(text[0]), inside)):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            parts.append(inside[begin:place].strip())
            begin = place + 1
    return [*parts, inside[begin:].strip()]


def _with_columns(statement: str, made: list[str]) -> str:
    parts = parts_of(statement)
    columns = [part for part in parts if part.startswith('"')]
    return f"{statement[: statement.index('(')]}({', '.join([*columns, *made, *parts[len(columns) :]])})"


def numbers(db: Database) -> dict[str, int]:
    """The highest number that SQLite has recorded as given out, by table."""
    return dict(db.execute_sql("SELECT name, seq FROM sqlite_sequence").fetchall())


def never_below(db: Database, table: str, number: int) -> None:
    """Make an SQLite table give out only higher numbers; does nothing if it does already or the table is missing."""
    if number <= numbers(db).get(table, 0) or not db.table_exists(table):
        return
    db.execute_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
    db.execute_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, number))
