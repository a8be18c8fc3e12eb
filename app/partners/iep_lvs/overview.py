"""What IEP LVS shows its schoolbeheerder: pupils, transfers, windows, assessments and what waits for ESIS. Only reads.

Counts are of sittings (one pupil, one assessment, one day) unless a name says results: those are what ESIS stores,
one for the whole assessment and one for each of its parts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from peewee import fn

from app import clock
from app.counted import counted
from app.exchange.names import folded
from app.partners import pupil_at_partners
from app.partners.iep_lvs import sittings, windows
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.pupil_at_partners import PupilAtPartner
from app.partners.results_supplier import delivery_status
from app.partners.results_supplier.delivery_status import Deliveries
from fixtures.assessments import Assessment
from models.board import Location, School
from models.partners.iep_lvs import IepGroup, IepPupil, IepSchool, IepSitting, IepTransfer, IepWindow


class WindowState(StrEnum):
    """Where a test window stands, as on screen."""

    PAST = "geweest"
    OPEN = "open"
    COMING = "komt nog"


@dataclass(frozen=True)
class Summary:
    """What the account holds."""

    pupils: int
    groups: int
    sittings: int


@dataclass(frozen=True)
class PupilRow:
    """A pupil in the list."""

    pupil: IepPupil
    group: str
    sittings: int


@dataclass(frozen=True)
class WindowRow:
    """A test window in the list."""

    window: IepWindow
    state: WindowState
    sittings: int


@dataclass(frozen=True)
class AssessmentRow:
    """An assessment in the list; `last` is the last day on which somebody sat it."""

    assessment: Assessment
    sittings: int
    last: date | None


@dataclass(frozen=True)
class GroupChoice:
    """A group that can sit an assessment, and how many of its pupils would."""

    name: str
    pupils: int


def accounts(board_id: int) -> list[IepSchool]:
    """The accounts of the board's locations, by BRIN and number of the location."""
    query = IepSchool.select(IepSchool, Location, School).join(Location).join(School)
    return list(query.where(Location.board == board_id).order_by(School.brin, Location.number))


def summary(school: IepSchool) -> Summary:
    """How many active pupils and groups, and sittings of all years."""
    return Summary(
        IepPupil.select().where(IepPupil.school == school, IepPupil.active).count(),
        IepGroup.select().where(IepGroup.school == school, IepGroup.active).count(),
        _sittings(school).count(),
    )


def deliveries(school: IepSchool) -> Deliveries:
    """How far the delivery to ESIS is."""
    return delivery_status.deliveries(SUPPLIER, school)


def transfer_count(school: IepSchool) -> int:
    """How many transfers came in from Basispoort."""
    return int(IepTransfer.select().where(IepTransfer.school == school).count())


def transfers(school: IepSchool, offset: int = 0, limit: int = 100) -> list[IepTransfer]:
    """The transfers from Basispoort, newest first."""
    query = IepTransfer.select().where(IepTransfer.school == school).order_by(IepTransfer.at.desc())
    return list(query.offset(offset).limit(limit))


def missed_night(school: IepSchool, now: datetime) -> bool:
    """Whether nothing came in from Basispoort in the last night that has been (contract.md: 01:00)."""
    here = now.astimezone(clock.AMSTERDAM)
    tonight = clock.local(here.date(), clock.PUBLISHERS)
    expected = tonight if tonight <= here else clock.local(here.date() - timedelta(days=1), clock.PUBLISHERS)
    came = IepTransfer.select().where(
        IepTransfer.school == school, IepTransfer.at >= expected, IepTransfer.message == ""
    )
    return not came.exists()


def pupil_count(school: IepSchool, asked: str = "") -> int:
    """How many pupils there are, with what was asked for in their name."""
    return int(_pupils(school, asked).count())


def pupils(school: IepSchool, asked: str = "", offset: int = 0, limit: int = 100) -> list[PupilRow]:
    """Pupils by last name, those who left at the end; three queries a page."""
    order = (IepPupil.active.desc(), IepPupil.sort_name, IepPupil.id)
    rows = list(_pupils(school, asked).order_by(*order).offset(offset).limit(limit))
    names = {group.key: group.name for group in IepGroup.select().where(IepGroup.school == school)}
    counted: Any = _sittings(school).select(IepSitting.pupil, fn.COUNT(IepSitting.id))
    sat = dict(counted.where(IepSitting.pupil.in_(rows)).group_by(IepSitting.pupil).tuples())
    return [PupilRow(row, names.get(row.group_key, ""), sat.get(row.id, 0)) for row in rows]


def holding(location_id: int, key: str) -> PupilAtPartner:
    """What IEP LVS has of a pupil, and how many sittings."""
    system = "IEP LVS"
    school = IepSchool.get_or_none(IepSchool.location == location_id)
    if school is None:
        return PupilAtPartner(system, note="Deze vestiging heeft geen account.")
    pupil = IepPupil.get_or_none(IepPupil.school == school, IepPupil.key == key)
    groups = {row.key: row.name for row in IepGroup.select().where(IepGroup.school == school)}
    sat = IepSitting.select().where(IepSitting.pupil == pupil, IepSitting.part == "").count() if pupil else 0
    gone = "" if pupil is None or pupil.active else "Niet meer actief; "
    note = f"{gone}{counted(sat, 'toetsafname', 'toetsafnames')}."
    return pupil_at_partners.of(system, pupil, groups, note if pupil else "")


def window_rows(school: IepSchool, today: date) -> list[WindowRow]:
    """The windows of last school year, this one and the next, the oldest first."""
    first = int(clock.school_year_of(today)[:4])
    years = {f"{year}-{year + 1}" for year in (first - 1, first, first + 1)}
    counted: Any = _sittings(school).select(IepSitting.date, fn.COUNT(IepSitting.id)).group_by(IepSitting.date).tuples()
    sat = dict(counted)
    shown = [window for window in reversed(windows.of_account(school)) if window.school_year in years]
    return [WindowRow(window, _state(window, today), _between(sat, window)) for window in shown]


def assessment_rows(school: IepSchool) -> list[AssessmentRow]:
    """Every assessment of the catalogue, with how often it was sat here, in one query."""
    rows: Any = (
        _sittings(school)
        .select(IepSitting.assessment, fn.COUNT(IepSitting.id), fn.MAX(IepSitting.date))
        .group_by(IepSitting.assessment)
        .tuples()
    )
    sat = {assessment: (number, last) for assessment, number, last in rows}
    return [AssessmentRow(item, *sat.get(item.id, (0, None))) for item in sittings.assessments()]


def groups_for(school: IepSchool, assessment: Assessment) -> list[GroupChoice]:
    """The active groups, instruction groups too, with pupils of a year group the assessment is for."""
    fitting = IepPupil.select().where(
        IepPupil.school == school, IepPupil.active, IepPupil.year_group.in_(assessment.year_groups)
    )
    keys = Counter(key for pupil in fitting for key in {pupil.group_key, *pupil.composite_keys.split("\n")})
    groups = (
        IepGroup.select()
        .where(IepGroup.school == school, IepGroup.active)
        .order_by(IepGroup.composite, IepGroup.year_group, IepGroup.sort_name)
    )
    return [GroupChoice(group.name, keys[group.key]) for group in groups if keys[group.key]]


def _sittings(school: IepSchool):  # type: ignore[no-untyped-def]  # peewee's queries have no useful type
    return IepSitting.select().where(IepSitting.school == school, IepSitting.part == "")


def _pupils(school: IepSchool, asked: str):  # type: ignore[no-untyped-def]  # peewee's queries have no useful type
    query = IepPupil.select().where(IepPupil.school == school)
    for word in folded(asked).split():
        query = query.where(IepPupil.sort_name.contains(word))
    return query


def _state(window: IepWindow, today: date) -> WindowState:
    if today > window.closes:
        return WindowState.PAST
    return WindowState.OPEN if today >= window.opens else WindowState.COMING


def _between(sat: dict[date, int], window: IepWindow) -> int:
    return sum(number for day, number in sat.items() if window.opens <= day <= window.closes)
