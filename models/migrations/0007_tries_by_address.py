"""Counts wrong attempts by name and address, at the partners too, with the moment of the last one.

Existing rows were made at ESIS. Their end of the pause is stored as the last attempt: a future moment counts as now
(`app.signing.tries`), so nobody waits longer, and nothing is forgotten.
"""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

from models.altering import add_columns


def up(migrator: Any, db: Any) -> None:  # noqa: ARG001
    """Replace one column by three, with their indexes."""
    moment = "DATETIME" if isinstance(db, SqliteDatabase) else "TIMESTAMP"
    for index in ("tries_board_id_name", "tries_not_before"):
        db.execute_sql(f'DROP INDEX "{index}"')
    add_columns(
        db,
        "tries",
        {
            "place": ('VARCHAR(60) NOT NULL CHECK (length("place") <= 60)', "'esis'"),
            "address": ('VARCHAR(64) NOT NULL CHECK (length("address") <= 64)', "'local'"),
            "at": (f"{moment} NOT NULL", "not_before"),
        },
    )
    db.execute_sql('ALTER TABLE "tries" DROP COLUMN "not_before"')
    db.execute_sql('CREATE INDEX "tries_at" ON "tries" ("at")')
    db.execute_sql(
        'CREATE UNIQUE INDEX "tries_board_id_place_name_address" ON "tries" ("board_id", "place", "name", "address")'
    )
