"""Storing lesson progress: the steps, time, hints and mistakes of each learner, for the trainer and the learner."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from peewee import PeeweeException

from app import clock
from app.exchange.csv_text import csv_text
from app.training.lessons import state
from app.training.lessons.course import Course, Happened
from app.training.lessons.exam import judgement
from models import bulk
from models.base import connected, database, locked
from models.board import Board
from models.training import LessonEvent, LessonProgress

TITLES = (
    "bestuur",
    "cursist",
    "les",
    "soort",
    "begonnen",
    "stappen",
    "van",
    "minuten",
    "hints",
    "fouten",
    "klaar",
    "geslaagd",
)
BEAT = timedelta(seconds=30)
"""After so long the time of an exam is written, though nothing happened."""
MODES = {"practice": "oefenen", "exam": "examen", "refresher": "opfrissen"}
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
    passed: bool | None
    """Whether the points of an exam were enough; None of what is no exam, or not over."""

    @property
    def outcome(self) -> str:
        """Whether it is done, and of an exam how it ended: `ja`, `nee`, `geslaagd` or `gezakt`."""
        if self.passed is None:
            return "ja" if self.finished else "nee"
        return "geslaagd" if self.passed else "gezakt"

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
            "" if self.passed is None else "ja" if self.passed else "nee",
        )


class Keeper:
    """Writes how far a run of a lesson is, with what happened in it, each time in one transaction.

    It does so in a thread, so that nobody waits for a busy database, and one that does not answer stops no lesson. The row
    is the truth: who writes looks first whether somebody else did, in another window, and then takes over what is there.
    """

    wrote: Callable[[], object]
    """Called in the thread after each attempt."""

    def __init__(self, run: LessonProgress, course: Course) -> None:
        """The course is taken to where the row says it is. Raises `state.Changed` if it was begun with another text of the
        lesson.
        """
        self.run_id, self.learner = int(run.id), str(run.learner)
        kept = state.read(run.state)
        state.take_over(course, kept)
        self._version, self._text = kept.version, state.written(course, 0)
        self.wrote, self._since = lambda: None, clock.wall_now()
        self._beat = self._since
        self.stands_still(lambda: 0.0)
        self._waiting: list[_Reached] = []
        self._lock = Lock()
        self._writer = ThreadPoolExecutor(1, "lesson")
        self.lost = False
        """Whether the last attempt failed."""
        self.over = False
        """Whether the run is no more: given up elsewhere, or its board was removed."""
        self.seconds = int(run.seconds)
        """How long it was open, as last written."""

    def stands_still(self, held: Callable[[], float]) -> None:
        """For how many seconds, all together, a trainer held the program: those do not count."""
        self._held, self._held_before = held, held()

    @property
    def pending(self) -> bool:
        """Whether something that happened is not written yet, and can be: it is not told before."""
        return bool(self._waiting) and not self.lost

    def keep(self, course: Course, *events: Happened) -> None:
        """Write it, if anything changed since; what happened in the course is written with it, once."""
        text = state.written(course, 0)
        happened, course.happened = [*course.happened, *events], []
        if text != self._text or happened or course.finished:
            self._add(course, text, happened)

    def keep_time(self, course: Course) -> None:
        """Write how long an exam lasts by now, every `BEAT`: who ends the program by force gets no time back."""
        if course.exam and not (course.finished or self.over) and clock.wall_now() - self._beat >= BEAT:
            self._add(course, state.written(course, 0), [])

    def _add(self, course: Course, text: str, happened: list[Happened]) -> None:
        self._text, self._beat = text, clock.wall_now()
        with self._lock:
            self._waiting.append(
                _Reached(_columns(course), text, happened, clock.wall_now(), self._held(), course.finished)
            )
        self._writer.submit(self._write)

    def rewritten(self, course: Course, text: str) -> None:
        """The course goes on with another text of the lesson: a later time too."""
        LessonProgress.update(text=text, steps=len(course.tasks)).where(LessonProgress.id == self.run_id).execute()

    def overtaken(self, course: Course) -> bool:
        """Look whether somebody else wrote, and if so let the course go on from there; also looks whether it is over."""
        if self.pending:
            return False
        try:
            row = LessonProgress.get_or_none(LessonProgress.id == self.run_id)
        except PeeweeException:  # the lesson goes on without
            return False
        self.over = row is None or row.given_up_at is not None or row.own_board_id is None
        if row is None or (kept := state.read(row.state)).version == self._version:
            return False
        state.take_over(course, kept)
        course.happened = []
        self._version, self._text = kept.version, state.written(course, 0)
        return True

    def close(self, course: Course) -> None:
        """Write that the learner leaves; returns when everything has been written."""
        if not (course.finished or self.over):
            self.keep(course, Happened("left", course.done + 1))
        self._writer.shutdown()

    def _write(self) -> None:
        """Write all that waits; with an error it goes on waiting."""
        with self._lock:
            reached = self._waiting[:]
        if not reached:
            return
        try:
            with connected(), database.atomic():
                self._put(reached)
            self.lost = False
        except Exception:  # nobody waits for this thread, and a lesson goes on without being kept
            self.lost = True
        else:
            with self._lock:
                del self._waiting[: len(reached)]
        self.wrote()

    def _put(self, reached: list[_Reached]) -> None:
        last = reached[-1]
        row: LessonProgress | None = locked(LessonProgress.select().where(LessonProgress.id == self.run_id)).first()
        if row is None or row.given_up_at is not None or (kept := state.read(row.state)).version != self._version:
            return
        seconds = row.seconds
        if row.finished_at is None:  # two windows on one lesson count once
            held = last.held - self._held_before
            seconds += max(0.0, (last.at - max(self._since, row.seen_at)).total_seconds() - held)
        LessonProgress.update(
            **last.columns,
            state=state.numbered(last.text, self._version + 1, kept.board),
            seen_at=last.at,
            seconds=round(seconds),
            finished_at=row.finished_at or (last.at if last.finished else None),
        ).where(LessonProgress.id == row.id).execute()
        bulk.insert(
            LessonEvent,
            (
                {"progress": row.id, "at": one.at, "step": event.step, "kind": event.kind, "detail": event.detail[:200]}
                for one in reached
                for event in one.happened
            ),
        )
        self._version += 1
        self._since, self._held_before, self.seconds = last.at, last.held, round(seconds)


@dataclass(frozen=True)
class _Reached:
    """What is to be written."""

    columns: dict[str, Any]
    text: str
    happened: list[Happened]
    at: datetime
    held: float
    finished: bool


def _columns(course: Course) -> dict[str, Any]:
    counted = {"step": course.done, "hints": course.hints, "mistakes": course.mistakes, "level": course.level}
    return {**counted, **judgement(course)}


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
    """How long it was open, over all sittings; of one from before that was kept, until the learner last did something."""
    taken: timedelta = (
        timedelta(seconds=row.seconds) if row.state else (row.finished_at or row.seen_at) - row.started_at
    )
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
        row.passed,
    )
