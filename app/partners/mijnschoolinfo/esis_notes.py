"""What ESIS's forms say about Mijnschoolinfo when somebody changes or adds a record (rules 1, 2 and T).

A change to personal data of an existing person is not applied; a new one arrives the morning after that day's 17:00.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app import clock
from app.partners.arrival import Change
from app.partners.mijnschoolinfo import account, delivery
from app.partners.mijnschoolinfo.editing import KINDS
from app.webservice.authorisation import stopped
from models.board import Location
from models.partners.mijnschoolinfo import MsiSchool

NOT_TAKEN_OVER = "Mijnschoolinfo neemt een wijziging van persoonsgegevens niet over: wijzigen kan daar."

STAYS = "In Mijnschoolinfo blijft wie vertrekt staan, tot u daar verwijdert of tot de jaarovergang."


def knows(location: Location, kind: str, esis_id: int) -> bool:
    """Whether an ESIS `pupil`, `guardian` or `staff` is in Mijnschoolinfo, coupled, even if deleted there."""
    model = KINDS[kind]
    found = (
        model.select()
        .join(MsiSchool)
        .where(MsiSchool.location == location, MsiSchool.connected_at.is_null(False), model.esis_id == esis_id)
    )
    return bool(found.exists())


def form_note(location: Location, kind: str, esis_id: int | None, now: datetime) -> str:
    """The sentence of rule 2 if it applies, or when a new record arrives; empty if there is nothing to say."""
    if esis_id is None:
        return coming(location, now.date(), now)
    return NOT_TAKEN_OVER if knows(location, kind, esis_id) else ""


def arrives(location: Location, effective: date, now: datetime) -> date | None:
    """The morning on which a record added now, effective from `effective`, arrives; None if nothing is delivered."""
    school: MsiSchool | None = MsiSchool.get_or_none(MsiSchool.location == location)
    if school is None or not school.code:
        return None
    cut_off = max(clock.next_at(now, clock.CUT_OFF), clock.local(effective, clock.CUT_OFF))
    day = cut_off.astimezone(clock.AMSTERDAM).date() + timedelta(days=1)
    if location.id not in delivery.receiving_locations(location.board_id, day):
        return None
    return None if stopped(location.id, account.ID) else day


def news(location: Location, change: Change, effective: date, now: datetime) -> str:
    """What Mijnschoolinfo does with a change in ESIS (sources.md#mijnschoolinfo, 1 to 4).

    Empty if nothing is delivered.
    """
    if not (told := coming(location, effective, now)):
        return ""
    if change is Change.LEAVING:
        return STAYS
    if change is Change.PERSON:
        return NOT_TAKEN_OVER
    return f"Wie nieuw is, k{told[1:]}" if change is Change.SEVERAL else told


def coming(location: Location, effective: date, now: datetime) -> str:
    """`Komt morgen in Mijnschoolinfo.` for a new record; at the end of a school year the transition comes first."""
    day = arrives(location, effective, now)
    if day is None:
        return ""
    today = now.astimezone(clock.AMSTERDAM).date()
    if clock.school_year_of(effective) > clock.school_year_of(today):
        return "Komt met de eerste levering van het nieuwe schooljaar in Mijnschoolinfo."
    near = {today + timedelta(days=1): "morgen", today + timedelta(days=2): "overmorgen"}
    late = (
        " (na 17:00 ingevoerd)"
        if now.astimezone(clock.AMSTERDAM).time() >= clock.CUT_OFF and effective <= today
        else ""
    )
    return f"Komt {near.get(day) or f'op {clock.dutch_date(day)}'} in Mijnschoolinfo{late}."
