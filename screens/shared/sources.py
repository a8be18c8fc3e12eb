"""What a list shows: columns, where its rows come from, and CSV export."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from app.exchange.csv_text import Cell, csv_file, number
from app.exchange.whole_file import make_folder, whole_file
from app.school.groups import natural_key
from screens.shared.files import free_name

PAGE = 100
"""Rows read at a time for the screen."""
AT_A_TIME = 1_000
"""Rows read at a time for a CSV file."""


Part = tuple[str, str]
"""A text and the token it is drawn in; empty for as usual."""


@dataclass(frozen=True)
class Column:
    """A column: title, text of a row, width (0: the remainder), and from which total width it shows."""

    title: str
    text: Callable[[Any], str]
    width: int = 0
    right: bool = False
    from_width: int = 0
    leaves: int = 0
    """It shows only where it leaves this many cells to each column without a width."""
    order: Any = None
    """What the list can be sorted by: a function of the row for `Rows` (True: the text, in natural order), a name that
    the source knows for another; None if it cannot.
    """
    style: Callable[[Any], str] | None = None
    """The token a row's text is drawn in: `warn` colours it, a background (`warn-bg`, `l4`) fills it as a badge, `bold`
    may come before it; empty for as usual. The row of the cursor is drawn as one.
    """
    parts: Callable[[Any], Sequence[Part]] | None = None
    """What a row shows instead of the text, each part in a token of its own; a level keeps its tint under the cursor."""
    most: int = 40
    """How wide the first column can be when it takes the remainder and others follow it."""
    aloud: Callable[[Any], str] | None = None
    """What is read aloud instead of the text, where that is a sign that means something of its own in this list."""

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


@runtime_checkable
class Keyed(Source, Protocol):
    """A source that goes on from a row, which costs the same anywhere in the list; skipping rows does not."""

    def beside(self, row: Any | None, limit: int, *, back: bool = False) -> Sequence[Any] | None:
        """The rows after this one, or with `back` those before it (without a row: the last), in the order of the list.

        None if the order that was asked for has none: then rows are skipped.
        """
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

    known = page


@dataclass(frozen=True)
class Ready:
    """A source of which the number of rows and the first page were already read, beside the UI thread."""

    source: Source
    total: int
    first: Sequence[Any]

    def ordered(self, column: Column, descending: bool) -> Ready:
        """The same rows in another order, of which none is read yet."""
        return Ready(self.source.ordered(column, descending), self.total, ())  # type: ignore[attr-defined]  # where it can

    def count(self) -> int:
        """How many rows there are."""
        return self.total

    def known(self, offset: int, limit: int) -> Sequence[Any] | None:
        """These rows, if they need not be read."""
        if isinstance(self.source, Rows):
            return self.source.page(offset, limit)
        inside = offset + limit <= len(self.first) or len(self.first) == self.total
        return self.first[offset : offset + limit] if inside else None

    def page(self, offset: int, limit: int) -> Sequence[Any]:
        """These rows, in order."""
        known = self.known(offset, limit)
        return self.source.page(offset, limit) if known is None else known

    def beside(self, row: Any | None, limit: int, *, back: bool = False) -> Sequence[Any] | None:
        """As its source does."""
        return self.source.beside(row, limit, back=back) if isinstance(self.source, Keyed) else None


Known = Rows | Ready
"""What can be shown without reading."""


def ready(source: Source) -> Ready:
    """Read the number of rows and the first page: for `read` of a screen, in its thread. May raise `Refused`."""
    first = source.page(0, PAGE)
    return Ready(source, len(first) if len(first) < PAGE else source.count(), first)


def in_pages(source: Source) -> Iterator[Sequence[Any]]:
    """All rows, read page by page."""
    rows = source.page(0, AT_A_TIME)
    offset = 0
    while rows:
        yield rows
        offset += len(rows)
        more = source.beside(rows[-1], AT_A_TIME) if isinstance(source, Keyed) else None
        rows = source.page(offset, AT_A_TIME) if more is None else more


def save_csv(source: Source, columns: Sequence[Column], name: str) -> Path:
    """Save all rows in the downloads folder as `name.csv`; returns where. Semicolons, a header, CRLF, UTF-8 with a BOM,
    as Dutch Excel opens it. Raises `Refused` if it cannot be written.
    """
    path = free_name(f"{name.lower().replace(' ', '-')}.csv")
    make_folder(path.parent)
    with whole_file(path) as file, csv_file(file) as rows:
        rows([[column.title for column in columns]])
        for page in in_pages(source):
            rows([_cell(column, row) for column in columns] for row in page)
    return path


def _cell(column: Column, row: Any) -> Cell:
    """A right-aligned value is a number, if it parses as one."""
    text = column.text(row)
    return number(text) if column.right else text
