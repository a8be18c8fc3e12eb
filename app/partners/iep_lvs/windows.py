"""Test windows (vensters): the weeks in the middle and at the end of a school year in which pupils sit.

The dates and names are our choice (sources.md#iep-lvs-assessments). Pupils sit on a Tuesday or a Wednesday, which are
never Hemelvaartsdag or tweede pinksterdag.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

from app.clock import school_year_of
from models import bulk
from models.board import Location
from models.partners.iep_lvs import IepSchool, IepWindow

MIDDLE = "Midden"
END = "Eind"
SITTING_DAYS = (1, 2)


@dataclass(frozen=True)
class Window:
    """A window of a school year, both days inclusive."""

    name: str
    school_year: str
    opens: date
    closes: date


def of_school_year(school_year: str) -> list[Window]:
    """Three weeks from the third Monday of January, and four from the first Monday after 14 May."""
    year = int(school_year[:4]) + 1
    middle, end = _monday_from(date(year, 1, 15)), _monday_from(date(year, 5, 15))
    return [
        Window(MIDDLE, school_year, middle, middle + timedelta(days=18)),
        Window(END, school_year, end, end + timedelta(days=25)),
    ]


def around(day: date) -> list[Window]:
    """The windows of last school year, this one and the next, in order."""
    first = int(school_year_of(day)[:4])
    return [window for year in (first - 1, first, first + 1) for window in of_school_year(f"{year}-{year + 1}")]


def lay_out(school: IepSchool, day: date) -> None:
    """Add the windows the account lacks; each night's transfer calls this, so next year's are always there."""
    rows = [
        {
            "school": school.id,
            "name": item.name,
            "school_year": item.school_year,
            "opens": item.opens,
            "closes": item.closes,
        }
        for item in around(day)
    ]
    bulk.upsert(IepWindow, rows, key=("school", "opens"))


def of_account(school: IepSchool) -> list[IepWindow]:
    """The windows of an account, newest first."""
    return list(IepWindow.select().where(IepWindow.school == school).order_by(IepWindow.opens.desc()))


def schools_on(board_id: int, day: date) -> list[int]:
    """The ids of the accounts with a window in which pupils sit on this day."""
    if day.weekday() not in SITTING_DAYS:
        return []
    rows = (
        IepWindow.select(IepWindow.school)
        .join(IepSchool)
        .join(Location)
        .where(Location.board == board_id, IepWindow.opens <= day, IepWindow.closes >= day)
        .distinct()
    )
    return [row.school_id for row in rows]


def sitting_day(seed: int, pupil_key: str, window: Window | IepWindow) -> date:
    """The day on which a pupil sits in a window, always the same one."""
    weeks = (window.closes - window.opens).days // 7 + 1
    place = crc32(f"{seed}/{pupil_key}/{window.opens}".encode()) % (weeks * len(SITTING_DAYS))
    week, number = divmod(place, len(SITTING_DAYS))
    return _monday_from(window.opens) + timedelta(weeks=week, days=SITTING_DAYS[number])


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
