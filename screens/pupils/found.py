"""The list of Leerlingenadministratie: its columns, and the pupils that match the search and the filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from app import clock
from app.access import Actor
from app.school.people import pupils
from app.school.people.pupils import ListedPupil, Order
from models.school import Group, Pupil
from screens.shared.records import Column, RecordList

COLUMNS = (
    Column("Naam", lambda row: row.list_name, order=Order.NAME),
    Column.of(Pupil.key, 14, order=Order.KEY),
    Column(
        "Geboren", lambda row: clock.dutch_date(row.birth_date) if row.birth_date else "onbekend", 10, order=Order.BORN
    ),
    Column("Groep", lambda row: row.group or "geen", 6),
    Column.of(Pupil.year_group, 8, leaves=26),
    Column("Status", lambda row: row.status.label, 14, from_width=160),
)


class PupilRows(RecordList):
    """The pupils; saving them stands among the keys of the screen."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Saving is the screen's."""
        return False if action == "save_csv" else super().check_action(action, parameters)


@dataclass(frozen=True)
class Found:
    """The pupils that match the search and the filters, read a page at a time."""

    actor: Actor
    search: str
    status: str
    group: Group | None
    order: Order = Order.NAME
    descending: bool = False

    def ordered(self, column: Column, descending: bool) -> Found:
        """The same in the order of a column."""
        return replace(self, order=column.order, descending=descending)

    @property
    def wanted(self) -> dict[str, Any]:
        """What is asked, in whatever order."""
        return {"search": self.search, "status": self.status, "group": self.group}

    def count(self) -> int:
        """How many there are."""
        return pupils.count(self.actor, **self.wanted)

    def page(self, offset: int, limit: int) -> Sequence[ListedPupil]:
        """These, in order."""
        order: dict[str, Any] = {"order": self.order, "descending": self.descending}
        return pupils.page(self.actor, **self.wanted, **order, offset=offset, limit=limit)

    def beside(self, row: ListedPupil | None, limit: int, *, back: bool = False) -> Sequence[ListedPupil] | None:
        """Those after a row, or before it."""
        order: dict[str, Any] = {"order": self.order, "descending": self.descending}
        return pupils.beside(self.actor, row, limit, back=back, **self.wanted, **order)
