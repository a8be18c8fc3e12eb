"""A database's structure, to compare: columns, constraints, indexes and triggers, as the database reports them."""

from __future__ import annotations

import re
from typing import Any

from peewee import Database, PostgresqlDatabase

from models.altering import parts_of

_POSTGRES = {
    "columns": """SELECT table_name || '.' || column_name, data_type || coalesce(character_maximum_length::text, '') || ' '
                  || is_nullable || ' ' || coalesce(column_default, '') FROM information_schema.columns
                  WHERE table_schema = current_schema()""",
    "constraints": """SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint
                      WHERE connamespace = current_schema()::regnamespace""",
    "indexes": "SELECT tablename || '.' || indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()",
    "triggers": """SELECT tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) || pg_get_functiondef(tgfoid)
                   FROM pg_trigger WHERE NOT tgisinternal""",
}

_CASTS = re.compile(r"::(character varying|text)(\[\])?|[()]")
"""What a dump that is read back writes at another place in a check."""


def structure(target: Database) -> dict[str, str]:
    """Each part there is, with its definition; the order of columns, which a table grows in, is left out."""
    if isinstance(target, PostgresqlDatabase):
        found = {f"{kind} {name}": text for kind, query in _POSTGRES.items() for name, text in rows(target, query)}
        return {name: _CASTS.sub("", text) for name, text in found.items() if "huey" not in name}
    parts: dict[str, str] = {}
    for kind, name, table, text in rows(target, "SELECT type, name, tbl_name, sql FROM sqlite_master"):
        if kind == "table" and not name.startswith("sqlite_"):
            parts |= {f"{name}: {part}": "" for part in parts_of(text)}
        elif text is not None:
            parts[f"{kind} {table}.{name}"] = " ".join(text.replace('"', "").split())
    return parts


def rows(target: Database, query: str) -> list[Any]:
    """What a query gives."""
    return list(target.execute_sql(query).fetchall())


def counts(target: Database) -> dict[str, int]:
    """How many rows each table has."""
    tables = [name for name in target.get_tables() if not name.startswith("sqlite_") and "huey" not in name]
    return {name: rows(target, f'SELECT count(*) FROM "{name}"')[0][0] for name in tables}
