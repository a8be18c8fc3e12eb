"""Who changed which record when, with its state before and after: recorded by triggers, so that no write escapes.

A trigger writes one `Change` for each row that really differs, in the transaction that changes it, provided that
transaction has named its writer (`writing_as`). Writes without a writer leave no trace: creating a board, resetting it,
the bookkeeping of the partner systems.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from peewee import Database, ForeignKeyField, IntegerField, PostgresqlDatabase, TextField

from models.base import BaseModel, MomentField, ShortText, is_sqlite, real_database
from models.board import Board

ADDED, CHANGED, DELETED = "added", "changed", "deleted"
_SETTING = "esis.writer"


class Change(BaseModel):
    """A record that was added, changed or deleted."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    at = MomentField()
    """School time."""
    user = ShortText(max_length=50)
    source = ShortText(max_length=30)
    """The origin: `scherm`, `opdrachtregel`, `import` ..."""
    kind = ShortText(max_length=40)
    """The table of the record."""
    record_id = IntegerField()
    pupil_id = IntegerField(null=True)
    """The pupil concerned, if any: the pupil itself, or the pupil of a placement or a guardian's link."""
    action = ShortText(max_length=10)
    """`added`, `changed` or `deleted`."""
    before = TextField(null=True)
    """The columns before the change as JSON; none for an added record."""
    after = TextField(null=True)
    """The columns after the change as JSON; none for a deleted record."""
    from_pupil_id = IntegerField(null=True)
    """The pupil concerned before, if different: a result that moved from one to the other."""

    class Meta:
        indexes = ((("kind", "record_id", "id"), False), (("pupil_id", "id"), False), (("board", "kind", "at"), False))


# Deleted records are looked up by their key, for instance before a number is given out.
Change.add_index(
    Change.index(Change.board, Change.kind, where=(Change.action == DELETED), name="change_of_what_was_deleted")
)


Change.add_index(
    Change.index(
        Change.from_pupil_id, Change.id, where=Change.from_pupil_id.is_null(False), name="change_that_left_a_pupil"
    )
)


class Writer(BaseModel):
    """On SQLite: who writes in the current transaction; the row is gone when the transaction ends."""

    board_id = IntegerField()
    at = TextField()
    user = TextField()
    source = TextField()


@dataclass(frozen=True)
class Signature:
    """The writer recorded with a change."""

    board_id: int
    at: datetime
    user: str
    source: str


@contextmanager
def writing_as(signature: Signature) -> Iterator[None]:
    """Record a writer for what this transaction changes; a nested use case gets the writer of the outer one."""
    if _signed():
        yield
        return
    at = str(Change.at.db_value(signature.at))
    if is_sqlite():
        Writer.create(id=1, board_id=signature.board_id, at=at, user=signature.user, source=signature.source)
    else:
        _sign({"board": signature.board_id, "at": at, "user": signature.user, "source": signature.source})
    yield
    # Reached only when nothing was raised; otherwise the transaction is rolled back, and this row with it.
    if is_sqlite():
        Writer.delete().execute()
    else:
        _sign(None)


def _signed() -> bool:
    if is_sqlite():
        return bool(Writer.select().exists())
    return bool(real_database().execute_sql("SELECT current_setting(%s, true)", (_SETTING,)).fetchone()[0])


def _sign(values: dict[str, object] | None) -> None:
    real_database().execute_sql("SELECT set_config(%s, %s, true)", (_SETTING, json.dumps(values) if values else ""))


def triggers(target: Database, models: Iterable[type[BaseModel]], hidden: Sequence[str]) -> Iterator[str]:
    """The statements that create the change triggers of these tables; columns named in `hidden` are never recorded."""
    if isinstance(target, PostgresqlDatabase):
        yield _POSTGRES_FUNCTION.format(hidden="{" + ",".join(hidden) + "}")
    for model in models:
        table = model._meta.table_name
        columns = [field.column_name for field in model._meta.sorted_fields if field.column_name not in hidden]
        if isinstance(target, PostgresqlDatabase):
            yield (
                f'CREATE OR REPLACE TRIGGER {table}_history AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
                "FOR EACH ROW EXECUTE FUNCTION keep_change()"
            )
        else:
            yield from _sqlite_triggers(table, columns)


def _sqlite_triggers(table: str, columns: Sequence[str]) -> Iterator[str]:
    about = 'NEW."id"' if table == "pupil" else 'NEW."pupil_id"' if "pupil_id" in columns else "NULL"
    left = 'CASE WHEN OLD."pupil_id" IS NOT NEW."pupil_id" THEN OLD."pupil_id" END' if "pupil_id" in columns else "NULL"
    differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    cases = (
        ("INSERT", ADDED, "NEW", "", "NULL", _json("NEW", columns)),
        ("UPDATE", CHANGED, "NEW", f" AND ({differs})", _json("OLD", columns), _json("NEW", columns)),
        ("DELETE", DELETED, "OLD", "", _json("OLD", columns), "NULL"),
    )
    for event, action, row, extra, before, after in cases:
        before_it = left if event == "UPDATE" else "NULL"
        yield (
            f'CREATE TRIGGER {table}_{action} AFTER {event} ON "{table}" '
            f"WHEN EXISTS (SELECT 1 FROM writer){extra} BEGIN "
            "INSERT INTO change (board_id, at, user, source, kind, record_id, pupil_id, from_pupil_id, action, before, after) "
            f"SELECT board_id, at, user, source, '{table}', {row}.id, {about.replace('NEW', row)}, {before_it}, '{action}', "
            f"{before}, {after} FROM writer; END"
        )


def _json(row: str, columns: Sequence[str]) -> str:
    return "json_object(" + ", ".join(f"'{column}', {row}.\"{column}\"" for column in columns) + ")"


_POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION keep_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  writer jsonb := nullif(current_setting('esis.writer', true), '')::jsonb;
  was jsonb; becomes jsonb; subject jsonb;
BEGIN
  IF writer IS NULL THEN RETURN NULL; END IF;
  IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD) - '{hidden}'::text[]; END IF;
  IF TG_OP <> 'DELETE' THEN becomes := to_jsonb(NEW) - '{hidden}'::text[]; END IF;
  IF was IS NOT DISTINCT FROM becomes THEN RETURN NULL; END IF;
  subject := coalesce(becomes, was);
  INSERT INTO change (board_id, at, "user", source, kind, record_id, pupil_id, from_pupil_id, action, before, after)
  VALUES ((writer->>'board')::int, (writer->>'at')::timestamp, writer->>'user', writer->>'source', TG_TABLE_NAME,
          (subject->>'id')::int,
          CASE WHEN TG_TABLE_NAME = 'pupil' THEN (subject->>'id')::int ELSE (subject->>'pupil_id')::int END,
          CASE WHEN TG_OP = 'UPDATE' AND was->>'pupil_id' IS DISTINCT FROM becomes->>'pupil_id'
               THEN (was->>'pupil_id')::int END,
          CASE TG_OP WHEN 'INSERT' THEN 'added' WHEN 'UPDATE' THEN 'changed' ELSE 'deleted' END,
          was::text, becomes::text);
  RETURN NULL;
END $$"""
