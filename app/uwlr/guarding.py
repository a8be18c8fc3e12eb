"""Slows down who guesses at keys: per board, supplier and address, by the rule for passwords (`app/signing/tries.py`).

A key is guessed at for the location that it begins with, whichever the message is for: that a key is another location's
is told too.
"""

from __future__ import annotations

from threading import Lock
from types import TracebackType

from app.access import BoardGone
from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.requested import Request
from app.exchange.uwlr_xml.rules import Finding, Violation
from app.runs import Unreachable
from app.settings import network_of
from app.signing import tries
from app.signing.tries import Door, TooSoon, Try
from models.board import Board

_TURNS = tuple(Lock() for _ in range(16))
"""Who calls with the right key from many threads takes turns: each try counts as wrong until it is right."""


def is_guarded(board_id: int, also: bool) -> bool:
    """Whether who calls this board is slowed down, and not told how near a key is; `also`: on a practice board too."""
    return also or Board.select().where(Board.id == board_id, ~Board.practice).exists()


class Guard:
    """Around one check of a key: counts it as wrong until it turns out right. Raises `Violation` when it comes too soon.

    Raises `Unreachable` when the board was removed meanwhile.
    """

    def __init__(self, board_id: int, request: Request, client: str, on: bool) -> None:
        said = request.authorisation
        self._door = Door(board_id, "uwlr", f"{said.client_code[:30]} {said.key[:6].upper()[:6]}")
        self._turn = _TURNS[hash(self._door) % len(_TURNS)]
        self._client, self._on = client, on
        self._tried: Try | None = None
        self._failed = False

    def __enter__(self) -> Guard:
        if self._on:
            self._turn.acquire()
            try:
                self._tried = tries.begin(self._door, "code", network_of(self._client))
            except BoardGone:
                raise Unreachable("Dit bestuur bestaat niet meer.") from None
            except TooSoon as soon:
                raise Violation(
                    Finding(rules.SLOWED, found="te snel na verkeerde sleutels", expected=str(soon))
                ) from None
            finally:
                if self._tried is None:
                    self._turn.release()
        return self

    def failed(self) -> None:
        """The key is wrong."""
        self._failed = True

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        if self._tried is None:
            return
        try:
            if kind is None:
                tries.succeeded(self._tried)
            elif not self._failed:
                tries.take_back(self._tried)
        finally:
            self._turn.release()
