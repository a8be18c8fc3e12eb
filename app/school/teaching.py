"""Who teaches which group: read and set from either side, the staff member or the group.

Setters take the old and the new selection of the form and apply only the difference, so concurrent changes by others
stay.
"""

from __future__ import annotations

from collections.abc import Collection

from app.access import Actor
from app.refusals import Refused
from app.school.groups import in_order, this_year
from models.school import Group, GroupTeacher, StaffMember


def groups_before(staff_ids: Collection[int], school_year: str) -> dict[int, list[Group]]:
    """The groups of a school year that each of these staff members teaches, in order."""
    query = (
        GroupTeacher.select(GroupTeacher, Group)
        .join(Group)
        .where(GroupTeacher.staff.in_(list(staff_ids)), Group.school_year == school_year)
    )
    found: dict[int, list[Group]] = {}
    for row in query:
        found.setdefault(row.staff_id, []).append(row.group)
    return {staff_id: in_order(groups) for staff_id, groups in found.items()}


def set_groups(actor: Actor, staff: StaffMember, seen: Collection[int], wanted: Collection[int]) -> None:
    """Set a staff member's groups of this year, inside a use case. Raises `Refused` for field `groups`."""
    year = this_year(actor)
    known = Group.select(Group.id).where(
        Group.id.in_(list(wanted)), Group.location == staff.location_id, Group.school_year == year
    )
    if known.count() != len(set(wanted)):
        raise Refused(f"Een van de groepen is er niet meer in {year}. Open het formulier opnieuw.", field="groups")
    for group_id in set(wanted) - set(seen):
        _stand(group_id, staff.id)
    gone = GroupTeacher.group.in_(list(set(seen) - set(wanted)))
    GroupTeacher.delete().where(GroupTeacher.staff == staff, gone).execute()


def set_teachers(group: Group, seen: Collection[int], wanted: Collection[int]) -> None:
    """Set a group's teachers, inside a use case. Raises `Refused` for field `teachers`."""
    known = StaffMember.select(StaffMember.id).where(
        StaffMember.id.in_(list(wanted)), StaffMember.location == group.location_id
    )
    if known.count() != len(set(wanted)):
        raise Refused(
            "Een van de medewerkers hoort niet bij deze vestiging. Open het formulier opnieuw.", field="teachers"
        )
    for staff_id in set(wanted) - set(seen):
        _stand(group.id, staff_id)
    gone = GroupTeacher.staff.in_(list(set(seen) - set(wanted)))
    GroupTeacher.delete().where(GroupTeacher.group == group, gone).execute()


def _stand(group_id: int, staff_id: int) -> None:
    both = (GroupTeacher.group == group_id) & (GroupTeacher.staff == staff_id)
    if not GroupTeacher.select().where(both).exists():
        GroupTeacher.create(group=group_id, staff=staff_id)
