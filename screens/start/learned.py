"""What the Startpagina says of lessons: which were done, and what is to be refreshed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.training.lessons import catalogue, keeping, refreshing, runs
from app.training.lessons.keeping import ProgressRow
from app.training.lessons.refreshing import Refresher
from app.training.scripts.document import Script
from models.board import Board
from models.training import LessonProgress


@dataclass(frozen=True)
class Learned:
    """The lessons, each with the user's best time, and what is to be refreshed."""

    lessons: Sequence[tuple[Script, ProgressRow | None]]
    begun: Mapping[str, LessonProgress]
    """What can be gone on with, by lesson."""
    refresher: Refresher | None


def learned_by(board: Board, name: str) -> Learned:
    """Of this user."""
    best = keeping.best(board, name)
    lessons = [(script, best.get(script.name)) for script in catalogue.offered()]
    return Learned(lessons, runs.open_runs(board, name), refreshing.due_for(board, name) if best else None)
