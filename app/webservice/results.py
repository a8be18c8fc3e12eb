"""The results web service: a supplier delivers results, or a test message without any (UWLR BrengLeerresultaten).

A test message is our choice: UWLR has none, so it is an empty request that passes every check. Messages of one supplier
for one location with the same creation moment form one delivery, which can be rolled back as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from app import clock
from app.couplings import logbook
from app.couplings.logbook import LogKind
from app.exchange.uwlr import ResultData, ResultsReceipt, ResultsRequest
from app.runs import Counts
from app.school.assessment import results
from app.webservice import test_message
from app.webservice.authorisation import answer_call
from app.webservice.faults import InvalidMessage, ResultsRefused
from app.webservice.suppliers import job_of
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
            return results.receive(location, _supplier(location, request), request.results, now, request.created_at)

    return answer_call(board_id, request.authorisation, request.school, answer, request.goes_on)


Store = Callable[[Sequence[ResultData]], None]
"""Stores a page of results, at most 250 with keys of their own."""


def push_whole(board_id: int, request: ResultsRequest, bring: Callable[[Location, Store], None]) -> Counts:
    """Store all results of one message or none, and log it as a night's delivery is logged.

    `bring` gets the location and a function that stores a page, and calls it for every page; what it raises undoes
    everything. Raises `ResultsRefused` when ESIS refuses any of them (its assessment is off or unknown), a
    `WebServiceFault` or `Unreachable`.
    """

    def answer(location: Location) -> Counts:
        now = clock.school_now(location.board)
        counts = Counts()

        def store(page: Sequence[ResultData]) -> None:
            nonlocal counts
            receipt = results.receive(location, supplier, page, now, request.created_at)
            if receipt.reasons:
                raise ResultsRefused(receipt.reasons)
            counts += Counts(
                receipt.received,
                receipt.stored,
                receipt.replaced,
                receipt.unchanged,
                receipt.unmatched,
                receipt.refused,
            )

        supplier = _supplier(location, request)
        with _signed(location, request):
            bring(location, store)
            results.store_known(location, supplier, now, request.created_at)
        logbook.write(
            board=location.board_id,
            location=location,
            coupling=supplier,
            kind=LogKind.EXCHANGE,
            at=now,
            source="webservice",
            message=f"{request.authorisation.client_name} bracht resultaten. {counts.sentence()}.",
            counts=counts,
        )
        return counts

    return answer_call(board_id, request.authorisation, request.school, answer)


def close_delivery(board_id: int, request: ResultsRequest) -> list[str]:
    """End a night's delivery, even an empty one: run the checks, and store listed results whose pupil is known by now.

    Returns the keys of the results that were on the list without a pupil and are now stored. Raises a `WebServiceFault`
    or `Unreachable`. Ours, inside the program: UWLR has no such message.
    """

    def answer(location: Location) -> list[str]:
        now = clock.school_now(location.board)
        with _signed(location, request):
            return results.store_known(location, _supplier(location, request), now, request.created_at)

    return answer_call(board_id, request.authorisation, request.school, answer, request.goes_on)


def _check_keys(keys: list[str]) -> None:
    if len(set(keys)) < len(keys) or "" in keys:
        raise InvalidMessage(
            "Elk resultaat heeft een eigen sleutel (key); in dit bericht ontbreekt er een of is hij dubbel."
        )


def _supplier(location: Location, request: ResultsRequest) -> str:
    """The partner in whose place the caller stands."""
    return job_of(location.board_id, request.authorisation.client_code)


def _signed(location: Location, request: ResultsRequest) -> AbstractContextManager[None]:
    """Sign what a supplier delivers with its name, for the history."""
    now = clock.school_now(location.board)
    return writing_as(Signature(location.board_id, now, request.authorisation.client_name, "webservice"))
