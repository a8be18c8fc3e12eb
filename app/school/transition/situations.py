"""The state of a location's Jaarovergang: nothing yet, a draft, planned, running, failed; and the last one carried out.

For users who may see all pupils.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum

from app import clock
from app.access import Actor
from app.permissions import Permission
from app.runs import State
from app.school import years
from app.school.transition.report import Report
from models.board import Location
from models.run import Run
from models.school import Pupil
from models.transition import TransitionPupil, YearTransition


class Stage(StrEnum):
    """The stage of the transition to the next year."""

    NONE = "none"
    DRAFT = "draft"
    PLANNED = "planned"
    RUNNING = "running"
    FAILED = "failed"


@dataclass(frozen=True)
class Situation:
    """The situation of a location."""

    stage: Stage
    from_year: str
    to_year: str
    begins: datetime
    """1 August of the new year, 00:00 at school."""
    transition: YearTransition | None
    """The one to `to_year`, if there is a draft of it."""
    last: YearTransition | None
    """The last one that was carried out."""
    done: float = 0.0
    """The progress of a running one, between 0 and 1."""
    error: str = ""

    @property
    def report(self) -> Report:
        """The report of the last one that was carried out."""
        return Report.from_json(self.last.report if self.last else "")


def situation(actor: Actor) -> Situation:
    """Return the situation at the actor's location. Raises `NotAllowed` for an actor who may not see all pupils."""
    actor.require(Permission.VIEW_ALL_PUPILS)
    now = clock.school_now(actor.board)
    from_year = years.working_year(actor.location, now.date())
    to_year = years.next_year(from_year)
    coming = transition_to(actor.location, to_year)
    last = (
        YearTransition.select()
        .where(YearTransition.location == actor.location, YearTransition.state == "done")
        .order_by(YearTransition.to_year.desc())
        .first()
    )
    begins = clock.local(years.first_day(to_year), time())
    known = Situation(Stage.NONE, from_year, to_year, begins, coming, last)
    if coming is None:
        return known
    if coming.state == "draft":
        return replace(known, stage=Stage.DRAFT)
    return _running(replace(known, stage=Stage.FAILED), Run.get_or_none(Run.id == coming.run_id), now)


def _running(known: Situation, run: Run | None, now: datetime) -> Situation:
    if run is None or run.state in (State.FAILED, State.SKIPPED):
        return replace(known, error=run.error if run else "")
    if run.state == State.QUEUED and run.not_before > now:
        return replace(known, stage=Stage.PLANNED, begins=run.not_before, error=run.error)
    return replace(known, stage=Stage.RUNNING, done=_fraction(known, run))


def _fraction(known: Situation, run: Run) -> float:
    assert known.transition is not None
    _, _, key = run.cursor.partition(":")
    if not key:
        return 1.0 if run.cursor else 0.0
    lines = TransitionPupil.select().join(Pupil).where(TransitionPupil.transition == known.transition)
    return float(lines.where(Pupil.key <= key).count() / max(1, lines.count()))


def transition_to(location: Location, to_year: str) -> YearTransition | None:
    """The transition of a location to this year, in any state."""
    return YearTransition.get_or_none(YearTransition.location == location, YearTransition.to_year == to_year)


def failed(transition: YearTransition) -> bool:
    """Whether it was confirmed and its run ended without carrying it out."""
    run = Run.get_or_none(Run.id == transition.run_id)
    return transition.state == "confirmed" and (run is None or run.state in (State.FAILED, State.SKIPPED))
