"""Putting a practice board back: to its first state, to a named situation, or to where a lesson begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.ending import Ended
from app.refusals import Refused
from app.training import situations
from app.training.boards import reset_board
from app.training.lessons import catalogue
from app.training.scripts.document import Script
from app.training.situations import Situation
from app.workers import mishaps
from models.board import Board


@dataclass(frozen=True)
class StartingPoint:
    """What a board can be put back to."""

    id: str
    """The name of the situation, or that of the file of the lesson."""
    lesson: bool
    """Where a lesson begins, not a situation by itself."""
    title: str
    situation: Situation
    begins: datetime
    """The school time at which the board is made, before anything happens."""


def starting_points() -> list[StartingPoint]:
    """The situations, the first state first, and after them the lessons."""
    return [*map(_of_situation, situations.all_situations()), *map(_of_lesson, catalogue.lessons())]


def situation_point(name: str) -> StartingPoint:
    """The situation with this name. Raises `NotFound` naming those there are."""
    return _of_situation(situations.find(name))


def reset_to(name: str, point: StartingPoint) -> Board:
    """Put the board of this name (made if it is not there) back to a starting point. It takes seconds: nights pass.

    One that cannot be reached leaves the board in its first state and raises `Refused` saying so. Whoever signed in on the
    way signs in again.
    """
    board = reset_board(name, now=point.begins)
    try:
        situations.bring_about(board, point.situation)
    except Exception as error:
        reset_board(name)
        why = error.sentence if isinstance(error, Refused) else mishaps.told(error)
        raise Refused(
            f"De beginstand {point.situation.name} is niet te maken. {why} {name} staat nu in de eerste stand."
        ) from error
    except (KeyboardInterrupt, Ended):
        reset_board(name)
        raise
    Board.update(resets=Board.resets + 1).where(Board.id == board.id).execute()
    return Board.get_by_id(board.id)


def _of_situation(situation: Situation) -> StartingPoint:
    return StartingPoint(situation.name, False, situation.title, situation, situation.begins)


def _of_lesson(script: Script) -> StartingPoint:
    situation = situations.find(script.board)
    return StartingPoint(script.name, True, script.title, situation, script.start or situation.begins)
