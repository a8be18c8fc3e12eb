"""SCOL-import: results of the list for social competence (layout in `app/exchange/scol.py`; rules ours).

The whole is a day: a corrected file for that day replaces all the pupil's results of it (`result_files.py`). The
categories of a day require its total, which is what screens show; the categories are its parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from app import clock
from app.access import Actor
from app.exchange.delimited import Table
from app.exchange.edexml_records import Problem
from app.exchange.identity import Person
from app.exchange.scol import ScolRow, read_scol
from app.exchange.uwlr import ResultData
from app.files.regular import Source
from app.permissions import Permission
from app.school.assessment import catalogue
from app.school.files import result_files
from app.school.files.result_files import ResultsPreview, ResultsReport
from app.school.files.result_lines import FileRow
from models.base import reading
from models.board import Location

SUPPLIER = "scol"
ASSESSMENT = "scol"
TOTAL = "Totaal"


@dataclass(frozen=True)
class ScolPreview(ResultsPreview):
    """What importing a SCOL file would do."""

    table: Table[ScolRow] = field(default_factory=Table, compare=False, repr=False)


def scales() -> dict[str, str]:
    """The possible values of `schaal`, with the part for each; the total is no part."""
    return {TOTAL: "", **{part.name: part.id for part in catalogue.by_id(ASSESSMENT).parts}}


def preview(actor: Actor, source: Source) -> ScolPreview:
    """Show what importing this file would do; changes nothing. Raises `UnreadableFile` or `NotAllowed`."""
    actor.require(Permission.IMPORT_RESULTS)
    table = read_scol(source, list(scales()))
    with reading():
        return _plan(actor.location, table, clock.school_today(actor.board))


def apply(actor: Actor, planned: ScolPreview) -> ResultsReport:
    """Carry out a preview in one transaction. Raises like `result_files.apply`."""
    return result_files.apply(actor, planned, partial(_plan, actor.location, planned.table))


def _plan(location: Location, table: Table[ScolRow], today: date) -> ScolPreview:
    parts = scales()
    rows = [_row(row, parts[row.scale]) for row in table.records]
    problems = [*table.problems, *([] if table.problems else _without_total(table.records))]
    made = result_files.plan(location, SUPPLIER, rows, problems, today)
    return ScolPreview(made.brin6, made.supplier, made.rows, made.errors, table)


def _row(row: ScolRow, part: str) -> FileRow:
    whole = row.day.isoformat()
    data = ResultData(
        key=f"{whole}:{part}",
        pupil_key=row.pupil_key,
        pupil_eckid="",
        assessment=ASSESSMENT,
        date=row.day,
        score=row.score,
        part=part,
    )
    person = Person.of(row, row.pupil_key)
    return FileRow(row.line, person, f"{row.scale} {clock.dutch_date(row.day)}", whole, (data,))


def _without_total(rows: list[ScolRow]) -> Iterator[Problem]:
    """The first line of each pupil and day that has no total."""
    complete = {(row.pupil_key, row.day) for row in rows if row.scale == TOTAL}
    for row in rows:
        if (row.pupil_key, row.day) not in complete:
            complete.add((row.pupil_key, row.day))
            yield Problem(
                row.line,
                f"Van leerling {row.pupil_key} op {clock.dutch_date(row.day)} ontbreekt de regel met schaal {TOTAL}. "
                "Zet die erbij.",
            )
