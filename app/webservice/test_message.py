"""The test message: an empty call that passes every check, logged in the coupling's logbook."""

from __future__ import annotations

from app import clock
from app.couplings import logbook
from app.couplings.logbook import LogKind
from app.exchange.uwlr import Authorisation
from app.webservice.suppliers import job_of
from models.board import Location


def note(location: Location, authorisation: Authorisation) -> None:
    """Log that a partner's test message arrived and passed."""
    logbook.write(
        board=location.board_id,
        location=location,
        coupling=job_of(location.board_id, authorisation.client_code),
        kind=LogKind.TEST_MESSAGE,
        at=clock.school_now(location.board),
        source="webservice",
        message=f"Testbericht van {authorisation.client_name}: de verificatiecode klopt.",
    )
