"""The table of Dashboard Mijn Groep: pupils x subjects, with as many subjects in view as fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rich.cells import cell_len
from textual.message import Message

from app.school.assessment.catalogue import Subject
from app.school.assessment.dashboard import Cell, GroupOverview, OverviewRow
from screens.shared import keys
from screens.shared.figures import cell_aloud, cell_parts, cell_width
from screens.shared.records import Column, RecordList, Rows
from screens.shared.sources import Part

NAME_WIDTHS = (16, 24)
"""What a name gets: at least, and at most as far as the subjects leave room."""
BAR_WIDTHS = range(2, 7)
GAP = 2
SCROLLBAR = 1
"""Reserved whether it shows or not, so that subjects do not come and go with it."""


class Order(StrEnum):
    """The sort order of the pupils; scores and growth are those of the chosen subject."""

    NAME = "naam"
    LOWEST = "score {}, laagste eerst"
    HIGHEST = "score {}, hoogste eerst"
    GROWTH = "groei {}, minste eerst"

    def told(self, subject: Subject) -> str:
        """As shown on screen: `op score Rekenen, laagste eerst`."""
        return f"op {self.format(subject.name)}"

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
    """How many subjects fit beside the names, the width of the bar in each cell (0: no room for one), and whether the
    reference levels fit.
    """

    subjects: int
    bar: int
    reference: bool

    @property
    def width(self) -> int:
        """The width of a cell."""
        return cell_width(self.bar, reference=self.reference)


def fit(width: int, subjects: int) -> Fit:
    """All subjects with a bar if they fit, else all with the reference level, else as many as fit without."""
    share = width // max(1, subjects) - GAP
    full = cell_width(0, reference=True)
    bar = min(share - full - 1, BAR_WIDTHS[-1])
    if bar in BAR_WIDTHS:
        return Fit(subjects, bar, reference=True)
    if share >= full:
        return Fit(subjects, 0, reference=True)
    return Fit(max(1, min(subjects, width // (cell_width(0, reference=False) + GAP))), 0, reference=False)


class ResultGrid(RecordList):
    """Pupils by subject; left and right choose a subject, and the view follows."""

    BINDINGS = [
        keys.OPEN("choose", id="list.open", tooltip="Opent de regel waar u op staat."),
        keys.RIGHT(
            "subject(1)",
            "Vak",
            id="dashboard.next-subject",
            tooltip="Kiest het vak rechts; de tabel schuift mee.",
        ),
        keys.LEFT(
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
        super().__init__([Column("Leerling", str)], empty="", id=id, title="Groep")
        self.overview: GroupOverview | None = None
        self.order = Order.NAME
        self.chosen = 0
        self.first = 0
        self.room = Fit(0, 0, reference=False)

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
        self._tell_place()
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
        self.room = self._fit(count, overview.rows, mixed)
        self.chosen = max(0, min(self.chosen, count - 1))
        self.first = max(0, min(self.first, self.chosen, count - self.room.subjects))
        self.first = max(self.first, self.chosen - self.room.subjects + 1)
        shown = overview.subjects[self.first : self.first + self.room.subjects]
        self.columns = [
            Column("Leerling", lambda row: row.list_name),
            *([Column("Jrgr", lambda row: row.year_group, 4)] if mixed else []),
            *(self._column(subject) for subject in shown),
        ]
        self.refresh()

    def _fit(self, count: int, rows: Sequence[OverviewRow], mixed: bool) -> Fit:
        """Whole names beside bars if there is room for both, else as many subjects as fit."""
        least, most = NAME_WIDTHS
        longest = max((cell_len(row.list_name) for row in rows), default=least)
        room = self.size.width - SCROLLBAR - GAP - (4 + GAP if mixed else 0)
        roomy = fit(room - max(least, min(most, longest)), count)
        return roomy if roomy.bar else fit(room - least, count)

    def place_told(self) -> str:
        """Where one is, in which order, and which subjects are in view."""
        if self.overview is None or self.subject is None:
            return super().place_told()
        last, count = self.first + self.room.subjects, len(self.overview.subjects)
        part = f"vak {self.first + 1}-{last} van {count}   " if last - self.first < count else ""
        return f"{part}{self.cursor + 1} van {self.row_count}, {self.order.told(self.subject)}"

    def _column(self, subject: Subject) -> Column:
        title = f"▶ {subject.name}" if subject == self.subject else subject.name

        def parts(row: OverviewRow) -> tuple[Part, ...]:
            return cell_parts(row.cells.get(subject.id), self.room.bar, reference=self.room.reference)

        def text(row: OverviewRow) -> str:
            return " ".join("".join(part for part, _ in parts(row)).split())

        def aloud(row: OverviewRow) -> str:
            return cell_aloud(row.cells.get(subject.id))

        return Column(title, text, self.room.width, parts=parts, aloud=aloud)
