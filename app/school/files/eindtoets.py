"""Eindtoetsgegevens importeren: the eindtoets of year group 8 (layout in `app/exchange/eindtoets.py`; rules ours).

The results coupling never delivers these (sources.md#eindtoets). A pupil has one eindtoets per school year, so the
whole is that year: another file for it replaces all of it (`result_files.py`). The level of the whole is the
toetsadvies, the parts are reference levels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from app import clock
from app.access import Actor
from app.exchange.delimited import Table
from app.exchange.edexml_records import Problem
from app.exchange.eindtoets import PARTS, EindtoetsRow, read_eindtoets
from app.exchange.identity import Person
from app.exchange.uwlr import ResultData
from app.files.regular import Source
from app.permissions import Permission
from app.school import groups, years
from app.school.assessment import catalogue
from app.school.assessment.catalogue import Assessment
from app.school.files import result_files
from app.school.files.result_files import ResultsPreview, ResultsReport
from app.school.files.result_lines import FileRow
from models.base import reading
from models.board import Location
from models.school import Group, Placement, Pupil

SUPPLIER = "eindtoets"
YEAR_GROUP = "8"


@dataclass(frozen=True)
class EindtoetsPreview(ResultsPreview):
    """What importing an eindtoets file would do."""

    table: Table[EindtoetsRow] = field(default_factory=Table, compare=False, repr=False)


def kinds() -> list[Assessment]:
    """The kinds of eindtoets."""
    return [item for item in catalogue.supplied_by(catalogue.SUPPLIER) if not item.lvs]


def advices() -> tuple[str, ...]:
    """The possible values of `advies`, highest first."""
    return kinds()[0].levels


def preview(actor: Actor, source: Source) -> EindtoetsPreview:
    """Show what importing this file would do; changes nothing. Raises `UnreadableFile` or `NotAllowed`."""
    actor.require(Permission.IMPORT_RESULTS)
    known = kinds()[0]
    levels = {part: known.scale_of(part).levels for part in PARTS}
    table = read_eindtoets(source, [item.name for item in kinds()], advices(), levels)
    with reading():
        return _plan(actor.location, table, clock.school_today(actor.board))


def apply(actor: Actor, planned: EindtoetsPreview) -> ResultsReport:
    """Carry out a preview in one transaction. Raises like `result_files.apply`."""
    return result_files.apply(actor, planned, partial(_plan, actor.location, planned.table))


def _plan(location: Location, table: Table[EindtoetsRow], today: date) -> EindtoetsPreview:
    rows = [_row(row) for row in table.records]
    problems = [*table.problems, *_elsewhere(location, table.records)]
    check = _year_group_check(location, rows, today)
    made = result_files.plan(location, SUPPLIER, rows, problems, today, check)
    return EindtoetsPreview(made.brin6, made.supplier, made.rows, made.errors, table)


def _row(row: EindtoetsRow) -> FileRow:
    assessment = next(item for item in kinds() if item.name == row.assessment)
    school_year = clock.school_year_of(row.day)

    def result(part: str, score: int, level: str, reference_level: str = "") -> ResultData:
        return ResultData(
            key=f"{school_year}:{part}",
            pupil_key=row.pupil_key,
            pupil_eckid="",
            assessment=assessment.id,
            date=row.day,
            score=score,
            part=part,
            level=level,
            reference_level=reference_level,
        )

    parts = ((part, *assessment.scale_of(part).read(level)) for part, level in row.levels)
    found = (result("", row.score, row.advice), *(result(part, score, level, level) for part, score, level in parts))
    person = Person.of(row, row.pupil_key)
    return FileRow(row.line, person, f"{assessment.name} {school_year}", school_year, found)


def _elsewhere(location: Location, rows: Iterable[EindtoetsRow]) -> list[Problem]:
    return [
        Problem(
            row.line,
            f"Deze regel is van {row.brin6}, en u werkt op {location.brin6}. Kies het bestand van deze "
            "vestiging, of eerst de andere vestiging (Ctrl+P, Vestiging kiezen).",
        )
        for row in rows
        if row.brin6 != location.brin6
    ]


def _year_group_check(location: Location, rows: list[FileRow], today: date) -> Callable[[FileRow, Pupil], str]:
    """Make the check that a pupil was in year group 8 in the school year of the eindtoets, according to its
    basisgroep.
    """
    years_of = {clock.school_year_of(row.day) for row in rows}
    placements = (
        Placement.select(Placement, Group)
        .join(Group)
        .where(Group.location == location, Placement.kind == "basis", Placement.school_year.in_(sorted(years_of)))
    )
    sat = {(row.pupil_id, row.school_year): row.group for row in placements}
    present = years.working_year(location, today)

    def check(row: FileRow, pupil: Pupil) -> str:
        school_year = clock.school_year_of(row.day)
        group = sat.get((pupil.id, school_year))
        if group is None:
            return f"{row.name} zat in {school_year} in geen groep van deze vestiging; de eindtoets is voor groep 8."
        of_group = groups.year_groups_of(group)
        found = [str(pupil.year_group)] if school_year == present and len(of_group) > 1 else of_group
        if YEAR_GROUP in found:
            return ""
        return f"{row.name} zat in {school_year} in groep {group.name}; de eindtoets is voor leerjaar 8."

    return check
