"""Executes a claimed run: page after page, then its end with the logbook line, each in one transaction.

Killing the process at any point loses and duplicates nothing: a page's effects, its cursor, its counts and the
ownership check of the run are atomic (architecture.md, Workers). Only an unreachable or slow partner is retried, never
a refusal by a rule (sources.md#states).
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from peewee import InterfaceError, OperationalError

from app import clock
from app.counted import counted
from app.couplings import logbook
from app.couplings.catalogue import counts_told
from app.refusals import Refused
from app.runs import Counts, Errands, Holder, Job, LeaseLost, Page, Skip, State, Unreachable, hold
from app.workers import outside
from models import troubles
from models.base import database
from models.run import Run

PAUSES = (timedelta(minutes=15), timedelta(minutes=30), timedelta(minutes=60))
"""School time before the second, third and fourth attempt; the fourth is the last (our choice)."""
BREATH = 0.002
"""Seconds between two transactions, to let other writers in: without it a screen waits for seconds (measured)."""
ERRAND = "@"
"""Before the cursor of a run whose pages ask another system."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended."""

    state: State
    message: str
    counts: Counts
    not_before: datetime | None = None
    """School time of the next attempt, if there is one."""
    refused: bool = False
    """A rule said no."""


def execute(run: Run, job: Job, holder: Holder) -> None:
    """Do the rest of a run claimed by `holder`, and record its outcome.

    Returns without effect once another worker holds the run. Raises only when the database does not answer: the run
    stays `running`, and is resumed when the lease expires.
    """
    way = _Way(run, job)
    try:
        while not _step(run, job, holder, way):
            time.sleep(BREATH)
        time.sleep(BREATH)
    except LeaseLost:
        logger.warning("run %s (%s): another worker has it now", run.id, run.job)


class _Way:
    """How the pages of one execution are done: by the job itself, or by its errands to another system.

    A cursor of errands is marked: a run that was begun the other way, before a setting changed, begins and counts again.
    """

    def __init__(self, run: Run, job: Job) -> None:
        self._run, self._job = run, job
        self._errands: Errands | None = None
        self._known = job.errands is None

    def prepare(self, holder: Holder) -> None:
        """Ask what the next page needs, keeping the run while that lasts."""
        if not self._known and self._job.errands is not None:
            self._errands, self._known = self._job.errands(self._run), True
            if self._run.cursor and self._run.cursor.startswith(ERRAND) != (self._errands is not None):
                self._run.cursor, self._run.counts = "", ""
        asking = self._errands.asks(self._cursor) if self._errands is not None else None
        if asking is not None:
            outside.wait_for(asking, lambda: _stay(self._run, holder), holder.lease_seconds / 3)

    def page(self) -> Page:
        """Do the next page."""
        if self._errands is None:
            return self._job.page(self._run, self._cursor)
        page = self._errands.page()
        return page if page.cursor is None else replace(page, cursor=f"{ERRAND}{page.cursor}")

    @property
    def _cursor(self) -> str:
        cursor: str = self._run.cursor
        return cursor.removeprefix(ERRAND)


def _stay(run: Run, holder: Holder) -> None:
    """A sign of life. Raises `LeaseLost`."""
    with database.atomic():
        hold(run, holder)


def _step(run: Run, job: Job, holder: Holder, way: _Way) -> bool:
    try:
        way.prepare(holder)
        return _page(run, job, holder, way)
    except LeaseLost:
        raise
    except Exception as error:
        with database.atomic():
            hold(run, holder)
            _settle(run, job, _outcome_of(error, run))
        return True


def _page(run: Run, job: Job, holder: Holder, way: _Way) -> bool:
    with database.atomic():
        hold(run, holder)
        with clock.in_run(run.board_id, run.not_before):
            page = way.page()
        counts = Counts.from_json(run.counts) + page.counts
        cursor, told, acted = page.cursor or "", counts.as_json(), run.acted or page.acted
        Run.update(cursor=cursor, counts=told, acted=acted).where(Run.id == run.id).execute()
        if page.cursor is None:
            _settle(run, job, _ended(run.job, page, counts))
    run.cursor, run.counts, run.acted = cursor, told, acted
    return page.cursor is None


def _ended(job: str, page: Page, counts: Counts) -> Outcome:
    if page.refusal:
        return Outcome(State.FAILED, page.refusal, counts, refused=True)
    return Outcome(State.SUCCEEDED, f"{counts_told(job, counts)}. {page.note}".strip(), counts)


def _settle(run: Run, job: Job, outcome: Outcome) -> None:
    Run.update(
        state=outcome.state,
        owner="",
        lease_until=None,
        not_before=outcome.not_before or run.not_before,
        error="" if outcome.state == State.SUCCEEDED else outcome.message,
    ).where(Run.id == run.id).execute()
    if not job.logged:
        return
    logbook.write(
        board=run.board_id,
        location=run.location_id,
        coupling=run.job,
        at=run.not_before,
        source="nacht",
        kind=logbook.LogKind.REFUSED if outcome.refused else logbook.LogKind.EXCHANGE,
        message=outcome.message,
        counts=outcome.counts,
        run_id=run.id,
    )


def _outcome_of(error: Exception, run: Run) -> Outcome:
    counts = Counts.from_json(run.counts)
    match error:
        case Skip():
            return Outcome(State.SKIPPED, str(error), counts)
        case Refused():
            return Outcome(State.FAILED, error.sentence, counts, refused=True)
        case Unreachable():
            return _again(run, str(error), counts)
    logger.error("run %s (%s) failed", run.id, run.job, exc_info=error)
    # Only the kind of an unexpected error: its text may contain a code or personal data, and the logbook is permanent.
    kind = type(error).__name__
    if isinstance(error, OperationalError | InterfaceError):
        return _again(run, troubles.known(error) or f"De database gaf een fout ({kind}).", counts)
    message = f"Onverwachte fout: {kind}. De bijzonderheden staan in het logbestand (esis.log)."
    return Outcome(State.FAILED, message, counts)


def _again(run: Run, sentence: str, counts: Counts) -> Outcome:
    if run.attempt > len(PAUSES):
        return Outcome(State.FAILED, f"{sentence} Na {counted(run.attempt, 'poging', 'pogingen')} opgegeven.", counts)
    moment = run.not_before + PAUSES[run.attempt - 1]
    message = f"{sentence} Poging {run.attempt} mislukt; de volgende is {clock.dutch_moment(moment)}."
    return Outcome(State.QUEUED, message, counts, not_before=moment)
