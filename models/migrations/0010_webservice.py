"""Adds the tables of the web service over HTTP: suppliers, the messages that came, and its disturbances."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

_CODE = 'VARCHAR({0}) NOT NULL CHECK (length("{1}") <= {0})'
_BOARD = 'FOREIGN KEY ("board_id") REFERENCES "board" ("id") ON DELETE CASCADE'
_TEXTS = ["xpath", "found", "expected", "nearest", "later", "remarks", "told"]


def up(_migrator: Any, db: Any) -> None:
    """Create three tables, empty."""
    embedded = isinstance(db, SqliteDatabase)
    number = "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT" if embedded else "SERIAL NOT NULL PRIMARY KEY"
    moment, bytes_ = ("DATETIME", "BLOB") if embedded else ("TIMESTAMP", "BYTEA")
    supplier = [("code", 64), ("name", 64), ("coupling", 40)]
    _create(db, "supplier", number, [_text(*one) for one in supplier])
    _create(
        db,
        "exchanged_message",
        number,
        [
            f'"at" {moment} NOT NULL',
            *(_text(*one) for one in (("supplier", 64), ("address", 200), ("client", 64), ("operation", 40))),
            *(_text(*one) for one in (("outcome", 10), ("fault", 60), ("rule", 20))),
            '"line" INTEGER NOT NULL',
            '"at_column" INTEGER NOT NULL',
            *(f'"{name}" TEXT NOT NULL' for name in _TEXTS),
            *(f'"{name}" INTEGER NOT NULL' for name in ("size", "answer_size", "ms", "status")),
            f'"request" {bytes_} NOT NULL',
            f'"answer" {bytes_} NOT NULL',
        ],
        ["CHECK (outcome IN ('accepted', 'refused', 'failed'))"],
    )
    _create(
        db,
        "service_fault",
        number,
        [
            *(_text(*one) for one in (("supplier", 64), ("operation", 40), ("kind", 60))),
            *(f'"{name}" INTEGER NOT NULL' for name in ("nth", "chance", "seed", "calls", "seconds")),
        ],
    )
    db.execute_sql('CREATE UNIQUE INDEX "supplier_board_id_code" ON "supplier" ("board_id", "code")')
    db.execute_sql('CREATE INDEX "exchanged_message_board_id_id" ON "exchanged_message" ("board_id", "id")')


def _text(name: str, longest: int) -> str:
    return f'"{name}" {_CODE.format(longest, name)}'


def _create(db: Any, table: str, number: str, columns: list[str], checks: list[str] | None = None) -> None:
    parts = [f'"id" {number}', '"board_id" INTEGER NOT NULL', *columns, _BOARD, *(checks or [])]
    db.execute_sql(f'CREATE TABLE "{table}" ({", ".join(parts)})')
    db.execute_sql(f'CREATE INDEX "{table}_board_id" ON "{table}" ("board_id")')
