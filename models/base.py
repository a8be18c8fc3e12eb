"""What every table shares: the database they live in, moments in UTC and text with a real limit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
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
    NodeList,
    SqliteDatabase,
)

database: DatabaseProxy = DatabaseProxy()
"""The one database of this process; the composition root points it at SQLite or PostgreSQL."""


GIVEN_OUT_AGAIN = {
    "writer": "one row, always number 1, that is there only while a transaction writes; nothing refers to it",
    "schema_version": "one row, from when the tables are made",
    "schema_migration": "of Peewee's runner, which makes it; its rows stay, and are known by name",
}
"""Tables whose numbers may be given out again, each with why that harms nobody; every other table's number lasts."""


class UnusableDatabase(Exception):
    """The database cannot be opened or is of another version; the message says which."""


class LastingId(AutoField):
    """A number that is never given out again, on SQLite too, where the highest is free once its row is deleted.

    There it costs an eighth of inserting much: 0.13 s in 100,000 rows through `models.bulk` (measured).
    """

    def ddl(self, ctx: Any) -> Any:
        """As peewee has it, and on SQLite `AUTOINCREMENT`."""
        column = super().ddl(ctx)  # type: ignore[no-untyped-call]
        lasts = is_sqlite() and self.model._meta.table_name not in GIVEN_OUT_AGAIN
        return NodeList((column, SQL("AUTOINCREMENT"))) if lasts else column


class BaseModel(Model):
    """A row in the database of this process, with a number that means this row for ever."""

    id = LastingId()

    class Meta:
        database = database
        legacy_table_names = False


class TrackedModel(BaseModel):
    """A record whose every change is kept (`models.history`)."""


class MomentField(DateTimeField):
    """An aware datetime, stored as naive UTC because PostgreSQL drops offsets and SQLite keeps text."""

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
    """Text of at most `max_length` characters, on SQLite too, where a column type limits nothing."""

    def bind(self, model: type[Model], name: str, set_attribute: bool = True) -> None:
        """Add the check on the length to the column."""
        super().bind(model, name, set_attribute)
        limit = Check(f'length("{self.column_name}") <= {self.max_length}')
        self.constraints = [*(self.constraints or []), limit]


def data_version() -> int:
    """Another number when another connection changed something; always the same on PostgreSQL, which has none."""
    return int(real_database().execute_sql("PRAGMA data_version").fetchone()[0]) if is_sqlite() else 0


def real_database() -> Database:
    """The database behind the proxy, for what differs between SQLite and PostgreSQL."""
    target = database.obj
    assert isinstance(target, Database), "the database is not opened yet"
    return target


def is_sqlite() -> bool:
    """Whether the rows live in an SQLite file."""
    return isinstance(real_database(), SqliteDatabase)


@contextmanager
def reading() -> Iterator[None]:
    """One consistent view for several queries, without taking SQLite's write lock.

    By itself a transaction of PostgreSQL sees with each query what was committed meanwhile.
    """
    with real_database().atomic("DEFERRED" if is_sqlite() else "REPEATABLE READ"):
        yield


def locked(query: Any) -> Any:
    """The query with its rows locked against other writers; SQLite's IMMEDIATE transaction already does that."""
    return query if is_sqlite() else query.for_update("FOR NO KEY UPDATE")
