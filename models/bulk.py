"""The single module for bulk data: many rows into a table in few statements, and many rows out; for both databases."""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import chain, count, islice
from typing import Any

from peewee import SQL, BooleanField, CharField, DateField, Field, ForeignKeyField, IntegerField, NodeList, TextField

from app.exchange.names import kept
from models.base import BaseModel, Folded, KeptText, MomentField, folded_fields, is_sqlite, real_database, with_folded

CHUNK = 5_000
PAGE = 1_000
_numbers = count(1)
"""Numbers the cursors at a PostgreSQL server: two may be open at once."""
_READY: tuple[tuple[type[Field], type], ...] = (
    (CharField, str),
    (TextField, str),
    (BooleanField, bool),
    (IntegerField, int),
    (ForeignKeyField, int),
    (DateField, date),
)
"""Fields that store a value of this type unchanged. Excludes moments, which are converted to UTC, and names."""


def insert(model: type[BaseModel], rows: Iterable[dict[str, Any]]) -> int:
    """Insert rows (field name -> value, the same fields in each) and return how many there were."""
    return _run(model, _whole(model, rows), "")


def upsert(model: type[BaseModel], rows: Iterable[dict[str, Any]], key: Sequence[str], keep: Sequence[str] = ()) -> int:
    """Insert rows, or where `key` (field names of a unique index) exists, update the row if anything differs.

    Fields in `keep` apply to new rows only: an existing row keeps its values. Returns the number of rows given. All
    rows must have the same fields.
    """
    rows = _whole(model, rows)
    first = next(rows, None)
    if first is None:
        return 0
    table = _quote(model._meta.table_name)
    conflict = ", ".join(_quote(_column(model, name)) for name in key)
    changing = [_quote(_column(model, name)) for name in first if name not in (*key, *keep)]
    differs = "IS NOT" if is_sqlite() else "IS DISTINCT FROM"
    if changing:
        updates = ", ".join(f"{column} = excluded.{column}" for column in changing)
        changed = " OR ".join(f"{table}.{column} {differs} excluded.{column}" for column in changing)
        tail = f" ON CONFLICT ({conflict}) DO UPDATE SET {updates} WHERE {changed}"
    else:
        tail = f" ON CONFLICT ({conflict}) DO NOTHING"

    return _run(model, chain([first], rows), tail)


def insert_missing(model: type[BaseModel], rows: Iterable[dict[str, Any]], key: Sequence[str]) -> int:
    """Insert rows, skipping those whose `key` (fields of a unique index) exists. Returns the number of rows given."""
    conflict = ", ".join(_quote(_column(model, name)) for name in key)
    return _run(model, _whole(model, rows), f" ON CONFLICT ({conflict}) DO NOTHING")


def stream(query: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the raw rows of a query (on SQLite a date is a text: see `as_date`), read a page at a time.

    Requires a transaction. Memory stays small for any number of rows: on PostgreSQL the cursor is server-side.
    """
    statement, values = query.sql()
    real = real_database()
    cursor = real.cursor() if is_sqlite() else real.connection().cursor(name=f"stream_{next(_numbers)}")
    try:
        cursor.execute(statement, values)
        while rows := cursor.fetchmany(PAGE):
            yield from rows
    finally:
        cursor.close()


def light(model: type[BaseModel], field: str, among: Sequence[int | str], **equal: Any) -> list[Any]:
    """The rows where a field has one of these values, and others equal these values, as named tuples.

    For rows read by the thousand; the tuples have the table's columns (`location_id`) and cannot be saved. A model per
    row takes seven times as long, and peewee as long to build each statement as SQLite to execute it (measured).
    """
    statement = _light_statement(model, field, tuple(equal), is_sqlite())
    wanted = json.dumps(list(among)) if is_sqlite() else list(among)
    values = [*equal.values(), wanted]
    kind, converters, made = light_kind(model), _converters(model, is_sqlite()), []
    for row in real_database().execute_sql(statement, values).fetchall():
        cells = list(row)
        for place, read in converters:
            if cells[place] is not None:
                cells[place] = read(cells[place])
        made.append(kind._make(cells))
    return made


@cache
def _light_statement(model: type[BaseModel], field: str, equal: tuple[str, ...], sqlite: bool) -> str:
    columns = ", ".join(_quote(each.column_name) for each in model._meta.sorted_fields)
    mark, one_of = ("?", "IN (SELECT value FROM json_each(?))") if sqlite else ("%s", "= ANY(%s)")
    conditions = [
        *(f"{_quote(_column(model, name))} = {mark}" for name in equal),
        f"{_quote(_column(model, field))} {one_of}",
    ]
    return f"SELECT {columns} FROM {_quote(model._meta.table_name)} WHERE {' AND '.join(conditions)}"


@cache
def light_kind(model: type[BaseModel]) -> Any:
    """The named tuple type for a table's rows."""
    return namedtuple(model.__name__, [field.column_name for field in model._meta.sorted_fields])


@cache
def _converters(model: type[BaseModel], sqlite: bool) -> list[tuple[int, Callable[[Any], Any]]]:
    """The positions of columns that the driver returns unconverted, with their converters."""
    kinds = (MomentField, DateField, BooleanField) if sqlite else (MomentField,)
    return [
        (place, as_date if isinstance(field, DateField) else field.python_value)
        for place, field in enumerate(model._meta.sorted_fields)
        if isinstance(field, kinds)
    ]


def numbers(query: Any) -> set[int]:
    """The values in the only column of a query, without NULL."""
    statement, values = query.sql()
    return {row[0] for row in real_database().execute_sql(statement, values).fetchall() if row[0] is not None}


def among(column: Any, values: Sequence[Any]) -> Any:
    """The condition that a column has one of many values, passed as one parameter.

    A parameter for each takes longer to build than the database needs to find the rows.
    """
    if is_sqlite():
        return NodeList((column, SQL("IN (SELECT value FROM json_each(?))", [json.dumps(values)])))
    return NodeList((column, SQL("= ANY(%s)", [list(values)])))


def beginning_with(column: Any, starts: Sequence[str], **among_ids: Sequence[int]) -> Any:
    """The condition that a folded text is one of these or starts with one followed by a blank; each uses the index.

    `among_ids` names a foreign key of the same table and its values: the index has that first and then the text.
    """
    ((owner, ids),) = among_ids.items()
    model, sqlite = column.model, is_sqlite()
    table, text = _quote(model._meta.table_name), f"one.{_quote(column.column_name)}"
    foreign = f"one.{_quote(_column(model, owner))}"
    if sqlite:
        start, each, within = "start.value", "json_each(?) AS start", "IN (SELECT value FROM json_each(?))"
    else:
        start, each, within, text = "start", "unnest(%s::text[]) AS start", "= ANY(%s)", f'{text} COLLATE "C"'
    # "!" is the next code point after the blank.
    looked_up = (
        f"IN (SELECT one.id FROM {each} CROSS JOIN {table} AS one "
        f"WHERE {foreign} {within} AND {text} >= {start} AND {text} < {start} || '!')"
    )
    values = [list(starts), list(ids)]
    return NodeList((model.id, SQL(looked_up, [json.dumps(one) for one in values] if sqlite else values)))


def in_byte_order(column: Any, nulls: str | None = None) -> Any:
    """A column to order by that gives the same order on every database: text by code point.

    `nulls` is `FIRST` or `LAST`, for nullable columns: databases differ in that too.
    """
    text = isinstance(column, CharField | TextField) and not isinstance(column, Folded) and not is_sqlite()
    return column.asc(collation='"C"' if text else None, nulls=nulls)


def as_date(value: date | str | None) -> date | None:
    """A date from a value that `stream` yielded."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _whole(model: type[BaseModel], rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows including their folded columns."""
    return (with_folded(model, row) for row in rows) if folded_fields(model) else iter(rows)


def _run(model: type[BaseModel], rows: Iterator[dict[str, Any]], tail: str) -> int:
    total = 0
    while chunk := list(islice(rows, CHUNK)):
        names = list(chunk[0])
        fields = [model._meta.fields[name] for name in names]
        columns = ", ".join(_quote(field.column_name) for field in fields)
        marks = ", ".join(["?" if is_sqlite() else "%s"] * len(fields))
        statement = f"INSERT INTO {_quote(model._meta.table_name)} ({columns}) VALUES ({marks}){tail}"
        values = list(zip(*(_stored(field, [row[field.name] for row in chunk]) for field in fields), strict=True))
        with real_database().atomic():
            real_database().cursor().executemany(statement, values)
        total += len(chunk)
    return total


def _stored(field: Field, values: list[Any]) -> list[Any]:
    """The stored form of a value.

    A value already of the stored type is passed through: calling `db_value` for each value made 100,000 pupils take
    four seconds longer (measured).
    """
    if isinstance(field, KeptText):
        return [value if value is None else kept(value) for value in values]
    ready = next((stored for kind, stored in _READY if isinstance(field, kind)), None)
    return [value if value is None or type(value) is ready else field.db_value(value) for value in values]


def _column(model: type[BaseModel], name: str) -> str:
    return str(model._meta.fields[name].column_name)


def _quote(name: str) -> str:
    return f'"{name}"'
