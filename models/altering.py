"""What a migration does to tables where Peewee's own operations do not do: SQLite changes little of a table that is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from peewee import Database, SqliteDatabase


def rebuild(
    db: SqliteDatabase, table: str, change: Callable[[str], str], filled: Mapping[str, str] | None = None
) -> None:
    """Make a table of SQLite anew with another definition, and its rows and indexes as they were.

    `change` gets the whole CREATE TABLE statement and returns it changed; each column there was must still be there, and
    `filled` says what goes in a new one, as an expression of the others.
    These are steps 3 to 8 of "Making Other Kinds Of Table Schema Changes" (sqlite.org/lang_altertable.html), and
    `models.upgrading` does the others. One is to switch foreign keys off: with them on, dropping the old table takes with
    it what refers to its rows.
    """
    assert not db.pragma("foreign_keys"), "a table is never rebuilt with foreign keys on"
    statement = db.execute_sql("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone()[
        0
    ]
    indexes = db.execute_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY rowid",
        (table,),
    ).fetchall()
    there = {f'"{column.name}"': f'"{column.name}"' for column in db.get_columns(table)}
    there |= {f'"{name}"': expression for name, expression in (filled or {}).items()}
    changed, given_out = change(statement), numbers(db).get(table, 0)
    db.execute_sql(f'CREATE TABLE "{table}__new" {changed[changed.index("(") :]}')
    columns, values = ", ".join(there), ", ".join(there.values())
    db.execute_sql(f'INSERT INTO "{table}__new" ({columns}) SELECT {values} FROM "{table}" ORDER BY id')
    db.execute_sql(f'DROP TABLE "{table}"')
    db.execute_sql(f'ALTER TABLE "{table}__new" RENAME TO "{table}"')
    never_below(db, table, given_out)
    for (index,) in indexes:
        db.execute_sql(index)


def numbers(db: Database) -> dict[str, int]:
    """The highest number that SQLite knows to have given out, by table."""
    return dict(db.execute_sql("SELECT name, seq FROM sqlite_sequence").fetchall())


def never_below(db: Database, table: str, number: int) -> None:
    """Let a table of SQLite give out higher numbers only; nothing changes where it does already, or is not there."""
    if number <= numbers(db).get(table, 0) or not db.table_exists(table):
        return
    db.execute_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
    db.execute_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, number))
