"""Which basisgroep a pupil can join on a day, and placing a pupil in it."""

from __future__ import annotations

from datetime import date

from app import clock
from app.access import Actor
from app.refusals import Refused
from app.school import years
from app.school.groups import GroupKind, year_groups_of
from models.school import Group, Placement, Pupil


def own_group(actor: Actor, group: Group) -> Group:
    """Read the group again: it may have been changed or deleted since it was chosen. Raises `Refused`."""
    row = Group.get_or_none(Group.id == group.id, Group.location == actor.location)
    if row is None:
        raise Refused(
            f"Groep {group.name} is er niet (meer) of is niet van vestiging {actor.location.brin6}.", field="group"
        )
    return row


def check_base_group(actor: Actor, group: Group, day: date, today: date) -> bool:
    """Whether the pupil must wait for the groups of the year of arrival. Raises `Refused` for an unsuitable group."""
    waits = _check_year(actor, group, day, today)
    if group.kind != GroupKind.BASIS:
        raise Refused(f"Groep {group.name} is geen basisgroep. Kies een basisgroep.", field="group")
    return waits


def _check_year(actor: Actor, group: Group, day: date, today: date) -> bool:
    """Check that the group is of the school year in which the location has groups on that day; if next year has none
    yet, of this year.
    """
    year = years.year_on(actor.location, day, today)
    present = years.working_year(actor.location, today)
    if group.school_year == present != year and not years.has_groups(actor.location, year):
        return True
    if group.school_year != year:
        raise Refused(
            f"Groep {group.name} is van schooljaar {group.school_year}; op {clock.dutch_date(day)} zijn de groepen van "
            f"{year}.",
            field="group",
        )
    return False


def year_group(group: Group, asked: str, present: str = "") -> str:
    """The requested year group, otherwise the present one if the group has it, otherwise the group's lowest.

    Raises `Refused` for one that the group does not have.
    """
    there = year_groups_of(group)
    if asked and asked not in there:
        raise Refused(
            f"Leerjaar {asked} zit niet in groep {group.name}. Kies uit: {', '.join(there) or 'geen'}.",
            field="year_group",
        )
    if asked or present in there:
        return asked or present
    return there[0] if there else present


def sits_in(pupil: Pupil, group: Group) -> bool:
    """Whether the pupil is in this group."""
    return bool(Placement.select().where(Placement.pupil == pupil, Placement.group == group).exists())


def place(pupil: Pupil, group: Group) -> None:
    """Place the pupil in this basisgroep, replacing the one of the same school year."""
    where = (Placement.pupil == pupil, Placement.school_year == group.school_year, Placement.kind == GroupKind.BASIS)
    if not Placement.update(group=group).where(*where).execute():
        Placement.create(pupil=pupil, group=group, school_year=group.school_year, kind=group.kind)
