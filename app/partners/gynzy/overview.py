"""Read-only queries for what only Gynzy's screens show: exercises, groups including archived ones, and results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peewee import fn

from app import clock
from app.counted import counted
from app.partners.gynzy import methods
from app.partners.gynzy.connection import SUPPLIER
from app.partners.results_supplier import overview
from app.partners.results_supplier.overview import PupilAccount
from models.partners.gynzy import GynzyGroup, GynzyOutcome, GynzyProgress, GynzyPupil, GynzySchool


@dataclass(frozen=True)
class PractisingPupil(PupilAccount):
    """An account in a list, and the number of exercises done."""

    exercises: int

    @property
    def state(self) -> str:
        """`uit ESIS`, `zelf gemaakt` or `niet actief`."""
        return "niet actief" if not self.pupil.active else "zelf gemaakt" if self.pupil.own else "uit ESIS"


@dataclass(frozen=True)
class GroupRow:
    """A group in a list."""

    group: GynzyGroup
    pupils: int
    outcomes: int


@dataclass(frozen=True)
class OutcomeRow:
    """A result in a list, with the name of its assessment."""

    outcome: GynzyOutcome
    assessment: str


def pupils(school: GynzySchool, asked: str = "", offset: int = 0, limit: int = 100) -> list[PractisingPupil]:
    """Accounts by last name, so that two of one pupil are adjacent; inactive ones last."""
    rows = overview.pupils(SUPPLIER, school, asked, offset, limit)
    done = _exercises([row.pupil for row in rows])
    return [PractisingPupil(row.pupil, row.group, row.sittings, done.get(row.pupil.id, 0)) for row in rows]


def groups(school: GynzySchool) -> list[GroupRow]:
    """The groups, with the archived ones of earlier years last."""
    sizes = overview.group_sizes(SUPPLIER, school)
    results: Any = (
        GynzyOutcome.select(GynzyOutcome.group, fn.COUNT(GynzyOutcome.id))
        .where(GynzyOutcome.school == school)
        .group_by(GynzyOutcome.group)
        .tuples()
    )
    made = dict(results)
    order = (GynzyGroup.active.desc(), GynzyGroup.school_year.desc(), *overview.group_order(SUPPLIER))
    rows = GynzyGroup.select().where(GynzyGroup.school == school).order_by(*order)
    return [GroupRow(row, sizes[row.key], made.get(row.id, 0)) for row in rows]


def outcomes(school: GynzySchool, group: GynzyGroup) -> list[OutcomeRow]:
    """The results of a group, which may be archived; newest first, then by pupil."""
    names = {item.id: item.name for method in methods.methods() for item in method.assessments}
    rows = (
        GynzyOutcome.select(GynzyOutcome, GynzyPupil)
        .join(GynzyPupil)
        .where(GynzyOutcome.school == school, GynzyOutcome.group == group)
        .order_by(GynzyOutcome.date.desc(), GynzyOutcome.assessment, GynzyPupil.sort_name, GynzyOutcome.id)
    )
    return [OutcomeRow(row, names.get(row.assessment, row.assessment)) for row in rows]


def _exercises(found: list[GynzyPupil]) -> dict[int, int]:
    done: Any = GynzyProgress.select(GynzyProgress.pupil, fn.SUM(GynzyProgress.exercises))
    rows = done.where(GynzyProgress.pupil.in_(found)).group_by(GynzyProgress.pupil).tuples()
    return {pupil: int(number) for pupil, number in rows}


def _note(school: GynzySchool, row: PupilAccount | None) -> str:
    if row is None:
        return f"Opgehaald {clock.dutch_moment(school.pulled_at)}." if school.pulled_at else "Nog niets opgehaald."
    exercises = counted(_exercises([row.pupil]).get(row.pupil.id, 0), "opgave", "opgaven")
    return f"{exercises} geoefend, {counted(row.sittings, 'toetsresultaat', 'toetsresultaten')}."


holding = overview.holding_of(SUPPLIER, _note, lambda school: school.pulled_at)
"""What Gynzy holds for a pupil, with the progress made."""
