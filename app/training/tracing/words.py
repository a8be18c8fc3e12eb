"""What tables, columns and values are called where a person reads what changed on the board (`fixtures/board_words.toml`)."""

from __future__ import annotations

import json
import tomllib
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from peewee import Field, ForeignKeyField

from app import clock
from app.exchange.names import full_name
from app.files.plain import clean
from app.runs import COUNT_WORDS
from models.base import BaseModel

LONGEST = 200
"""In characters, of a value."""
EMPTY = "leeg"
_STATES = frozenset({"state", "origin", "clock", "kind"})
"""The columns whose values are words of the program."""
_CALLED = ("name", "title", "value")
"""Columns that say on their own which record it is."""
_BESIDES = ("job", "type", "assessment", "part", "method", "role", "partner", "kind", "publisher", "operation", "key")
"""Columns that say so beside the records it belongs to; at most two."""
_OWNERS = frozenset({"board", "location", "school", "delivery", "file", "transition"})
"""References to what a record is part of, which hardly tell it from the others."""


@cache
def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("fixtures").joinpath("board_words.toml").read_text(encoding="utf-8"))


def is_told(model: type[BaseModel]) -> bool:
    """Whether what changes in a table is told at all."""
    return model._meta.table_name not in _words()["untold"]["tables"]


def is_told_of(field: Field) -> bool:
    """Whether a column is told: not what is secret, or means nothing to who plays a draaiboek."""
    untold = _words()["untold"]["columns"]
    return field.name not in untold and f"{field.model._meta.table_name}.{field.name}" not in untold


def table(model: type[BaseModel]) -> str:
    """The noun for a record: `leerling`; a table that is not listed is called by its name."""
    name = str(model._meta.table_name)
    return str(_words()["tables"].get(name, name.replace("_", " ")))


def column(field: Field) -> str:
    """The label of a column in lower case: `roepnaam`."""
    label = field.verbose_name
    if label:
        return str(label) if label[1:2].isupper() else f"{label[0].lower()}{label[1:]}"
    return str(_words()["columns"].get(field.name, field.name.replace("_", " ")))


def value(name: str, found: Any) -> str:
    """A value of a column as a person reads it: `ja`, `di 14-4-2020 09:00`, `tijdelijk gestopt`, `leeg`."""
    if found is None or found == "":
        return EMPTY
    if isinstance(found, bool):
        return "ja" if found else "nee"
    if isinstance(found, datetime):
        return clock.dutch_moment(found)
    if isinstance(found, date):
        return clock.dutch_date(found)
    text = clean(str(found))
    if name == "counts":
        return _counts(text) or EMPTY
    if name in _STATES:
        text = _words()["values"].get(text, text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _counts(text: str) -> str:
    try:
        counts = json.loads(text)
    except ValueError:
        return text
    return ", ".join(f"{number} {COUNT_WORDS.get(name, name)}" for name, number in counts.items() if number)


def told_by(model: type[BaseModel]) -> list[Field]:
    """The columns that say which record of a table it is, in order."""
    fields = model._meta.fields
    if "last_name" in fields:
        return [fields[name] for name in ("first_name", "prefix", "last_name") if name in fields]
    if model._meta.table_name == "log_entry":
        return [fields["coupling"], fields["message"]]
    if called := next((fields[name] for name in _CALLED if name in fields), None):
        return [called]
    refers: list[Field] = [field for field in model._meta.sorted_fields if isinstance(field, ForeignKeyField)]
    owners = [field for field in refers if field.name not in _OWNERS]
    names = {name for name in fields if not isinstance(fields[name], ForeignKeyField)}
    besides = [fields[name] for name in _BESIDES if name in names][:2]
    if len(owners) > 1:
        return owners
    if owners or "location" not in fields:
        return [*owners, *besides] or refers[:1]
    return [*(field for field in besides if field.name != "key"), fields["location"]]


def joined(model: type[BaseModel], parts: list[str]) -> str:
    """What says which record it is, of its parts: the name of a person, or the parts with a comma."""
    if "last_name" in model._meta.fields:
        return full_name(*parts)
    return ", ".join(filter(None, parts))
