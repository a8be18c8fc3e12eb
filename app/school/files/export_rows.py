"""Runs an export definition: its rows as a stream, the first of them as a preview, and all of them as a CSV file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from app import clock
from app.access import Actor
from app.counted import counted
from app.exchange.csv_text import Cell, csv_file, number
from app.exchange.whole_file import whole_file
from app.permissions import Permission
from app.school import years
from app.school.files import export_conditions
from app.school.files.export_conditions import Condition
from app.school.files.export_contents import PROGRESS_EVERY, Progress
from app.school.files.export_fields import ExportField, Kind, Subject, subject
from app.school.files.export_queries import Names
from models import bulk
from models.base import reading
from models.export import ExportDefinition

Cells = list[str]


@dataclass(frozen=True)
class DefinitionExport:
    """What was written."""

    name: str
    rows: int

    def sentence(self) -> str:
        """The outcome in one Dutch sentence."""
        return f"{self.name}: {counted(self.rows, 'rij', 'rijen')}."


@dataclass(frozen=True)
class _Plan:
    """A definition, prepared for reading."""

    subject: Subject
    fields: tuple[ExportField, ...]
    conditions: tuple[Condition, ...]
    sorted_by: ExportField | None

    @classmethod
    def of(cls, definition: ExportDefinition) -> _Plan:
        """Build the plan. Raises `Refused` when it names a field that no longer exists."""
        about = subject(definition.subject)
        return cls(
            about,
            tuple(about.field(name) for name in definition.columns.split(",")),
            tuple(export_conditions.read(about, definition.conditions)),
            about.field(definition.sorted_by) if definition.sorted_by else None,
        )

    def order(self, today: date) -> Iterator[Any]:
        """The sort columns; the same order on each database."""
        if self.sorted_by is not None:
            field = self.sorted_by
            yield bulk.in_byte_order(field.on_day(today) if field.on_day else field.order or field.column, nulls="LAST")
        yield from (bulk.in_byte_order(column) for column in self.subject.order)


def titles(definition: ExportDefinition) -> Cells:
    """The column headings."""
    return [field.title for field in _Plan.of(definition).fields]


def require(actor: Actor, definition: ExportDefinition) -> None:
    """Raise `NotAllowed` unless the actor may export its subject."""
    actor.require(Permission.EXPORT)
    actor.require(subject(definition.subject).also)


def rows(actor: Actor, definition: ExportDefinition) -> Iterator[Cells]:
    """Yield the rows of the actor's location, as texts; close the iterator when stopping early.

    Raises `NotAllowed`, and `Refused` for a definition with a field that no longer exists.
    """
    require(actor, definition)
    plan = _Plan.of(definition)
    with reading():
        today = clock.school_today(actor.board)
        year = years.working_year(actor.location, today)
        wanted = list(dict.fromkeys((*plan.fields, *(condition.field for condition in plan.conditions))))
        columns = [field.column if field.on_day is None else field.on_day(today) for field in wanted]
        query = plan.subject.query(actor, year, columns).order_by(*plan.order(today)).tuples()
        names = [field.names(actor, year) if field.names else None for field in wanted]
        places = {field: place for place, field in enumerate(wanted)}
        for raw in bulk.stream(query):
            values = [_value(field, known, one) for field, known, one in zip(wanted, names, raw, strict=True)]
            if all(condition.holds(values[places[condition.field]]) for condition in plan.conditions):
                yield [field.text(values[places[field]]) for field in plan.fields]


def first_rows(actor: Actor, definition: ExportDefinition, most: int = 20) -> list[Cells]:
    """The first rows, as a preview. Raises like `rows`."""
    with closing(rows(actor, definition)) as found:  # type: ignore[type-var]  # a generator has a close
        return list(islice(found, most))


def to_file(
    actor: Actor, definition: ExportDefinition, path: Path, overwrite: bool = False, progress: Progress | None = None
) -> DefinitionExport:
    """Write the CSV file, UTF-8 with a byte order mark: completely, or not at all. Raises like `rows` and
    `whole_file`.
    """
    require(actor, definition)
    counted, numbers = 0, [field.kind is Kind.NUMBER for field in _Plan.of(definition).fields]

    def counting() -> Iterator[list[Cell]]:
        nonlocal counted
        for cells in rows(actor, definition):
            counted += 1
            if progress and counted % PROGRESS_EVERY == 0:
                progress(counted)
            yield [number(cell) if is_number else cell for cell, is_number in zip(cells, numbers, strict=True)]

    with whole_file(path, overwrite) as file, csv_file(file, definition.separator) as write:
        if definition.header:
            write([titles(definition)])
        write(counting())
    return DefinitionExport(definition.name, counted)


def _value(field: ExportField, names: Names | None, raw: Any) -> Any:
    return field.value(raw if names is None else names.get(raw))
