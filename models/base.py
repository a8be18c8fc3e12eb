"""What every table shares: the database connection, moments in UTC, text with an enforced length limit, and names.

A name is stored in one form however it is written (`KeptText`), and what it is sorted, searched and compared by is in a
companion column (`Folded`) that only this module fills: through `BaseModel`, and for `models.bulk` through
`with_folded`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

from peewee import (
    SQL,
    AutoField,
    CharField,
    Check,
    Database,
    DatabaseProxy,
    DateTimeField,
    Model,
    ModelUpdate,
    NodeList,
    SqliteDatabase,
)

from app.exchange.names import folded, kept
from models.waiting import Keeping

database: DatabaseProxy = DatabaseProxy()
"""The one database of this process; the composition root points it at SQLite or PostgreSQL."""


GIVEN_OUT_AGAIN = {
    "writer": "one row, always number 1, that is there only while a transaction writes; nothing refers to it",
    "schema_version": "one row, from when the tables are made",
    "schema_migration": "of Peewee's runner, which makes it; its rows stay, and are known by name",
}
"""Tables whose numbers may be reused, each with why that is harmless; every other table's numbers are permanent."""


class UnusableDatabase(Exception):
    """The database cannot be opened or is of another version; the message says which."""


class LastingId(AutoField):
    """A primary key that is never reused, not even on SQLite, which otherwise reuses the highest one.

    On SQLite this costs an eighth of a bulk insert: 0.13 s per 100,000 rows through `models.bulk` (measured).
    """

    def ddl(self, ctx: Any) -> Any:
        """As in peewee, with `AUTOINCREMENT` on SQLite."""
        column = super().ddl(ctx)  # type: ignore[no-untyped-call]
        lasts = is_sqlite() and self.model._meta.table_name not in GIVEN_OUT_AGAIN
        return NodeList((column, SQL("AUTOINCREMENT"))) if lasts else column


class BaseModel(Model):
    """A row in the database of this process, with a number that permanently identifies it."""

    id = LastingId()

    class Meta:
        database = database
        legacy_table_names = False

    @classmethod
    def insert(cls, data: Any = None, /, **values: Any) -> Any:
        """As in peewee, including the folded columns."""
        return super().insert(with_folded(cls, _by_name(data, values)))

    @classmethod
    def insert_many(cls, *_rows: Any, **_more: Any) -> Any:
        """Not supported: `models.bulk` fills the folded columns."""
        raise TypeError(f"insert many rows of {cls.__name__} with models.bulk")

    insert_from: Any = insert_many

    @classmethod
    def update(cls, data: Any = None, /, **values: Any) -> Any:
        """As in peewee; a folded column is recomputed from the stored rows if one of its sources is written."""
        written = _by_name(data, values)
        touched = [
            field for field in folded_fields(cls) if field.name not in written and written.keys() & set(field.sources)
        ]
        if not touched:
            return super().update(written)
        return _Folding(cls, cls._normalize_data(written, {}), touched)  # type: ignore[attr-defined]

    def save(self, force_insert: bool = False, only: Any = None) -> Any:
        """As in peewee, including the folded columns."""
        for field in folded_fields(type(self)):
            if all(source in self.__data__ for source in field.sources):
                setattr(self, field.name, field.of(self.__data__))
        return super().save(force_insert, only)  # type: ignore[no-untyped-call]


class TrackedModel(BaseModel):
    """A record whose every change is logged (`models.history`)."""


class MomentField(DateTimeField):
    """An aware datetime, stored as naive UTC because PostgreSQL drops offsets and SQLite stores text."""

    def db_value(self, value: datetime | None) -> Any:
        """Naive UTC. Raises `ValueError` for a moment without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return super().db_value(value.astimezone(UTC).replace(tzinfo=None))  # type: ignore[no-untyped-call]

    def python_value(self, value: Any) -> datetime | None:
        """An aware moment in UTC."""
        naive: datetime | None = super().python_value(value)  # type: ignore[no-untyped-call]
        return None if naive is None else naive.replace(tzinfo=UTC)


class ShortText(CharField):
    """Text of at most `max_length` characters, also on SQLite, where a column type limits nothing."""

    def bind(self, model: type[Model], name: str, set_attribute: bool = True) -> None:
        """Add the length check to the column."""
        super().bind(model, name, set_attribute)
        limit = Check(f'length("{self.column_name}") <= {self.max_length}')
        self.constraints = [*(self.constraints or []), limit]


class KeptText(ShortText):
    """A person's or thing's name, or an e-mail address: stored in its normal form (`app.exchange.names.kept`)."""

    def db_value(self, value: Any) -> Any:
        """The normal form, whose length is checked."""
        return None if value is None else kept(str(value))


def unsought(column: Any) -> Any:
    """The column in a condition for which SQLite must not choose an index: it has no statistics to know better."""
    return NodeList((SQL("+"), column), glue="") if is_sqlite() else column


class Folded(ShortText):
    """What a row is sorted, searched and compared by: computed from its columns `sources`, however those are written.

    Sorted by code point on every database. `by` combines the columns' texts into one. The history omits it.
    """

    def __init__(self, *sources: str, max_length: int = 300, by: Callable[..., str] = folded, **options: Any) -> None:
        super().__init__(max_length=max_length, default="", **options)
        self.sources = sources
        self.by = by

    def of(self, values: dict[str, Any]) -> str:
        """The folded text for these values by column name; missing ones are empty."""
        return self.by(*(values.get(source) or "" for source in self.sources))[: self.max_length]

    def db_value(self, value: Any) -> Any:
        """The text cut to the column's length, also when something is compared with it."""
        return None if value is None else str(value)[: self.max_length]

    def ddl(self, ctx: Any) -> Any:
        """With a fixed collation on PostgreSQL, whose language-dependent ones differ from server to server."""
        column = super().ddl(ctx)  # type: ignore[no-untyped-call]
        return column if is_sqlite() else NodeList((column, SQL('COLLATE "C"')))


@cache
def folded_fields(model: type[Model]) -> tuple[Folded, ...]:
    """The folded columns of a table."""
    return tuple(field for field in model._meta.sorted_fields if isinstance(field, Folded))


def with_folded(model: type[Model], values: dict[Any, Any]) -> dict[Any, Any]:
    """The values of a new row (by field name) with those of its folded columns, which are always recomputed."""
    return {**values, **{field.name: field.of(values) for field in folded_fields(model)}}


def _by_name(data: Any, values: dict[str, Any]) -> dict[Any, Any]:
    """Peewee's dict, by field, name or both, as a dict by name."""
    return {getattr(key, "name", key): value for key, value in {**(data or {}), **values}.items()}


class _Folding(ModelUpdate):
    """An update of some of the source columns of folded ones."""

    def __init__(self, model: type[BaseModel], data: Any, touched: list[Folded]) -> None:
        super().__init__(model, data)  # type: ignore[no-untyped-call]
        self._touched = touched

    def _execute(self, database: Database) -> Any:
        model = self.model
        here = model.select(model.id)
        with database.atomic():
            where = self._where  # type: ignore[attr-defined]
            ids = [row.id for row in (here if where is None else here.where(where))]
            done = super()._execute(database)  # type: ignore[misc]
            for row in model.select().where(model.id.in_(ids)):
                values = {field.name: field.of(row.__data__) for field in self._touched}
                model.update(values).where(model.id == row.id).execute()
        return done


def data_version() -> int:
    """A number that changes when another connection changes something; on PostgreSQL also when this one does."""
    asked = "PRAGMA data_version" if is_sqlite() else "SELECT txid_snapshot_xmax(txid_current_snapshot())"
    return int(real_database().execute_sql(asked).fetchone()[0])


def real_database() -> Database:
    """The database behind the proxy, where SQLite and PostgreSQL differ."""
    target = database.obj
    assert isinstance(target, Database), "the database is not opened yet"
    return target


def is_sqlite() -> bool:
    """Whether the rows are in an SQLite file."""
    return isinstance(real_database(), SqliteDatabase)


@contextmanager
def reading() -> Iterator[None]:
    """One consistent view for several queries, without taking SQLite's write lock.

    In a default PostgreSQL transaction each query sees what has been committed meanwhile.
    """
    with real_database().atomic("DEFERRED" if is_sqlite() else "REPEATABLE READ"):
        yield


def locked(query: Any) -> Any:
    """The query with its rows locked against other writers; SQLite's IMMEDIATE transaction already does that."""
    return query if is_sqlite() else query.for_update("FOR NO KEY UPDATE")


def keep_connections(most: int) -> None:
    """Keep up to so many connections for threads to come, in a program that answers as many calls at once."""
    target = real_database()
    assert isinstance(target, Keeping)
    target.KEPT = most


@contextmanager
def connected() -> Iterator[None]:
    """A connection for this thread, kept afterwards for the next thread that asks."""
    target = real_database()
    assert isinstance(target, Keeping)
    with target.lent():
        yield
