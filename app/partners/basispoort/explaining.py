"""Why data from ESIS is not in Basispoort, as seen from Basispoort (`app/partners/causes.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app import clock
from app.partners.basispoort.account import ID, NAME
from app.partners.basispoort.overview import source
from app.partners.causes import Cause, Explanation, PartnerSide, day_name
from app.targets import PartnerPage
from models.partners.basispoort import BasispoortSchool

LAS = PartnerPage("basispoort", "las")


def side(location_id: int) -> PartnerSide | None:
    """The state of the account, and when it last pulled."""
    school = BasispoortSchool.get_or_none(BasispoortSchool.location == location_id)
    if school is None:
        return None
    automatic = bool(school.automatic)
    standing = f"automatische koppeling {'aan' if automatic else 'uit'}, BRIN6 {school.brin6}"
    return PartnerSide(standing, automatic, school.brin6, until=school.pulled_at)


def causes(location_id: int) -> Iterator[Cause]:
    """Manual files instead of the automatic coupling, and what they leave behind (sources.md#known-problems c)."""
    school = BasispoortSchool.get(BasispoortSchool.location == location_id)
    if school.automatic:
        return
    found = source(school)
    by_hand = f" Wat er staat, is op {clock.dutch_moment(found.at)} ingelezen." if found.by_hand and found.at else ""
    yield Cause(
        f"De automatische koppeling staat bij Basispoort uit: er komt niets uit ESIS, ook geen wijziging.{by_hand}",
        "Zet haar aan, of lees na elke wijziging zelf een bestand in. Doe niet allebei.",
        LAS,
        "Basispoort: Beheer > Koppeling LAS",
    )


def coming(_entered: datetime, now: datetime) -> str:
    """When data in ESIS arrives: at the next pull."""
    at = clock.next_at(now, clock.BASISPOORT)
    passed_on = clock.next_at(at, clock.PUBLISHERS)
    today = now.astimezone(clock.AMSTERDAM).date()
    return (
        f"Dat staat {day_name(at.date(), today)} in Basispoort, en {day_name(passed_on.date(), today)} bij de "
        "uitgeverijen die zijn aangevinkt."
    )


EXPLANATIONS = [
    Explanation(
        job=ID,
        at=clock.BASISPOORT,
        program=ID,
        system=NAME,
        side=side,
        causes=causes,
        page="las",
        brin_page="las",
        carries_groups=True,
        coming=coming,
    )
]
