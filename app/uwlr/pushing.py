"""Stores the results of a message: all of them or none, page by page while it is read."""

from __future__ import annotations

from typing import IO

from app import clock
from app.exchange.uwlr import ResultsRequest
from app.exchange.uwlr_xml import answering, results, rules
from app.exchange.uwlr_xml.checking import shown
from app.exchange.uwlr_xml.nodes import Limits
from app.exchange.uwlr_xml.operations import PUSH_RESULTS
from app.exchange.uwlr_xml.requested import Request
from app.exchange.uwlr_xml.results import Brought
from app.exchange.uwlr_xml.rules import Finding, Violation
from app.school.assessment.assessments import active_ids
from app.school.assessment.catalogue import all_assessments
from app.webservice.faults import ResultsRefused
from app.webservice.results import Store, push_whole
from models.board import Location

_PAGE = 250


def push(board_id: int, request: Request, asked: IO[bytes], answer: IO[bytes], limits: Limits) -> str:
    """Store, write the confirmation, and return what was done, in Dutch.

    Raises `Violation` for a result that ESIS cannot take, a `WebServiceFault` or `Unreachable`; then nothing is stored.
    """

    def bring(location: Location, store: Store) -> None:
        page: list[Brought] = []

        def put() -> None:
            try:
                store([one.data for one in page])
            except ResultsRefused as refused:
                raise Violation(_finding(refused, page, location)) from None
            page.clear()

        def take(one: Brought) -> None:
            page.append(one)
            if len(page) >= _PAGE:
                put()

        results.each(asked, request.tests, take, limits)
        if page:
            put()

    message = ResultsRequest(request.authorisation, request.school, request.created_at or clock.wall_now())
    counts = push_whole(board_id, message, bring)
    answering.write_nothing(answer, request.soap, PUSH_RESULTS)
    return f"Ontvangen: {counts.sentence()}."


def _finding(refused: ResultsRefused, page: list[Brought], location: Location) -> Finding:
    """Where the first result stands that ESIS does not take, and why."""
    one = next(one for one in page if one.data.key in refused.reasons)
    data, why = one.data, refused.reasons[one.data.key]
    if data.assessment in active_ids(location.id) and data.part in _parts(data.assessment):
        return one.wrong(rules.IMPOSSIBLE_DATE, "afnamedatum", data.date.isoformat(), "een datum die kan", why)
    return one.wrong(rules.UNKNOWN_TEST, "toetscode", shown(data.assessment), "een toets die aanstaat", why)


def _parts(assessment: str) -> set[str]:
    """The parts of a test, and the whole, which is no part."""
    found = next((item for item in all_assessments() if item.id == assessment), None)
    return {"", *(part.id for part in found.parts)} if found else set()
