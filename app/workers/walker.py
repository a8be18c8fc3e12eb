"""Walks a board through school time: from one moment at which anything is due to the next, doing what is due there.

Moving school time only sets `Board.target`; the walker moves `Board.now` there, and `Board.now` is its only state, so
another walker simply continues after one is killed (architecture.md, Moving school time). Weekends and holidays are
ordinary nights. A board on the real clock is walked to wall time, so missed nights are caught up in order.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from itertools import takewhile

from app import clock
from app.runs import Holder, Job, State, claim, unfinished
from app.workers.execution import execute
from app.workers.schedule import all_jobs, horizon, job_of, next_moment, runs_at
from models import bulk
from models.base import database
from models.board import Board
from models.run import Run

LOOK = 0.05
"""Seconds of wall time between two looks at a run held by another worker."""
BATCH = 50
"""The number of runs read at a time."""


class Walked(Enum):
    """The outcome of a walk."""

    ARRIVED = auto()
    """Nothing is due any more."""
    ELSEWHERE = auto()
    """Another live worker is working on this board."""
    STOPPED = auto()
    """This process has to end; the next worker continues."""


def walk(
    board_id: int,
    jobs: Sequence[Job] | None = None,
    holder: Holder | None = None,
    go_on: Callable[[], bool] = lambda: True,
    waits: Callable[[], object] = lambda: None,
) -> Walked:
    """Bring the board to its target (or wall time), executing every run that falls due, slot by slot.

    `jobs`: by default the partners'; `go_on` is called between runs, `waits` while waiting for a run held by another
    worker. Two workers may walk one board: they share the runs of a job in a slot, and no slot starts before the
    previous one is done.
    """
    return _Walk(board_id, all_jobs() if jobs is None else jobs, holder or Holder.here(), go_on, waits).to_the_end()


def walk_to_the_end(board_id: int) -> None:
    """Walk the board until nothing is due any more, even if another worker shares the work."""
    while walk(board_id) == Walked.ELSEWHERE:
        time.sleep(LOOK)


@dataclass
class _Walk:
    board_id: int
    jobs: Sequence[Job]
    holder: Holder
    go_on: Callable[[], bool]
    waits: Callable[[], object] = lambda: None
    busy: bool = field(default=False, init=False)
    """Another worker turned out to be alive."""

    def to_the_end(self) -> Walked:
        while True:
            # Read first: if another walker opens a moment after this, the board has moved and is left alone.
            board = Board.get_or_none(Board.id == self.board_id)
            if not self._finish_what_is_due():
                return Walked.ELSEWHERE if self.busy else Walked.STOPPED
            if board is None or not self._move(board):
                return Walked.ARRIVED

    def _finish_what_is_due(self) -> bool:
        while group := _front(self.board_id):
            taken = [row for row in group if self._take(row)]
            if not taken and self.go_on():
                self.busy = not self._left_behind(group[0].id)
            if self.busy or not self.go_on():
                return False
        return self.go_on()

    def _take(self, row: Run) -> bool:
        run = claim(row.id, self.holder) if self.go_on() else None
        if run is not None:
            execute(run, job_of(run, self.jobs), self.holder)
        return run is not None

    def _left_behind(self, run_id: int) -> bool:
        """Wait until the lease on a run held by another worker expires (True) or its holder gives a sign of life
        (False).
        """
        lease = _lease_of(run_id)
        while lease is not None and lease >= clock.wall_now() and self.go_on():
            self.waits()
            time.sleep(LOOK)
            if _lease_of(run_id) != lease:
                return False
        return lease is not None

    def _move(self, board: Board) -> bool:
        """Move the board to the next moment; False when it is where it should be."""
        furthest = horizon(board)
        moment = next_moment(board.id, board.now, self.jobs)
        if furthest is None:
            return False
        if moment is None or moment > furthest:
            return board.target is not None and not self._arrive(board)
        self._open(board, moment)
        return True

    def _open(self, board: Board, moment: datetime) -> None:
        """Set school time to the moment, with all its runs, unless another walker did or the target changed."""
        here = (Board.id == board.id) & (Board.now == board.now) & _same_target(board)
        with database.atomic():
            if Board.update(now=moment).where(here).execute():
                rows = runs_at(board.id, moment, self.jobs)
                bulk.insert_missing(Run, rows, key=("location", "job", "slot"))

    def _arrive(self, board: Board) -> bool:
        here = (Board.id == board.id) & (Board.now == board.now) & _same_target(board)
        return bool(Board.update(now=board.target, target=None, mover="").where(here).execute())


def _same_target(board: Board):  # type: ignore[no-untyped-def]  # peewee's expressions have no useful type
    return Board.target.is_null() if board.target is None else Board.target == board.target


def _front(board_id: int) -> list[Run]:
    """The runs to do first: those of one job in one slot, the earliest due. Ids follow the titles of a slot's jobs."""
    rows = list(unfinished(Run.board == board_id).order_by(Run.not_before, Run.id).limit(BATCH))
    return list(takewhile(lambda row: (row.slot, row.job) == (rows[0].slot, rows[0].job), rows))


def _lease_of(run_id: int) -> datetime | None:
    """The end of a run's lease; None when it is not running."""
    row = Run.select(Run.lease_until).where(Run.id == run_id, Run.state == State.RUNNING).first()
    return None if row is None else row.lease_until
