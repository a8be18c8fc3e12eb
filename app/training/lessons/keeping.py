"""Storing lesson progress: the steps, time, hints and mistakes of each learner, for the trainer and the learner.

A lesson runs in a database of its own; its progress is stored in the one the program was opened with.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app import clock
from app.exchange.csv_text import csv_text
from app.training.lessons.course import Course
from models.board import Board
from models.schema import connect
from models.training import LessonProgress

TITLES = ("bestuur", "cursist", "les", "soort", "begonnen", "stappen", "van", "minuten", "hints", "fouten", "klaar")
MODES = {"practice": "oefenen", "exam": "examen"}
"""The mode of a lesson, and its name."""


@dataclass(frozen=True)
class ProgressRow:
    """One run of a lesson by somebody."""

    board: str
    learner: str
    lesson: str
    mode: str
    started_at: str
    step: int
    steps: int
    minutes: int
    hints: int
    mistakes: int
    finished: bool

    def as_json(self) -> dict[str, Any]:
        """The fields by name."""
        return vars(self)

    @property
    def cells(self) -> tuple[str | int, ...]:
        """The cells of its table row."""
        started = clock.for_sheets(datetime.fromisoformat(self.started_at))
        return (
            self.board,
            self.learner,
            self.lesson,
            MODES[self.mode],
            started,
            self.step,
            self.steps,
            self.minutes,
            self.hints,
            self.mistakes,
            "ja" if self.finished else "nee",
        )


class Keeper:
    """Writes the progress of one lesson to the database that was open before the lesson's own.

    It does so in a thread, so that nobody waits for a busy database, and an unavailable one stops no lesson.
    """

    def __init__(self, url: str, board_id: int, learner: str, course: Course, mode: str) -> None:
        """`url` is the address of that database, which is still open; `board_id` is the learner's board in it."""
        now = clock.wall_now()
        created = LessonProgress.create(
            board=board_id,
            learner=learner[:100],
            lesson=course.script.name,
            mode=mode,
            started_at=now,
            seen_at=now,
            steps=len(course.tasks),
        )
        self._mine = LessonProgress.id == created.id
        self._finished_at: datetime | None = None
        self._database = connect(url)
        self._writer = ThreadPoolExecutor(1, "lesson")
        self._asked = 0
        """The number of save requests: only the newest is written."""
        self.lost = False
        """Whether the last write failed."""

    def keep(self, course: Course) -> None:
        """Store the present progress."""
        now = clock.wall_now()
        self._finished_at = self._finished_at or (now if course.finished else None)
        reached = LessonProgress.update(
            step=course.done, hints=course.hints, mistakes=course.mistakes, seen_at=now, finished_at=self._finished_at
        )
        self._asked += 1
        self._writer.submit(self._write, self._asked, reached.where(self._mine))

    def close(self) -> None:
        """Stop storing; returns when everything has been written."""
        self._writer.submit(self._database.close)
        self._writer.shutdown()

    def _write(self, asked: int, query: Any) -> None:
        if asked < self._asked:
            return
        try:
            query.execute(self._database)
            self.lost = False
        except Exception:  # nobody waits for this thread, and a lesson continues without stored progress
            self.lost = True
            self._database.close()  # the next attempt uses a new connection


def progress(board: Board | None = None, limit: int = 10_000) -> list[ProgressRow]:
    """The lessons done on a board, or on all, newest first."""
    rows = LessonProgress.select(LessonProgress, Board).join(Board, on=LessonProgress.board)
    rows = rows.order_by(LessonProgress.started_at.desc())
    return [_row(row) for row in (rows if board is None else rows.where(LessonProgress.board == board)).limit(limit)]


def best(board: Board, learner: str) -> dict[str, ProgressRow]:
    """Lesson -> the learner's best run: finished, with the fewest mistakes and hints."""
    found: dict[str, ProgressRow] = {}
    for row in progress(board):
        if row.learner == learner and (row.lesson not in found or _better(row, found[row.lesson])):
            found[row.lesson] = row
    return found


def as_csv(rows: list[ProgressRow]) -> str:
    """The report as CSV (`app.exchange.csv_text`)."""
    return csv_text([TITLES, *(row.cells for row in rows)])


def spent(row: LessonProgress) -> timedelta:
    """The duration until it was finished, or until the learner last did something."""
    taken: timedelta = (row.finished_at or row.seen_at) - row.started_at
    return taken


def _better(one: ProgressRow, other: ProgressRow) -> bool:
    def order(row: ProgressRow) -> tuple[Any, ...]:
        return not row.finished, -row.step, row.mistakes + row.hints, row.minutes

    return order(one) < order(other)


def _row(row: LessonProgress) -> ProgressRow:
    return ProgressRow(
        row.board.name,
        row.learner,
        row.lesson,
        row.mode,
        clock.iso(row.started_at),
        row.step,
        row.steps,
        round(spent(row).total_seconds() / 60),
        row.hints,
        row.mistakes,
        row.finished_at is not None,
    )
