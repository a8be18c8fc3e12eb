"""Records since when a supplier's outcome waits, so that catching up a night leaves out what was made after it.

For existing rows it is unknown: NULL, which every night includes. An interrupted transfer of pupils restarts: its
position is now the pupil's number, no longer the leerlingnummer.
"""

from __future__ import annotations

from typing import Any

from peewee import DateTimeField
from playhouse.migrate import migrate


def up(migrator: Any, db: Any) -> None:
    """Add a column at both suppliers, and restart unfinished runs."""
    for table in ("iep_sitting", "gynzy_outcome"):
        migrate(migrator.add_column(table, "waits_since", DateTimeField(null=True)))
    db.execute_sql(
        "UPDATE run SET cursor = '', counts = '{}' WHERE state IN ('queued', 'running') "
        "AND job IN ('basispoort', 'publish-iep-lvs', 'gynzy')"
    )
