"""Sittings (toetsafnames) in IEP LVS: in the test windows by themselves, and when the schoolbeheerder lets a group sit.

In a window each pupil sits every assessment of the leerlingvolgsysteem for its year group, on a day of its own; a pupil
who came after that day does not. All of it is deterministic. Outcomes wait until ESIS has taken them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import cache
from hashlib import sha256
from typing import Any

from app import clock
from app.access import standing_still
from app.exchange.names import is_group
from app.partners.iep_lvs import windows
from app.partners.iep_lvs.scoring import Talents
from app.partners.results_supplier import outcomes
from app.partners.results_supplier.outcomes import LONGEST_KEY
from app.refusals import NotFound, Refused
from app.runs import Counts, Job, Page
from fixtures.assessments import SUPPLIER, Assessment, by_id, lvs_assessments, supplied_by
from models.board import Board
from models.partners.iep_lvs import IepGroup, IepPupil, IepSchool, IepSitting, IepWindow
from models.run import Run

AT = time(15, 0)
PUPILS_A_PAGE = 25
"""About 250 outcomes: up to ten a pupil."""


def assessments() -> tuple[Assessment, ...]:
    """The assessments IEP LVS has, the eindtoets too."""
    return supplied_by(SUPPLIER)


def named(assessment_id: str) -> Assessment:
    """The assessment with this id, as typed. Raises `NotFound`."""
    return by_id(assessment_id.strip().lower(), SUPPLIER)


def sit(school: IepSchool, assessment_id: str, group_name: str) -> int:
    """Let the pupils of a group sit an assessment now; of a combination group only those of a fitting year group.

    Returns how many sat. Raises `NotFound` for an unknown assessment or group, and `Refused` when nobody can sit it
    or school time is being moved.
    """
    assessment = named(assessment_id)
    with standing_still(school.location.board_id) as now:
        group = _group(school, group_name)
        pupils = [pupil for pupil in _members(school, group) if pupil.year_group in assessment.year_groups]
        if not pupils:
            raise Refused(
                f"{assessment.name} is voor groep {', '.join(assessment.year_groups)}; "
                f"in {group.name} zit daarvan niemand."
            )
        talents = Talents(_seed(school))
        rows = [row for pupil in pupils for row in _rows(school, pupil, assessment, now, talents)]
        if not outcomes.keep(IepSitting, rows):
            raise Refused(f"Groep {group.name} heeft {assessment.name} vandaag al gemaakt.")
    return len(pupils)


def past_sittings(school: IepSchool, today: date, since: Mapping[str, date]) -> int:
    """Make the sittings of the windows of last school year and this one, up to and with today; returns the outcomes.

    `since` is when each pupil (by key) came to the school.
    """
    seed, pupils, rows = _seed(school), list(_active(school)), []
    talents = Talents(seed)
    for window in windows.around(today):
        for pupil in pupils:
            day = windows.sitting_day(seed, pupil.key, window)
            if since[pupil.key] <= day <= today:
                rows += _all_rows(school, pupil, _year_group_on(pupil, day, today), clock.local(day, AT), talents)
    return outcomes.keep(IepSitting, rows)


def sitting_locations(board_id: int, day: date) -> list[int]:
    """The locations of which a pupil sits on this day."""
    schools = [IepSchool.get_by_id(school_id) for school_id in windows.schools_on(board_id, day)]
    return sorted(school.location_id for school in schools if _sitters(school, day, 0, 1))


def sit_in_window(school: IepSchool, day: date, cursor: str) -> Page:
    """Let the next pupils whose day it is sit; the cursor is the id of the last one."""
    pupils = _sitters(school, day, int(cursor or 0), PUPILS_A_PAGE)
    talents = Talents(_seed(school))
    at = clock.local(day, AT)
    rows = [row for pupil in pupils for row in _all_rows(school, pupil, pupil.year_group, at, talents)]
    stored = outcomes.keep(IepSitting, rows)
    counts = Counts(received=len(rows), stored=stored, unchanged=len(rows) - stored)
    return Page(str(pupils[-1].id) if len(pupils) == PUPILS_A_PAGE else None, counts)


def _sitters(school: IepSchool, day: date, after_id: int, limit: int) -> list[IepPupil]:
    """Active pupils after this id who sit on this day."""
    open_windows = list(
        IepWindow.select().where(IepWindow.school == school, IepWindow.opens <= day, IepWindow.closes >= day)
    )
    seed, found = _seed(school), []
    for pupil in _active(school).where(IepPupil.id > after_id).iterator():
        today = any(windows.sitting_day(seed, pupil.key, window) == day for window in open_windows)
        if today and _of_year_group(pupil.year_group):
            found.append(pupil)
        if len(found) == limit:
            break
    return found


def _active(school: IepSchool):  # type: ignore[no-untyped-def]  # peewee's queries have no useful type
    return IepPupil.select().where(IepPupil.school == school, IepPupil.active).order_by(IepPupil.id)


def _group(school: IepSchool, name: str) -> IepGroup:
    groups = list(IepGroup.select().where(IepGroup.school == school, IepGroup.active).order_by(IepGroup.id))
    for group in groups:
        if is_group(name, group.name):
            return group
    known = ", ".join(group.name for group in groups) or "geen; Basispoort heeft nog geen groepen geleverd"
    raise NotFound(f"Groep '{name}' is bij IEP LVS niet bekend. Er zijn: {known}.", field="group")


def _members(school: IepSchool, group: IepGroup) -> list[IepPupil]:
    """Of an instruction group too: its key is among those of the pupil."""
    if not group.composite:
        return list(_active(school).where(IepPupil.group_key == group.key))
    return [pupil for pupil in _active(school) if group.key in pupil.composite_keys.split("\n")]


def _year_group_on(pupil: IepPupil, day: date, today: date) -> str:
    """The year group the pupil was in, a year lower for each school year back."""
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
    return [row for assessment in found for row in _rows(school, pupil, assessment, at, talents)]


def _rows(
    school: IepSchool, pupil: IepPupil, assessment: Assessment, at: datetime, talents: Talents
) -> Iterable[dict[str, Any]]:
    day = at.date()
    for outcome in talents.outcomes(pupil.key, assessment, day):
        yield {
            "school": school.id,
            "pupil": pupil.id,
            "key": _key(school, pupil, assessment, day, outcome.part),
            "assessment": assessment.id,
            "part": outcome.part,
            "date": day,
            "level": outcome.level,
            "score": outcome.score,
            "reference_level": outcome.reference_level,
            "pending": True,
            "waits_since": at,
            "refusal": "",
        }


def _key(school: IepSchool, pupil: IepPupil, assessment: Assessment, day: date, part: str) -> str:
    """`IEP-99QQ00-1042-rekenen-6-20200121-getallen`; the pupil's key is digested where it would not fit.

    Never with the BRIN6 of Details: that can be changed, and one sitting has one key.
    """
    tail = f"{assessment.id}-{day:%Y%m%d}" + (f"-{part}" if part else "")
    brin6 = school.location.brin6
    key = f"IEP-{brin6}-{pupil.key}-{tail}"
    if len(key) <= LONGEST_KEY:
        return key
    return f"IEP-{brin6}-{sha256(pupil.key.encode()).hexdigest()}-{tail}"


def _seed(school: IepSchool) -> int:
    return int(Board.select(Board.seed).where(Board.id == school.location.board_id).get().seed)


def _page(run: Run, cursor: str) -> Page:
    school = IepSchool.get(IepSchool.location == run.location_id)
    return sit_in_window(school, run.slot.astimezone(clock.AMSTERDAM).date(), cursor)


JOB = Job(
    name="sittings-iep-lvs",
    title="Toetsafnames in IEP LVS",
    at=AT,
    wanted=sitting_locations,
    page=_page,
    log_kind="",
)
