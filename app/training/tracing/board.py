"""What a line of a draaiboek changed on its board, as rows in words: which table, which record, which field was and is.

What has a history is read from it; of the other tables (couplings, the logbook, runs, what partners have) the rows are
compared with those before. Where nothing was written, nothing is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from peewee import Field, ForeignKeyField

from app.training.tracing import words
from models.base import BaseModel, TrackedModel, data_version, folded_fields, is_sqlite, real_database
from models.history import Change
from models.registry import all_models

MOST = 12
"""Of a table, this many records that came, changed or went are told by one line; the others are counted."""
CAME, CHANGED, WENT = "erbij", "gewijzigd", "weg"
Values: TypeAlias = dict[str, Any]
"""A row by column, as the database has it."""
_Rows: TypeAlias = dict[int, tuple[Any, ...]]
_Pair: TypeAlias = tuple[Values | None, Values | None]
_Found: TypeAlias = tuple[type[BaseModel], Values | None, Values | None]


@dataclass(frozen=True)
class FieldWords:
    """One field of a record; `was` is empty for a record that came."""

    name: str
    was: str
    now: str


@dataclass(frozen=True)
class RowChange:
    """One record that came, changed or went."""

    table: str
    record: str
    what: str
    """`erbij`, `gewijzigd` or `weg`."""
    fields: tuple[FieldWords, ...]


class BoardWatch:
    """Tells what changed in the database since it was asked last."""

    def __init__(self) -> None:
        models = [model for model in all_models() if words.is_told(model)]
        self._tracked = {str(one._meta.table_name): one for one in models if issubclass(one, TrackedModel)}
        self._others = [one for one in models if not issubclass(one, TrackedModel)]
        self._columns = {model: _columns(model) for model in models}
        self._stamp = _stamp()
        self._last = _last_change()
        self._before = self._read()

    def changes(self) -> list[RowChange]:
        """What changed, table by table."""
        stamp = _stamp()
        if stamp is not None and stamp == self._stamp:
            return []
        self._stamp = stamp
        tables: dict[type[BaseModel], dict[str, list[_Pair]]] = {}
        for model, was, now in (*self._of_history(), *self._of_others()):
            if what := self._what(model, was, now):
                tables.setdefault(model, {}).setdefault(what, []).append((was, now))
        few_first = sorted(tables.items(), key=lambda item: sum(map(len, item[1].values())))
        return [
            row for model, kinds in few_first for what, pairs in kinds.items() for row in self._rows(model, what, pairs)
        ]

    def _rows(self, model: type[BaseModel], what: str, pairs: list[_Pair]) -> Iterator[RowChange]:
        """The first of them, and how many more there are."""
        noun = words.table(model)
        for was, now in pairs[:MOST]:
            fields = () if now is None else tuple(self._fields(model, was, now))
            yield RowChange(noun, _record(model, now or was or {}), what, fields)
        if len(pairs) > MOST:
            yield RowChange(noun, f"en nog {len(pairs) - MOST}", what, ())

    def _of_history(self) -> Iterator[_Found]:
        """Of each record what it was before the first change and is after the last one."""
        rows: dict[tuple[str, int], list[Any]] = {}
        later: Any = Change.select(Change.id, Change.kind, Change.record_id, Change.before, Change.after).tuples()
        for number, kind, record, before, after in later.where(Change.id > self._last).order_by(Change.id):
            self._last = number
            rows.setdefault((kind, record), [before, after])[1] = after
        for (kind, _record), (before, after) in rows.items():
            if model := self._tracked.get(kind):
                yield model, before and json.loads(before), after and json.loads(after)

    def _of_others(self) -> Iterator[_Found]:
        was, now = self._before, self._read()
        self._before = now
        for model in self._others:
            old, new = was[model], now[model]
            names = [field.column_name for field in self._columns[model]]
            for number in sorted(old.keys() | new.keys()) if old != new else ():
                if old.get(number) != new.get(number):
                    yield model, _by_name(names, old.get(number)), _by_name(names, new.get(number))

    def _what(self, model: type[BaseModel], was: Values | None, now: Values | None) -> str:
        """What happened to a record; empty where nobody can see it."""
        if was is None or now is None:
            return CAME if now else WENT if was else ""
        names = [field.column_name for field in self._columns[model]]
        return CHANGED if any(was.get(name) != now.get(name) for name in names) else ""

    def _fields(self, model: type[BaseModel], was: Values | None, now: Values) -> Iterator[FieldWords]:
        told = {field.name for field in words.told_by(model)}
        for field in self._columns[model]:
            name = field.column_name
            if name not in now or (was is None and field.name in told):
                continue
            before, after = None if was is None else _value(field, was.get(name)), _value(field, now[name])
            if before is None and after in (words.EMPTY, "nee", "0"):
                continue  # a new record is told by what it has
            if before != after:
                yield FieldWords(words.column(field), before or "", after)

    def _read(self) -> dict[type[BaseModel], _Rows]:
        return {model: dict(_read(model, self._columns[model])) for model in self._others}


def _columns(model: type[BaseModel]) -> list[Field]:
    folded = {field.name for field in folded_fields(model)}
    return [field for field in model._meta.sorted_fields if field.name not in folded and words.is_told_of(field)]


def _read(model: type[BaseModel], fields: Iterable[Field]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    columns = ", ".join(f'"{name}"' for name in ("id", *(field.column_name for field in fields)))
    for number, *row in real_database().execute_sql(f'SELECT {columns} FROM "{model._meta.table_name}"'):
        yield number, tuple(row)


def _by_name(names: list[str], row: tuple[Any, ...] | None) -> Values | None:
    return None if row is None else dict(zip(names, row, strict=True))


def _stamp() -> tuple[int, int] | None:
    """Differs once this or another connection wrote something; None where the database cannot tell."""
    return (data_version(), real_database().connection().total_changes) if is_sqlite() else None


def _last_change() -> int:
    return Change.select(Change.id).order_by(Change.id.desc()).limit(1).scalar() or 0


def _value(field: Field, found: Any) -> str:
    if isinstance(field, ForeignKeyField) and found is not None:
        return _named(field.rel_model, found)
    return words.value(field.name, field.python_value(found))


def _named(model: type[BaseModel], number: int) -> str:
    """What says which record it is; its number if it is gone."""
    told = words.told_by(model)
    columns = ", ".join(f'"{field.column_name}"' for field in told)
    mark = "?" if is_sqlite() else "%s"
    query = f'SELECT {columns} FROM "{model._meta.table_name}" WHERE "id" = {mark}'
    row = real_database().execute_sql(query, (number,)).fetchone()
    return (
        _record(model, dict(zip((field.column_name for field in told), row, strict=True)))
        if row
        else f"nummer {number}"
    )


def _record(model: type[BaseModel], values: Values) -> str:
    parts = [_value(field, values.get(field.column_name)) for field in words.told_by(model)]
    return words.joined(model, ["" if part == words.EMPTY else part for part in parts])
