"""What a list shows: columns, where its rows come from, and CSV export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol

from app.exchange.csv_text import Cell, csv_file, number
from app.exchange.whole_file import make_folder, whole_file
from app.school.groups import natural_key
from screens.shared.files import free_name

PAGE = 100
"""Rows read at a time for the screen."""
AT_A_TIME = 1_000
"""Rows read at a time for a CSV file."""


@dataclass(frozen=True)
class Column:
    """A column: title, text of a row, width (0: the remainder), and from which total width it shows."""

    title: str
    text: Callable[[Any], str]
    width: int = 0
    right: bool = False
    from_width: int = 0
    order: Any = None
    """What the list can be sorted by: a function of the row for `Rows` (True: the text, in natural order), a name that
    the source knows for another; None if it cannot.
    """

    @classmethod
    def of(cls, field: Any, width: int = 0, **more: Any) -> Column:
        """A column for a model field: its verbose name as the title, its attribute as the value."""
        return cls(field.verbose_name, attrgetter(field.name), width, **more)


class Source(Protocol):
    """Where rows come from."""

    def count(self) -> int:
        """How many rows there are."""
        ...

    def page(self, offset: int, limit: int) -> Sequence[Any]:
        """These rows, in order."""
        ...


@dataclass(frozen=True)
class Rows:
    """A source that is simply a list."""

    rows: Sequence[Any]

    def ordered(self, column: Column, descending: bool) -> Rows:
        """The same rows ordered by a column; ties keep their order."""
        key = column.order if callable(column.order) else lambda row: natural_key(column.text(row))
        return Rows(sorted(self.rows, key=key, reverse=descending))

    def count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def page(self, offset: int, limit: int) -> Sequence[Any]:
        """These rows, in order."""
        return self.rows[offset : offset + limit]


@dataclass(frozen=True)
class Ready:
    """A source of which the number of rows and the first page were already read, beside the UI thread."""

    source: Source
    total: int
    first: Sequence[Any]

    def ordered(self, column: Column, descending: bool) -> Source:
        """The same rows in another order, not read yet."""
        ordered: Source = self.source.ordered(column, descending)  # type: ignore[attr-defined]  # asked where it can
        return ordered

    def count(self) -> int:
        """How many rows there are."""
        return self.total

    def page(self, offset: int, limit: int) -> Sequence[Any]:
        """These rows, in order."""
        if offset + limit <= len(self.first) or (offset == 0 and len(self.first) in (self.total, limit)):
            return self.first[offset : offset + limit]
        return self.source.page(offset, limit)


def ready(source: Source) -> Ready:
    """Read the number of rows and the first page: for `read` of a screen, in its thread. May raise `Refused`."""
    return Ready(source, source.count(), source.page(0, PAGE))


def save_csv(source: Source, columns: Sequence[Column], name: str) -> Path:
    """Save all rows in the downloads folder as `name.csv`; returns where. Semicolons, a header, CRLF, UTF-8 with a BOM,
    as Dutch Excel opens it. Raises `Refused` if it cannot be written.
    """
    path = free_name(f"{name.lower().replace(' ', '-')}.csv")
    make_folder(path.parent)
    with whole_file(path) as file, csv_file(file) as rows:
        rows([[column.title for column in columns]])
        for offset in range(0, source.count(), AT_A_TIME):
            rows([_cell(column, row) for column in columns] for row in source.page(offset, AT_A_TIME))
    return path


def _cell(column: Column, row: Any) -> Cell:
    """A right-aligned value is a number, if it parses as one."""
    text = column.text(row)
    return number(text) if column.right else text
