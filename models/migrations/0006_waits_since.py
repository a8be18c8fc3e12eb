"""An outcome at a supplier says since when it waits, so a night that is caught up does not take what came after it.

Of what is there it is not known: NULL, which every night takes. A transfer of pupils that was broken off begins anew: its
place is told by the pupil's number now, no more by the leerlingnummer.
"""

from __future__ import annotations

from typing import Any

from peewee import DateTimeField
from playhouse.migrate import migrate


def up(migrator: Any, db: Any) -> None:
    """A column, at both suppliers; and runs that are not done begin anew."""
    for table in ("iep_sitting", "gynzy_outcome"):
        migrate(migrator.add_column(table, "waits_since", DateTimeField(null=True)))
    db.execute_sql(
        "UPDATE run SET cursor = '', counts = '{}' WHERE state IN ('queued', 'running') "
        "AND job IN ('basispoort', 'publish-iep-lvs', 'gynzy')"
    )
