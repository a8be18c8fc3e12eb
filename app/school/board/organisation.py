"""Bestuur-School-Vestiging: the schools and locations of a board, their names and numbers.

A BRIN is two digits and two capitals, unique in the board; a location number is two digits, unique in its school. The
creator of a location has the same roles there. The name of the board is fixed: programs find it by that name
(`--board`). A verification code starts with the numbers, so changing one requires new codes
(`app.couplings.renumbering`). Required: `Permission.MANAGE_ORGANISATION`, on each location involved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.access import Actor, at_location, writing
from app.exchange.brin import BRIN as BRIN_PATTERN
from app.exchange.brin import LOCATION_NUMBER, understood
from app.history import check_unchanged
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school.board.locations import give_own_roles
from app.school.fields import Described, Text
from models.board import Board, Location, School
from models.school import Pupil, StaffMember


class Level(StrEnum):
    """The level of a row in the list."""

    BOARD = "Bestuur"
    SCHOOL = "School"
    LOCATION = "Vestiging"


@dataclass(frozen=True)
class OrganisationRow:
    """The board, a school or a location, with its BRIN or BRIN6."""

    level: Level
    code: str
    name: str
    record: Board | School | Location


def _kept_brin(typed: str) -> str:
    """In capitals."""
    if not re.fullmatch(BRIN_PATTERN, brin := understood(typed)):
        raise Refused(f"'{typed}' is geen BRIN. Schrijf twee cijfers en twee letters, bijvoorbeeld 99ZZ.")
    return brin


def _two_digits(number: str) -> str:
    if not re.fullmatch(LOCATION_NUMBER, number):
        raise Refused(f"'{number}' is geen vestigingsnummer. Schrijf twee cijfers, bijvoorbeeld 00.")
    return number


BRIN = Text(
    School.brin,
    required=True,
    help="Twee cijfers en twee hoofdletters, bijvoorbeeld 99ZZ.",
    rule=_kept_brin,
    longest=40,
)


@dataclass(frozen=True)
class SchoolForm(Described):
    """A school as typed."""

    brin: Annotated[str, BRIN]
    name: Annotated[str, Text(School.name, required=True)]


@dataclass(frozen=True)
class LocationForm(Described):
    """A location as typed."""

    number: Annotated[
        str,
        Text(Location.number, required=True, help="Twee cijfers, bijvoorbeeld 00.", rule=_two_digits, longest=40),
    ]
    name: Annotated[str, Text(Location.name, required=True)]


def listed(actor: Actor) -> list[OrganisationRow]:
    """The board, then each school with its locations below it. Raises `NotAllowed`."""
    actor.require(Permission.MANAGE_ORGANISATION)
    rows = [OrganisationRow(Level.BOARD, "", actor.board.name, actor.board)]
    locations: dict[int, list[Location]] = {}
    for location in (
        Location.select(Location, School).join(School).where(Location.board == actor.board).order_by(Location.number)
    ):
        locations.setdefault(location.school_id, []).append(location)
    for school in schools(actor):
        rows.append(OrganisationRow(Level.SCHOOL, school.brin, school.name, school))
        for location in locations.get(school.id, ()):
            rows.append(OrganisationRow(Level.LOCATION, location.brin6, location.name, location))
    return rows


def holds(row: OrganisationRow) -> list[tuple[str, int]]:
    """How many schools, locations or people are below it: what, and how many."""
    record = row.record
    if isinstance(record, Location):
        pupils = Pupil.select().where(Pupil.location == record, Pupil.unsubscribed_on.is_null()).count()
        active = StaffMember.select().where(StaffMember.location == record, StaffMember.active).count()
        return [("Leerlingen", pupils), ("Medewerkers", active)]
    below = Location.school == record if isinstance(record, School) else Location.board == record
    locations = ("Vestigingen", Location.select().where(below).count())
    if isinstance(record, School):
        return [locations]
    return [("Scholen", School.select().where(School.board == record).count()), locations]


def schools(actor: Actor) -> list[School]:
    """The schools of the board, by BRIN."""
    return list(School.select().where(School.board == actor.board).order_by(School.brin))


def add_school(actor: Actor, form: SchoolForm, first: LocationForm) -> Location:
    """Add a school with its first location, ready for use. Raises `Refused` naming the field of the form."""
    with writing(actor, Permission.MANAGE_ORGANISATION):
        data = form.checked()
        _check_new_brin(actor, data.brin)
        return _make_location(actor, School.create(board=actor.board, **data.columns(School)), first)


def add_location(actor: Actor, school: School, form: LocationForm) -> Location:
    """Add a location to a school. Raises `Refused` for field `number` or `name`, `NotFound`."""
    with writing(actor, Permission.MANAGE_ORGANISATION):
        return _make_location(actor, _own_school(actor, school), form)


def change_school(actor: Actor, school: School, form: SchoolForm, seen: int | None = None) -> School:
    """Change a school's name and BRIN. Raises `Refused` for field `brin` or `name`, and `ChangedMeanwhile`."""
    with writing(actor, Permission.MANAGE_ORGANISATION):
        own = _own_school(actor, school)
        _require_at(actor, Location.select(Location, School).join(School).where(Location.school == own))
        check_unchanged(own, seen)
        data = form.checked()
        _check_new_brin(actor, data.brin, own.id)
        data.fill(own)
        own.save()
        return own


def change_location(actor: Actor, location: Location, form: LocationForm, seen: int | None = None) -> Location:
    """Change a location's name and number. Raises `Refused` for field `number` or `name`, and `ChangedMeanwhile`."""
    with writing(actor, Permission.MANAGE_ORGANISATION):
        own = Location.get_or_none(Location.id == location.id, Location.board == actor.board)
        if own is None:
            raise NotFound(f"Vestiging {location.brin6} is er niet meer. Ververs de lijst.")
        _require_at(actor, [own])
        check_unchanged(own, seen)
        data = form.checked()
        _check_new_number(own.school, data.number, own.id)
        data.fill(own)
        own.save()
        return own


def _make_location(actor: Actor, school: School, form: LocationForm) -> Location:
    data = form.checked()
    _check_new_number(school, data.number)
    location = Location.create(board=actor.board, school=school, **data.columns(Location))
    give_own_roles(actor, location)
    return location


def _require_at(actor: Actor, locations: Iterable[Location]) -> None:
    """Check the permission at each location: a role on one does not apply to another."""
    for location in locations:
        there = at_location(actor, location)
        if not there.may(Permission.MANAGE_ORGANISATION):
            raise Refused(f"U heeft op vestiging {location.brin6} geen rol waarmee u dit mag wijzigen.")


def _check_new_brin(actor: Actor, brin: str, but_not: int = 0) -> None:
    twin = School.get_or_none(School.board == actor.board, School.brin == brin, School.id != but_not)
    if twin is not None:
        raise Refused(f"BRIN {brin} is al van {twin.name}. Elke school heeft een eigen BRIN.", field="brin")


def _check_new_number(school: School, number: str, but_not: int = 0) -> None:
    twin = Location.get_or_none(Location.school == school, Location.number == number, Location.id != but_not)
    if twin is not None:
        raise Refused(f"Vestigingsnummer {number} is bij {school.name} al van {twin.name}.", field="number")


def _own_school(actor: Actor, school: School) -> School:
    own = School.get_or_none(School.id == school.id, School.board == actor.board)
    if own is None:
        raise NotFound(f"School {school.brin} is er niet meer. Ververs de lijst.")
    return own
