"""Why pupils or results are missing, as seen from Gynzy (`app/partners/causes.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from app import clock
from app.counted import counted
from app.other_esis import setting
from app.partners.arrival import Change
from app.partners.causes import Cause, day_name
from app.partners.gynzy import methods
from app.partners.gynzy.connection import SUPPLIER
from app.partners.results_supplier import merging
from app.partners.results_supplier.delivering import delivering_locations
from app.partners.results_supplier.explaining import explanation
from app.targets import PartnerPage
from app.webservice.authorisation import stopped
from models.board import Location
from models.partners.gynzy import GynzySchool


def causes(school: GynzySchool) -> Iterator[Cause]:
    """The causes Gynzy sees.

    No method sends its results to ESIS, or handmade accounts exist beside the delivered ones (sources.md#known-problems
    c).
    """
    if school.connected_at is not None and not methods.assessments_on(school):
        yield Cause(
            "Bij Gynzy staan de resultaten van geen enkele methode aan.",
            "Zet ze per methode aan.",
            PartnerPage(SUPPLIER.id, "worlds"),
            "Gynzy: Werelden",
        )
    if number := merging.doubles(SUPPLIER, school):
        yield Cause(
            f"{counted(number, 'leerling heeft', 'leerlingen hebben')} bij Gynzy twee accounts: een zelf gemaakt en een "
            "uit ESIS. Resultaten van het zelf gemaakte komen niet naar ESIS.",
            "Voeg ze samen.",
            PartnerPage(SUPPLIER.id, "pupils"),
            "Gynzy: Leerlingen",
        )


def coming(_entered: datetime, now: datetime) -> str:
    """When data in ESIS arrives: at the next pull."""
    at = clock.next_at(now, clock.RESULTS)
    return f"Dat staat {day_name(at.date(), now.astimezone(clock.AMSTERDAM).date())} in Gynzy."


def news(location: Location, change: Change, effective: date, now: datetime) -> str:
    """When Gynzy pulls the change, if both sides of the coupling are on; it applies every kind of change."""
    school = GynzySchool.get_or_none(GynzySchool.location == location, GynzySchool.connected_at.is_null(False))
    at = max(clock.next_at(now, clock.RESULTS), clock.local(effective, clock.RESULTS))
    day = at.astimezone(clock.AMSTERDAM).date()
    if setting.is_set(location.board_id, SUPPLIER.id):
        return ""  # it does not hear of this ESIS
    if school is None or location.id not in delivering_locations(SUPPLIER, location.board_id, day):
        return ""
    if stopped(location.id, SUPPLIER.id):
        return ""
    told = f"{day_name(day, now.astimezone(clock.AMSTERDAM).date())} {'niet meer ' if change is Change.LEAVING else ''}in Gynzy."
    return f"{told[0].upper()}{told[1:]}"


EXPLANATIONS = [
    explanation(SUPPLIER, causes, "settings", until=lambda school: school.pulled_at, carries_groups=True, coming=coming)
]
