"""Moving school time: starting a move, who must wait, stopping it, and what comes next (screen F9).

School time only moves forward; going back means starting over (`esis reset`). A board on the real clock follows wall
time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from peewee import fn

from app import clock
from app.access import Actor, board_now, roles_now
from app.refusals import Refused
from app.runs import Job, Slot, State
from app.workers import engine
from app.workers.schedule import all_jobs, job_of
from models.base import database, locked, reading
from models.board import Board
from models.run import Run

FURTHEST = timedelta(days=3 * 366)
"""One move covers at most about three school years (our choice): more is a typing error."""


@dataclass(frozen=True)
class Progress:
    """The progress of a move of school time; moments at school."""

    now: datetime
    target: datetime | None
    """None when school time stands still."""
    mover: str
    queued: int
    """Runs waiting, including those waiting for another attempt."""
    running: int

    def fraction(self, start: datetime) -> float:
        """The progress between 0 and 1 since `start`; 1 when it has arrived."""
        if self.target is None or self.target <= start:
            return 1.0
        return min(1.0, max(0.0, (self.now - start) / (self.target - start)))


def advance(actor: Actor, to: datetime) -> None:
    """Start moving the board's school time to `to`; a worker does it. Allowed for every signed-in user.

    Raises `ClockRunning` naming who is already moving it, or `Refused` for a moment that is past, present or more than
    three years ahead, on a board that follows the real clock, and `BoardGone`.
    """
    board = Board.id == actor.board.id
    free = (Board.clock == "practice") & Board.target.is_null()
    with database.atomic():
        roles_now(actor)
        ahead = (Board.now < to) & (Board.now >= to - FURTHEST)
        if not Board.update(target=to, mover=actor.name).where(board, free, ahead).execute():
            raise _why_not(board_now(actor.board.id), to)
        database.after_commit(partial(engine.send_walk, actor.board.id))


def catch_up(actor: Actor) -> None:
    """Let a board on the real clock catch up with wall time after a jump; a worker does it.

    Raises `Refused` when there was no jump, or it exceeds a single move.
    """
    board = board_now(actor.board.id)
    ahead = clock.apart(board)
    if ahead <= timedelta():
        raise Refused("Er is niets in te halen: dit bestuur loopt niet achter op de klok van deze computer.")
    if ahead > FURTHEST:
        raise Refused(
            f"De klok van deze computer is {ahead.days} dagen verder dan dit bestuur, en meer dan drie jaar haalt het niet in. "
            "Zet de klok goed, of begin opnieuw met esis reset --clock real."
        )
    with database.atomic():
        roles_now(actor)
        free = (Board.id == board.id) & Board.target.is_null()
        if not Board.update(target=clock.wall_now(), mover=actor.name).where(free).execute():
            raise clock.ClockRunning(board_now(board.id).mover)
        database.after_commit(partial(engine.send_walk, board.id))


def set_right(actor: Actor) -> None:
    """Reset a board on the real clock that is ahead of wall time. What was done in that time stays; its exchanges
    happen again at their time.

    Raises `Refused` when it is not ahead.
    """
    with database.atomic():
        board = locked(Board.select().where(Board.id == actor.board.id)).get()
        if clock.apart(board) >= timedelta():
            raise Refused("Dit bestuur is niet verder dan de klok van deze computer.")
        roles_now(actor)
        now = clock.wall_now()
        later = Run.select().where(Run.board == board, Run.slot > now).order_by(Run.slot.desc(), Run.id.desc())
        for number, run in enumerate(list(later), start=1):
            if run.state in (State.QUEUED, State.RUNNING):
                run.delete_instance()
            else:  # the logbook keeps it; the slot is free for the run to come
                Run.update(slot=now - timedelta(microseconds=number)).where(Run.id == run.id).execute()
        Board.update(now=now, target=None, mover="").where(Board.id == board.id).execute()


def stop(board: Board) -> None:
    """Stop school time after the current slot. Does nothing when it stands still."""
    moving = (Board.id == board.id) & Board.target.is_null(False)
    Board.update(target=Board.now).where(moving).execute()


def morning_after(now: datetime) -> datetime:
    """The first 08:00 after `now`."""
    return clock.next_at(now, clock.MORNING)


def cut_off_after(now: datetime) -> datetime:
    """The first 17:00 after `now`."""
    return clock.next_at(now, clock.CUT_OFF)


def upcoming(board: Board, jobs: Sequence[Job] | None = None, limit: int = 10) -> list[Slot]:
    """The next slots in order: each job at its next time if a location wants it, and the next attempts of runs."""
    jobs = all_jobs() if jobs is None else jobs
    now = clock.school_now(board)
    daily = [Slot(clock.next_at(now, job.at), job) for job in jobs]
    wanted = [slot for slot in daily if slot.job.wanted(board.id, slot.at.date())]
    again = [Slot(run.not_before.astimezone(clock.AMSTERDAM), job_of(run, jobs)) for run in _waiting(board, limit)]
    return sorted(wanted + again, key=lambda slot: (slot.at, slot.job.title))[:limit]


def progress(board: Board) -> Progress:
    """The progress of the board's school time."""
    with reading():
        fresh = board_now(board.id)
        waiting = (Run.board == board) & Run.state.in_((State.QUEUED, State.RUNNING))
        states: Any = Run.select(Run.state, fn.COUNT(Run.id)).where(waiting).group_by(Run.state).tuples()
        counts: dict[str, int] = dict(states)
    target = fresh.target and fresh.target.astimezone(clock.AMSTERDAM)
    here = clock.school_now(fresh)
    return Progress(here, target, fresh.mover, counts.get(State.QUEUED, 0), counts.get(State.RUNNING, 0))


def _waiting(board: Board, limit: int) -> list[Run]:
    queued = (Run.board == board) & (Run.state == State.QUEUED)
    return list(Run.select().where(queued).order_by(Run.not_before, Run.id).limit(limit))


def _why_not(board: Board, to: datetime) -> Refused:
    if board.clock == "real":
        return Refused("Dit bestuur volgt de echte tijd; de schooltijd is hier niet te verzetten.")
    if board.target is not None:
        return clock.ClockRunning(board.mover)
    now = clock.dutch_moment(board.now)
    if to <= board.now:
        return Refused(
            f"De schooltijd gaat alleen vooruit: het is nu {now}, dus {clock.dutch_moment(to)} kan niet. "
            "Terug kan alleen door het oefenbestuur opnieuw te laten beginnen.",
            field="to",
        )
    return Refused(
        f"{clock.dutch_moment(to)} is meer dan drie jaar na nu ({now}). Kies een moment dichterbij.",
        field="to",
    )
