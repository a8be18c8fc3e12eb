"""The lines of groups and teachers: derived from the administration, and kept up to date with it.

A user's choice stays as long as it is possible; everything else follows the rules. So creating a draft, checking
whether it is still valid and the final check of the run are the same operation. Called inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain, count
from typing import Any

from app.exchange.names import folded
from app.school.group_editing import YEAR_GROUPS
from app.school.groups import GroupKind
from app.school.transition.facts import kinds, last_change, old_groups, rules_of
from app.school.transition.rules import Going, What, raised
from models.school import Group, GroupTeacher, StaffMember
from models.transition import TransitionGroup, TransitionPupil, TransitionTeacher, YearTransition


def prepare(transition: YearTransition, day: date) -> None:
    """Bring the lines of groups and teachers up to date; those of pupils follow with `pupils_draft`."""
    transition.seen_change = last_change()
    transition.save(only=(YearTransition.seen_change,))
    _continue_groups(transition)
    _drop_unneeded(transition, day)
    _add_missing(transition, day)
    _merge_teachers(transition)


def _continue_groups(transition: YearTransition) -> None:
    """Make a line for each group of the old year: a basisgroep continues under its name, the others end."""
    lines = {row.source_id: row for row in TransitionGroup.select().where(TransitionGroup.transition == transition)}
    for group in old_groups(transition):
        line = lines.get(group.id) or TransitionGroup(transition=transition, source=group)
        if not line.changed_by:
            _set(
                line,
                wanted=group.kind == GroupKind.BASIS,
                name=group.name,
                kind=group.kind,
                year_groups=group.year_groups,
                available_to_couplings=group.available_to_couplings,
            )


def _set(line: TransitionGroup | TransitionTeacher, **values: Any) -> None:
    """Save the line only if it is new or differs: four hundred unchanged lines cost nothing."""
    if line.id is None or any(line.__data__[name] != value for name, value in values.items()):
        for name, value in values.items():
            setattr(line, name, value)
        line.save()


def _drop_unneeded(transition: YearTransition, day: date) -> None:
    """Delete lines that nobody needs and that only existed for a year group without a group, or whose group was
    deleted.
    """
    ours = (TransitionGroup.transition == transition) & TransitionGroup.source.is_null()
    for line in list(TransitionGroup.select().where(ours, TransitionGroup.changed_by == "")):
        chosen = TransitionPupil.select().where(TransitionPupil.group == line, TransitionPupil.changed_by != "")
        if line.group_id is None and not chosen.exists() and not _needed(transition, day, line.id):
            line.delete_instance()


def _needed(transition: YearTransition, day: date, line_id: int) -> bool:
    rules = rules_of(transition)
    return any(rules.destination(kind).group == line_id for kind in kinds(transition, day))


def _add_missing(transition: YearTransition, day: date) -> None:
    """Add a group for each year group that has pupils but no group, as in a growing school."""
    rules = rules_of(transition)
    for kind in kinds(transition, day):
        meant = rules.destination(kind)
        if meant.what == What.NONE and meant.year_group in YEAR_GROUPS:
            name = next(_free_names(transition, kind, meant.year_group))
            TransitionGroup.create(transition=transition, name=name, year_groups=meant.year_group)
            rules = rules_of(transition)


def _free_names(transition: YearTransition, kind: Going, year_group: str) -> Iterator[str]:
    """The name a year later of the pupils' group, then the year group, then the year group with a letter."""
    lines = TransitionGroup.select(TransitionGroup.name).where(TransitionGroup.transition == transition)
    taken = {folded(row.name) for row in lines}
    source = Group.get_or_none(Group.id == kind.source)
    later = [raised(source.name, kind.year_group)] if source is not None and not kind.newcomer else []
    for name in chain(later, [year_group], (f"{year_group}-{number}" for number in count(2))):
        if folded(name) not in taken:
            yield name


def _merge_teachers(transition: YearTransition) -> None:
    """Make a line for each active staff member and group; unless a user chooses otherwise they keep their group."""
    lines = {
        (row.staff_id, row.source_id): row
        for row in TransitionTeacher.select().where(TransitionTeacher.transition == transition)
    }
    seats: dict[int | None, int] = {
        row.source_id: int(row.id)
        for row in TransitionGroup.select().where(TransitionGroup.transition == transition, TransitionGroup.wanted)
        if row.source_id is not None
    }
    for staff, source in _teaching(transition):
        line = lines.pop((staff, source), None) or TransitionTeacher(transition=transition, staff=staff, source=source)
        if not line.changed_by:
            _set(line, group=seats.get(source))
    for line in lines.values():
        line.delete_instance()


def _teaching(transition: YearTransition) -> Iterator[tuple[int, int | None]]:
    """Who teaches which group of the old year; None for staff without a group."""
    before = {group.id for group in old_groups(transition)}
    links: dict[int, list[int]] = {}
    for row in GroupTeacher.select().where(GroupTeacher.group.in_(list(before))):
        links.setdefault(row.staff_id, []).append(row.group_id)
    staff = StaffMember.select(StaffMember.id).where(StaffMember.location == transition.location_id, StaffMember.active)
    for member in staff.order_by(StaffMember.id):
        groups: list[int] = links.get(member.id, [])
        yield from ((member.id, group) for group in groups or (None,))
