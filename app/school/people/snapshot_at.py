"""A location at a moment: its groups, staff, pupils and their guardians, as they were then.

Used to deliver the state of 17:00 (pull contacts) or of a night's slot (pull pupils). Covers everybody, page by page,
or only those changed in a period: then the cost depends on the changes, not on the total. Pages go by pupil id, which
never changes, so nobody moves from one page to another. The history keeps what is needed (`app/history.py`), and is
queried only where something changed after the moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from peewee import SQL, fn

from app import clock, history
from app.exchange.contacts import ContactGroup, ContactGuardian, ContactPupil, ContactStaff
from app.school import years
from app.school.groups import GroupKind
from app.school.people.status import Status, has_status, status_of
from models.base import BaseModel
from models.board import Location
from models.bulk import among, light, numbers
from models.history import DELETED, Change
from models.school import Group, GroupTeacher, Guardian, Placement, Pupil, PupilGuardian, StaffMember

INSTANT = timedelta(microseconds=1)
"""The smallest unit of time."""
_TOLD_OF = (Group, GroupTeacher, Guardian, Placement, Pupil, PupilGuardian, StaffMember)
_OF_PUPILS = [model._meta.table_name for model in (Pupil, Placement, PupilGuardian)]


@dataclass(frozen=True)
class Snapshot:
    """A location just before the moment `until`; with `since`, only those changed from then on."""

    location: Location
    until: datetime
    since: datetime | None = None

    @property
    def moment(self) -> datetime:
        """The last instant included: what is entered at `until` itself is delivered a day later
        (sources.md#mijnschoolinfo, T).
        """
        return self.until - INSTANT

    @property
    def day(self) -> date:
        """The date used for enrolments."""
        return self.until.astimezone(clock.AMSTERDAM).date()

    @cached_property
    def school_year(self) -> str:
        """The school year in which the location worked."""
        return years.working_year_at(self.location, self.moment)

    def travelling(self) -> list[Any]:
        """The groups that are exchanged: basisgroepen, and others that are In koppelingen beschikbaar; by id, as
        rows.
        """
        return sorted(self._groups(self._group_ids()).values(), key=lambda group: group.id)

    def groups(self) -> list[ContactGroup]:
        """The same, in the form of pull contacts."""
        return [_group(group) for group in self.travelling()]

    def staff(self) -> list[ContactStaff]:
        """The location's staff, with their exchanged groups."""
        return [
            ContactStaff(
                row.id,
                row.key,
                row.first_name,
                row.prefix,
                row.last_name,
                row.email,
                groups,
            )
            for row, groups in self.teachers()
        ]

    def teachers(self) -> list[tuple[Any, tuple[int, ...]]]:
        """The same, as rows with the ids of their groups."""
        ids = self._staff_ids()
        then = self._then(StaffMember, ids).values()
        active = [row for row in then if row and row.active and row.location_id == self.location.id]
        teaching = self._teaching({row.id for row in active})
        return [(row, tuple(sorted(teaching.get(row.id, ())))) for row in sorted(active, key=lambda row: row.id)]

    def keys(self) -> frozenset[str]:
        """The leerlingnummers of all enrolled pupils."""
        if Pupil._meta.table_name in self._changed:
            then = self._then(Pupil, self._all_pupils(0)).values()
            return frozenset(row.key for row in then if row and self._is_here(row))
        here = Pupil.select(Pupil.key).where(Pupil.location == self.location, has_status(Status.ENROLLED, self.day))
        return frozenset(row.key for row in here.namedtuples())

    def enrolled(self, after: int, limit: int, also: Collection[int] = ()) -> tuple[list[Any], int | None]:
        """The enrolled pupils among the first `limit` ids after `after`, as rows, and the last of these ids if there
        are more.
        """
        ids, last = self._page(after, limit, also)
        then = self._then(Pupil, ids).values()
        return sorted((row for row in then if row and self._is_here(row)), key=lambda row: row.id), last

    def pupils(self, after: int, limit: int, also: Collection[int] = ()) -> tuple[list[ContactPupil], int | None]:
        """The same, in the form of pull contacts."""
        enrolled, last = self.enrolled(after, limit, also)
        placed = self.placed([row.id for row in enrolled])
        guardians = self._guardians([row.id for row in enrolled])
        return [
            ContactPupil(
                row.id,
                row.key,
                row.first_name,
                row.prefix,
                row.last_name,
                row.birth_date,
                tuple(group.id for group in placed.get(row.id, ())),
                tuple(guardians.get(row.id, ())),
            )
            for row in enrolled
        ], last

    def placed(self, pupil_ids: Collection[int]) -> dict[int, list[Any]]:
        """Pupil -> the exchanged groups, as rows, the basisgroep first."""
        then = self._of_pupils(Placement, pupil_ids)
        groups = self._groups({row.group_id for row in then})
        inside = [row for row in then if row.group_id in groups]
        inside.sort(key=lambda row: (groups[row.group_id].kind != GroupKind.BASIS, row.group_id))
        return _by((row.pupil_id, groups[row.group_id]) for row in inside)

    def has_changes(self) -> bool:
        """Whether anybody, a group or a member of staff was touched since `since`."""
        return bool(self._touched_pupils(0) or self._changed_groups() or self._staff_ids())

    def _is_here(self, pupil: Pupil) -> bool:
        return pupil.location_id == self.location.id and status_of(pupil, self.day) is Status.ENROLLED

    def _page(self, after: int, limit: int, also: Collection[int]) -> tuple[list[int], int | None]:
        found = self._all_pupils(after, limit + 1) if self.since is None else self._touched_pupils(after)
        ids = sorted(found.union(number for number in also if number > after))
        return ids[:limit], ids[limit - 1] if len(ids) > limit else None

    def _all_pupils(self, after: int, limit: int | None = None) -> set[int]:
        """The next ids of present and since-deleted pupils; only of those enrolled if nothing has changed."""
        here = Pupil.select(Pupil.id).where(Pupil.location == self.location, Pupil.id > after)
        if Pupil._meta.table_name not in self._changed:
            return numbers(here.where(has_status(Status.ENROLLED, self.day)).order_by(Pupil.id).limit(limit))
        gone = Change.select(Change.record_id).where(
            Change.board == self.location.board_id,
            Change.kind == Pupil._meta.table_name,
            Change.at > self.moment,
            Change.action == DELETED,
            Change.record_id > after,
        )
        return numbers(here.order_by(Pupil.id).limit(limit)) | numbers(gone)

    def _touched_pupils(self, after: int) -> set[int]:
        """Pupils whose own data, groups or guardians changed, who are in a changed group, or whose first day came.

        Includes changes after the moment: at the moment itself the pupil may have been one to report.
        """
        assert self.since is not None
        changed = (
            Change.select(Change.pupil_id)
            .where(
                Change.board == self.location.board_id,
                Change.kind.in_(_OF_PUPILS),
                Change.at > self.since - INSTANT,
                Change.pupil_id > after,
                ~fn.EXISTS(self._elsewhere(Change.pupil_id)),
            )
            .distinct()
        )
        begun = self.since.astimezone(clock.AMSTERDAM).date()
        came = Pupil.select(Pupil.id).where(
            Pupil.location == self.location, Pupil.enrolled_from > begun, Pupil.enrolled_from <= self.day
        )
        placed = Placement.select(Placement.pupil).where(
            Placement.group.in_(self._changed_groups()), Placement.pupil > after
        )
        return numbers(changed) | {number for number in numbers(came) if number > after} | numbers(placed)

    def _elsewhere(self, pupil_id: Any) -> Any:
        """The query for pupils of another location: a board may have many, and each night covers one."""
        other = Pupil.alias()
        return other.select(SQL("1")).where(other.id == pupil_id, other.location != self.location)

    def _group_ids(self) -> set[int]:
        """The ids of the groups to report."""
        if self.since is not None:
            return self._changed_groups()
        here = Group.select(Group.id).where(Group.location == self.location, Group.school_year == self.school_year)
        return numbers(here) | set(history.changed_since(self.location.board_id, Group, self.moment))

    def _changed_groups(self) -> set[int]:
        return {change.record_id for change in self._changes(Group)}

    def _staff_ids(self) -> set[int]:
        if self.since is None:
            here = StaffMember.select(StaffMember.id).where(StaffMember.location == self.location)
            return numbers(here) | set(history.changed_since(self.location.board_id, StaffMember, self.moment))
        teaching = self._changes(GroupTeacher)
        before = GroupTeacher.select(GroupTeacher.staff).where(GroupTeacher.group.in_(self._changed_groups()))
        changed = {change.record_id for change in self._changes(StaffMember)}
        return changed.union(numbers(before), *(history.had(change, "staff_id") for change in teaching))

    def _changes(self, model: type[Group] | type[GroupTeacher] | type[StaffMember]) -> list[Change]:
        """The changes since the last time, including those after the moment."""
        assert self.since is not None
        return history.changes_since(self.location.board_id, model, self.since - INSTANT)

    def _groups(self, ids: Collection[int]) -> dict[int, Group]:
        """These groups as they were, if exchanged."""
        year = self.school_year
        then = self._then(Group, ids).items()
        return {number: group for number, group in then if group and self._travels(group, year)}

    def _travels(self, group: Group, year: str) -> bool:
        here = group.location_id == self.location.id and group.school_year == year
        return here and (group.kind == GroupKind.BASIS or group.available_to_couplings)

    def _teaching(self, staff_ids: Collection[int]) -> dict[int, list[int]]:
        """Staff member -> the exchanged groups."""
        now = GroupTeacher.select(GroupTeacher.id).where(among(GroupTeacher.staff, list(staff_ids)))
        later = history.changes_since(self.location.board_id, GroupTeacher, self.moment)
        wanted = set(staff_ids)
        ids = numbers(now) | {row.record_id for row in later if history.had(row, "staff_id") & wanted}
        then = [row for row in self._then(GroupTeacher, ids).values() if row and row.staff_id in wanted]
        groups = self._groups({row.group_id for row in then})
        return _by((row.staff_id, row.group_id) for row in then if row.group_id in groups)

    def _guardians(self, pupil_ids: Collection[int]) -> dict[int, list[ContactGuardian]]:
        links = sorted(self._of_pupils(PupilGuardian, pupil_ids), key=lambda row: row.guardian_id)
        then = self._then(Guardian, {row.guardian_id for row in links})
        people = {number: _guardian(row) for number, row in then.items() if row}
        return _by((row.pupil_id, people[row.guardian_id]) for row in links if row.guardian_id in people)

    @cached_property
    def _changed(self) -> set[str]:
        """The tables changed after the moment: everything else is as it was."""
        return history.kinds_changed_since(self.location.board_id, _TOLD_OF, self.moment)

    def _then(self, model: type[BaseModel], ids: Collection[int]) -> dict[int, Any]:
        """These records as they were."""
        if model._meta.table_name in self._changed:
            return history.state_at(model, ids, self.moment)
        return history.state_now(model, ids)

    def _of_pupils(self, model: Any, pupil_ids: Collection[int]) -> list[Any]:
        """A table's rows about these pupils, as they were."""
        here = light(model, "pupil", list(pupil_ids))
        if model._meta.table_name not in self._changed:
            return here
        later = Change.select(Change.record_id).where(
            Change.kind == model._meta.table_name, among(Change.pupil_id, list(pupil_ids)), Change.at > self.moment
        )
        wanted = set(pupil_ids)
        then = history.state_at(model, {row.id for row in here} | numbers(later), self.moment).values()
        return [row for row in then if row and row.pupil_id in wanted]


def _by(pairs: Iterable[tuple[int, object]]) -> dict[int, list]:  # type: ignore[type-arg]
    found: dict[int, list[object]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _group(group: Group) -> ContactGroup:
    return ContactGroup(group.id, group.key, group.name, group.kind == GroupKind.BASIS)


def _guardian(row: Guardian) -> ContactGuardian:
    return ContactGuardian(row.id, row.name, row.email, row.phone)
