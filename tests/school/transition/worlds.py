"""A school at the end of a year, with actions and queries for the tests of its transition."""

from __future__ import annotations

from datetime import date

from app import clock
from app.access import Actor
from app.permissions import Role
from app.school.transition import listing, planning
from app.workers.walker import Walked, walk
from models.base import real_database
from models.board import Board
from models.school import Group, GroupTeacher, Placement, Pupil, StaffMember
from models.transition import YearTransition
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil

AUGUST = "2020-08-03T09:00"
BEGINS = date(2020, 8, 1)
NEXT = "2020-2021"


def move_to(actor: Actor, moment: str) -> None:
    """Put school time there, without what lies between."""
    Board.update(now=clock.parse_moment(moment)).where(Board.id == actor.board.id).execute()


def school(*names: str, role: Role = Role.DIRECTIE) -> tuple[Actor, dict[str, Group]]:
    """A school with these basisgroepen (`5/6` has two year groups)."""
    location = location_of(make_board())
    groups = {
        name: make_group(location, name, ",".join(c for c in name if c.isdigit() or c == "/").replace("/", ","))
        for name in names
    }
    return make_actor(location.board, role), groups


def pupil(group: Group, first_name: str, year_group: str = "") -> Pupil:
    made = make_pupil(group, first_name)
    if year_group:
        made.year_group = year_group
        made.save()
    return made


def teacher(group: Group, last_name: str = "Meester") -> StaffMember:
    staff = StaffMember.create(board=group.location.board, location=group.location, key=last_name, last_name=last_name)
    GroupTeacher.create(group=group, staff=staff)
    return staff


def proposed(actor: Actor) -> YearTransition:
    return planning.propose(actor).transition


def row(actor: Actor, transition: YearTransition, name: str) -> listing.MovingPupil:
    (found,) = listing.pupils(actor, transition, search=name)
    return found


def destinations(actor: Actor) -> dict[str, str]:
    """First name -> the pupil's proposed destination, in words."""
    return {found.first_name: found.to for found in listing.all_pupils(actor, proposed(actor))}


def carry_out(actor: Actor) -> YearTransition:
    """Confirm, and let the worker do what is due."""
    planning.propose(actor)
    confirmed = planning.confirm(actor)
    assert walk(actor.board.id) == Walked.ARRIVED
    return YearTransition.get_by_id(confirmed.id)


def seat(who: Pupil, school_year: str = NEXT) -> str:
    """The name of the basisgroep; empty for none."""
    found = (
        Placement.select(Placement, Group)
        .join(Group)
        .where(Placement.pupil == who, Placement.school_year == school_year, Placement.kind == "basis")
    )
    return "".join(sitting.group.name for sitting in found)


def state_of(actor: Actor) -> dict[str, list[object]]:
    """Everything a transition may touch, row by row."""
    location = actor.location
    groups = Group.select().where(Group.location == location)
    queries = {
        "groups": groups,
        "pupils": Pupil.select().where(Pupil.location == location),
        "placements": Placement.select().where(Placement.group.in_(groups)),
        "teachers": GroupTeacher.select().where(GroupTeacher.group.in_(groups)),
    }
    return {name: sorted(real_database().execute_sql(*query.sql()).fetchall()) for name, query in queries.items()}
