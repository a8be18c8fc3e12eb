"""Read-only queries for what only IEP LVS's screens show: transfers, windows and assessments.

Counts are of sittings (one pupil, one assessment, one day) unless a name says results: those are what ESIS stores, one
for the whole assessment and one for each of its parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from peewee import fn

from app import clock
from app.counted import counted
from app.partners.iep_lvs import connection, windows
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier import overview
from app.partners.results_supplier.overview import PupilAccount
from fixtures.assessments import Assessment
from models.board import Location, School
from models.partners.iep_lvs import IepGroup, IepSchool, IepSitting, IepTransfer, IepWindow


class WindowState(StrEnum):
    """The state of a test window, as on screen."""

    PAST = "geweest"
    OPEN = "open"
    COMING = "komt nog"


@dataclass(frozen=True)
class Summary:
    """Totals of the account."""

    pupils: int
    groups: int
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


def accounts(board_id: int) -> list[IepSchool]:
    """The accounts of the board's locations, by BRIN and number of the location."""
    query = IepSchool.select(IepSchool, Location, School).join(Location).join(School)
    return list(query.where(Location.board == board_id).order_by(School.brin, Location.number))


def summary(school: IepSchool) -> Summary:
    """The number of active pupils and groups, and of sittings in all years."""
    return Summary(
        SUPPLIER.pupils(school).count(),
        IepGroup.select().where(IepGroup.school == school, IepGroup.active).count(),
        overview.sittings(SUPPLIER, school).count(),
    )


def transfer_count(school: IepSchool) -> int:
    """How many transfers came from Basispoort."""
    return int(IepTransfer.select().where(IepTransfer.school == school).count())


def transfers(school: IepSchool, offset: int = 0, limit: int = 100) -> list[IepTransfer]:
    """The transfers from Basispoort, newest first."""
    query = IepTransfer.select().where(IepTransfer.school == school).order_by(IepTransfer.at.desc())
    return list(query.offset(offset).limit(limit))


def missed_night(school: IepSchool, now: datetime) -> bool:
    """Whether nothing arrived from Basispoort in the most recent night (sources.md#times: 01:00)."""
    here = now.astimezone(clock.AMSTERDAM)
    tonight = clock.local(here.date(), clock.PUBLISHERS)
    expected = tonight if tonight <= here else clock.local(here.date() - timedelta(days=1), clock.PUBLISHERS)
    came = IepTransfer.select().where(
        IepTransfer.school == school, IepTransfer.at >= expected, IepTransfer.message == ""
    )
    return not came.exists()


def window_rows(school: IepSchool, today: date) -> list[WindowRow]:
    """The windows of last school year, this one and the next, oldest first."""
    first = int(clock.school_year_of(today)[:4])
    years = {f"{year}-{year + 1}" for year in (first - 1, first, first + 1)}
    counted: Any = (
        overview.sittings(SUPPLIER, school)
        .select(IepSitting.date, fn.COUNT(IepSitting.id))
        .group_by(IepSitting.date)
        .tuples()
    )
    sat = dict(counted)
    shown = [window for window in reversed(windows.of_account(school)) if window.school_year in years]
    return [WindowRow(window, _state(window, today), _between(sat, window)) for window in shown]


def assessment_rows(school: IepSchool) -> list[AssessmentRow]:
    """Every assessment of the catalogue, with how often it was sat at this account, in one query."""
    rows: Any = (
        overview.sittings(SUPPLIER, school)
        .select(IepSitting.assessment, fn.COUNT(IepSitting.id), fn.MAX(IepSitting.date))
        .group_by(IepSitting.assessment)
        .tuples()
    )
    sat = {assessment: (number, last) for assessment, number, last in rows}
    return [AssessmentRow(item, *sat.get(item.id, (0, None))) for item in connection.assessments()]


def _note(_school: IepSchool, row: PupilAccount | None) -> str:
    return f"{counted(row.sittings, 'toetsafname', 'toetsafnames')}." if row else ""


def _taken(school: IepSchool) -> datetime | None:
    succeeded = IepTransfer.select().where(IepTransfer.school == school, IepTransfer.message == "")
    last = succeeded.order_by(IepTransfer.at.desc()).first()
    return None if last is None else last.at


holding = overview.holding_of(SUPPLIER, _note, _taken)
"""What IEP LVS holds for a pupil, and the number of sittings."""


def _state(window: IepWindow, today: date) -> WindowState:
    if today > window.closes:
        return WindowState.PAST
    return WindowState.OPEN if today >= window.opens else WindowState.COMING


def _between(sat: dict[date, int], window: IepWindow) -> int:
    return sum(number for day, number in sat.items() if window.opens <= day <= window.closes)
