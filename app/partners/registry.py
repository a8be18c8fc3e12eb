"""Discovers the partners, and queries all of them.

A partner's code is imported when first needed, so a command that needs no partner does not wait for one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING, Any

from app import partners as packages

if TYPE_CHECKING:
    from app.partners.arrival import Change
    from app.partners.causes import Explanation
    from app.partners.partner import Partner
    from app.partners.pupil_at_partners import PupilAtPartner
    from app.runs import Job
    from models.board import Location


def declared(package: ModuleType, name: str, module: str = "") -> dict[str, Any]:
    """What each partner declares under a name, by its id and in that order.

    Looked up in the partner's part of `package`; with `module`, in that module of it.
    """
    found = sorted(one.name for one in iter_modules(package.__path__) if one.ispkg or not module)
    places = {one: ".".join(filter(None, (package.__name__, one, module))) for one in found}
    return {
        one.replace("_", "-"): getattr(import_module(place), name) for one, place in places.items() if find_spec(place)
    }


@cache
def partners() -> tuple[Partner, ...]:
    """Every partner, by id."""
    return tuple(declared(packages, "PARTNER", "partner").values())


def by_id(partner: str) -> Partner:
    """The partner with this id. Raises `NotFound` naming the existing ones."""
    from app.refusals import NotFound

    for one in partners():
        if one.id == partner:
            return one
    raise NotFound(f"'{partner}' is geen systeem. Er zijn: {', '.join(one.id for one in partners())}.")


def jobs() -> Iterator[Job]:
    """The scheduled jobs of all partners."""
    return (job for one in partners() for job in one.jobs)


def explanations() -> dict[str, Explanation]:
    """Why something does not arrive, by the name of the job."""
    return {told.job: told for one in partners() for told in one.explanations}


def holdings(location: Location, key: str) -> list[PupilAtPartner]:
    """What every partner that keeps pupils holds for the one with this leerlingnummer."""
    return [one.holding(location.id, key) for one in partners() if one.holding is not None]


def news(location: Location, change: Change, effective: date, now: datetime) -> str:
    """When a change effective from `effective` arrives at the partners, as sentences; empty if nobody receives it."""
    told = (one.news(location, change, effective, now) for one in partners() if one.news is not None)
    return " ".join(filter(None, told))


def form_notes(location: Location, kind: str, esis_id: int | None, now: datetime) -> str:
    """The partners' notes about a `pupil`, `guardian` or `staff` they keep as their own, or about a new one (None)."""
    told = (one.form_note(location, kind, esis_id, now) for one in partners() if one.form_note is not None)
    return " ".join(filter(None, told))
