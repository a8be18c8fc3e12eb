"""The pupils web service: the groups and pupils of this school year, a page at a time (UWLR HaalLeerlinggegevens).

ESIS always gives the location's working school year (`app/school/years.py`), whatever is asked, and instruction and
other groups only when "In koppelingen beschikbaar" is on (standards/README.md 6.1, 6.3). Pages are our choice: UWLR
sends everything in one message. A night delivers the state of its slot, however late it runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app import clock, history
from app.exchange.uwlr import PAGE, Authorisation, GroupData, PupilAnswer, PupilData, SchoolReference, TeacherData
from app.school import years
from app.school.groups import GroupKind
from app.school.people.snapshot_at import INSTANT, Snapshot
from app.webservice.authorisation import answer_call
from models.board import Location, School
from models.school import Group, GroupTeacher, Placement, Pupil, PupilGuardian, StaffMember

COMBINATION = "C"
TOLD_OF = (Group, GroupTeacher, Location, Placement, Pupil, PupilGuardian, School, StaffMember)
"""The tables that a pull, or whether there is anything new for one, depends on; their every change is recorded."""
_MANY = 200


def pull_pupils(
    board_id: int,
    authorisation: Authorisation,
    school: SchoolReference,
    after: int = 0,
    limit: int = PAGE,
    until: datetime | None = None,
    staff: bool = False,
) -> PupilAnswer:
    """Return the next page of pupils: those enrolled just before the moment `until`; None means now.

    Groups, all keys and, if asked for, the staff come with the first page only (no `after`). Raises a `WebServiceFault`
    or `Unreachable`.
    """

    def answer(location: Location) -> PupilAnswer:
        now = until or clock.school_now(location.board)
        snapshot = Snapshot(location, until or now + INSTANT)
        pupils, last = snapshot.enrolled(after, limit)
        return PupilAnswer(
            school=SchoolReference(location.school.brin, location.number, snapshot.school_year),
            created_at=now,
            location=location.name,
            groups=() if after else tuple(_group_data(group) for group in snapshot.travelling()),
            pupils=tuple(_pupils(snapshot, pupils)),
            teachers=tuple(_teachers(snapshot)) if staff and not after else (),
            keys=None if after else snapshot.keys(),
            last=last,
            resets=location.board.resets,
        )

    return answer_call(board_id, authorisation, school, answer, goes_on=bool(after))


@dataclass(frozen=True)
class Standing:
    """What a pull depends on besides the records in `TOLD_OF`. `settled`: none of those changed after `now`."""

    location_id: int
    resets: int
    school_year: str
    day: date
    now: datetime
    settled: bool


def standing(board_id: int, authorisation: Authorisation, school: SchoolReference) -> Standing:
    """How things stand for a pull, after the same checks as a pull. Raises a `WebServiceFault` or `Unreachable`."""

    def answer(location: Location) -> Standing:
        now = clock.school_now(location.board)
        return Standing(
            location.id,
            location.board.resets,
            years.working_year(location, now.date()),
            now.date(),
            now,
            not history.any_changed_since(board_id, TOLD_OF, now),
        )

    return answer_call(board_id, authorisation, school, answer)


def revision(board_id: int) -> int:
    """A number for the data as they are, for `same_as`; waits for a use case in progress on the board."""
    return history.latest(board_id)


def same_as(board_id: int, seen: int) -> int | None:
    """If nothing that a pull gives changed since revision `seen`: that revision or a later one; else None."""
    if history.changed_after(board_id, seen, TOLD_OF):
        return None
    if history.changes_after(seen) < _MANY:
        return seen
    later = history.latest(board_id)  # of other things there was much: that need not be looked through again
    return None if history.changed_after(board_id, seen, TOLD_OF) else later


def _group_data(group: Any) -> GroupData:
    if group.kind != GroupKind.BASIS:
        return GroupData(group.key, group.name, composite=True)
    years = group.year_groups.split(",")
    return GroupData(group.key, group.name, years[0] if len(years) == 1 else COMBINATION)


def _pupils(snapshot: Snapshot, pupils: Sequence[Any]) -> Iterator[PupilData]:
    placed = snapshot.placed([pupil.id for pupil in pupils])
    for pupil in pupils:
        groups = placed.get(pupil.id, [])
        yield PupilData(
            key=pupil.key,
            eckid=pupil.eckid,
            first_name=pupil.first_name,
            prefix=pupil.prefix,
            last_name=pupil.last_name,
            birth_date=pupil.birth_date,
            year_group=pupil.year_group,
            group_key=next((group.key for group in groups if group.kind == GroupKind.BASIS), ""),
            composite_keys=tuple(sorted(group.key for group in groups if group.kind != GroupKind.BASIS)),
            id=pupil.id,
            gender=pupil.gender,
            initials=pupil.initials,
            enrolled_from=pupil.enrolled_from,
        )


def _teachers(snapshot: Snapshot) -> Iterator[TeacherData]:
    groups = {group.id: group for group in snapshot.travelling()}
    for row, ids in snapshot.teachers():
        had = [groups[number] for number in ids if number in groups]
        yield TeacherData(
            key=row.key,
            eckid=row.eckid,
            first_name=row.first_name,
            prefix=row.prefix,
            last_name=row.last_name,
            email=row.email,
            group_keys=tuple(group.key for group in had if group.kind == GroupKind.BASIS),
            composite_keys=tuple(group.key for group in had if group.kind != GroupKind.BASIS),
        )


def changed_since(board_id: int, authorisation: Authorisation, school: SchoolReference, since: datetime) -> bool:
    """Whether anything that a pull gives may have changed at or after a moment (laatstontvangengegevens).

    A moment is a whole second in a message, and school time stands still on a practice board: what changed within that
    second counts as changed, so that nothing is ever missed. Raises a `WebServiceFault` or `Unreachable`.
    """

    def answer(location: Location) -> bool:
        now = clock.school_now(location.board)
        snapshot = Snapshot(location, now + INSTANT, since.replace(microsecond=0))
        then = Snapshot(location, since)
        if any(history.changed_since(location.board_id, kind, since - INSTANT) for kind in (Location, School)):
            return True  # the school's own name and number travel too
        if snapshot.day != then.day and (
            snapshot.school_year != then.school_year or _came_or_went(location, then, snapshot)
        ):
            return True
        return snapshot.has_changes()

    return answer_call(board_id, authorisation, school, answer)


def _came_or_went(location: Location, then: Snapshot, now: Snapshot) -> bool:
    """Whether a pupil's first or last day fell between two days."""
    begun = (Pupil.enrolled_from > then.day) & (Pupil.enrolled_from <= now.day)
    ended = (Pupil.unsubscribed_on > then.day) & (Pupil.unsubscribed_on <= now.day)
    return bool(Pupil.select().where(Pupil.location == location, begun | ended).exists())
