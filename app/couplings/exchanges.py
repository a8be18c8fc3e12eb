"""How the exchanges of a coupling or transfer at a location went: the newest run, and whether it exchanged anything."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.runs import State
from models.board import Location
from models.run import Run

HAPPENED = (State.SUCCEEDED, State.FAILED)
"""What is called an exchange: not one that was skipped."""


def newest(location: Location, job: str) -> Run | None:
    """The newest exchange, whatever was activated or ended since."""
    return _newest(location, job, None, Run.state.in_(HAPPENED))


def last_run(location: Location, job: str, after: datetime | None = None) -> Run | None:
    """The newest run that has ended, also one that was skipped; with `after`, of a slot later than that.

    What happened before a coupling was activated again says nothing about it any more.
    """
    return _newest(location, job, after, Run.state.in_((*HAPPENED, State.SKIPPED)))


def last_tried(location: Location, job: str, after: datetime | None = None) -> Run | None:
    """The same, or a newer run that was tried and will be tried again."""
    return _newest(location, job, after, (Run.attempt > 0) | Run.state.in_((State.FAILED, State.SKIPPED)))


def _newest(location: Location, job: str, after: datetime | None, which: Any) -> Run | None:
    runs = Run.select().where(Run.location == location, Run.job == job, which)
    if after is not None:
        runs = runs.where(Run.slot > after)
    found: Run | None = runs.order_by(Run.slot.desc()).first()
    return found
