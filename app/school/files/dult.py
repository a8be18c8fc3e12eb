"""Dultkoppeling: received files, and who the pupils in them are (sources.md#rollback; details ours).

A match is kept in ESIS only and remembered for the next file. A pupil with the same leerlingnummer and birth date is
matched automatically, one with the same name and birth date is proposed, and the rest is left to the user. Agreed
matches (akkoord) are processed by `app/school/files/dult_processing.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from peewee import fn

from app import clock
from app.access import Actor, writing
from app.clock import dutch_date
from app.exchange.dates import before_birth
from app.exchange.delimited import Table
from app.exchange.dult import DultRow, read_dult
from app.exchange.edexml_records import Problem, Severity, births
from app.files.regular import Source
from app.permissions import Permission
from app.refusals import Refused
from app.school.assessment import assessments, catalogue
from app.school.files.dult_matching import SUPPLIER, MatchStatus, found, open_file
from app.school.files.dult_proposals import propose
from app.school.text import clean_text
from models import bulk
from models.base import reading
from models.dult import DultFile, DultLine, DultPupil

MOST_FILES = 200
LONGEST_NAME = 100


class FileState(StrEnum):
    """The state of a file, as on screen."""

    RECEIVED = "Ontvangen"
    PARTLY = "Deels gekoppeld"
    AGREED = "Akkoord"
    PROCESSED = "Verwerkt"
    ROLLED_BACK = "Teruggedraaid"


@dataclass(frozen=True)
class DultFileRow:
    """A file in the list."""

    id: int
    name: str
    received_at: datetime
    received_by: str
    state: FileState
    pupils: int
    agreed: int
    results: int


@dataclass(frozen=True)
class DultPreview:
    """The contents of a chosen file."""

    pupils: int
    matches: dict[MatchStatus, int]
    """The number of pupils by matchstatus."""
    results: int
    errors: tuple[Problem, ...]
    """In order of line; a file with any is not received."""
    warnings: tuple[Problem, ...]
    table: Table[DultRow] = field(default_factory=Table, repr=False)

    @property
    def why_nothing(self) -> str:
        """Why there is nothing to receive: never, because every file has results."""
        return ""


def listed(actor: Actor) -> list[DultFileRow]:
    """Return the files of the location, latest first. Raises `NotAllowed`."""
    actor.require(Permission.IMPORT_RESULTS)
    query = DultFile.select().where(DultFile.location == actor.location).order_by(DultFile.id.desc()).limit(MOST_FILES)
    files = list(query)
    ids = [file.id for file in files]
    pupils, agreed = _counts(DultPupil, ids), _counts(DultPupil, ids, DultPupil.agreed)
    lines = _counts(DultLine, ids)
    return [
        DultFileRow(
            file.id,
            file.name,
            file.received_at,
            file.received_by,
            _state(file, pupils[file.id], agreed[file.id]),
            pupils[file.id],
            agreed[file.id],
            lines[file.id],
        )
        for file in files
    ]


def file_row(actor: Actor, file_id: int) -> DultFileRow:
    """Return one file of the list. Raises `NotAllowed` or `NotFound`."""
    file = found(actor, file_id)
    pupils, agreed = _counts(DultPupil, [file_id]), _counts(DultPupil, [file_id], DultPupil.agreed)
    state = _state(file, pupils[file_id], agreed[file_id])
    return DultFileRow(
        file_id,
        file.name,
        file.received_at,
        file.received_by,
        state,
        pupils[file_id],
        agreed[file_id],
        _counts(DultLine, [file_id])[file_id],
    )


def preview(actor: Actor, source: Source) -> DultPreview:
    """Show what receiving this file would do; changes nothing. Raises `UnreadableFile` or `NotAllowed`."""
    actor.require(Permission.IMPORT_RESULTS)
    known = catalogue.supplied_by(SUPPLIER)
    table = read_dult(source, [item.id for item in known], known[0].levels)
    with reading():
        errors = sorted([*table.problems, *_wrong(table.records, clock.school_today(actor.board))])
        matches = propose(actor.location, table.records)
        off = {row.assessment for row in table.records} - assessments.active_ids(actor.location.id)
    warnings = tuple(
        Problem(
            0,
            f"{item.name} staat niet aan. Zet de toets aan voor u verwerkt (Beheer > Toetsen > Toetsen activeren).",
            Severity.WARNING,
        )
        for item in known
        if item.id in off
    )
    counts = Counter(match.status for match in matches.values())
    return DultPreview(len(matches), dict(counts), len(table.records), tuple(errors), warnings, table)


def receive(actor: Actor, name: str, planned: DultPreview) -> DultFile:
    """Store a file, matching its pupils as far as possible. Raises `Refused` when it has errors, `NotAllowed`."""
    if planned.errors:
        raise Refused(f"Het bestand heeft fouten en is niet ontvangen. De eerste: {planned.errors[0]}")
    with writing(actor, Permission.IMPORT_RESULTS) as now:
        file = DultFile.create(
            location=actor.location,
            name=clean_text(name, LONGEST_NAME, "name", "Naam", required=True),
            received_at=now,
            received_by=actor.name,
        )
        _add_pupils(file, planned.table.records)
        _add_lines(file, planned.table.records)
    return file


def remove(actor: Actor, file_id: int) -> str:
    """Remove a file from the list; return its name. Raises `Refused` for a processed file, `NotFound`."""
    with writing(actor, Permission.IMPORT_RESULTS):
        file = open_file(actor, file_id)
        file.delete_instance()
        return str(file.name)


def _state(file: DultFile, pupils: int, agreed: int) -> FileState:
    if file.state != "received":
        return FileState.PROCESSED if file.state == "processed" else FileState.ROLLED_BACK
    if not agreed:
        return FileState.RECEIVED
    return FileState.AGREED if agreed == pupils else FileState.PARTLY


def _counts(model: Any, file_ids: list[int], *where: Any) -> Counter[int]:
    query = model.select(model.file, fn.COUNT(model.id)).where(model.file.in_(file_ids), *where).group_by(model.file)
    return Counter(dict(query.tuples()))


def _wrong(rows: list[DultRow], today: date) -> Iterator[Problem]:
    """Duplicate results, results in the future or before a birth, and numbers used for two pupils."""
    yield from births(rows, today)
    first: dict[tuple[str, str, date], DultRow] = {}
    people: dict[str, DultRow] = {}
    for row in rows:
        key, known = (row.pupil_key, row.assessment, row.day), people.setdefault(row.pupil_key, row)
        if key in first:
            yield Problem(row.line, f"Dit resultaat van leerling {row.pupil_key} staat ook op regel {first[key].line}.")
        if _person(known) != _person(row):
            yield Problem(
                row.line, f"Leerling {row.pupil_key} heeft op regel {known.line} een andere naam of geboortedatum."
            )
        if row.day > today:
            yield Problem(row.line, f"Datum {dutch_date(row.day)} moet nog komen; het is {dutch_date(today)}.")
        if wrong := before_birth(row.day, row.birth_date):
            yield Problem(row.line, wrong)
        first.setdefault(key, row)


def _person(row: DultRow) -> tuple[str, str, date]:
    return row.first_name, row.last_name, row.birth_date


def _add_pupils(file: DultFile, rows: list[DultRow]) -> None:
    people = {row.pupil_key: row for row in reversed(rows)}
    matches = propose(file.location, rows)
    bulk.insert(
        DultPupil,
        (
            {
                "file": file.id,
                "key": key,
                "first_name": row.first_name,
                "last_name": row.last_name,
                "birth_date": row.birth_date,
                "status": matches[key].status.value,
                "matched": matches[key].pupil_id,
                "note": matches[key].note,
                "agreed": False,
            }
            for key, row in people.items()
        ),
    )


def _add_lines(file: DultFile, rows: list[DultRow]) -> None:
    ids = {pupil.key: pupil.id for pupil in DultPupil.select(DultPupil.id, DultPupil.key).where(DultPupil.file == file)}
    bulk.insert(
        DultLine,
        (
            {
                "file": file.id,
                "pupil": ids[row.pupil_key],
                "line": row.line,
                "assessment": row.assessment,
                "part": "",
                "date": row.day,
                "score": row.score,
                "level": row.level,
                "reference_level": "",
                "supplier_key": f"{row.pupil_key}:{row.assessment}:{row.day.isoformat()}",
            }
            for row in rows
        ),
    )
