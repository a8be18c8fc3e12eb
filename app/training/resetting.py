"""Resetting a practice board: to its first state, to a named situation, or to the start of a lesson."""

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
    """A state that a board can be reset to."""

    id: str
    """The name of the situation, or of the lesson's file."""
    lesson: bool
    """Whether it is the start of a lesson, not a situation by itself."""
    title: str
    situation: Situation
    begins: datetime
    """The school time at which the board is created, before anything happens."""


def starting_points() -> list[StartingPoint]:
    """The situations, starting with the first state, followed by the lessons."""
    return [*map(_of_situation, situations.all_situations()), *map(_of_lesson, catalogue.offered())]


def situation_point(name: str) -> StartingPoint:
    """The situation with this name. Raises `NotFound` naming the existing ones."""
    return _of_situation(situations.find(name))


def reset_to(name: str, point: StartingPoint) -> Board:
    """Reset the board of this name (created if missing) to a starting point. Takes seconds, as nights pass.

    If the starting point cannot be reached, the board is left in its first state and `Refused` is raised, saying so.
    Anyone who signed in meanwhile must sign in again.
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
