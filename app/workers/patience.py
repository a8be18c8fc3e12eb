"""How long to wait for another process working on a board. A worker may be killed, stopped or unreachable without
notice; its progress shows in what it changes, and without a sign of life for one lease it has lost the work.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from app.counted import counted
from app.runs import State
from models import waiting
from models.board import Board
from models.run import Run
from models.upgrading import Tell, silent


@dataclass
class Patience:
    """Waits for others working on a board: names them (`whom`) after two seconds, and gives up after one lease.

    `now` is a monotonic clock in seconds.
    """

    board_id: int
    lease_seconds: float
    whom: Callable[[], str] = lambda: "een ander programma"
    tell: Tell = silent
    now: Callable[[], float] = time.monotonic
    alive: bool = field(default=False, init=False)
    """Whether they gave a sign of life since this was created."""
    told: bool = field(default=False, init=False)
    """Whether they have been silent for so long that this was told."""
    _seen: object = field(default=None, init=False)
    _since: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self._seen, self._since = self._signs(), self.now()

    def look(self) -> bool:
        """Check once; return whether waiting still makes sense."""
        signs, now = self._signs(), self.now()
        if signs != self._seen:
            self._seen, self._since, self.told, self.alive = signs, now, False, True
        waited = now - self._since
        if waited >= waiting.TELL_AFTER and not self.told:
            self.told = True
            self.tell(self.sentence)
        return waited < self.lease_seconds

    @property
    def sentence(self) -> str:
        """Tell what is waited for, and what happens next."""
        seconds = counted(round(self.lease_seconds), "seconde", "seconden")
        return f"Dit wacht op {self.whom()}, die geen teken geeft. Na {seconds} gaat het hier vanzelf verder."

    def _signs(self) -> object:
        board = Board.select(Board.now, Board.target).where(Board.id == self.board_id).tuples().first()
        held = (Run.board == self.board_id) & Run.state.in_((State.QUEUED, State.RUNNING))
        runs = (
            Run.select(Run.id, Run.state, Run.lease_until, Run.cursor).where(held).order_by(Run.id).limit(50).tuples()
        )
        return board, tuple(runs)
