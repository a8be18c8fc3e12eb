"""Runs of lessons for tests: stored ones with their log, and generated ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from app.training.reports.happened import Event, Run
from models.board import Board
from models.training import LessonEvent, LessonProgress

BEGUN = datetime(2026, 9, 1, 7, 0, 0, 123000, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """The moment so many minutes after the run began."""
    return BEGUN + timedelta(minutes=minutes)


def store(board: Board, *happened: tuple[float, str, int, str], lesson: str = "iep-lvs", **more: Any) -> LessonProgress:
    """A run on a board, with these events: minutes since it began, kind, step, detail."""
    fields = {"learner": "rovict", "started_at": BEGUN, "seen_at": BEGUN, "steps": 3, **more}
    progress = LessonProgress.create(board=board, lesson=lesson, **fields)
    for minutes, kind, step, detail in happened:
        LessonEvent.create(progress=progress, at=at(minutes), step=step, kind=kind, detail=detail)
    return progress


def log(*happened: tuple[float, str, int, str]) -> tuple[Event, ...]:
    """The same events without a database."""
    return tuple(
        Event(number, at(minutes), step, kind, detail)
        for number, (minutes, kind, step, detail) in enumerate(happened, start=1)
    )


def run_of(*happened: tuple[float, str, int, str], learner: str = "", own: bool = True, **more: Any) -> Run:
    """A run with these events, without a database."""
    fields = {
        "id": 1,
        "learner": "rovict",
        "lesson": "iep-lvs",
        "started_at": BEGUN,
        "seen_at": BEGUN,
        "steps": 3,
        **more,
    }
    return Run(LessonProgress(**fields), log(*happened), "Klas 01", "klas-01-7", learner, own)


def smooth(minutes: float = 1.0, steps: int = 3) -> list[tuple[float, str, int, str]]:
    """A run without any trouble: each step takes so many minutes."""
    found: list[tuple[float, str, int, str]] = []
    for step in range(1, steps + 1):
        found += [((step - 1) * minutes, "given", step, ""), (step * minutes, "done", step, "")]
    return found
