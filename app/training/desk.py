"""What the trainer's desk makes of the seats of a class: who sits there, who is stuck; and what it writes of a lesson.

A seat is stuck after three times the median of its step, once `SAMPLES` learners did that step; until then after
`USUAL_SECONDS`. Everything about a run of a lesson is kept with the board it was begun from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app import clock
from app.access import Actor
from app.counted import counted
from app.refusals import Refused
from app.serving.desk.messages import Here
from app.training import classes
from app.training.reports import happened, stuck
from app.training.reports.happened import EXAM
from models.base import database
from models.board import Board
from models.training import LessonEvent, LessonProgress

TIMES = 3.0
"""So many times the median is stuck."""
SAMPLES = 3
USUAL_SECONDS = 360.0
"""Three times two minutes, which is how long a step takes that was written well (our choice)."""
JUST_NOW = 20.0
"""Seconds in which a key was pressed just now."""
MOST_MINUTES = 240


@dataclass(frozen=True)
class DeskRow:
    """A seat, as the trainer sees it."""

    id: int
    """The number of the seat."""
    board_id: int
    board: str
    name: str
    """Who sits there: the learner of the board, or the board and its user."""
    here: Here
    queue: int = 0
    """The place in the queue of raised hands, from 1; 0: no hand."""
    usual: float = USUAL_SECONDS / TIMES
    """Seconds that this step usually takes."""
    at: float = 0.0
    """The moment of this row, in seconds of wall time."""

    @property
    def on_step(self) -> float:
        """Seconds at this step; 0.0 without a lesson, or when it is done."""
        return max(0.0, self.at - self.here.since) if self.here.step else 0.0

    @property
    def stuck(self) -> bool:
        """Whether it takes far longer than usual."""
        return self.on_step > TIMES * self.usual

    @property
    def step(self) -> str:
        """`3 van 17`, or that it is done."""
        here = self.here
        if not here.lesson:
            return ""
        return f"{here.step} van {here.steps}" if here.step else "klaar"

    @property
    def last_key(self) -> str:
        """How long ago a key was pressed."""
        return since(self.at - self.here.key) if self.here.key else ""


def since(seconds: float) -> str:
    """`nu`, `40 s`, `3 min`, `1 u`."""
    if seconds < JUST_NOW:
        return "nu"
    if seconds < 60:
        return f"{int(seconds)} s"
    return f"{int(seconds // 60)} min" if seconds < 3600 else f"{int(seconds // 3600)} u"


@dataclass
class Desk:
    """Makes rows of seats; keeps for a while how long steps take."""

    look_every: float = 30.0
    """Seconds after which that is counted again."""
    _usual: dict[tuple[str, bool], Mapping[int, float]] = field(default_factory=dict)
    _counted_at: float = 0.0

    def rows(self, seats: Iterable[tuple[int, int, Here]], at: float) -> list[DeskRow]:
        """A row for each seat, its board and what it says: raised hands first, the longest waiting at the top, then by
        name. `at` is now, in seconds of wall time. Two queries, and one for each lesson now and then.
        """
        found = list(seats)
        if at - self._counted_at > self.look_every:
            self._usual, self._counted_at = {}, at
        hands = sorted(here.hand for _, _, here in found if here.hand)
        ids = {board_id for _, board_id, _ in found}
        boards = {row.id: row for row in Board.select(Board.id, Board.name, Board.learner).where(Board.id.in_(ids))}
        rows = [
            self._row(number, boards[board_id], here, hands.index(here.hand) + 1 if here.hand else 0, at)
            for number, board_id, here in found
            if board_id in boards
        ]
        return sorted(rows, key=lambda row: (row.here.hand or float("inf"), row.name.casefold(), row.id))

    def _row(self, number: int, board: Board, here: Here, queue: int, at: float) -> DeskRow:
        name = board.learner or (f"{board.name}, {here.user}" if here.user else board.name)
        return DeskRow(number, board.id, board.name, name, here, queue, self._usual_of(here), at)

    def _usual_of(self, here: Here) -> float:
        if not here.lesson:
            return USUAL_SECONDS / TIMES
        which = here.lesson, here.exam
        if which not in self._usual:
            self._usual[which] = medians(*which)
        return self._usual[which].get(here.step, USUAL_SECONDS / TIMES)


def medians(lesson: str, exam: bool = False) -> dict[int, float]:
    """Step -> the median of the seconds that it took while the lesson was open, of steps done often enough.

    An exam has steps of its own, which are numbered otherwise.
    """
    runs = [run for run in happened.runs(lesson=lesson) if (run.progress.mode == EXAM) == exam]
    steps = stuck.steps(runs)
    return {one.step: 60 * one.median for one in steps if one.median is not None and one.done >= SAMPLES}


def note_help(actor: Actor, board_id: int, here: Here) -> bool:
    """Write that a trainer took over in this step, once for each step; whether there was something to write with.

    Raises `NotAllowed` for who is no trainer.
    """
    classes.require_leading(actor)
    with database.atomic():
        run = _run(board_id, here)
        if run is None:
            return False
        helped = LessonEvent.progress == run, LessonEvent.step == here.step, LessonEvent.kind == "helped"
        if not LessonEvent.select().where(*helped).exists():
            LessonEvent.create(progress=run, at=clock.wall_now(), step=here.step, kind="helped")
            LessonProgress.update(helped=LessonProgress.helped + 1).where(LessonProgress.id == run).execute()
    return True


def give_time(actor: Actor, board_id: int, here: Here, minutes: int) -> str:
    """Give more time for the exam that is done there; returns what was done, as a sentence.

    Raises `NotAllowed` for who is no trainer, and `Refused` if no exam is done there, or for a number of minutes that is
    none.
    """
    classes.require_leading(actor)
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refused(f"Geef een aantal minuten van 1 tot {MOST_MINUTES}.")
    with database.atomic():
        run = _run(board_id, here) if here.exam else None
        if run is None:
            raise Refused("Daar wordt nu geen examen gedaan. Extra tijd geeft u tijdens het examen.")
        more = LessonProgress.extra_seconds + 60 * minutes
        LessonProgress.update(extra_seconds=more).where(LessonProgress.id == run).execute()
        now = LessonProgress.get_by_id(run).extra_seconds // 60
    return f"{counted(minutes, 'minuut', 'minuten')} erbij; samen is dat {counted(now, 'minuut', 'minuten')} extra."


def _run(board_id: int, here: Here) -> int | None:
    """The run of the lesson in front there, if it goes on: by its number, or for a program that does not say it, that of
    this user, else the last one begun.
    """
    runs: Any = LessonProgress.select(LessonProgress.id, LessonProgress.learner).where(
        LessonProgress.board == board_id,
        LessonProgress.lesson == here.lesson,
        LessonProgress.finished_at.is_null(),
        LessonProgress.given_up_at.is_null(),
    )
    found = list(runs.order_by(LessonProgress.id.desc()).limit(20).tuples())
    if here.run:
        return here.run if here.run in [number for number, _ in found] else None
    own = [number for number, learner in found if learner == here.user]
    return next(iter([*own, *(number for number, _ in found)]), None)
