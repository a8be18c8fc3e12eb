"""A board made by copying the rows of a kept starting state (`scripts/kept_situations.py`) into the database that is open.

Every row gets a number of its own, and whatever names a row follows it: foreign keys, the numbers that are none for the
database (`NAMED`), and the history, whose lines hold rows as JSON. What the nights of the starting state did is copied, not
done again; nothing is written to the history meanwhile, for the transaction is not signed.

SQLite reads the kept file itself, a third of the time of a way through Python (measured: 0.04 to 0.09 s for 7,000 to 14,000
rows). PostgreSQL gets the rows by COPY.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from typing import Any

from peewee import ForeignKeyField

from models.base import BaseModel, database, is_sqlite, real_database
from models.board import Board
from models.registry import all_models

NAMED = {
    "change": {"pupil_id": "pupil", "from_pupil_id": "pupil"},
    "log_entry": {"run_id": "run"},
    "msi_group": {"esis_id": "school_group"},
    "msi_guardian": {"esis_id": "guardian"},
    "msi_pupil": {"esis_id": "pupil"},
    "msi_staff": {"esis_id": "staff_member"},
    "user": {"staff_id": "staff_member"},
    "year_transition": dict.fromkeys(("seen_change", "first_change", "last_change"), "change"),
}
"""Table -> column -> the table whose row it names, where that is no foreign key."""
NAMED_BY = {"change": ("record_id", "kind"), "other_number": ("school_id", "roster")}
"""Table -> the column that names a row, and the column that says of which table."""
HISTORY = ("before", "after")
"""The columns of a change that hold a row of another table."""
LEFT_OUT = ("lesson_event", "lesson_progress", "own_lesson", "schema_version", "writer")
"""Tables that are not about a board, or about its learner."""
CANNOT = ("msi_doubt", "exchanged_message")
"""Tables that no starting state has rows in: what ESIS told stands in them as text, with numbers in it."""

ROWS = "kept"
"""What the starting state is called while SQLite reads it."""


def copy_board(kept: sqlite3.Connection, **given: Any) -> Board:
    """Copy the board of a state that is `beside` the database that is open, in the transaction that is going on; `given`
    are fields of the board that differ, of which `name` must.

    Raises `ValueError` for a state with rows that cannot be copied.
    """
    if full := [table for table in CANNOT if kept.execute(f'SELECT 1 FROM {ROWS}."{table}" LIMIT 1').fetchone()]:
        raise ValueError(f"the state has rows in {', '.join(full)}, which cannot be copied")
    board, number = _board(kept, given)
    _within_sqlite(kept, board, number) if is_sqlite() else _by_copy(kept, board, number)
    return board


@contextmanager
def beside(state: bytes) -> Iterator[sqlite3.Connection]:
    """Yield a connection that has a starting state, a database file of one board, beside it in memory: on SQLite that of
    the database that is open. Not within a transaction. Raises `sqlite3.Error` for another file.
    """
    held = bytearray(state)
    held[18:20] = b"\x01\x01"  # no log beside it (https://www.sqlite.org/fileformat.html, 1.3.3), which memory has not
    with closing(sqlite3.connect(":memory:")) as apart:
        connection: sqlite3.Connection = real_database().connection() if is_sqlite() else apart
        connection.execute(f"ATTACH ':memory:' AS {ROWS}")
        try:
            connection.deserialize(bytes(held), name=ROWS)
            yield connection
        finally:
            connection.execute(f"DETACH {ROWS}")


def _board(kept: sqlite3.Connection, given: dict[str, Any]) -> tuple[Board, int]:
    """The new board, and the number of the one it is a copy of."""
    names = ("id", "seed", "clock", "now", "basispoort_key", "password_hash")
    number, *values = kept.execute(f"SELECT {', '.join(names)} FROM {ROWS}.board").fetchone()
    copied = {name: getattr(Board, name).python_value(value) for name, value in zip(names[1:], values, strict=True)}
    return Board.create(**{**copied, **given}), number


# ---- SQLite


def _within_sqlite(kept: sqlite3.Connection, board: Board, number: int) -> None:
    """Nobody else writes during this transaction, so each table's new numbers are the old ones and its highest so far."""
    highest = dict(kept.execute("SELECT name, seq FROM main.sqlite_sequence").fetchall())
    highest["board"] = board.id - number
    kinds = {
        table: [kind for (kind,) in kept.execute(f'SELECT DISTINCT "{kind}" FROM {ROWS}."{table}"').fetchall()]
        for table, (_, kind) in NAMED_BY.items()
    }
    for model in _tables():
        table = model._meta.table_name
        for kind in kinds.get(table, [""]):
            chosen = ", ".join(_renumbered_in_sql(model, highest, kind))
            where = f" WHERE \"{NAMED_BY[table][1]}\" = '{kind}'" if kind else ""
            kept.execute(
                f'INSERT INTO main."{table}" ({_columns(model)}) '
                f'SELECT {chosen} FROM {ROWS}."{table}"{where} ORDER BY id'
            )


def _renumbered_in_sql(model: type[BaseModel], highest: dict[str, int], kind: str) -> Iterator[str]:
    """What stands in each column of a copy; `kind`: the table that its rows say they are about."""
    table = model._meta.table_name
    follows = {"id": table, **references(model), **({NAMED_BY[table][0]: kind} if kind else {})}
    for field in model._meta.sorted_fields:
        name = field.column_name
        if name in follows:  # 0 names no row
            yield f'CASE WHEN "{name}" > 0 THEN "{name}" + {highest.get(follows[name], 0)} ELSE "{name}" END'
        elif kind and name in HISTORY:
            inside = {"id": kind, **references(_by_table()[kind])}
            told = ", ".join(
                f"'$.{column}', json_extract(\"{name}\", '$.{column}') + {highest.get(other, 0)}"
                for column, other in inside.items()
            )
            yield f'json_replace("{name}", {told})'
        else:
            yield f'"{name}"'


# ---- PostgreSQL


class _Numbers(dict[int, int]):
    """The numbers of a table's rows -> those of their copies, given out by the server; also for rows deleted since."""

    def __init__(self, table: str, numbers: Sequence[int] = ()) -> None:
        self._next = f"SELECT nextval(pg_get_serial_sequence('\"{table}\"', 'id')) FROM generate_series(1, %s)"
        super().__init__(zip(numbers, self._given(len(numbers)), strict=True))

    def _given(self, count: int) -> list[int]:
        return sorted(number for (number,) in database.execute_sql(self._next, (count,)).fetchall()) if count else []

    def __missing__(self, number: int) -> int:
        self[number] = self._given(1)[0]
        return self[number]


def _by_copy(kept: sqlite3.Connection, board: Board, number: int) -> None:
    found = {model: _rows(kept, model) for model in _tables()}
    numbers = {
        model._meta.table_name: _Numbers(model._meta.table_name, [row[0] for row in found[model]]) for model in found
    }
    numbers["board"] = _Numbers("board")
    numbers["board"][number] = board.id
    for model, rows in found.items():
        if rows:
            cursor = real_database().connection().cursor()
            with cursor, cursor.copy(f'COPY "{model._meta.table_name}" ({_columns(model)}) FROM STDIN') as copy:
                for row in _renumbered(model, rows, numbers):
                    copy.write_row(row)


def _rows(kept: sqlite3.Connection, model: type[BaseModel]) -> list[tuple[Any, ...]]:
    """In the order of their numbers, so that what came first still does."""
    return kept.execute(f'SELECT {_columns(model)} FROM {ROWS}."{model._meta.table_name}" ORDER BY id').fetchall()


def _renumbered(
    model: type[BaseModel], rows: Iterable[Sequence[Any]], numbers: dict[str, _Numbers]
) -> Iterator[list[Any]]:
    table, columns = model._meta.table_name, [field.column_name for field in model._meta.sorted_fields]
    follows = [(columns.index(name), numbers[other]) for name, other in {"id": table, **references(model)}.items()]
    about = _about(table, columns, numbers)
    for row in rows:
        made = list(row)
        for place, other in follows:
            if made[place]:
                made[place] = other[made[place]]
        about(made)
        yield made


def _about(table: str, columns: list[str], numbers: dict[str, _Numbers]) -> Callable[[list[Any]], None]:
    """What becomes of a row that says itself of which table it names a row, and of the rows it holds."""
    if table not in NAMED_BY:
        return lambda _row: None
    name, kind = map(columns.index, NAMED_BY[table])
    held = [columns.index(each) for each in HISTORY if each in columns]

    def change(row: list[Any]) -> None:
        row[name] = numbers[row[kind]][row[name]]
        for place in held:
            if row[place] is not None:
                was = json.loads(row[place])
                for column, other in {"id": row[kind], **references(_by_table()[row[kind]])}.items():
                    if was.get(column):
                        was[column] = numbers[other][was[column]]
                row[place] = json.dumps(was, ensure_ascii=False)

    return change


# ---- what a board is made of


@cache
def _by_table() -> dict[str, type[BaseModel]]:
    return {model._meta.table_name: model for model in all_models()}


def _tables() -> tuple[type[BaseModel], ...]:
    """The tables that are copied."""
    return tuple(model for model in tables_of_board() if model._meta.table_name not in CANNOT)


@cache
def tables_of_board() -> tuple[type[BaseModel], ...]:
    """The tables of which a board has rows, each after those it refers to."""
    left = [model for table, model in _by_table().items() if table not in (*LEFT_OUT, "board")]
    there: list[type[BaseModel]] = []
    while left:
        ready = [one for one in left if not any(other in left and other is not one for other in _referred(one))]
        assert ready, f"{left} refer to each other"
        there += ready
        left = [one for one in left if one not in ready]
    return tuple(there)


def _referred(model: type[BaseModel]) -> Iterable[type[BaseModel]]:
    return [field.rel_model for field in model._meta.sorted_fields if isinstance(field, ForeignKeyField)]


@cache
def references(model: type[BaseModel]) -> dict[str, str]:
    """Column -> the table whose row it names, of a table; those of `NAMED_BY` not among them."""
    foreign = {
        field.column_name: field.rel_model._meta.table_name
        for field in model._meta.sorted_fields
        if isinstance(field, ForeignKeyField)
    }
    return {**foreign, **NAMED.get(model._meta.table_name, {})}


@cache
def _columns(model: type[BaseModel]) -> str:
    return ", ".join(f'"{field.column_name}"' for field in model._meta.sorted_fields)
