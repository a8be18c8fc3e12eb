"""Automatic sittings (toetsafnames) in the test windows of IEP LVS.

In a window each pupil sits every assessment of the leerlingvolgsysteem for its year group, on a day of its own; a pupil
who joined after that day does not. All of it is deterministic. Outcomes wait until ESIS has accepted them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any

from app import clock
from app.partners.iep_lvs import windows
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier import outcomes, sitting
from app.partners.talents import Talents
from app.runs import Counts, Job, Page
from fixtures.assessments import Assessment, lvs_assessments
from models.partners.iep_lvs import IepPupil, IepSchool, IepSitting, IepWindow
from models.run import Run

AT = time(15, 0)
PUPILS_A_PAGE = 25
"""About 250 outcomes: up to ten per pupil."""


def past_sittings(school: IepSchool, today: date, since: Mapping[str, date]) -> int:
    """Create the sittings of last school year's and this year's windows, up to and including today.

    Returns the number of outcomes. `since` maps each pupil (by key) to the date it joined the school.
    """
    talents, pupils, rows = sitting.talents_of(school), list(SUPPLIER.pupils(school).order_by(IepPupil.id)), []
    for window in windows.around(today):
        for pupil in pupils:
            day = windows.sitting_day(talents.seed, pupil.key, window)
            if since[pupil.key] <= day <= today:
                rows += _all_rows(school, pupil, _year_group_on(pupil, day, today), clock.local(day, AT), talents)
    return outcomes.keep(IepSitting, rows)


def sitting_locations(board_id: int, day: date) -> list[int]:
    """The locations with a pupil who sits on this day."""
    schools = [IepSchool.get_by_id(school_id) for school_id in windows.schools_on(board_id, day)]
    return sorted(school.location_id for school in schools if _sitters(school, day, 0, 1))


def sit_in_window(school: IepSchool, day: date, cursor: str) -> Page:
    """Let the next pupils whose turn it is today sit; the cursor is the id of the last one."""
    pupils = _sitters(school, day, int(cursor or 0), PUPILS_A_PAGE)
    talents, at = sitting.talents_of(school), clock.local(day, AT)
    rows = [row for pupil in pupils for row in _all_rows(school, pupil, pupil.year_group, at, talents)]
    stored = outcomes.keep(IepSitting, rows)
    counts = Counts(received=len(rows), stored=stored, unchanged=len(rows) - stored)
    return Page(str(pupils[-1].id) if len(pupils) == PUPILS_A_PAGE else None, counts)


def _sitters(school: IepSchool, day: date, after_id: int, limit: int) -> list[IepPupil]:
    """Active pupils after this id who sit on this day."""
    open_windows = list(
        IepWindow.select().where(IepWindow.school == school, IepWindow.opens <= day, IepWindow.closes >= day)
    )
    seed, found = sitting.talents_of(school).seed, []
    for pupil in SUPPLIER.pupils(school).where(IepPupil.id > after_id).order_by(IepPupil.id).iterator():
        today = any(windows.sitting_day(seed, pupil.key, window) == day for window in open_windows)
        if today and _of_year_group(pupil.year_group):
            found.append(pupil)
        if len(found) == limit:
            break
    return found


def _year_group_on(pupil: IepPupil, day: date, today: date) -> str:
    """The pupil's year group on a date: one lower for each school year back."""
    if not pupil.year_group.isdecimal():
        return ""
    back = int(clock.school_year_of(today)[:4]) - int(clock.school_year_of(day)[:4])
    return str(int(pupil.year_group) - back)


@cache
def _of_year_group(year_group: str) -> tuple[Assessment, ...]:
    return tuple(item for item in lvs_assessments() if year_group in item.year_groups)


def _all_rows(
    school: IepSchool, pupil: IepPupil, year_group: str, at: datetime, talents: Talents
) -> list[dict[str, Any]]:
    found = _of_year_group(year_group)
    return [row for item in found for row in outcomes.made(SUPPLIER, school, pupil, item, at, talents)]


def _page(run: Run, cursor: str) -> Page:
    school = IepSchool.get(IepSchool.location == run.location_id)
    return sit_in_window(school, run.slot.astimezone(clock.AMSTERDAM).date(), cursor)


JOB = Job(
    name="sittings-iep-lvs",
    title="Toetsafnames in IEP LVS",
    at=AT,
    wanted=sitting_locations,
    page=_page,
    logged=False,
)
