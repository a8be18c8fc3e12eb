"""The contacts web service: the state of a school at a moment, including the guardians that UWLR leaves out (ours).

Mijnschoolinfo asks for the state at 17:00 the day before. What was entered at 17:00 or later is left out, even if the
delivery is late: the history knows the earlier state.
"""

from __future__ import annotations

from app.exchange.contacts import ContactsAnswer, ContactsRequest
from app.exchange.uwlr import PAGE, Authorisation, SchoolReference
from app.school.people.snapshot_at import Snapshot
from app.webservice import test_message
from app.webservice.authorisation import answer_call
from models.board import Location


def pull_contacts(board_id: int, request: ContactsRequest, limit: int = PAGE) -> ContactsAnswer:
    """Return the next page of pupils, by id; groups and staff come with the first.

    Raises a `WebServiceFault` or `Unreachable`.
    """

    def answer(location: Location) -> ContactsAnswer:
        snapshot = Snapshot(location, request.until, request.since)
        pupils, last = snapshot.pupils(request.after, limit, request.also)
        first = request.after == 0
        return ContactsAnswer(
            school_year=snapshot.school_year,
            groups=tuple(snapshot.groups()) if first else (),
            staff=tuple(snapshot.staff()) if first else (),
            pupils=tuple(pupils),
            last=last,
        )

    return answer_call(board_id, request.authorisation, request.school, answer, goes_on=request.after > 0)


def test(board_id: int, authorisation: Authorisation, school: SchoolReference) -> None:
    """Handle a test message: only the checks, logged in the logbook. Raises a `WebServiceFault` or `Unreachable`."""
    answer_call(board_id, authorisation, school, lambda location: test_message.note(location, authorisation))
