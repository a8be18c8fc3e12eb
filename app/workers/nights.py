"""The night as a line of moments: what happened, where school time is now, and what is planned.

For the Startpagina, the window of school time and the detail of a coupling. Times are school time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app import clock
from app.couplings import catalogue
from app.runs import ENDED, Job, State
from app.workers.schedule import all_jobs, job_of
from models.board import Board, Location, School
from models.run import Run

NIGHTS = 7


class Mark(StrEnum):
    """What kind of moment it is, by the sign in front of it."""

    DONE = "✓"
    FAILED = "×"
    SKIPPED = "–"
    NOW = "●"
    PLANNED = "○"
    INACTIVE = "·"
    """It would come then, if it were activated."""
    MORNING = "◇"


_MARKS = {State.SUCCEEDED: Mark.DONE, State.FAILED: Mark.FAILED, State.SKIPPED: Mark.SKIPPED}


@dataclass(frozen=True)
class Moment:
    """Something at a moment: `IEP LVS → ESIS` and what is told of it."""

    at: datetime
    mark: Mark
    what: str
    told: str = ""
    location: str = ""
    """Its BRIN6, where moments of several locations stand together."""


def name_of(job: Job) -> tuple[str, str]:
    """A job's title in two parts: from where to where, and what."""
    way, _, what = job.title.partition(": ")
    return way.replace(" naar ", " → "), what


def mark_of(run: Run) -> Mark:
    """The sign of a run."""
    return _MARKS.get(State(run.state), Mark.PLANNED)


def tonight(location: Location, now: datetime, jobs: Sequence[Job] | None = None) -> list[Moment]:
    """From now until the morning: every job in order, also those that do not take part at this location; and what is
    planned at a moment of its own, whenever that is.
    """
    jobs = all_jobs() if jobs is None else jobs
    morning = clock.next_at(now, clock.MORNING)
    moments = [Moment(now, Mark.NOW, "nu"), Moment(morning, Mark.MORNING, "morgenochtend")]
    for job in jobs:
        at = clock.next_at(now, job.at)
        if job.daily and job.logged and at < morning:
            way, what = name_of(job)
            takes_part = location.id in job.wanted(location.board_id, at.date())
            moments.append(
                Moment(at, Mark.PLANNED, way, what) if takes_part else Moment(at, Mark.INACTIVE, way, "niet actief")
            )
            moments += _state_taken(job, at, now, takes_part)
    moments += _waiting(location, now, jobs)
    return _in_order(moments)


def _in_order(moments: Iterable[Moment]) -> list[Moment]:
    """By time; now before what comes at the same moment."""
    return sorted(moments, key=lambda moment: (moment.at, moment.mark is not Mark.NOW))


def _state_taken(job: Job, at: datetime, now: datetime, takes_part: bool) -> Iterable[Moment]:
    """The moment of the afternoon whose state a delivery of contacts sends, if that is still to come."""
    taken = clock.cut_off_before(at)
    if job.at == clock.CONTACTS and taken > now:
        receiver = name_of(job)[0].rpartition(" → ")[2]
        mark = Mark.PLANNED if takes_part else Mark.INACTIVE
        yield Moment(taken, mark, f"Peilmoment {receiver}", "" if takes_part else "niet actief")


def _waiting(location: Location, now: datetime, jobs: Sequence[Job]) -> Iterable[Moment]:
    """Runs that wait for a moment of their own: a planned year transition, a new attempt."""
    mine = (Run.location == location) & (Run.state == State.QUEUED) & (Run.not_before > now)
    for run in Run.select().where(mine).order_by(Run.not_before, Run.id).limit(5):
        told, job = "nieuwe poging" if run.attempt else "gepland", job_of(run, jobs)
        yield Moment(run.not_before.astimezone(clock.AMSTERDAM), Mark.PLANNED, name_of(job)[0], told)
        if not job.daily:
            for at, way in heard_of(location, run.not_before, jobs):
                yield Moment(at, Mark.PLANNED, way, "met de jaarovergang")


def heard_of(location: Location, at: datetime, jobs: Sequence[Job] | None = None) -> Iterable[tuple[datetime, str]]:
    """The deliveries of contacts that are the first to tell of what happens then: when, and `ESIS → Mijnschoolinfo`."""
    night = clock.next_at(clock.next_at(at, clock.CUT_OFF), clock.CONTACTS)
    for job in all_jobs() if jobs is None else jobs:
        if job.at == clock.CONTACTS and location.id in job.wanted(location.board_id, night.date()):
            yield night.astimezone(clock.AMSTERDAM), name_of(job)[0]


def told_later(location: Location, at: datetime) -> str:
    """The same as a sentence; empty if nothing is delivered."""
    return " ".join(
        f"{way.rpartition(' → ')[2]} hoort ervan in de nacht van {clock.dutch_moment(night)}."
        for night, way in heard_of(location, at)
    )


def happened(locations: Sequence[Location], since: datetime, until: datetime) -> list[Moment]:
    """What was exchanged at these locations after `since`, up to and including `until`, oldest first."""
    runs = (
        Run.select(Run, Location, School)
        .join(Location)
        .join(School)
        .where(Run.location.in_([row.id for row in locations]), Run.slot > since, Run.slot <= until)
        .order_by(Run.slot, Run.id)
    )
    several, jobs = len(locations) > 1, all_jobs()
    return [
        Moment(
            run.slot.astimezone(clock.AMSTERDAM),
            mark_of(run),
            name_of(job)[0],
            catalogue.run_told(run),
            run.location.brin6 if several else "",
        )
        for run in runs
        if (job := job_of(run, jobs)).logged or run.job in catalogue.OTHER_RUNS
    ]


def last_night(location: Location, now: datetime) -> list[Moment]:
    """What was exchanged in the night before the last morning, and since."""
    morning = clock.next_at(now - timedelta(days=1), clock.MORNING)
    return happened([location], clock.cut_off_before(morning), now)


def last_nights(location: Location, job: str, now: datetime, nights: int = NIGHTS) -> list[Mark]:
    """How the last nights of a job went, oldest first: at most one a day, the last attempt of the day."""
    since = now - timedelta(days=nights)
    runs = Run.select().where(
        Run.location == location, Run.job == job, Run.slot > since, Run.slot <= now, Run.state.in_(ENDED)
    )
    days: dict[date, Mark] = {}
    for run in runs.order_by(Run.slot, Run.id):
        days[run.slot.astimezone(clock.AMSTERDAM).date()] = mark_of(run)
    return list(days.values())[-nights:]


def exchanges(location: Location, job: str, limit: int = 12) -> list[Moment]:
    """The last exchanges of a coupling, newest first; also those that failed or were skipped."""
    runs = Run.select().where(Run.location == location, Run.job == job, Run.state.in_(ENDED))
    title = catalogue.title(job)
    return [
        Moment(run.slot.astimezone(clock.AMSTERDAM), mark_of(run), title, catalogue.run_told(run))
        for run in runs.order_by(Run.slot.desc(), Run.id.desc()).limit(limit)
    ]


def around(board: Board, locations: Sequence[Location], before: timedelta = timedelta(days=2)) -> list[Moment]:
    """What happened lately at these locations, now, and what is planned until the morning, in order."""
    now = clock.school_now(board)
    past = happened(locations, now - before, now)
    coming: dict[tuple[datetime, str], Moment] = {}
    for location in locations:
        for moment in tonight(location, now):
            known = coming.get((moment.at, moment.what))
            if known is None or known.mark is Mark.INACTIVE:
                coming[moment.at, moment.what] = moment
    if not locations:
        coming = {(now, "nu"): Moment(now, Mark.NOW, "nu")}
    return [*past, *_in_order(coming.values())]
