"""Writes a planned import in bulk: a fixed number of steps, whatever the size of the file.

Called inside the transaction of the use case. Groups first, then people, then placements; endings before beginnings,
because a pupil has one basisgroep a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from peewee import chunked

from app.school.files.import_sheets import GROUPS, KEYS_AT_A_TIME, PUPILS, STAFF, Section, Sheet, State
from models import bulk
from models.base import BaseModel
from models.board import Location
from models.school import Group, GroupTeacher, Placement, Pupil, StaffMember

_NAME = GROUPS.fields.index("name")


def write(location: Location, school_year: str, groups: Section, pupils: Section, staff: Section) -> None:
    """Write everything that is new or changed."""
    _free_names(location, groups)
    _write_rows(GROUPS, groups, {"location": location.id})
    of_board = {"board": location.board_id, "location": location.id}
    _write_rows(PUPILS, pupils, of_board)
    _write_rows(STAFF, staff, of_board)
    groups_here = Group.select(Group.key, Group.id, Group.kind).where(Group.location == location)
    rows: Iterable[Any] = groups_here.tuples()
    kinds = {key: (number, kind) for key, number, kind in rows}
    _end(Placement, pupils)
    bulk.insert(Placement, _placements(_joining(Pupil, location, pupils), kinds, school_year))
    _end(GroupTeacher, staff)
    bulk.insert(GroupTeacher, _lessons(_joining(StaffMember, location, staff), kinds))


def _free_names(location: Location, groups: Section) -> None:
    """Clear the names of groups that are renamed first, so that two of them can swap."""
    new_names = {item.key: item.row[_NAME] for item in groups.of(State.CHANGED)}
    for group in Group.select().where(Group.location == location, Group.key.in_(list(new_names))):
        if group.name != new_names[group.key]:
            Group.update(name=f"~~{group.id}~~").where(Group.id == group.id).execute()


def _write_rows(sheet: Sheet, section: Section, owner: dict[str, int]) -> None:
    rows = ({**owner, **dict(zip(sheet.fields, item.row, strict=True))} for item in section.items)
    bulk.upsert(sheet.model, rows, ("location", "key"))


def _end(model: type[BaseModel], section: Section) -> None:
    numbers = (number for item in section.items for number in item.leaves)
    while some := list(islice(numbers, KEYS_AT_A_TIME)):
        model.delete().where(bulk.among(model.id, some)).execute()


def _joining(model: type[Pupil] | type[StaffMember], location: Location, section: Section) -> Iterator[tuple[int, str]]:
    """Id of the person and key of the group, for everyone who joins one."""
    for some in chunked((item for item in section.items if item.joins), KEYS_AT_A_TIME):
        keys = [item.key for item in some]
        here = model.select(model.key, model.id).where(model.location == location, bulk.among(model.key, keys))
        rows: Iterable[Any] = here.tuples()
        ids = dict(rows)
        yield from ((ids[item.key], key) for item in some for key in item.joins)


def _placements(
    joining: Iterable[tuple[int, str]], groups: dict[str, tuple[int, str]], school_year: str
) -> Iterator[dict[str, Any]]:
    for pupil, key in joining:
        group, kind = groups[key]
        yield {"pupil": pupil, "group": group, "school_year": school_year, "kind": kind}


def _lessons(joining: Iterable[tuple[int, str]], groups: dict[str, tuple[int, str]]) -> Iterator[dict[str, Any]]:
    for staff, key in joining:
        yield {"group": groups[key][0], "staff": staff}
