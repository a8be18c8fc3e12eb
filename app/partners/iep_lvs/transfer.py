"""What Basispoort passes on to IEP LVS: groups and pupils are added, changed, or made inactive when they left.

An inactive pupil's sittings stay. Basispoort and IEP LVS know a school by its BRIN6, so it must be the same at both
(domain.md 7.8).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.exchange.uwlr import GroupData, PupilData
from app.partners import roster
from app.partners.iep_lvs import windows
from app.refusals import Refused
from app.runs import Counts
from models.partners.iep_lvs import IepGroup, IepPupil, IepSchool, IepTransfer


def take(
    school: IepSchool,
    brin6: str,
    at: datetime,
    groups: Sequence[GroupData],
    pupils: Sequence[PupilData],
    after_key: str,
    until: str | None,
) -> tuple[Counts, int]:
    """Take a page over: all groups, and the pupils with keys after `after_key` up to `until` (None: to the end).

    Returns the page's counts and how many pupils left in this transfer so far. Raises `Refused` when the BRIN6 differs.
    """
    if school.brin6 != brin6:
        raise Refused(f"Basispoort levert {brin6}, maar bij IEP LVS staat deze school als {school.brin6}. "
                      "Pas het BRIN- en vestigingsnummer aan in IEP LVS (Beheer > School > Details).")  # fmt: skip
    known = roster.merge(IepGroup, school.id, [{**roster.group_row(group), "active": True} for group in groups])
    IepGroup.update(active=False).where(IepGroup.id.in_(known.gone), IepGroup.active).execute()
    rows = [{**roster.pupil_row(pupil), "active": True} for pupil in pupils]
    changes = roster.merge(IepPupil, school.id, rows, after_key, until)
    left = IepPupil.update(active=False).where(IepPupil.id.in_(changes.gone), IepPupil.active).execute()
    if until is None:
        windows.lay_out(school, at.date())
    return changes.counts, _note(school, at, changes, left)


def _note(school: IepSchool, at: datetime, changes: roster.Changes, left: int) -> int:
    row = IepTransfer.get_or_none(IepTransfer.school == school, IepTransfer.at == at) or IepTransfer(
        school=school, at=at
    )
    row.added += changes.added
    row.changed += changes.changed
    row.left += left
    row.save()
    return int(row.left)
