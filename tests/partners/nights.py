"""Runs the partners' jobs slot by slot, page by page, without an engine: the worker's task in a small loop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app import clock
from app.partners.registry import jobs
from app.runs import Counts, Job, Page, Skip
from models.base import database
from models.board import Board
from models.run import Run

JOBS: list[Job] = list(jobs())


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    job: str
    location_id: int
    counts: Counts
    note: str = ""
    skipped: str = ""
    refused: str = ""


def run_job(run: Run, name: str) -> Ended:
    """Do all pages of a run, each in a transaction of its own."""
    job = next(job for job in JOBS if job.name == name)
    counts, page = Counts(), Page("")
    while page.cursor is not None:
        try:
            with database.atomic():
                page = job.page(run, page.cursor)
        except Skip as skip:
            return Ended(name, run.location_id, counts, skipped=str(skip))
        counts += page.counts
    return Ended(name, run.location_id, counts, page.note, refused=page.refusal)


def advance(board: Board, until: datetime) -> list[Ended]:
    """Move school time, running every slot on the way in order."""
    ended = []
    while True:
        now = clock.school_now(board)
        moment = min(clock.next_at(now, job.at) for job in JOBS)
        if moment > until:
            Board.update(now=until).where(Board.id == board.id).execute()
            return ended
        Board.update(now=moment).where(Board.id == board.id).execute()
        for job in JOBS:
            if clock.local(moment.date(), job.at) != moment:
                continue
            for location_id in job.wanted(board.id, moment.date()):
                run = Run.create(board=board, location=location_id, job=job.name, slot=moment, not_before=moment)
                ended.append(run_job(Run.get_by_id(run.id), job.name))


def morning(board: Board, days: int = 1) -> list[Ended]:
    """To 08:00 of the next day, or of a later one."""
    day = clock.school_today(board) + timedelta(days=days)
    return advance(board, clock.local(day, clock.MORNING))


def of_job(ended: list[Ended], name: str) -> list[Ended]:
    """The runs of one job."""
    return [item for item in ended if item.job == name]
