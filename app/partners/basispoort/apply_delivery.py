"""How Basispoort takes groups and pupils over, from ESIS or from a file.

A pupil is known by its ECK iD: one that comes with another leerlingnummer is the same pupil, and gets that number. So who
is not told of under its number is leaving, and only gone when the last page has not brought it back under another one.
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
    """These groups and no others, and of the pupils those with these keys stay; whether groups are other than before."""
    changes = roster.merge(BasispoortGroup, school.id, [roster.group_row(group) for group in groups])
    ended = 0
    for ids in roster.gone(BasispoortGroup, school.id, {group.key for group in groups}):
        ended += BasispoortGroup.delete().where(BasispoortGroup.id.in_(ids)).execute()
    for ids in roster.gone(BasispoortPupil, school.id, keys):
        BasispoortPupil.update(leaving=True).where(BasispoortPupil.id.in_(ids)).execute()
    return bool(changes.added or changes.changed or ended)


def take_pupils(school: BasispoortSchool, pupils: Sequence[PupilData]) -> Counts:
    """Take a page over."""
    rows = [{**roster.pupil_row(pupil), "leaving": False} for pupil in pupils]
    _renumber(school, rows)
    return roster.merge(BasispoortPupil, school.id, rows).counts


def let_go(school: BasispoortSchool) -> int:
    """After the last page: remove who is leaving; how many."""
    gone = BasispoortPupil.delete().where(BasispoortPupil.school == school, BasispoortPupil.leaving)
    return int(gone.execute())


def _renumber(school: BasispoortSchool, rows: Sequence[dict[str, Any]]) -> None:
    """Give who is leaving under another number the new one; still as leaving, so that the merge counts it as changed."""
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
