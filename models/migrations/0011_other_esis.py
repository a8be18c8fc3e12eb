"""Adds the table of the partners that talk to another ESIS over HTTP."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

_TEXTS = (("partner", 40), ("pupils", 500), ("results", 500), ("client_code", 64), ("client_name", 64), ("key", 64))
_PATHS = ("authority", "certificate", "certificate_key")


def up(_migrator: Any, db: Any) -> None:
    """Create it, empty."""
    embedded = isinstance(db, SqliteDatabase)
    number = "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT" if embedded else "SERIAL NOT NULL PRIMARY KEY"
    columns = [
        f'"id" {number}',
        '"board_id" INTEGER NOT NULL',
        *(f'"{name}" VARCHAR({most}) NOT NULL CHECK (length("{name}") <= {most})' for name, most in _TEXTS),
        *(f'"{name}" TEXT NOT NULL' for name in _PATHS),
        'FOREIGN KEY ("board_id") REFERENCES "board" ("id") ON DELETE CASCADE',
    ]
    db.execute_sql(f'CREATE TABLE "other_esis" ({", ".join(columns)})')
    db.execute_sql('CREATE INDEX "other_esis_board_id" ON "other_esis" ("board_id")')
    db.execute_sql('CREATE UNIQUE INDEX "other_esis_board_id_partner" ON "other_esis" ("board_id", "partner")')
