"""Stores the results of a message: all of them or none, page by page while it is read."""

from __future__ import annotations

from typing import IO

from app import clock
from app.exchange.uwlr import ResultsRequest
from app.exchange.uwlr_xml import answering, results, rules
from app.exchange.uwlr_xml.nodes import Limits
from app.exchange.uwlr_xml.operations import PUSH_RESULTS
from app.exchange.uwlr_xml.requested import Request
from app.exchange.uwlr_xml.results import Brought
from app.exchange.uwlr_xml.rules import Finding, Violation
from app.webservice.faults import ResultsRefused
from app.webservice.results import Store, push_whole
from models.board import Location

_PAGE = 250


def push(board_id: int, request: Request, asked: IO[bytes], answer: IO[bytes], limits: Limits) -> str:
    """Store, write the confirmation, and return what was done, in Dutch.

    Raises `Violation` for a result that ESIS cannot take, a `WebServiceFault` or `Unreachable`; then nothing is stored.
    """

    def bring(_location: Location, store: Store) -> None:
        page: list[Brought] = []

        def put() -> None:
            try:
                store([one.data for one in page])
            except ResultsRefused as refused:
                raise Violation(_finding(refused, page)) from None
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


def _finding(refused: ResultsRefused, page: list[Brought]) -> Finding:
    """Where the first result stands that ESIS does not take, and why."""
    for one in page:
        if one.data.key in refused.reasons:
            why = refused.reasons[one.data.key]
            return one.wrong(rules.UNKNOWN_TEST, "toetscode", one.data.assessment[:100], "een toets die aanstaat", why)
    return Finding(rules.UNKNOWN_TEST, nearest=refused.sentence)
