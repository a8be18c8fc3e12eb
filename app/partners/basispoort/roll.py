"""How Basispoort takes groups and pupils over, from ESIS or from a file.

A pupil is known by its ECK iD: one that comes with another leerlingnummer is the same pupil, and gets that number. The
old number may stand on a page before the new one, so nobody goes before the last page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.exchange.uwlr import GroupData, PupilData
from app.partners import roster
from app.runs import Counts
from models.bulk import among
from models.partners.basispoort import BasispoortGroup, BasispoortPupil, BasispoortSchool


def take_groups(school: BasispoortSchool, groups: Sequence[GroupData]) -> bool:
    """These groups and no others; whether that is other than before."""
    changes = roster.merge(BasispoortGroup, school.id, [roster.group_row(group) for group in groups])
    for ids in changes.gone_in_parts():
        BasispoortGroup.delete().where(BasispoortGroup.id.in_(ids)).execute()
    return bool(changes.added or changes.changed or changes.gone)


def take_pupils(
    school: BasispoortSchool, pupils: Sequence[PupilData], after: str = "", last: str | None = None
) -> Counts:
    """These pupils for the keys after `after` up to `last` (None: to the end); who is not among them is leaving."""
    rows = [{**roster.pupil_row(pupil), "leaving": False} for pupil in pupils]
    _renumber(school, rows, after)
    changes = roster.merge(BasispoortPupil, school.id, rows, after, last)
    for ids in changes.gone_in_parts():
        BasispoortPupil.update(leaving=True).where(BasispoortPupil.id.in_(ids)).execute()
    return changes.counts


def let_go(school: BasispoortSchool) -> int:
    """After the last page: remove who is leaving; how many."""
    gone = BasispoortPupil.delete().where(BasispoortPupil.school == school, BasispoortPupil.leaving)
    return int(gone.execute())


def _renumber(school: BasispoortSchool, rows: Sequence[dict[str, Any]], after: str) -> None:
    """Give who is here under another number the new one, unless an earlier page of this time still had the old one.

    Marked as leaving, so that the merge that follows counts it as changed.
    """
    of_school = BasispoortPupil.school == school
    keys = [row["key"] for row in rows]
    known = {
        row.key
        for row in BasispoortPupil.select(BasispoortPupil.key).where(of_school, among(BasispoortPupil.key, keys))
    }
    moved = {row["eckid"]: row["key"] for row in rows if row["eckid"] and row["key"] not in known}
    if not moved:
        return
    seen_now = (BasispoortPupil.key <= after) & ~BasispoortPupil.leaving
    found = BasispoortPupil.select(BasispoortPupil.id, BasispoortPupil.eckid).where(
        of_school, among(BasispoortPupil.eckid, list(moved)), ~among(BasispoortPupil.key, keys), ~seen_now
    )
    for row in found:
        if key := moved.pop(row.eckid, ""):
            BasispoortPupil.update(key=key, leaving=True).where(BasispoortPupil.id == row.id).execute()
