"""The data of the steps Groepen and Leerkrachten: the lines of groups and of staff, with their names.

A location has few of them, so they are read at once. For users who may see all pupils.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peewee import fn

from app.access import Actor
from app.exchange.names import full_name
from app.permissions import Permission
from app.school.groups import GroupKind, natural_key
from models.school import Group, StaffMember
from models.transition import TransitionGroup, TransitionPupil, TransitionTeacher, YearTransition


@dataclass(frozen=True)
class GroupRow:
    """A group of the new year, or an old one that ends without a successor."""

    line: TransitionGroup
    source: str
    """The name of the old year's group; empty for a new one."""
    pupils: int
    teachers: tuple[str, ...]

    @property
    def kind(self) -> GroupKind:
        """The kind it will have."""
        return GroupKind(self.line.kind)


@dataclass(frozen=True)
class TeacherRow:
    """A staff member, and the group they will teach."""

    line: TransitionTeacher
    name: str
    source: str
    group: str


def groups(actor: Actor, transition: YearTransition) -> list[GroupRow]:
    """The lines of groups: basisgroepen first, by name; ending ones last."""
    actor.require(Permission.VIEW_ALL_PUPILS)
    lines = TransitionGroup.select().where(TransitionGroup.transition == transition)
    sources = _names(Group, [line.source_id for line in lines])
    pupils = _counts(transition)
    teachers: dict[int | None, list[str]] = {}
    for row in teachers_of(actor, transition):
        teachers.setdefault(row.line.group_id, []).append(row.name)
    rows = [
        GroupRow(line, sources.get(line.source_id, ""), pupils.get(line.id, 0), tuple(teachers.get(line.id, ())))
        for line in lines
    ]
    kinds = list(GroupKind)
    rows.sort(key=lambda row: (not row.line.wanted, kinds.index(row.kind), natural_key(row.line.name), row.line.id))
    return rows


def teachers_of(actor: Actor, transition: YearTransition) -> list[TeacherRow]:
    """The lines of staff, by last name."""
    actor.require(Permission.VIEW_ALL_PUPILS)
    lines = list(
        TransitionTeacher.select(TransitionTeacher, StaffMember)
        .join(StaffMember)
        .where(TransitionTeacher.transition == transition)
        .order_by(StaffMember.sort_name, StaffMember.id, TransitionTeacher.id)
    )
    sources = _names(Group, [line.source_id for line in lines])
    seats = _names(TransitionGroup, [line.group_id for line in lines])
    return [
        TeacherRow(
            line,
            full_name(line.staff.first_name, line.staff.prefix, line.staff.last_name),
            sources.get(line.source_id, ""),
            seats.get(line.group_id, ""),
        )
        for line in lines
    ]


def seats(transition: YearTransition) -> list[TransitionGroup]:
    """The groups that will exist, by name."""
    rows = TransitionGroup.select().where(TransitionGroup.transition == transition, TransitionGroup.wanted)
    return sorted(rows, key=lambda row: (row.kind != GroupKind.BASIS, natural_key(row.name)))


def _names(model: Any, ids: list[int | None]) -> dict[int | None, str]:
    rows: Any = model.select(model.id, model.name).where(model.id.in_([id for id in ids if id is not None])).tuples()
    return dict(rows)


def _counts(transition: YearTransition) -> dict[int, int]:
    rows: Any = (
        TransitionPupil.select(TransitionPupil.group, fn.COUNT(TransitionPupil.id))
        .where(TransitionPupil.transition == transition)
        .group_by(TransitionPupil.group)
        .tuples()
    )
    return dict(rows)
