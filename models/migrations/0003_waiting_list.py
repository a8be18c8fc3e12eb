"""The list of doubts of Mijnschoolinfo stores what ESIS reported of somebody, and no longer the possible matches.

For existing rows the number and the parts of a pupil's name are unknown; the next delivery asks ESIS about all of them.
"""

from __future__ import annotations

import json
from typing import Any

from peewee import BooleanField, DateTimeField, TextField
from playhouse.migrate import migrate

TABLE = "msi_doubt"


def up(migrator: Any, db: Any) -> None:
    """Add three columns and drop one."""
    migrate(
        migrator.add_column(TABLE, "told", TextField(default="")),
        migrator.add_column(TABLE, "at", DateTimeField(null=True)),
        migrator.add_column(TABLE, "held", BooleanField(default=False)),
    )
    columns = "id, kind, esis_id, pupil_esis_id, name, detail"
    mark = db.param
    for number, *row in db.execute_sql(f"SELECT {columns} FROM {TABLE}").fetchall():
        db.execute_sql(f"UPDATE {TABLE} SET told = {mark} WHERE id = {mark}", (json.dumps(_told(*row)), number))
    migrate(migrator.drop_column(TABLE, "pupil_esis_id"))


def _told(kind: str, number: int, pupil: int, name: str, detail: str) -> dict[str, Any]:
    if kind == "verzorger":
        return {"id": number, "name": name, "email": detail, "phone": "", "children": [pupil], "before": []}
    return {
        "id": number,
        "key": "",
        "first_name": "",
        "prefix": "",
        "last_name": name,
        "birth_date": _iso(detail),
        "group_ids": [],
        "guardians": [],
        "children": [],
        "before": [],
    }


def _iso(dutch: str) -> str | None:
    """`2010-02-01` from `1-2-2010`."""
    day, _, rest = dutch.partition("-")
    month, _, year = rest.partition("-")
    return f"{year:0>4}-{month:0>2}-{day:0>2}" if year else None
