"""Keeps lessons until they are done: what each needs to go on, what happened in it, and the boards they are done on."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

from models.altering import add_columns, rebuild

_NUMBERS = {"seed": 1, "level": 1, "seconds": 0, "mended": 0, "helped": 0, "extra_seconds": 0}
_MODES = "CHECK (mode IN ('practice', 'exam', 'refresher'))"
_SIDES = "CHECK (side IN ('', 'esis', 'partner'))"
_KINDS = "CHECK (kind IN ('given', 'act', 'hint', 'remark', 'mended', 'helped', 'done', 'left', 'resumed'))"


def up(_migrator: Any, db: Any) -> None:
    """Add columns to two tables, and create two, empty."""
    embedded = isinstance(db, SqliteDatabase)
    number = "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT" if embedded else "SERIAL NOT NULL PRIMARY KEY"
    moment, truth = ("DATETIME", "INTEGER") if embedded else ("TIMESTAMP", "BOOLEAN")
    add_columns(db, "board", {"owner_id": ("INTEGER", "NULL"), "learner": (_text("learner", 100), "''")})
    progress = {
        "own_board_id": ("INTEGER", "NULL"),
        "text": ("TEXT NOT NULL", "''"),
        "side": (_text("side", 10), "''"),
        **{name: ("INTEGER NOT NULL", str(value)) for name, value in _NUMBERS.items()},
        "given_up_at": (moment, "NULL"),
        "state": ("TEXT NOT NULL", "''"),
        **dict.fromkeys(("points", "points_of", "limit_seconds"), ("INTEGER", "NULL")),
        "passed": (truth, "NULL"),
    }
    add_columns(db, "lesson_progress", progress)
    _constrain(db, embedded)
    db.execute_sql('CREATE INDEX "board_owner_id" ON "board" ("owner_id")')
    db.execute_sql('CREATE INDEX "lesson_progress_own_board_id" ON "lesson_progress" ("own_board_id")')
    columns = [
        f'"id" {number}',
        '"progress_id" INTEGER NOT NULL',
        f'"at" {moment} NOT NULL',
        '"step" INTEGER NOT NULL',
        f'"kind" {_text("kind", 10)}',
        f'"detail" {_text("detail", 200)}',
        'FOREIGN KEY ("progress_id") REFERENCES "lesson_progress" ("id") ON DELETE CASCADE',
        _KINDS,
    ]
    db.execute_sql(f'CREATE TABLE "lesson_event" ({", ".join(columns)})')
    db.execute_sql('CREATE INDEX "lesson_event_progress_id" ON "lesson_event" ("progress_id")')
    own = [f'"id" {number}', f'"name" {_text("name", 100)}', '"text" TEXT NOT NULL', f'"added_at" {moment} NOT NULL']
    db.execute_sql(f'CREATE TABLE "own_lesson" ({", ".join(own)})')
    db.execute_sql('CREATE UNIQUE INDEX "own_lesson_name" ON "own_lesson" ("name")')


def _text(name: str, longest: int) -> str:
    return f'VARCHAR({longest}) NOT NULL CHECK (length("{name}") <= {longest})'


def _constrain(db: Any, embedded: bool) -> None:
    """Refer to boards, allow a third mode, and only the sides of a pair."""
    old = "CHECK (mode IN ('practice', 'exam'))"
    owner, own = (_refers("owner_id", "CASCADE"), _refers("own_board_id", "SET NULL"))
    if embedded:
        rebuild(db, "board", lambda made: f"{made.rstrip()[:-1]}, {owner})")
        rebuild(
            db,
            "lesson_progress",
            lambda made: f"{made.replace(old, _MODES).rstrip()[:-1]}, {own}, {_SIDES})",
        )
        return
    named = "lesson_progress_mode_check1"  # the first with this name is that of the length
    db.execute_sql(f'ALTER TABLE "lesson_progress" DROP CONSTRAINT "{named}"')
    db.execute_sql(f'ALTER TABLE "lesson_progress" ADD CONSTRAINT "{named}" {_MODES}')
    db.execute_sql(f'ALTER TABLE "lesson_progress" ADD {_SIDES}')
    db.execute_sql(f'ALTER TABLE "board" ADD {owner}')
    db.execute_sql(f'ALTER TABLE "lesson_progress" ADD {own}')


def _refers(column: str, deleted: str) -> str:
    return f'FOREIGN KEY ("{column}") REFERENCES "board" ("id") ON DELETE {deleted}'
