"""The triggers on the tables, all created here: the logbook is append-only, and every change is recorded."""

from __future__ import annotations

from peewee import Database, PostgresqlDatabase

from models import history
from models.base import TrackedModel, folded_fields
from models.registry import all_models

_NOT_KEPT = ("password_hash", "theme", "secret", "last_counter")
"""Columns that the history omits, besides the folded ones, which follow from others."""

_SQLITE_LOGBOOK = [
    """CREATE TRIGGER log_entry_keep BEFORE UPDATE ON log_entry
       BEGIN SELECT RAISE(ABORT, 'the logbook is append-only'); END""",
    """CREATE TRIGGER log_entry_stay BEFORE DELETE ON log_entry
       WHEN NOT EXISTS (SELECT 1 FROM board WHERE id = OLD.board_id AND resetting = 1)
       BEGIN SELECT RAISE(ABORT, 'the logbook is append-only'); END""",
    """CREATE TRIGGER log_entry_new BEFORE INSERT ON log_entry
       WHEN EXISTS (SELECT 1 FROM log_entry WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'the logbook is append-only'); END""",
]
_POSTGRES_LOGBOOK = [
    """CREATE OR REPLACE FUNCTION log_entry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM board WHERE id = OLD.board_id AND resetting) THEN
           RETURN OLD;
         END IF;
         RAISE EXCEPTION 'the logbook is append-only';
       END $$""",
    """CREATE OR REPLACE TRIGGER log_entry_keep BEFORE UPDATE OR DELETE ON log_entry
       FOR EACH ROW EXECUTE FUNCTION log_entry_append_only()""",
    """CREATE OR REPLACE TRIGGER log_entry_whole BEFORE TRUNCATE ON log_entry
       FOR EACH STATEMENT EXECUTE FUNCTION log_entry_append_only()""",
]


def make(target: Database) -> None:
    """Create every trigger for the tables of the models; none may exist yet."""
    tracked = [model for model in all_models() if issubclass(model, TrackedModel)]
    follow = sorted({field.column_name for model in tracked for field in folded_fields(model)})
    for statement in (
        *(_POSTGRES_LOGBOOK if isinstance(target, PostgresqlDatabase) else _SQLITE_LOGBOOK),
        *history.triggers(target, tracked, (*_NOT_KEPT, *follow)),
    ):
        target.execute_sql(statement)


def drop(target: Database) -> None:
    """Drop every trigger, while tables are altered."""
    if isinstance(target, PostgresqlDatabase):
        found = target.execute_sql(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
        ).fetchall()
        statements = [f'DROP TRIGGER "{name}" ON {table}' for name, table in found]
    else:
        found = target.execute_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        statements = [f'DROP TRIGGER "{name}"' for (name,) in found]
    for statement in statements:
        target.execute_sql(statement)
