"""The input of the rules: which pupils take part, from which groups, to which; read in a few queries."""

from __future__ import annotations

from datetime import date
from typing import Any

from peewee import JOIN, Case, fn

from app.school import years
from app.school.groups import GroupKind, in_order, year_groups_of
from app.school.transition.rules import Going, Present, Rules, Seat
from models.history import Change
from models.school import Group, Placement, Pupil
from models.transition import TransitionGroup, YearTransition


def last_change() -> int:
    """The number of the last recorded change."""
    latest: int | None = Change.select(fn.MAX(Change.id)).scalar()
    return latest or 0


def effective_day(transition: YearTransition, today: date) -> date:
    """The day from which the new groups apply: 1 August, or today if that has passed."""
    return max(years.first_day(transition.to_year), today)


def going(transition: YearTransition, day: date) -> Any:
    """The pupils who take part: still enrolled on the day, and not arriving after the new year."""
    after = years.first_day(years.next_year(transition.to_year))
    return (
        (Pupil.location == transition.location_id)
        & (Pupil.enrolled_from < after)
        & (Pupil.unsubscribed_on.is_null() | (Pupil.unsubscribed_on > day))
    )


def rules_of(transition: YearTransition) -> Rules:
    """The rules with the present groups and the lines of the new year."""
    present = [
        Present(group.id, group.name, year_groups_of(group))
        for group in old_groups(transition)
        if group.kind == GroupKind.BASIS
    ]
    names = {group.id: group.name for group in present}
    place = {group.id: number for number, group in enumerate(present)}
    lines = TransitionGroup.select().where(
        TransitionGroup.transition == transition, TransitionGroup.wanted, TransitionGroup.kind == GroupKind.BASIS
    )
    seats = [Seat(row.id, names.get(row.source_id or 0, row.name), year_groups_of(row), row.source_id) for row in lines]
    seats.sort(key=lambda seat: (place.get(seat.source or 0, len(place)), seat.id))
    return Rules(present, seats)


def old_groups(transition: YearTransition) -> list[Group]:
    """The groups of the ending year, in order."""
    return in_order(
        Group.select().where(Group.location == transition.location_id, Group.school_year == transition.from_year)
    )


def kinds(transition: YearTransition, day: date) -> list[Going]:
    """The different kinds of pupils who take part, as the rules distinguish them."""
    begins = Case(None, [(Pupil.enrolled_from >= years.first_day(transition.to_year), 1)], 0)
    rows: Any = (
        Pupil.select(Pupil.year_group, Placement.group, begins, Pupil.starts_in)
        .join(
            Placement,
            JOIN.LEFT_OUTER,
            on=(
                (Placement.pupil == Pupil.id)
                & (Placement.school_year == transition.from_year)
                & (Placement.kind == GroupKind.BASIS)
            ),
        )
        .where(going(transition, day))
        .distinct()
        .tuples()
    )
    found = [Going(year_group, group, bool(new), starts_in) for year_group, group, new, starts_in in rows]
    return sorted(found, key=lambda kind: (kind.year_group, kind.source or 0, kind.newcomer, kind.starts_in))
