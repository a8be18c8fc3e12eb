"""A school's account in Mijnschoolinfo, and its half of the coupling: the code, in either order with ESIS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from app.access import standing_still
from app.clock import school_year_of
from app.exchange.uwlr import Authorisation, SchoolReference
from app.partners import accounts
from app.refusals import NotFound, Refused
from app.runs import Unreachable
from app.webservice import contacts
from app.webservice.faults import WebServiceFault
from models.board import Location
from models.partners.mijnschoolinfo import MsiSchool

CLIENT = "mijnschoolinfo"
CLIENT_NAME = "Mijnschoolinfo"
ADMINISTRATOR = "beheerder"
LONGEST_CODE = 64
CONNECTED = "De koppeling met ESIS staat aan: ESIS is nu leidend voor het toevoegen van gegevens."
KEPT = "De code is bewaard. De koppeling gaat aan zodra ESIS hem kent."
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


@dataclass(frozen=True)
class Connection:
    """What came of entering the code: whether the coupling is on, and a sentence."""

    ok: bool
    sentence: str


def open_account(location: Location, password_hash: str) -> MsiSchool:
    """An account for a location, with its beheerder and nothing else."""
    school = MsiSchool.create(location=location, name=location.name, brin6=location.brin6)
    accounts.open_user(location, CLIENT, ADMINISTRATOR, password_hash)
    return school


def school_of(location: Location) -> MsiSchool:
    """The account of a location. Raises `NotFound` where there is none."""
    school: MsiSchool | None = MsiSchool.get_or_none(MsiSchool.location == location)
    if school is None:
        raise NotFound(f"Vestiging {location.brin6} heeft geen account in Mijnschoolinfo.")
    return school


def leads(school: MsiSchool) -> bool:
    """Whether ESIS leads for adding: the coupling is on (rule 1)."""
    return school.connected_at is not None


def connect(school: MsiSchool, code: str) -> Connection:
    """Keep the code and ask ESIS whether it knows it. ESIS and Mijnschoolinfo may come in either order, so a code that ESIS
    does not know yet is kept, unless the coupling was on: then nothing changes.

    Raises `Refused` with the form field for an empty or too long code, or while school time is being moved.
    """
    code = code.strip()
    if not code:
        raise Refused("Vul de verificatiecode in: dezelfde als in ESIS bij de koppeling staat.", field="code")
    if len(code) > LONGEST_CODE:
        raise Refused(f"De code telt {len(code)} tekens; er passen er {LONGEST_CODE}.", field="code")
    with standing_still(school.location.board_id) as now:
        here = MsiSchool.get_by_id(school.id)
        connection = _test(here, code, now)
        changes: dict[str, object] = {"last_test": connection.sentence}
        if connection.ok:
            changes |= {"code": code, "connected_at": here.connected_at or now}
        elif not leads(here):
            changes |= {"code": code}
        MsiSchool.update(changes).where(MsiSchool.id == school.id).execute()
    return connection


def disconnect(school: MsiSchool) -> None:
    """Break the coupling off on this side: what is here stays, and adding by hand is possible again.

    A later coupling begins with a first delivery, in which everybody that came from ESIS is known again.
    """
    with standing_still(school.location.board_id):
        MsiSchool.update(code="", connected_at=None, delivered_to=None, last_test="").where(
            MsiSchool.id == school.id
        ).execute()


def authorisation(school: MsiSchool, code: str = "") -> Authorisation:
    """What it shows ESIS."""
    return Authorisation(code or school.code, CLIENT, CLIENT_NAME)


def reference(school: MsiSchool, at: datetime) -> SchoolReference:
    """Which school it asks about."""
    return SchoolReference(school.brin6[:4], school.brin6[4:], school_year_of(at.date()))


def well_formed(email: str) -> bool:
    """Whether somebody can sign in with this address."""
    return bool(_EMAIL.fullmatch(email))


def _test(school: MsiSchool, code: str, now: datetime) -> Connection:
    try:
        contacts.test(school.location.board_id, authorisation(school, code), reference(school, now))
    except WebServiceFault as fault:
        return Connection(False, f"{fault.sentence} {_kept(school)}")
    except Unreachable as fault:
        return Connection(False, f"{fault} {_kept(school)}")
    return Connection(True, CONNECTED)


def _kept(school: MsiSchool) -> str:
    return "Er is niets gewijzigd." if leads(school) else KEPT
