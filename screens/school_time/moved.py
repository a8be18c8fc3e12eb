"""What is read again when school time moved, and how long it may stand still."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app import clock
from app.counted import counted
from app.settings import Settings
from app.workers.nights import Moment
from app.workers.patience import Patience
from app.workers.school_time import Progress
from models.board import Board


@dataclass(frozen=True)
class Moved:
    """What is read again when school time moved."""

    board: Board
    ahead: timedelta
    """How far the computer's clock is ahead of school time."""
    jump: str
    """What is to be asked about a jump of the computer's clock."""
    moments: Sequence[Moment]
    """The days around now."""


def jump_of(board: Board) -> str:
    """What is to be asked about a jump of the computer's clock; empty if nothing."""
    try:
        clock.check_wall(board)
    except clock.ClockJumped as jumped:
        return jumped.sentence
    return ""


class Waiting:
    """Whether waiting for the program that does the exchanges makes sense, and what to say of it meanwhile."""

    sentence = ""
    """What to say now; empty while things go on."""

    def __init__(self) -> None:
        self._patience: Patience | None = None

    def look(self, settings: Settings, board: Board, now: Progress) -> bool:
        """Check once; whether waiting still makes sense."""
        if now.target is None:
            self._patience, self.sentence = None, ""
            return True
        patience = self._patience = self._patience or Patience(board.id, settings.lease_seconds)
        going_on = patience.look()
        self.sentence = (
            "Het programma dat de uitwisselingen doet, geeft geen teken. "
            f"Na {counted(round(settings.lease_seconds), 'seconde', 'seconden')} gaat het hier vanzelf verder."
            if patience.told
            else ""
        )
        return going_on
