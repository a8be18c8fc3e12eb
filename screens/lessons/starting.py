"""What the program ends with when a lesson is to start."""

from __future__ import annotations

from dataclasses import dataclass

from app.training.lessons.refreshing import Planned, Refresher


@dataclass(frozen=True)
class StartLesson:
    """What the program exits with to start a lesson."""

    name: str
    exam: bool
    refresher: Planned | None = None
    """As part of a refresher: which variant."""


def of_refresher(refresher: Refresher) -> StartLesson:
    """The next lesson of it."""
    planned = refresher.left[0]
    return StartLesson(planned.lesson, exam=False, refresher=planned)
