"""The pupils web service: the groups and pupils of this school year, a page at a time (UWLR HaalLeerlinggegevens).

ESIS gives the school year the location works in (`app/school/years.py`) whatever is asked, and instruction and other
groups only when "In koppelingen beschikbaar" is on (standards/README.md 6.1, 6.3). Pages are our choice: UWLR sends
everything in one message.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from app import clock
from app.exchange.uwlr import PAGE, Authorisation, GroupData, PupilAnswer, PupilData, SchoolReference
from app.school import years
from app.school.people.status import Status, has_status
from app.webservice.authorisation import answer_call
from models.board import Location
from models.school import Group, Placement, Pupil

COMBINATION = "C"


def pull_pupils(
    board_id: int, authorisation: Authorisation, school: SchoolReference, after_key: str = "", limit: int = PAGE
) -> PupilAnswer:
    """The first `limit` pupils after `after_key`, in order of key; fewer than `limit`: the last page.

    The groups come with the first page only (an empty `after_key`). Raises a `WebServiceFault` or `Unreachable`.
    """

    def answer(location: Location) -> PupilAnswer:
        now = clock.school_now(location.board)
        year = years.working_year(location, now.date())
        return PupilAnswer(
            school=SchoolReference(location.school.brin, location.number, year),
            created_at=now,
            groups=() if after_key else _groups(location, year),
            pupils=_pupils(location, now.date(), year, after_key, limit),
        )

    return answer_call(board_id, authorisation, school, answer, goes_on=bool(after_key))


def _told_of(location: Location, school_year: str) -> tuple[Any, ...]:
    """Which groups travel."""
    return (
        Group.location == location,
        Group.school_year == school_year,
        (Group.kind == "basis") | Group.available_to_couplings,
    )


def _groups(location: Location, school_year: str) -> tuple[GroupData, ...]:
    query = Group.select().where(*_told_of(location, school_year))
    return tuple(_group_data(group) for group in query.order_by(Group.id))


def _group_data(group: Group) -> GroupData:
    if group.kind != "basis":
        return GroupData(group.key, group.name, composite=True)
    years = group.year_groups.split(",")
    return GroupData(group.key, group.name, years[0] if len(years) == 1 else COMBINATION)


def _pupils(location: Location, today: date, school_year: str, after_key: str, limit: int) -> tuple[PupilData, ...]:
    query = Pupil.select().where(Pupil.location == location, Pupil.key > after_key, has_status(Status.ENROLLED, today))
    pupils = list(query.order_by(Pupil.key).limit(limit))
    placed = _placed(pupils, location, school_year)
    return tuple(
        PupilData(
            key=pupil.key, eckid=pupil.eckid, first_name=pupil.first_name, prefix=pupil.prefix,
            last_name=pupil.last_name, birth_date=pupil.birth_date, year_group=pupil.year_group,
            group_key=next((key for key, kind in placed.get(pupil.id, ()) if kind == "basis"), ""),
            composite_keys=tuple(key for key, kind in placed.get(pupil.id, ()) if kind != "basis"),
        )
        for pupil in pupils
    )  # fmt: skip


def _placed(pupils: list[Pupil], location: Location, school_year: str) -> dict[int, list[tuple[str, str]]]:
    """Pupil -> key and kind of the groups that are told of."""
    rows = (
        Placement.select(Placement.pupil, Group)
        .join(Group)
        .where(Placement.pupil.in_([pupil.id for pupil in pupils]), *_told_of(location, school_year))
        .order_by(Placement.pupil, Group.key)
    )
    placed: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        placed.setdefault(row.pupil_id, []).append((row.group.key, row.group.kind))
    return placed
