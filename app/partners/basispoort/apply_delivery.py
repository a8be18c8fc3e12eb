"""Applying groups and pupils to Basispoort, from ESIS or from a file.

A pupil is identified by ECK iD: if it arrives with another leerlingnummer, the existing pupil gets that number. So a
pupil whose number is not reported is first marked as leaving, and removed only if no page has brought it back under
another.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from app.exchange.uwlr import GroupData, PupilData
from app.partners import roster
from app.runs import Counts
from models.bulk import among
from models.partners.basispoort import BasispoortGroup, BasispoortPupil, BasispoortSchool


def begin(school: BasispoortSchool, groups: Sequence[GroupData], keys: Collection[str]) -> bool:
    """Replace the groups and mark pupils outside `keys` as leaving; returns whether the groups changed."""
    changes = roster.merge(BasispoortGroup, school.id, [roster.group_row(group) for group in groups])
    ended = 0
    for ids in roster.gone(BasispoortGroup, school.id, {group.key for group in groups}):
        ended += BasispoortGroup.delete().where(BasispoortGroup.id.in_(ids)).execute()
    for ids in roster.gone(BasispoortPupil, school.id, keys):
        BasispoortPupil.update(leaving=True).where(BasispoortPupil.id.in_(ids)).execute()
    return bool(changes.added or changes.changed or ended)


def take_pupils(school: BasispoortSchool, pupils: Sequence[PupilData]) -> Counts:
    """Apply a page of pupils."""
    rows = [{**roster.pupil_row(pupil), "leaving": False} for pupil in pupils]
    _renumber(school, rows)
    return roster.merge(BasispoortPupil, school.id, rows).counts


def let_go(school: BasispoortSchool) -> int:
    """Remove the pupils marked as leaving, after the last page; returns how many."""
    gone = BasispoortPupil.delete().where(BasispoortPupil.school == school, BasispoortPupil.leaving)
    return int(gone.execute())


def _renumber(school: BasispoortSchool, rows: Sequence[dict[str, Any]]) -> None:
    """Renumber leaving pupils that arrive under a new number; still marked, so the merge counts them as changed."""
    of_school = BasispoortPupil.school == school
    told = among(BasispoortPupil.key, [row["key"] for row in rows])
    known = {row.key for row in BasispoortPupil.select(BasispoortPupil.key).where(of_school, told)}
    moved = {row["eckid"]: row["key"] for row in rows if row["eckid"] and row["key"] not in known}
    if not moved:
        return
    found = BasispoortPupil.select(BasispoortPupil.id, BasispoortPupil.eckid).where(
        of_school, among(BasispoortPupil.eckid, list(moved)), BasispoortPupil.leaving
    )
    for row in found:
        if key := moved.pop(row.eckid, ""):
            BasispoortPupil.update(key=key).where(BasispoortPupil.id == row.id).execute()
