"""Whether the program may say what is wrong and how it is mended: not during an exam, on the board it is done on.

What ESIS only observes it says all the same: that a coupling is on, when the last exchange was, what was refused. What
it works out by knowing both sides, or advises, it keeps to itself.
"""

from __future__ import annotations

from dataclasses import replace

from app import access
from app.refusals import Refused
from app.school.board.sight import Sight
from models.board import Board

SILENT = "Tijdens een examen zegt ESIS niet wat er mis is en hoe u het herstelt. Kijk zelf bij beide kanten van de koppeling."


class InExam(Refused):
    """Asked for advice during an exam."""

    def __init__(self) -> None:
        super().__init__(SILENT)


def is_given(board: Board | int) -> bool:
    """Whether no exam is being done on this board."""
    return not access.examined(board)


def require(board: Board | int) -> None:
    """Raises `InExam` during an exam."""
    if not is_given(board):
        raise InExam


def observed(board: Board | int, seen: Sight) -> Sight:
    """What an account sees; during an exam without why, and without what to do."""
    if is_given(board):
        return seen
    parts = tuple(replace(part, to_do="") for part in seen.parts)
    return Sight(parts, seen.sees, "Ziet leerlingen." if seen.sees else "Ziet geen leerlingen.")
