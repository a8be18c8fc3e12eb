"""Stores the leerlingnummers of deleted pupils as those of renumbered pupils; until now only the history had them."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase


def up(_migrator: Any, db: Any) -> None:
    """Copy them from the history, unless an import has given such a number out again."""
    key = "json_extract(before, '$.key')" if isinstance(db, SqliteDatabase) else "(before::json ->> 'key')"
    db.execute_sql(
        f"INSERT INTO former_key (board_id, key) SELECT DISTINCT board_id, {key} FROM change "
        f"WHERE kind = 'pupil' AND action = 'deleted' AND NOT EXISTS "
        f"(SELECT 1 FROM pupil WHERE pupil.board_id = change.board_id AND pupil.key = {key}) AND NOT EXISTS "
        f"(SELECT 1 FROM former_key WHERE former_key.board_id = change.board_id AND former_key.key = {key})"
    )
