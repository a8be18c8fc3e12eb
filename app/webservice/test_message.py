"""The test message: a call with nothing in it that passes every check, kept in the logbook of the coupling."""

from __future__ import annotations

from app import clock
from app.couplings import logbook
from app.couplings.logbook import LogKind
from app.exchange.uwlr import Authorisation
from models.board import Location


def note(location: Location, authorisation: Authorisation) -> None:
    """Write down that a partner's test message came in and was right."""
    logbook.write(
        board=location.board_id,
        location=location,
        coupling=authorisation.client_code,
        kind=LogKind.TEST_MESSAGE,
        at=clock.school_now(location.board),
        source="webservice",
        message=f"Testbericht van {authorisation.client_name}: de verificatiecode klopt.",
    )
