"""Applies what Basispoort passes on: groups and pupils are added, changed, or made inactive when they leave.

An inactive pupil's sittings stay. Basispoort and IEP LVS identify a school by its BRIN6, so it must be the same at both
(sources.md#basispoort); a refusal for that reason is recorded too, so that the schoolbeheerder can read why nothing
arrived.
"""

from __future__ import annotations

from datetime import datetime

from app.exchange.uwlr import PupilAnswer
from app.partners import roster
from app.partners.iep_lvs import windows
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier import apply_delivery
from app.runs import Page
from models.partners.iep_lvs import IepSchool, IepTransfer


def take(school: IepSchool, message: PupilAnswer) -> Page:
    """Apply a page; groups, and which pupils left, come with the first one.

    A delivery under another BRIN6 is refused and recorded.
    """
    brin6, at = message.school.brin6, message.created_at
    if school.brin6 != brin6:
        return Page(None, refusal=_refuse(school, brin6, at))
    acted, left = False, 0
    if message.keys is not None:
        acted = apply_delivery.take_groups(SUPPLIER, school, message.groups)
        left = apply_delivery.let_go(SUPPLIER, school, message.keys)
    changes = apply_delivery.take_pupils(SUPPLIER, school, message.pupils, merged_into="")
    if message.last is None:
        windows.lay_out(school, at.date())
    gone = roster.who_left(_note(school, at, changes, left))
    return Page(None if message.last is None else str(message.last), changes.counts, gone, acted=acted or left > 0)


def _refuse(school: IepSchool, brin6: str, at: datetime) -> str:
    row = _of_moment(school, at)
    # What to do about it, Waarom says, and the check of the connection: not during an exam.
    row.message = f"Basispoort levert {brin6}, maar bij IEP LVS staat deze school als {school.brin6}."
    row.save()
    return str(row.message)


def _note(school: IepSchool, at: datetime, changes: roster.Changes, left: int) -> int:
    """Add the page to its transfer; returns how many have left in it so far."""
    row = _of_moment(school, at)
    row.added += changes.added
    row.changed += changes.changed
    row.left += left
    row.save()
    return int(row.left)


def _of_moment(school: IepSchool, at: datetime) -> IepTransfer:
    return IepTransfer.get_or_none(IepTransfer.school == school, IepTransfer.at == at) or IepTransfer(
        school=school, at=at
    )
