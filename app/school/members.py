"""Members of instruction and other groups: add and remove many at a time.

A basisgroep is filled by enrolling and moving instead, because a pupil is in exactly one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app import clock
from app.access import Actor, writing
from app.exchange.names import full_name
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school.groups import GroupKind, this_year
from app.school.people.names import list_name
from app.school.people.status import Status, has_status
from models.school import Group, Placement, Pupil


@dataclass(frozen=True)
class Candidate:
    """A pupil who is or may be a member of the group."""

    id: int
    key: str
    name: str
    base_group: str
    year_group: str


def candidates(actor: Actor, group: Group) -> list[Candidate]:
    """The pupils enrolled at the location, and members who are no longer enrolled; by last name."""
    actor.require(Permission.MANAGE_GROUPS)
    today = clock.school_today(actor.board)
    seated = Placement.select(Placement.pupil).where(Placement.group == group)
    rows = (
        Pupil.select()
        .where(Pupil.location == actor.location, has_status(Status.ENROLLED, today) | Pupil.id.in_(seated))
        .order_by(Pupil.sort_name, Pupil.id)
    )
    base = _base_groups(actor, group.school_year)
    return [
        Candidate(
            row.id, row.key, list_name(row.first_name, row.prefix, row.last_name), base.get(row.id, ""), row.year_group
        )
        for row in rows
    ]


def seated(group: Group) -> set[int]:
    """The ids of the pupils in a group."""
    return {row.pupil_id for row in Placement.select(Placement.pupil).where(Placement.group == group)}


def change_members(actor: Actor, group: Group, put_in: Collection[int], take_out: Collection[int]) -> Group:
    """Add and remove these pupils (by id); pupils already in, or already out, are left as they are.

    Raises `Refused` for a basisgroep or another school year, `NotFound` for a pupil of another location.
    """
    with writing(actor, Permission.MANAGE_GROUPS):
        own = _own(actor, group)
        pupils = {row.id: row for row in Pupil.select().where(Pupil.id.in_(list(put_in)))}
        _check_here(actor, put_in, pupils)
        there = seated(own)
        for pupil_id in sorted(set(put_in) - there):
            Placement.create(pupil=pupil_id, group=own, school_year=own.school_year, kind=own.kind)
        gone = Placement.pupil.in_(list(take_out))
        Placement.delete().where(Placement.group == own, gone).execute()
        return own


def _base_groups(actor: Actor, school_year: str) -> dict[int, str]:
    rows = (
        Placement.select(Placement.pupil, Group.name)
        .join(Group)
        .where(Group.location == actor.location, Group.school_year == school_year, Group.kind == GroupKind.BASIS)
        .tuples()
    )
    return dict(rows)  # type: ignore[arg-type]


def _check_here(actor: Actor, wanted: Collection[int], pupils: dict[int, Pupil]) -> None:
    today = clock.school_today(actor.board)
    for pupil_id in wanted:
        pupil = pupils.get(pupil_id)
        if pupil is None or pupil.location_id != actor.location.id:
            raise NotFound(f"Een van de leerlingen staat niet op vestiging {actor.location.brin6}.")
        if pupil.unsubscribed_on is not None and pupil.unsubscribed_on <= today:
            name = full_name(pupil.first_name, pupil.prefix, pupil.last_name)
            raise Refused(f"{name} is uitgeschreven en kan niet in een groep komen.")


def _own(actor: Actor, group: Group) -> Group:
    own = Group.get_or_none(Group.id == group.id, Group.location == actor.location)
    if own is None:
        raise NotFound(f"Groep {group.name} staat niet (meer) op vestiging {actor.location.brin6}.")
    if own.kind == GroupKind.BASIS:
        raise Refused(
            f"Groep {own.name} is een basisgroep. Verplaats leerlingen in Leerlingenadministratie of Groepen indelen."
        )
    if own.school_year != this_year(actor):
        raise Refused(f"Groep {own.name} is van schooljaar {own.school_year} en ligt vast.")
    return own
