"""Columns added by a migration equal those peewee creates with the table, and existing rows get their value."""

from __future__ import annotations

from typing import Any

from peewee import BooleanField, ForeignKeyField, IntegerField, Model

from models import altering
from models.base import LastingId, ShortText, is_sqlite, real_database
from tests.upgrading.structure import rows, structure


def table(named: str, /, **fields: Any) -> Any:
    """A model of the database at hand, out of sight of `all_models`."""
    meta = type("Meta", (), {"database": real_database(), "legacy_table_names": False, "table_name": named})
    return type(named, (Model,), {**fields, "Meta": meta})


def plant(**added: Any) -> Any:
    """A table that refers to itself."""
    name, parent = ShortText(max_length=20, unique=True), ForeignKeyField("self", null=True, on_delete="CASCADE")
    return table("plant", id=LastingId(), name=name, parent=parent, **added)


def parts(target: Any, name_part: str) -> dict[str, str]:
    return {name: text for name, text in structure(target).items() if name_part in name and "leaf" not in name}


def test_added_columns_are_as_if_they_had_always_been_there(db: str) -> None:
    target = real_database()
    grown = plant(folded=ShortText(max_length=20), height=IntegerField(null=True), evergreen=BooleanField())
    target.create_tables([grown])
    wanted = parts(target, "plant")
    target.drop_tables([grown])
    before = plant()
    leaf = table("leaf", plant=ForeignKeyField(before, on_delete="CASCADE"))
    target.create_tables([before, leaf])
    for name in ("Ápple", 'it\'s, (a) "pear"', "%s ?"):
        leaf.create(plant=before.create(name=name, parent=None))
    there = rows(target, "SELECT id, name FROM plant ORDER BY id")
    if is_sqlite():
        target.pragma("foreign_keys", 0)
    yes = "1" if is_sqlite() else "true"
    altering.add_columns(
        target,
        "plant",
        {
            "folded": ('VARCHAR(20) NOT NULL CHECK (length("folded") <= 20)', "lower(substr(name, 1, 2))"),
            "height": ("INTEGER", "NULL"),
            "evergreen": ("INTEGER NOT NULL" if is_sqlite() else "BOOLEAN NOT NULL", yes),
        },
    )
    assert parts(target, "plant") == wanted
    assert rows(target, "SELECT id, name FROM plant ORDER BY id") == there
    assert [row.folded for row in grown.select().order_by(grown.id)][1:] == ["it", "%s"]
    assert leaf.select().count() == 3
