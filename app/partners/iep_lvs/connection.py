"""IEP LVS's half of the results coupling: setting it up, and the test message that switches it on (seed 000 B)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.access import standing_still
from app.clock import school_year_of
from app.exchange.uwlr import Authorisation, ResultData, ResultsRequest, SchoolReference
from app.refusals import Refused
from app.runs import Unreachable
from app.webservice.faults import WebServiceFault
from app.webservice.results import push_results
from models.partners.iep_lvs import IepSchool

CLIENT = "iep-lvs"
CLIENT_NAME = "Bureau ICE"
LAS = "ESIS"
OTHER_LAS = ("Dotcomschool", "Eduscope", "ParnasSys", "SchoolOAS")
"""Shown in the list of systems, not to be chosen here."""
LONGEST_CODE = 64
"""As long as UWLR lets an autorisatiesleutel be; what ESIS allows is up to ESIS."""
CONNECTED = "De koppeling met ESIS is ingeschakeld: vanaf dit moment worden de resultaten elke nacht doorgestuurd."


@dataclass(frozen=True)
class Connection:
    """What the test message found."""

    ok: bool
    sentence: str


def connect(school: IepSchool, code: str, las: str = LAS) -> Connection:
    """Send the test message with this code and switch the coupling on if ESIS accepts it; otherwise nothing changes.

    Raises `Refused` with the form field when the form is not filled in, or while school time is being moved.
    """
    code = code.strip()
    _check_form(code, las)
    with standing_still(school.location.board_id) as now:
        # Read again, and nothing else written: somebody may have changed Details since the form was opened.
        connection = _send_test_message(IepSchool.get_by_id(school.id), code, now)
        changes: dict[str, object] = {"last_test": connection.sentence}
        if connection.ok:
            changes |= {"las": las, "code": code, "connected_at": now}
        IepSchool.update(changes).where(IepSchool.id == school.id).execute()
    return connection


def request(school: IepSchool, at: datetime, results: tuple[ResultData, ...] = (), code: str = "") -> ResultsRequest:
    """A message to ESIS with the account's BRIN6 and its code, or the one being tried."""
    return ResultsRequest(
        authorisation=Authorisation(code or school.code, CLIENT, CLIENT_NAME),
        school=SchoolReference(school.brin6[:4], school.brin6[4:], school_year_of(at.date())),
        created_at=at,
        results=results,
    )


def _check_form(code: str, las: str) -> None:
    if las != LAS:
        raise Refused(f"Kies {LAS} als leerlingadministratiesysteem; '{las[:40]}' kan hier niet.", field="las")
    if not code:
        raise Refused("Vul de ESIS-verificatiecode in: dezelfde als in ESIS bij de koppeling staat.", field="code")
    if len(code) > LONGEST_CODE:
        raise Refused(f"De code telt {len(code)} tekens; er passen er {LONGEST_CODE}.", field="code")


def _send_test_message(school: IepSchool, code: str, now: datetime) -> Connection:
    try:
        push_results(school.location.board_id, request(school, now, code=code))
    except WebServiceFault as fault:
        return Connection(False, f"{_refused(school)} {fault.sentence}")
    except Unreachable as fault:
        return Connection(False, f"{_refused(school)} {fault} Probeer het later opnieuw.")
    return Connection(True, CONNECTED)


def _refused(school: IepSchool) -> str:
    return "De koppeling is niet ingeschakeld." if school.connected_at is None else "Het testbericht is niet gelukt."
