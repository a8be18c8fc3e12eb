"""The pupils web service: the groups and pupils of this school year, a page at a time (UWLR HaalLeerlinggegevens).

ESIS gives the current school year whatever is asked, and instruction and other groups only when "In koppelingen
beschikbaar" is on (standards/README.md 6.1, 6.3). Pages are our choice: UWLR sends everything in one message.
"""

from __future__ import annotations

from datetime import date

from app import clock
from app.exchange.uwlr import Authorisation, GroupData, PupilAnswer, PupilData, SchoolReference
from app.school.status import Status, has_status
from app.webservice.authorisation import answer_call
from models.board import Location
from models.school import Group, Placement, Pupil

PAGE = 250
COMBINATION = "C"


def pull_pupils(
    board_id: int, authorisation: Authorisation, school: SchoolReference, after_key: str = "", limit: int = PAGE
) -> PupilAnswer:
    """The groups, and the first `limit` pupils after `after_key`, in order of key; fewer than `limit`: the last page.

    Raises a `WebServiceFault` or `Unreachable`.
    """

    def answer(location: Location) -> PupilAnswer:
        now = clock.school_now(location.board)
        year = clock.school_year_of(now.date())
        groups = _groups(location, year)
        return PupilAnswer(
            school=SchoolReference(location.school.brin, location.number, year),
            created_at=now,
            groups=tuple(_group_data(group) for group in groups),
            pupils=_pupils(location, now.date(), [group.id for group in groups], after_key, limit),
        )

    return answer_call(board_id, authorisation, school, answer)


def _groups(location: Location, school_year: str) -> list[Group]:
    query = Group.select().where(
        Group.location == location,
        Group.school_year == school_year,
        (Group.kind == "basis") | Group.available_to_couplings,
    )
    return list(query.order_by(Group.id))


def _group_data(group: Group) -> GroupData:
    if group.kind != "basis":
        return GroupData(group.key, group.name, composite=True)
    years = group.year_groups.split(",")
    return GroupData(group.key, group.name, years[0] if len(years) == 1 else COMBINATION)


def _pupils(location: Location, today: date, group_ids: list[int], after_key: str, limit: int) -> tuple[PupilData, ...]:
    query = Pupil.select().where(Pupil.location == location, Pupil.key > after_key, has_status(Status.ENROLLED, today))
    pupils = list(query.order_by(Pupil.key).limit(limit))
    placed = _placed([pupil.id for pupil in pupils], group_ids)
    return tuple(
        PupilData(
            key=pupil.key, eckid=pupil.eckid, first_name=pupil.first_name, prefix=pupil.prefix,
            last_name=pupil.last_name, birth_date=pupil.birth_date, year_group=pupil.year_group,
            group_key=next((key for key, kind in placed.get(pupil.id, ()) if kind == "basis"), ""),
            composite_keys=tuple(key for key, kind in placed.get(pupil.id, ()) if kind != "basis"),
        )
        for pupil in pupils
    )  # fmt: skip


def _placed(pupil_ids: list[int], group_ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    """Pupil -> key and kind of the groups that are told of."""
    rows = (
        Placement.select(Placement.pupil, Group)
        .join(Group)
        .where(Placement.pupil.in_(pupil_ids), Placement.group.in_(group_ids))
        .order_by(Placement.pupil, Group.key)
    )
    placed: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        placed.setdefault(row.pupil_id, []).append((row.group.key, row.group.kind))
    return placed
