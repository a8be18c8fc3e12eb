"""A supplier's side of the coupling: its messages to ESIS, and the test message that switches the coupling on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app import clock
from app.access import examined, standing_still
from app.clock import school_year_of
from app.exchange.uwlr import Authorisation, ResultData, ResultsRequest, SchoolReference
from app.other_esis import setting
from app.other_esis.setting import Elsewhere
from app.partners.connecting import Connection, check_code
from app.partners.results_supplier.supplier import Supplier
from app.refusals import Refused
from app.runs import State, Unreachable, last_tried
from app.webservice.authorisation import why_refused
from app.webservice.faults import WebServiceFault
from app.webservice.results import push_results
from fixtures.assessments import Assessment
from models.shared import SupplierAccount

CONNECTED = "De koppeling met ESIS is ingeschakeld: vanaf dit moment worden de resultaten elke nacht doorgestuurd."

WAITS = "De resultaten wachten tot de resultaatkoppeling is ingesteld."
GOES = "De resultaten gaan vannacht naar ESIS."


def connect(supplier: Supplier, account: SupplierAccount, code: str) -> Connection:
    """Send the test message with this code and switch the coupling on if ESIS accepts it; otherwise nothing changes.

    Raises `Refused` with the form field for an invalid code, or while school time is being moved.
    """
    code = check_code(code)
    there = setting.of(account.location.board_id, supplier.id)
    # Over HTTP before the transaction: the other ESIS may have to write to this very database.
    tried = _try_elsewhere(there, supplier.account.get_by_id(account.id), code) if there is not None else None
    with standing_still(account.location.board_id) as now:
        # Read again, writing nothing else: somebody may have changed the account since the form was opened.
        connection = tried or _send_test_message(supplier, supplier.account.get_by_id(account.id), code, now)
        changes: dict[str, object] = {"last_test": connection.sentence}
        if connection.ok:
            changes |= {"code": code, "connected_at": now, **supplier.set_up}
        supplier.account.update(changes).where(supplier.account.id == account.id).execute()
    return connection


def refused_now(supplier: Supplier, account: SupplierAccount) -> str:
    """Why ESIS currently accepts nothing, though the coupling was switched on here; empty if it does accept, and during an
    exam: nobody asked ESIS, so it is worked out of both sides.

    Of another ESIS: how the last night went there, for it is not asked each time that somebody looks.
    """
    if account.connected_at is None or examined(account.location.board_id):
        return ""
    if setting.is_set(account.location.board_id, supplier.id):
        last = last_tried(account.location_id, supplier.id, account.connected_at)
        return str(last.error) if last is not None and last.state in (State.FAILED, State.QUEUED) else ""
    here = school(account, clock.school_now(account.location.board))
    return why_refused(account.location.board_id, authorisation(supplier, account), here)


def then(supplier: Supplier, account: SupplierAccount, assessments: Iterable[Assessment] = ()) -> str:
    """When results (of these assessments) made or moved just now are sent, as a sentence."""
    if not all(assessment.coupled for assessment in assessments):
        return supplier.stays
    if account.connected_at is None:
        return WAITS
    refused = refused_now(supplier, account)
    return f"De resultaten wachten, want ESIS neemt nu niets aan. {refused}" if refused else GOES


def request(
    supplier: Supplier,
    account: SupplierAccount,
    at: datetime,
    results: tuple[ResultData, ...] = (),
    code: str = "",
    goes_on: bool = False,
) -> ResultsRequest:
    """A message to ESIS made at a moment, with the account's BRIN6 and its code, or the code being tried."""
    return ResultsRequest(
        authorisation=authorisation(supplier, account, code),
        school=school(account, at),
        created_at=at,
        results=results,
        goes_on=goes_on,
    )


def authorisation(supplier: Supplier, account: SupplierAccount, code: str = "") -> Authorisation:
    """The caller, with the account's code or the one being tried."""
    return Authorisation(code or account.code, supplier.id, supplier.client_name)


def school(account: SupplierAccount, at: datetime) -> SchoolReference:
    """The school, by the BRIN6 of the account, and the school year of the moment."""
    return SchoolReference(account.brin6[:4], account.brin6[4:], school_year_of(at.date()))


def _send_test_message(supplier: Supplier, account: SupplierAccount, code: str, now: datetime) -> Connection:
    try:
        push_results(account.location.board_id, request(supplier, account, now, code=code))
    except WebServiceFault as fault:
        return Connection(False, f"{_refused(account)} {fault.sentence}")
    except Unreachable as fault:
        return Connection(False, f"{_refused(account)} {fault} Probeer het later opnieuw.")
    return Connection(True, CONNECTED, kept=True)


def _try_elsewhere(there: Elsewhere, account: SupplierAccount, code: str) -> Connection:
    """UWLR has no test message; a request for the groups passes the same checks of the code."""
    from app.other_esis import asking  # HTTP and XML: not for who only looks

    here = school(account, clock.school_now(account.location.board))
    try:
        asking.test(there, there.authorisation(code), here)
    except Refused as refused:
        return Connection(False, f"{_refused(account)} {refused.sentence}")
    except Unreachable as fault:
        return Connection(False, f"{_refused(account)} {fault} Probeer het later opnieuw.")
    return Connection(True, CONNECTED, kept=True)


def _refused(account: SupplierAccount) -> str:
    off = account.connected_at is None
    return "De koppeling is niet ingeschakeld." if off else "Het testbericht is niet gelukt."
