"""The tables of a version never change unseen: a database that was made by another version is refused, not misread."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from models.base import database
from models.schema import VERSION, all_models, connect

TABLES = {
    3: "845e3bb5f0605702",
    4: "abf944554656285d",
    5: "8d78935e72408749",
    6: "2436d23a53668c49",
    7: "17e38972ba024956",
}
"""What the tables of each version are; where this fails, raise `models.schema.VERSION` and write down the new value."""


def statements(folder: Path) -> str:
    """Everything SQLite is asked to make, in order."""
    target = connect(f"sqlite:///{folder / 'schema.db'}")
    database.initialize(target)
    said: list[str] = []
    for model in all_models():
        schema: Any = model._schema
        said += [
            str(schema._create_table(safe=False).query()[0]),
            *(str(one.query()[0]) for one in schema._create_indexes()),
        ]
    return "\n".join(said)


def test_the_tables_are_those_of_this_version(tmp_path: Path) -> None:
    assert sha256(statements(tmp_path).encode()).hexdigest()[:16] == TABLES.get(VERSION), "raise models.schema.VERSION"
