"""How long one waits for whoever does the work on a board: a worker may be killed, stopped or out of reach, and says nothing
about it. What it does is seen by what changes; who gives no sign of life for a lease has lost the work.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from app.runs import State
from models import waiting
from models.board import Board
from models.run import Run
from models.upgrading import Tell, silent


@dataclass
class Patience:
    """Waits for others on a board: tells whom (`whom`) after two seconds, and has enough after a lease.

    `now` is a clock in seconds that only goes forward.
    """

    board_id: int
    lease_seconds: float
    whom: Callable[[], str] = lambda: "een ander programma"
    tell: Tell = silent
    now: Callable[[], float] = time.monotonic
    alive: bool = field(default=False, init=False)
    """Whether they gave a sign of life since it was made."""
    _seen: object = field(default=None, init=False)
    _since: float = field(default=0.0, init=False)
    _told: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._seen, self._since = self._signs(), self.now()

    def look(self) -> bool:
        """Look once; whether there is still reason to wait."""
        signs, now = self._signs(), self.now()
        if signs != self._seen:
            self._seen, self._since, self._told, self.alive = signs, now, False, True
        waited = now - self._since
        if waited >= waiting.TELL_AFTER and not self._told:
            self._told = True
            self.tell(self.sentence)
        return waited < self.lease_seconds

    @property
    def sentence(self) -> str:
        """Whom this waits for, and what comes of it."""
        seconds = round(self.lease_seconds)
        return f"Dit wacht op {self.whom()}, die geen teken geeft. Na {seconds} seconden gaat het hier vanzelf verder."

    def _signs(self) -> object:
        board = Board.select(Board.now, Board.target).where(Board.id == self.board_id).tuples().first()
        held = (Run.board == self.board_id) & Run.state.in_((State.QUEUED, State.RUNNING))
        runs = (
            Run.select(Run.id, Run.state, Run.lease_until, Run.cursor).where(held).order_by(Run.id).limit(50).tuples()
        )
        return board, tuple(runs)
