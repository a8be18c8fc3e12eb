"""The results web service: a supplier delivers results, or a test message without any (UWLR BrengLeerresultaten).

A test message is our choice: UWLR has none, so it is an empty request that passes every check. Messages of one supplier
for one location with the same creation moment form one delivery, which can be rolled back as a whole.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from app import clock
from app.exchange.uwlr import ResultsReceipt, ResultsRequest
from app.school.assessment import results
from app.webservice import test_message
from app.webservice.authorisation import answer_call
from app.webservice.faults import InvalidMessage
from models.board import Location
from models.history import Signature, writing_as


def push_results(board_id: int, request: ResultsRequest) -> ResultsReceipt:
    """Store a page of results, or log a test message.

    Raises a `WebServiceFault` (nothing stored) or `Unreachable`.
    """

    def answer(location: Location) -> ResultsReceipt:
        _check_keys([result.key for result in request.results])
        if not request.results:
            test_message.note(location, request.authorisation)
        now = clock.school_now(location.board)
        with _signed(location, request):
            return results.receive(location, _supplier(request), request.results, now, request.created_at)

    return answer_call(board_id, request.authorisation, request.school, answer, request.goes_on)


def close_delivery(board_id: int, request: ResultsRequest) -> list[str]:
    """End a night's delivery, even an empty one: run the checks, and store listed results whose pupil is known by now.

    Returns the keys of the results that were on the list without a pupil and are now stored. Raises a `WebServiceFault`
    or `Unreachable`. Ours, inside the program: UWLR has no such message.
    """

    def answer(location: Location) -> list[str]:
        now = clock.school_now(location.board)
        with _signed(location, request):
            return results.store_known(location, _supplier(request), now, request.created_at)

    return answer_call(board_id, request.authorisation, request.school, answer, request.goes_on)


def _check_keys(keys: list[str]) -> None:
    if len(set(keys)) < len(keys) or "" in keys:
        raise InvalidMessage(
            "Elk resultaat heeft een eigen sleutel (key); in dit bericht ontbreekt er een of is hij dubbel."
        )


def _supplier(request: ResultsRequest) -> str:
    return request.authorisation.client_code


def _signed(location: Location, request: ResultsRequest) -> AbstractContextManager[None]:
    """Sign what a supplier delivers with its name, for the history."""
    now = clock.school_now(location.board)
    return writing_as(Signature(location.board_id, now, request.authorisation.client_name, "webservice"))
