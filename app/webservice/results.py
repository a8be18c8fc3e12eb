"""The results web service: a supplier brings results, or a test message without any (UWLR BrengLeerresultaten).

A test message is our choice: UWLR has none, so it is a request with nothing in it that passes every check. Messages of
one supplier for one location that were made at the same moment are one delivery, which can be taken back as a whole.
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
    """Take a page of results in, or answer a test message, which is logged.

    Raises a `WebServiceFault` (nothing taken in) or `Unreachable`.
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
    """End a night's delivery, also one in which nothing was waiting: the checks, and what can come in after all.

    Returns the keys of the results that lay on the list without a pupil and are stored, because ESIS knows the pupil by now.
    Raises a `WebServiceFault` or `Unreachable`. Ours, inside the program: UWLR has no such message.
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
    """What a supplier brings is kept in the history under its name."""
    now = clock.school_now(location.board)
    return writing_as(Signature(location.board_id, now, request.authorisation.client_name, "webservice"))
