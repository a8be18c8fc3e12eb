"""Who calls and for which school: the checks at the start of every call, in UWLR's order (standards/README.md, section
3).

A supplier identifies itself by klantcode and klantnaam (`suppliers.py`) and sends the school's verification code;
Basispoort sends its own key. Codes are compared in constant time and never logged; the BRIN6 at the start of a code
tells whose it may be, so no search by code is needed.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime, time
from typing import TypeVar

from app import clock, faults
from app.couplings import catalogue, logbook, partner_status
from app.couplings.logbook import LogKind
from app.couplings.state import LIVE, CouplingState
from app.exchange.brin import BRIN6
from app.exchange.uwlr import Authorisation, SchoolReference
from app.runs import Unreachable
from app.webservice.faults import (
    CouplingStopped,
    UnknownClient,
    UnknownCode,
    WebServiceFault,
    WrongLocation,
)
from app.webservice.suppliers import BASISPOORT, coupling_of, job_of
from models.base import database, locked
from models.board import Board, Location, School
from models.coupling import Coupling

_Answer = TypeVar("_Answer")


def answer_call(
    board_id: int,
    authorisation: Authorisation,
    school: SchoolReference,
    answer: Callable[[Location], _Answer],
    goes_on: bool = False,
) -> _Answer:
    """Handle one call in one transaction: authorise, then `answer(location)`. A refusal is logged before it is raised.

    Raises `Unreachable` while a trainer's fault is on, or a `WebServiceFault`. Inside a run's transaction the logbook
    line of a refusal is rolled back: the run has its own.
    """
    check_reachable(board_id, job_of(board_id, authorisation.client_code), goes_on)
    try:
        with database.atomic():
            return answer(authorise(board_id, authorisation, school))
    except WebServiceFault as fault:
        log_refusal(board_id, authorisation, school, fault)
        raise


def check_reachable(board_id: int, partner: str, goes_on: bool = False) -> None:
    """Raise `Unreachable` while ESIS is set to be unreachable or too slow for this partner, or to break off half-way:
    then only the first call of an exchange is answered; `goes_on` marks a later one.
    """
    kinds = faults.active(board_id, partner)
    if "unreachable" in kinds:
        raise Unreachable("ESIS is niet bereikbaar: er komt geen antwoord.")
    if "slow" in kinds:
        raise Unreachable("ESIS is niet bereikbaar: het antwoord komt niet op tijd.")
    if "half" in kinds and goes_on:
        raise Unreachable("ESIS is niet meer bereikbaar: de uitwisseling brak halverwege af.")


def authorise(board_id: int, authorisation: Authorisation, school: SchoolReference) -> Location:
    """Return the location the call is for. Raises a `WebServiceFault` that says which check failed.

    The coupling stays locked until the caller's transaction ends, so nothing arrives after it is stopped.
    """
    if not (authorisation.key and authorisation.client_code and authorisation.client_name):
        raise UnknownCode("Het bericht heeft geen verificatiecode, klantcode of klantnaam.")
    if authorisation.client_code == BASISPOORT.client_code:
        return _basispoort(board_id, authorisation, school)
    kind = coupling_of(board_id, authorisation)
    own, coupling = _location(board_id, school.brin6), None
    if own is not None:
        coupling = locked(_live(own, kind.type)).first()
        if coupling is not None and opens(coupling, authorisation.key):
            partner_status.note_shown(coupling)
            return own
    raise _why_not(board_id, kind, authorisation.key, school, own, coupling)


def why_refused(board_id: int, authorisation: Authorisation, school: SchoolReference) -> str:
    """Why a call of a coupled partner would be refused now; empty if it would be answered.

    Read-only: nothing is logged, and disturbances are ignored.
    """
    kind, own = coupling_of(board_id, authorisation), _location(board_id, school.brin6)
    coupling = _live(own, kind.type).first() if own else None
    if coupling is not None and opens(coupling, authorisation.key):
        return ""
    return _why_not(board_id, kind, authorisation.key, school, own, coupling).sentence


def live_coupling(board_id: int, authorisation: Authorisation, school: SchoolReference) -> Coupling | None:
    """The coupling by which this supplier would come in at this location; None without one."""
    try:
        kind = coupling_of(board_id, authorisation)
    except UnknownClient:
        return None
    own = _location(board_id, school.brin6)
    found: Coupling | None = _live(own, kind.type).first() if own else None
    return found


def locations_with_coupling(board_id: int, type_name: str, at: datetime) -> list[int]:
    """The ids of the locations with a run in the slot `at`: those with a live (even a paused) coupling of this type.

    Requires consent from before the slot: a board on the real clock also catches up slots from before the activation.
    """
    rows = Coupling.select(Coupling.location).where(
        Coupling.board == board_id, Coupling.type == type_name, LIVE, Coupling.consent_at < at
    )
    return [row.location_id for row in rows.order_by(Coupling.location)]


def stopped(location_id: int, type_name: str) -> bool:
    """Whether the location's coupling has no code."""
    paused = (
        (Coupling.location == location_id) & (Coupling.type == type_name) & (Coupling.state == CouplingState.PAUSED)
    )
    return bool(Coupling.select().where(paused).exists())


def check_not_stopped(location_id: int, type_name: str) -> None:
    """Raise `CouplingStopped` while the location's coupling has no code: checked at night before calling at all."""
    if stopped(location_id, type_name):
        raise _stopped(catalogue.by_type(type_name), Location.get_by_id(location_id).brin6)


def _basispoort(board_id: int, authorisation: Authorisation, school: SchoolReference) -> Location:
    if authorisation.client_name != BASISPOORT.client_name:
        raise UnknownClient("ESIS kent deze klantcode en klantnaam niet.")
    kept = Board.select(Board.basispoort_key).where(Board.id == board_id).get().basispoort_key
    if not kept or not _same(kept, authorisation.key):
        raise UnknownCode("De sleutel van Basispoort is in ESIS niet bekend.")
    location = _location(board_id, school.brin6)
    if location is None:
        raise WrongLocation(f"Vestiging {_shown(school.brin6)} bestaat niet in ESIS.")
    return location


def _why_not(
    board_id: int,
    kind: catalogue.CouplingType,
    key: str,
    school: SchoolReference,
    own: Location | None,
    coupling: Coupling | None,
) -> WebServiceFault:
    asked = _shown(school.brin6)
    other = _location(board_id, key[:6].upper())
    if other is not None and other != own and any(opens(row, key) for row in _live(other, kind.type)):
        return WrongLocation(f"Deze verificatiecode is van vestiging {other.brin6}, maar het bericht is voor {asked}.")
    if own is None:
        return WrongLocation(f"Vestiging {asked} bestaat niet in ESIS.")
    if coupling is None:
        return UnknownCode(
            f"ESIS kent deze code niet: de koppeling {kind.row} is in ESIS niet geactiveerd voor vestiging {asked}."
        )
    if coupling.code is None:
        return _stopped(kind, asked)
    return UnknownCode(f"ESIS kent deze code niet: de verificatiecode verschilt van die in ESIS van vestiging {asked}.")


def _stopped(kind: catalogue.CouplingType, brin6: str) -> CouplingStopped:
    return CouplingStopped(
        f"De koppeling {kind.row} van vestiging {brin6} is in ESIS tijdelijk gestopt: er staat geen verificatiecode."
    )


def log_refusal(
    board_id: int,
    authorisation: Authorisation,
    school: SchoolReference,
    fault: WebServiceFault,
    most: int | None = None,
) -> None:
    """Log in the logbook of the location that the call names or its code starts with; nowhere when neither exists.

    `most`: for what needs no key, so that nobody can flood a logbook; at most so many lines a school day.
    """
    places = [_location(board_id, school.brin6), _location(board_id, authorisation.key[:6].upper())]
    if isinstance(fault, WrongLocation):
        places.reverse()  # the owner of the code will look for it there
    location = places[0] or places[1]
    job = job_of(board_id, authorisation.client_code)
    if location is None or not job:
        return
    now = clock.school_now(location.board)
    if most is not None and logbook.count_of(location, job, LogKind.REFUSED, clock.local(now.date(), time.min)) >= most:
        return
    with database.atomic():
        logbook.write(
            board=board_id,
            location=location,
            coupling=job,
            kind=LogKind.REFUSED,
            at=now,
            message=fault.sentence,
            source="webservice",
        )


def _location(board_id: int, brin6: str) -> Location | None:
    if not BRIN6.fullmatch(brin6):
        return None
    found: Location | None = (
        Location.select(Location, School)
        .join(School)
        .where(School.board == board_id, School.brin == brin6[:4], Location.number == brin6[4:])
        .first()
    )
    return found


def _live(location: Location, type_name: str):  # type: ignore[no-untyped-def]  # peewee's queries have no useful type
    return Coupling.select().where(Coupling.location == location, Coupling.type == type_name, LIVE)


def opens(coupling: Coupling, key: str) -> bool:
    """Whether the key is the coupling's code; as in ESIS, its BRIN part is case-insensitive."""
    return coupling.code is not None and _same(coupling.code, key[:6].upper() + key[6:])


def _same(kept: str, shown: str) -> bool:
    return hmac.compare_digest(kept.encode(), shown.encode("utf-8", "surrogatepass"))


def _shown(brin6: str) -> str:
    """A BRIN6 from outside, safe in a sentence: never a long text, or a code in its place."""
    return brin6 if BRIN6.fullmatch(brin6) else "(geen geldig BRIN- en vestigingsnummer)"
