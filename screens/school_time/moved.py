"""What is read again when school time moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app import clock
from app.workers.nights import Moment
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
