"""Why somebody is missing from Mijnschoolinfo, or still in it, as seen from there (`app/partners/causes.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from app import clock
from app.counted import counted, plural
from app.exchange.email import is_email
from app.partners.causes import Cause, Copies, Explanation, PartnerSide, day_name
from app.partners.mijnschoolinfo import account, delivery, overview
from app.targets import PartnerPage
from models.partners.mijnschoolinfo import (
    OWN,
    MsiDelivery,
    MsiGroup,
    MsiGuardian,
    MsiPupil,
    MsiSchool,
    MsiStaff,
)


def side(location_id: int) -> PartnerSide | None:
    """The state of the account: its code, and the 17:00 up to which it knows ESIS's data."""
    school = MsiSchool.get_or_none(MsiSchool.location == location_id)
    if school is None:
        return None
    if school.connected_at is not None:
        standing = f"aan sinds {clock.dutch_moment(school.connected_at)}"
    else:
        standing = "de code is bewaard en wacht op ESIS" if school.code else "nog niet ingesteld"
    return PartnerSide(standing, bool(school.code), school.brin6, school.code, school.delivered_to)


def causes(location_id: int) -> Iterator[Cause]:
    """What somebody has to look at in Mijnschoolinfo itself."""
    school = MsiSchool.get(MsiSchool.location == location_id)
    yield from _doubts(school)
    yield from _cannot_sign_in(school)
    yield from _after_the_year(school)
    yield from _deleted(school)


def coming(entered: datetime, now: datetime) -> str:
    """When data arrives: with the first delivery whose 17:00 is after it was entered."""
    slot = clock.next_at(now, clock.CONTACTS)
    while clock.cut_off_before(slot) <= entered:
        slot = clock.next_at(slot, clock.CONTACTS)
    day = day_name(slot.date(), now.astimezone(clock.AMSTERDAM).date())
    return f"Dat staat {day} in Mijnschoolinfo: elke nacht komt wat er om 17:00 in ESIS stond."


def _doubts(school: MsiSchool) -> Iterator[Cause]:
    waits = [one for one in overview.decisions(school) if not one.chosen]
    if waits:
        number, first = len(waits), waits[0]
        stands = plural(number, "staat", "staan")
        beginning = plural(number, "", "als eerste ")
        yield Cause(
            f"{counted(number, 'persoon', 'personen')} {stands} op de twijfellijst ({beginning}{first.doubt.name}: "
            f"{first.reason}) en {plural(number, 'komt', 'komen')} pas als daar is gekozen.",
            "Kies wie het is.",
            PartnerPage(account.ID, "doubts"),
            "Mijnschoolinfo: Koppeling > Twijfellijst",
        )


def _cannot_sign_in(school: MsiSchool) -> Iterator[Cause]:
    """Guardians who arrived without an address, which can now only be filled in here.

    See sources.md#mijnschoolinfo, 2, and sources.md#known-problems e.
    """
    emails: Any = MsiGuardian.select(MsiGuardian.email).where(
        MsiGuardian.school == school, MsiGuardian.deleted_at.is_null()
    )
    number = sum(not is_email(email) for (email,) in emails.tuples())
    if number:
        can = plural(number, "kan", "kunnen")
        yield Cause(
            f"{counted(number, 'verzorger', 'verzorgers')} {can} niet inloggen: er is geen goed e-mailadres.",
            "Vul het in Mijnschoolinfo in; wat u nu nog in ESIS invult, komt daar niet meer.",
            PartnerPage(account.ID, "guardians"),
            "Mijnschoolinfo: School > Verzorgers",
        )


def _after_the_year(school: MsiSchool) -> Iterator[Cause]:
    """What to check after a year transition (sources.md#mijnschoolinfo, 7 and 8; sources.md#known-problems h)."""
    if school.check_layout:
        yield Cause(
            "De klassenindeling is nog die van voor de jaarovergang.",
            "Loop haar na en bevestig haar (F2).",
            PartnerPage(account.ID, "layout"),
            "Mijnschoolinfo: Klassen",
        )
    groups = _left_groups(school)
    if groups:
        more = "" if len(groups) == 1 else f" en {len(groups) - 1} meer"
        yield Cause(
            f"Na de jaarovergang over, want zelf gemaakt: groep {groups[0].name}{more}.",
            "Verwijder wat niet meer nodig is; ESIS doet dat niet.",
            PartnerPage(account.ID, "groups"),
            "Mijnschoolinfo: School > Groepen",
            wrong=False,
        )


def _left_groups(school: MsiSchool) -> list[MsiGroup]:
    """Groups created here before the latest delivery after a year transition."""
    of_year = MsiDelivery.select().where(
        MsiDelivery.school == school, MsiDelivery.kind == delivery.YEAR, MsiDelivery.done
    )
    latest = of_year.order_by(MsiDelivery.at.desc()).first()
    if latest is None:
        return []
    before = latest.at.astimezone(clock.AMSTERDAM).date()
    own = MsiGroup.select().where(MsiGroup.school == school, MsiGroup.origin == OWN, MsiGroup.since < before)
    return list(own.order_by(MsiGroup.sort_name))


def _deleted(school: MsiSchool) -> Iterator[Cause]:
    """People deleted here, who do not come back by themselves (rule 3)."""
    number = sum(
        model.select().where(model.school == school, model.deleted_at.is_null(False)).count()
        for model in (MsiPupil, MsiGuardian, MsiStaff)
    )
    if number:
        verb = plural(number, "is", "zijn")
        yield Cause(
            f"{counted(number, 'persoon', 'personen')} uit ESIS {verb} in Mijnschoolinfo verwijderd, en "
            f"{plural(number, 'komt', 'komen')} niet vanzelf terug.",
            "Was dat een vergissing, zet dan terug (T).",
            PartnerPage(account.ID, "deleted"),
            "Mijnschoolinfo: School > Verwijderd",
            wrong=False,
        )


NAME = ("first_name", "prefix", "last_name")
EXPLANATIONS = [
    Explanation(
        job=account.ID,
        at=clock.CONTACTS,
        program=account.ID,
        system=account.NAME,
        side=side,
        causes=causes,
        page="coupling",
        carries_groups=True,
        coming=coming,
        copies=(
            Copies("pupil", MsiPupil, (*NAME, "birth_date"), "pupils"),
            Copies("guardian", MsiGuardian, ("name", "email", "phone"), "guardians"),
            Copies("staff", MsiStaff, (*NAME, "email"), "staff"),
        ),
    )
]
