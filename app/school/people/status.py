"""Whether a pupil is at the school on a day: enrolled, future, or gone (sources.md#json).

Never stored, always derived from `enrolled_from` and `unsubscribed_on`, so it changes by itself when a date is reached.
`unsubscribed_on` is the first day the pupil is no longer there.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from app.refusals import Refused
from models.base import unsought
from models.school import Pupil

ALL = "all"
"""Selects pupils of every status."""


class Status(StrEnum):
    """A pupil's status, as `--json` names it."""

    ENROLLED = "enrolled"
    FUTURE = "future"
    UNSUBSCRIBED = "unsubscribed"

    @property
    def label(self) -> str:
        """As on screen: `Ingeschreven`."""
        return {"enrolled": "Ingeschreven", "future": "Toekomstig", "unsubscribed": "Uitgeschreven"}[self.value]


def has_left(unsubscribed_on: date | None, today: date) -> bool:
    """Whether somebody unsubscribed on this date is gone today: that date is the first day of absence."""
    return unsubscribed_on is not None and unsubscribed_on <= today


def status_of(pupil: Pupil, today: date) -> Status:
    """The pupil's status on a day."""
    if pupil.enrolled_from > today:
        return Status.FUTURE
    return Status.UNSUBSCRIBED if has_left(pupil.unsubscribed_on, today) else Status.ENROLLED


def has_status(status: str, today: date) -> Any:
    """The same as a condition on `Pupil`. Raises `Refused` for an unknown status, listing those that exist."""
    if status not in list(Status):
        raise Refused(f"Status '{status}' bestaat niet. Er zijn: {', '.join([*Status, ALL])}.", field="status")
    if status == Status.FUTURE:
        return Pupil.enrolled_from > today
    began = unsought(Pupil.enrolled_from) <= today  # true of nearly everybody: an index on it would only lose the order
    if status == Status.UNSUBSCRIBED:
        return began & (Pupil.unsubscribed_on <= today)
    return began & (Pupil.unsubscribed_on.is_null() | (Pupil.unsubscribed_on > today))
