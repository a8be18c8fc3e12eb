"""An outcome at a supplier says since when it waits, so a night that is caught up does not take what came after it.

Of what is there it is not known: NULL, which every night takes.
"""

from __future__ import annotations

from typing import Any

from peewee import DateTimeField
from playhouse.migrate import migrate


def up(migrator: Any, _db: Any) -> None:
    """A column, at both suppliers."""
    for table in ("iep_sitting", "gynzy_outcome"):
        migrate(migrator.add_column(table, "waits_since", DateTimeField(null=True)))
