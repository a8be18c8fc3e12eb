"""What tests of the school clock share."""

from __future__ import annotations

from app import clock
from models.board import Board
from screens.school_time.clock import SchoolTime
from tests.screens.driving import Driver


def now(board: Board) -> str:
    return clock.dutch_moment(clock.school_now(board))


def is_open(program: Driver) -> bool:
    return isinstance(program.app.screen, SchoolTime)


async def refreshed(program: Driver) -> None:
    """What the window does by itself four times a second."""
    assert isinstance(program.app.screen, SchoolTime)
    program.app.screen.refresh_data()
    await program.settle()
