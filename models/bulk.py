"""The one seam for volume: many rows into one table in few statements, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from models.base import BaseModel, is_sqlite, real_database

CHUNK = 5_000


def insert(model: type[BaseModel], rows: Iterable[dict[str, Any]]) -> int:
    """Insert rows (field name -> value, the same fields in each) and return how many there were."""
    return _run(model, rows, "")


def upsert(model: type[BaseModel], rows: Iterable[dict[str, Any]], key: Sequence[str]) -> int:
    """Insert rows, or where `key` (field names of a unique index) exists, update it if anything differs.

    Returns the number of rows handed in. Rows must have the same fields.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return 0
    table = _quote(model._meta.table_name)
    conflict = ", ".join(_quote(_column(model, name)) for name in key)
    changing = [_quote(_column(model, name)) for name in first if name not in key]
    differs = "IS NOT" if is_sqlite() else "IS DISTINCT FROM"
    if changing:
        updates = ", ".join(f"{column} = excluded.{column}" for column in changing)
        changed = " OR ".join(f"{table}.{column} {differs} excluded.{column}" for column in changing)
        tail = f" ON CONFLICT ({conflict}) DO UPDATE SET {updates} WHERE {changed}"
    else:
        tail = f" ON CONFLICT ({conflict}) DO NOTHING"

    def everything() -> Iterable[dict[str, Any]]:
        yield first
        yield from rows

    return _run(model, everything(), tail)


def insert_missing(model: type[BaseModel], rows: Iterable[dict[str, Any]], key: Sequence[str]) -> int:
    """Insert rows; where `key` (field names of a unique index) exists nothing happens. Returns the rows handed in."""
    conflict = ", ".join(_quote(_column(model, name)) for name in key)
    return _run(model, rows, f" ON CONFLICT ({conflict}) DO NOTHING")


def _run(model: type[BaseModel], rows: Iterable[dict[str, Any]], tail: str) -> int:
    rows = iter(rows)
    total = 0
    while chunk := list(islice(rows, CHUNK)):
        names = list(chunk[0])
        fields = [model._meta.fields[name] for name in names]
        columns = ", ".join(_quote(field.column_name) for field in fields)
        marks = ", ".join(["?" if is_sqlite() else "%s"] * len(fields))
        statement = f"INSERT INTO {_quote(model._meta.table_name)} ({columns}) VALUES ({marks}){tail}"
        values = [tuple(f.db_value(row[n]) for f, n in zip(fields, names, strict=True)) for row in chunk]
        with real_database().atomic():
            real_database().cursor().executemany(statement, values)
        total += len(chunk)
    return total


def _column(model: type[BaseModel], name: str) -> str:
    return str(model._meta.fields[name].column_name)


def _quote(name: str) -> str:
    return f'"{name}"'
