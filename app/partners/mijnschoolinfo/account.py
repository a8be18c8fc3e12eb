"""A school's account in Mijnschoolinfo, and its side of the coupling; either side may have the code first."""

from __future__ import annotations

from datetime import datetime

from app import clock
from app.access import examined, standing_still
from app.clock import school_year_of
from app.exchange.uwlr import Authorisation, SchoolReference
from app.partners import accounts
from app.partners.connecting import Connection, check_code
from app.runs import Unreachable
from app.webservice import contacts
from app.webservice.authorisation import why_refused
from app.webservice.faults import WebServiceFault
from models.board import Location
from models.partners.mijnschoolinfo import MsiSchool

ID = "mijnschoolinfo"
NAME = "Mijnschoolinfo"
ADMINISTRATOR = "beheerder"
CONNECTED = "De koppeling met ESIS staat aan: ESIS is nu leidend voor het toevoegen van gegevens."
KEPT = "De code is bewaard. De koppeling gaat aan zodra ESIS hem kent."


def open_account(location: Location, password_hash: str) -> MsiSchool:
    """Open an account for a location, with only its beheerder."""
    school = MsiSchool.create(location=location, name=location.name, brin6=location.brin6)
    accounts.open_user(location, ID, ADMINISTRATOR, password_hash)
    return school


def school_of(location: Location) -> MsiSchool:
    """The account of a location. Raises `NotFound` if there is none."""
    return accounts.account_of(MsiSchool, location, NAME)


def leads(school: MsiSchool) -> bool:
    """Whether only ESIS may add people: the coupling is on (rule 1)."""
    return school.connected_at is not None


def connect(school: MsiSchool, code: str) -> Connection:
    """Store the code and ask ESIS whether it knows it.

    Either side may be set up first, so a code that ESIS does not know yet is kept, unless the coupling was on: then
    nothing changes.

    Raises `Refused` with the form field for an empty or too long code, or while school time is being moved.
    """
    code = check_code(code)
    with standing_still(school.location.board_id) as now:
        here = MsiSchool.get_by_id(school.id)
        connection = _test(here, code, now)
        changes: dict[str, object] = {"last_test": connection.sentence}
        if connection.ok:
            changes |= {"code": code, "connected_at": here.connected_at or now}
        elif connection.kept:
            changes |= {"code": code}
        MsiSchool.update(changes).where(MsiSchool.id == school.id).execute()
    return connection


def refused_now(school: MsiSchool) -> str:
    """Why ESIS currently delivers nothing, though the coupling is on at this side; empty if it does deliver, and during an
    exam: nobody asked ESIS, so it is worked out of both sides.
    """
    if not leads(school) or examined(school.location.board_id):
        return ""
    now = clock.school_now(school.location.board)
    return why_refused(school.location.board_id, authorisation(school), reference(school, now))


def disconnect(school: MsiSchool) -> None:
    """Disconnect at this side: the data stays, and adding by hand is possible again.

    A later coupling starts with a first delivery, which recognises everybody who came from ESIS.
    """
    with standing_still(school.location.board_id):
        MsiSchool.update(code="", connected_at=None, delivered_to=None, last_test="").where(
            MsiSchool.id == school.id
        ).execute()


def authorisation(school: MsiSchool, code: str = "") -> Authorisation:
    """The authorisation shown to ESIS."""
    return Authorisation(code or school.code, ID, NAME)


def reference(school: MsiSchool, at: datetime) -> SchoolReference:
    """The school that requests are about."""
    return SchoolReference(school.brin6[:4], school.brin6[4:], school_year_of(at.date()))


def _test(school: MsiSchool, code: str, now: datetime) -> Connection:
    try:
        contacts.test(school.location.board_id, authorisation(school, code), reference(school, now))
    except WebServiceFault as fault:
        return _not_yet(school, fault.sentence)
    except Unreachable as fault:
        return _not_yet(school, str(fault))
    return Connection(True, CONNECTED, kept=True)


def _not_yet(school: MsiSchool, why: str) -> Connection:
    kept = not leads(school)
    return Connection(False, f"{why} {KEPT if kept else 'Er is niets gewijzigd.'}", kept)
