"""When a change to a pupil will reach the other systems, if the coming nights go well.

Basispoort pulls at its slot and just before that passes on what it already had (sources.md#times), so IEP LVS is a day
behind Basispoort. Only what a location has set up at Basispoort is promised.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app import clock
from app.other_esis import setting
from app.partners.arrival import Change
from app.partners.basispoort.account import ID
from app.partners.basispoort.publishers import IEP, counts_on
from app.partners.causes import day_name
from models.board import Location
from models.partners.basispoort import BasispoortPublisher, BasispoortSchool
from models.partners.iep_lvs import IepSchool


@dataclass(frozen=True)
class Arrival:
    """The mornings on which the change is in Basispoort and IEP LVS; None for a system that receives nothing."""

    basispoort: date
    iep_lvs: date | None


def news(location: Location, change: Change, effective: date, now: datetime) -> str:
    """When Basispoort, and through it IEP LVS, has the change; both apply every kind of change."""
    return in_words(arrival(location, effective, now), now.date(), change is Change.LEAVING)


def arrival(location: Location, effective: date, now: datetime) -> Arrival | None:
    """When a change effective from the date `effective` arrives; None if Basispoort does not pull for this location, or
    does so from another ESIS.
    """
    school = BasispoortSchool.get_or_none(BasispoortSchool.location == location, BasispoortSchool.automatic)
    if school is None or setting.is_set(location.board_id, ID):
        return None
    pulled = max(clock.next_at(now, clock.BASISPOORT), clock.local(effective, clock.BASISPOORT))
    passed_on = clock.next_at(pulled, clock.PUBLISHERS)
    ticked = BasispoortPublisher.select().where(
        BasispoortPublisher.school == school,
        BasispoortPublisher.publisher == IEP,
        counts_on(passed_on.date()),
    )
    known = IepSchool.select().where(IepSchool.location == location)
    return Arrival(pulled.date(), passed_on.date() if ticked.exists() and known.exists() else None)


def in_words(found: Arrival | None, today: date, leaving: bool = False) -> str:
    """`Morgen in Basispoort, overmorgen in IEP LVS.`, or `niet meer in`; empty when nothing is promised."""
    if found is None:
        return ""
    where = "niet meer in" if leaving else "in"
    told = f"{day_name(found.basispoort, today)} {where} Basispoort"
    if found.iep_lvs:
        told += f", {day_name(found.iep_lvs, today)} {where} IEP LVS"
    return f"{told[0].upper()}{told[1:]}."
