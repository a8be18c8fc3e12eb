"""The school year a location works in: the calendar's starts on 1 August, the school's with its new groups.

It is the latest school year, not after today's, for which the location has groups; without any groups, today's. So
after 1 August a school continues with last year's groups until new ones are made, by a year transition or an import
(nothing happens by itself; the rule is our choice). Code that means "this year's groups" asks here.
"""

from __future__ import annotations

from datetime import date, datetime

from peewee import fn

from app import clock
from app.history import changed_since, state_at
from models.board import Location
from models.school import Group


def working_year(location: Location, today: date) -> str:
    """The school year of the groups the location works with, as in `2019-2020`."""
    calendar = clock.school_year_of(today)
    known = Group.select(fn.MAX(Group.school_year)).where(Group.location == location, Group.school_year <= calendar)
    latest: str | None = known.scalar()
    return latest or calendar


def working_year_at(location: Location, moment: datetime) -> str:
    """The school year of the groups the location worked with at a past moment, whatever changed after it."""
    calendar = clock.school_year_of(moment.astimezone(clock.AMSTERDAM).date())
    changed = set(changed_since(location.board_id, Group, moment))
    if not changed:
        return working_year(location, moment.astimezone(clock.AMSTERDAM).date())
    here = {row.id for row in Group.select(Group.id).where(Group.location == location)}
    then = (group for group in state_at(Group, here | changed, moment).values() if group is not None)
    known = {group.school_year for group in then if group.location_id == location.id}
    return max((year for year in known if year <= calendar), default=calendar)


def year_on(location: Location, day: date, today: date) -> str:
    """The school year of the groups on a day: the working year, unless a later one starts before that day."""
    calendar = clock.school_year_of(day)
    return calendar if calendar > clock.school_year_of(today) else working_year(location, today)


def has_groups(location: Location, school_year: str) -> bool:
    """Whether the location has any group in a school year."""
    return bool(Group.select().where(Group.location == location, Group.school_year == school_year).exists())


def first_day(school_year: str) -> date:
    """The first day of a school year by the calendar."""
    return date(int(school_year[:4]), 8, 1)


def next_year(school_year: str) -> str:
    """The school year after this one."""
    first = int(school_year[:4]) + 1
    return f"{first}-{first + 1}"
