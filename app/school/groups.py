"""The groups of a location, their teachers and their number of pupils.

The kinds are ESIS's (sources.md#groups); the order is that of a school: basisgroepen first, 2 before 10, 5/6 after 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from peewee import JOIN, fn

from app import clock
from app.access import Actor, group_ids
from app.exchange.names import folded, full_name, is_group
from app.permissions import Permission
from app.refusals import NotFound
from app.school import years
from app.school.people.status import Status, has_status
from app.school.text import clean_text
from models.school import Group, GroupTeacher, Placement, Pupil, StaffMember
from models.transition import TransitionGroup


class GroupKind(StrEnum):
    """The kind of a group, as the database and `--json` name it."""

    BASIS = "basis"
    INSTRUCTION = "instructie"
    OTHER = "overig"

    @property
    def label(self) -> str:
        """As on screen: `Basisgroep`."""
        return {"basis": "Basisgroep", "instructie": "Instructiegroep", "overig": "Overige groep"}[self.value]


@dataclass(frozen=True)
class GroupRow:
    """A group in a list, with its teachers' names and the pupils enrolled today."""

    id: int
    key: str
    name: str
    kind: GroupKind
    school_year: str
    year_groups: tuple[str, ...]
    available_to_couplings: bool
    teachers: tuple[str, ...] = ()
    pupils: int = 0

    @property
    def in_couplings(self) -> str:
        """Whether couplings get the group, as on screen: a basisgroep is always included."""
        if self.kind is GroupKind.BASIS:
            return "altijd"
        return "ja" if self.available_to_couplings else "nee"

    def as_json(self) -> dict[str, Any]:
        """The fields of sources.md#json."""
        return {
            "name": self.name,
            "kind": str(self.kind),
            "year_groups": list(self.year_groups),
            "available_to_couplings": self.available_to_couplings,
        }


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """The sort key for natural order, with numbers by value: `2` before `10`."""
    pieces = re.findall(r"\d+|\D+", folded(name))
    return [(0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces]


def in_order(groups: Iterable[Group]) -> list[Group]:
    """Sort: basisgroepen, then instruction groups, then the others; each by name."""
    kinds = list(GroupKind)
    return sorted(groups, key=lambda group: (kinds.index(GroupKind(group.kind)), natural_key(group.name), group.id))


def year_groups_of(group: Group | TransitionGroup) -> tuple[str, ...]:
    """The year groups in a group: `("5", "6")` for a combination group."""
    return tuple(part for part in group.year_groups.split(",") if part)


def this_year(actor: Actor) -> str:
    """The working school year of the actor's location."""
    return years.working_year(actor.location, clock.school_today(actor.board))


def visible(actor: Actor, school_year: str = "") -> list[Group]:
    """The groups of a school year (by default this one) that the actor may see, in order."""
    year = school_year or this_year(actor)
    query = Group.select().where(Group.location == actor.location, Group.school_year == year)
    allowed = group_ids(actor, year)
    if allowed is not None:
        query = query.where(Group.id.in_(allowed))
    return in_order(query)


def listed(actor: Actor, school_year: str = "") -> list[GroupRow]:
    """The same, with teachers and the number of pupils, in three queries."""
    groups = visible(actor, school_year)
    ids = [group.id for group in groups]
    teachers, pupils = _teachers(ids), _pupils(actor, ids)
    return [
        GroupRow(
            group.id,
            group.key,
            group.name,
            GroupKind(group.kind),
            group.school_year,
            year_groups_of(group),
            group.available_to_couplings,
            tuple(teachers.get(group.id, ())),
            pupils.get(group.id, 0),
        )
        for group in groups
    ]


def get(actor: Actor, group_id: int) -> Group:
    """Return the location's group with this id, of any school year. Raises `NotFound` if it is gone."""
    found: Group | None = Group.get_or_none(Group.id == group_id, Group.location == actor.location)
    if found is None:
        raise NotFound(f"Deze groep staat niet (meer) op vestiging {actor.location.brin6}.")
    return found


def find(actor: Actor, name: str, school_year: str = "") -> Group:
    """Find the group with this name (`6`, also `groep 6`).

    Raises `NotAllowed` for an actor who may see no pupils, `NotFound` listing the groups the actor may see.
    """
    actor.require(Permission.VIEW_OWN_PUPILS)
    typed = clean_text(name, 200, "group", "Groep")
    groups = visible(actor, school_year)
    for group in groups:
        if is_group(typed, group.name):
            return group
    known = ", ".join(group.name for group in groups) or "geen"
    raise NotFound(
        f"Groep '{typed}' bestaat niet of is niet uw groep in {school_year or this_year(actor)}. Er zijn: {known}.",
        field="group",
    )


def _teachers(ids: list[int]) -> dict[int, list[str]]:
    query = (
        GroupTeacher.select(GroupTeacher, StaffMember)
        .join(StaffMember)
        .where(GroupTeacher.group.in_(ids), StaffMember.active)
        .order_by(StaffMember.sort_name, StaffMember.id)
    )
    names: dict[int, list[str]] = {}
    for row in query:
        names.setdefault(row.group_id, []).append(
            full_name(row.staff.first_name, row.staff.prefix, row.staff.last_name)
        )
    return names


def _pupils(actor: Actor, ids: list[int]) -> dict[int, int]:
    query: Any = (
        Placement.select(Placement.group, fn.COUNT(Placement.id))
        .join(Pupil, JOIN.INNER)
        .where(Placement.group.in_(ids), has_status(Status.ENROLLED, clock.school_today(actor.board)))
        .group_by(Placement.group)
        .tuples()
    )
    return dict(query)
