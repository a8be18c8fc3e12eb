"""The partners there are, found by themselves, and what is asked of all of them.

What a partner does is imported at the first need, so a command that needs no partner does not wait for one.
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

    It is told in what stands in `package` under the partner's name; with `module`, in that module of it.
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
    """The partner with this id. Raises `NotFound` naming those there are."""
    from app.refusals import NotFound

    for one in partners():
        if one.id == partner:
            return one
    raise NotFound(f"'{partner}' is geen systeem. Er zijn: {', '.join(one.id for one in partners())}.")


def jobs() -> Iterator[Job]:
    """What happens at the partners at fixed times."""
    return (job for one in partners() for job in one.jobs)


def explanations() -> dict[str, Explanation]:
    """Why something does not come, by the name of the job."""
    return {told.job: told for one in partners() for told in one.explanations}


def holdings(location: Location, key: str) -> list[PupilAtPartner]:
    """What every partner that keeps pupils has of the one with this leerlingnummer."""
    return [one.holding(location.id, key) for one in partners() if one.holding is not None]


def news(location: Location, change: Change, effective: date, now: datetime) -> str:
    """When a change that holds from the date `effective` is known elsewhere, as sentences; empty where nobody gets it."""
    told = (one.news(location, change, effective, now) for one in partners() if one.news is not None)
    return " ".join(filter(None, told))


def form_notes(location: Location, kind: str, esis_id: int | None, now: datetime) -> str:
    """What partners keep as their own of a `pupil`, `guardian` or `staff`, or when a new one (None) comes there."""
    told = (one.form_note(location, kind, esis_id, now) for one in partners() if one.form_note is not None)
    return " ".join(filter(None, told))
