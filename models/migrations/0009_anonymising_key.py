"""Gives each board its own key for replacing the people of a real file: the same file gives the same people."""

from __future__ import annotations

import secrets
from typing import Any

from models.altering import add_columns

_COLUMN = """VARCHAR(64) NOT NULL CHECK (length("anonymising_key") <= 64)"""


def up(_migrator: Any, db: Any) -> None:
    """Add a column with a different key in each row."""
    add_columns(db, "board", {"anonymising_key": (_COLUMN, "''")})
    mark = db.param
    for (number,) in db.execute_sql("SELECT id FROM board").fetchall():
        db.execute_sql(f"UPDATE board SET anonymising_key = {mark} WHERE id = {mark}", (secrets.token_hex(32), number))
