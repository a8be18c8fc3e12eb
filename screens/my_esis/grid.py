"""The table of Dashboard Mijn Groep: pupils x subjects, with as many subjects in view as fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from textual.binding import Binding
from textual.message import Message

from app.school.assessment.catalogue import Subject
from app.school.assessment.dashboard import Cell, GroupOverview, OverviewRow
from screens.shared.figures import CELL_WIDTH, cell_text
from screens.shared.records import Column, RecordList, Rows

NAME_WIDTH = 18
"""The minimum width of a name."""
BAR_WIDTHS = range(2, 7)
GAP = 2
SCROLLBAR = 2
"""Reserved whether it shows or not, so that subjects do not come and go with it."""


class Order(StrEnum):
    """The sort order of the pupils; scores and growth are those of the chosen subject."""

    NAME = "naam"
    LOWEST = "score {}, laagste eerst"
    HIGHEST = "score {}, hoogste eerst"
    GROWTH = "groei {}, minste eerst"

    def sentence(self, subject: Subject) -> str:
        """As shown on screen: `Gesorteerd op score Rekenen, laagste eerst.`."""
        return f"Gesorteerd op {self.format(subject.name)}."

    def next(self) -> Order:
        """The next order; after the last comes the first."""
        orders = list(Order)
        return orders[(orders.index(self) + 1) % len(orders)]


def in_order(rows: tuple[OverviewRow, ...], subject: Subject | None, order: Order) -> list[OverviewRow]:
    """The sorted rows; those without a value come last, ties stay in name order."""
    if order is Order.NAME or subject is None:
        return list(rows)

    def key(row: OverviewRow) -> tuple[bool, int]:
        value = _value(row.cells.get(subject.id), order)
        return (value is None, 0 if value is None else -value if order is Order.HIGHEST else value)

    return sorted(rows, key=key)


def _value(cell: Cell | None, order: Order) -> int | None:
    if cell is None:
        return None
    return cell.growth if order is Order.GROWTH else cell.latest.score


@dataclass(frozen=True)
class Fit:
    """How many subjects fit beside the names, and the width of the bar in each cell; 0: no room for a bar."""

    subjects: int
    bar: int

    @property
    def width(self) -> int:
        """The width of a cell."""
        return CELL_WIDTH + (1 + self.bar if self.bar else 0)


def fit(width: int, subjects: int) -> Fit:
    """All subjects with a bar if they fit, else as many as fit without one."""
    share = width // max(1, subjects) - GAP
    bar = min(share - CELL_WIDTH - 1, BAR_WIDTHS[-1])
    if bar in BAR_WIDTHS:
        return Fit(subjects, bar)
    return Fit(max(1, min(subjects, width // (CELL_WIDTH + GAP))), 0)


class ResultGrid(RecordList):
    """Pupils by subject; left and right choose a subject, and the view follows."""

    BINDINGS = [
        Binding(
            "right,plus",
            "subject(1)",
            "Volgend vak",
            id="dashboard.next-subject",
            show=False,
            tooltip="Kiest het vak rechts; de tabel schuift mee.",
        ),
        Binding(
            "left,minus",
            "subject(-1)",
            "Vorig vak",
            id="dashboard.previous-subject",
            show=False,
            tooltip="Kiest het vak links; de tabel schuift mee.",
        ),
    ]

    class SubjectChosen(Message):
        """Another subject was chosen, or others are in view."""

    def __init__(self, *, id: str) -> None:
        super().__init__([], empty="", id=id)
        self.overview: GroupOverview | None = None
        self.order = Order.NAME
        self.chosen = 0
        self.first = 0
        self.room = Fit(0, 0)

    @property
    def subject(self) -> Subject | None:
        """The chosen subject."""
        subjects = self.overview.subjects if self.overview else ()
        return subjects[min(self.chosen, len(subjects) - 1)] if subjects else None

    def show_overview(self, overview: GroupOverview | None, empty: str) -> None:
        """Show this group; the cursor stays on its pupil."""
        before: Any = self.row
        same_group = bool(self.overview and overview and self.overview.group == overview.group)
        self.overview, self.empty = overview, empty
        self._lay_out()
        rows = in_order(overview.rows, self.subject, self.order) if overview else []
        self.show(Rows(rows), keep_cursor=same_group)
        if same_group and before is not None:
            self.cursor = next((i for i, row in enumerate(rows) if row.pupil_id == before.pupil_id), self.cursor)

    def sort(self, order: Order) -> None:
        """Change the sort order."""
        self.order = order
        self.show_overview(self.overview, self.empty)

    def on_resize(self) -> None:
        """A different number of subjects may fit."""
        self._lay_out()
        self._measure()
        self.post_message(self.SubjectChosen())

    def action_subject(self, step: int) -> None:
        """Choose the adjacent subject."""
        count = len(self.overview.subjects) if self.overview else 0
        self.chosen = max(0, min(count - 1, self.chosen + step))
        self.sort(self.order)
        self.post_message(self.SubjectChosen())

    def _lay_out(self) -> None:
        overview = self.overview
        if overview is None:
            return
        mixed = len({row.year_group for row in overview.rows}) > 1
        count = len(overview.subjects)
        self.room = fit(self.size.width - SCROLLBAR - 1 - NAME_WIDTH - GAP - (4 + GAP if mixed else 0), count)
        self.chosen = max(0, min(self.chosen, count - 1))
        self.first = max(0, min(self.first, self.chosen, count - self.room.subjects))
        self.first = max(self.first, self.chosen - self.room.subjects + 1)
        shown = overview.subjects[self.first : self.first + self.room.subjects]
        self.columns = [
            Column("Leerling", lambda row: row.list_name),
            *([Column("Jrgr", lambda row: row.year_group, 4)] if mixed else []),
            *(Column(self._heading(subject), self._reads(subject), self.room.width) for subject in shown),
        ]
        self.refresh()

    def _heading(self, subject: Subject) -> str:
        return f"›{subject.name}" if subject == self.subject else f" {subject.name}"

    def _reads(self, subject: Subject) -> Callable[[Any], str]:
        return lambda row: f" {cell_text(row.cells.get(subject.id), self.room.bar)}"
