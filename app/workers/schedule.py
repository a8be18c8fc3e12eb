"""What happens when: the jobs of the partners (`Partner.jobs`), and the next moment at which anything is due.

The times: sources.md#times. The year transition is a job too, one that runs only when a user plans it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any

from peewee import fn

from app import clock
from app.partners import registry
from app.refusals import Refused
from app.runs import Job, Page, State, unfinished
from models.board import Board
from models.run import Run


@cache
def all_jobs() -> tuple[Job, ...]:
    """Every job of every partner and the year transition, by time of day, then name.

    Raises `ValueError` when two jobs share a name: runs refer to their job by name.
    """
    from app.school import transition

    jobs = sorted((*registry.jobs(), *transition.JOBS), key=lambda job: (job.at, job.name))
    if len({job.name for job in jobs}) < len(jobs):
        raise ValueError(f"two jobs with one name: {', '.join(job.name for job in jobs)}")
    return tuple(jobs)


def job_of(run: Run, jobs: Sequence[Job]) -> Job:
    """The run's job; for a name that no partner has (any more), one that refuses and says so."""
    return next((job for job in jobs if job.name == run.job), None) or _unknown(str(run.job))


def next_moment(board_id: int, after: datetime, jobs: Sequence[Job]) -> datetime | None:
    """The first moment strictly after `after` at which a job is due or a queued run may be tried; None if there is
    none.

    In UTC, because moments in the same time zone compare by local clock time.
    """
    moments = [clock.next_at(after, job.at).astimezone(UTC) for job in jobs if job.daily]
    waiting = Run.select(fn.MIN(Run.not_before)).where(
        Run.board == board_id, Run.state == State.QUEUED, Run.not_before > after
    )
    if (retry := waiting.scalar()) is not None:
        moments.append(retry)
    return min(moments, default=None)


def boards_with_work(jobs: Sequence[Job] | None = None, *which: Any) -> list[int]:
    """The boards (all, or `which`) whose school time is being moved, with runs due, or behind the real clock.

    `jobs`: by default all, looked up only for a board on the real clock.
    """
    moving = Board.target.is_null(False)
    begun = fn.EXISTS(unfinished(Run.board == Board.id))
    boards = {row.id for row in Board.select(Board.id).where(moving | begun, *which)}
    real = Board.select(Board.id, Board.now, Board.target, Board.clock).where(Board.clock == "real", *which)
    return sorted(boards | {row.id for row in real if _is_behind(row, all_jobs() if jobs is None else jobs)})


def horizon(board: Board) -> datetime | None:
    """How far the board may move now; None when it stands still. On the real clock that is wall time or, after a jump,
    the moment that was confirmed.
    """
    real = board.clock == "real" and clock.apart(board) <= timedelta()
    return clock.wall_now() if real else board.target


def _is_behind(board: Board, jobs: Sequence[Job]) -> bool:
    furthest, moment = horizon(board), next_moment(board.id, board.now, jobs)
    return furthest is not None and moment is not None and moment <= furthest


def runs_at(board_id: int, moment: datetime, jobs: Sequence[Job]) -> list[dict[str, object]]:
    """The rows of every run in the slot `moment`: each job due then, by title, at each location that wants it."""
    here = moment.astimezone(clock.AMSTERDAM)
    due = sorted(
        (job for job in jobs if job.daily and clock.local(here.date(), job.at) == here), key=lambda job: job.title
    )
    runs = (
        Run(board=board_id, location=location, job=job.name, slot=moment, not_before=moment)
        for job in due
        for location in job.wanted(board_id, here.date())
    )
    return [dict(run.__data__) for run in runs]


def _unknown(name: str) -> Job:
    def refuse(_run: Run, _cursor: str) -> Page:
        raise Refused(f"De uitwisseling '{name}' bestaat niet meer in dit programma.")

    return Job(name, name, time(), lambda _board, _day: [], refuse)
