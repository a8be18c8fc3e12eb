"""What a location has now, and what an import makes of it: rows to compare, as tuples because there are many.

A field that the file does not state keeps its present value; a new row then gets the default.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from peewee import chunked

from app.clock import dutch_date
from models.base import BaseModel
from models.board import Board, Location, School
from models.school import Group, GroupTeacher, Placement, Pupil, StaffMember

Row = tuple[Any, ...]
KEYS_AT_A_TIME = 500
"""SQLite and PostgreSQL both take this many values in one statement."""


class State(StrEnum):
    """What an import does with a row."""

    NEW = "nieuw"
    CHANGED = "gewijzigd"
    UNCHANGED = "ongewijzigd"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that changes, as texts for the screen."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Item:
    """One group, pupil or member of staff of the file."""

    key: str
    name: str
    line: int
    state: State
    differences: tuple[Difference, ...]
    row: Row
    """The values it is to have, in the order of its sheet's fields."""
    joins: tuple[str, ...] = ()
    """Keys of groups it comes into."""
    leaves: tuple[int, ...] = ()
    """Ids of the placements (for staff: `GroupTeacher`) that end."""


@dataclass(frozen=True)
class Section:
    """All items of one kind."""

    items: tuple[Item, ...] = ()

    def of(self, state: State) -> list[Item]:
        """The items in this state, in the order of the file."""
        return [item for item in self.items if item.state == state]

    def count(self, state: State) -> int:
        """How many items are in this state."""
        return sum(item.state == state for item in self.items)


@dataclass(frozen=True)
class Sheet:
    """The columns of a table that an import compares; `key` first, "" labels are not shown as a difference."""

    model: type[BaseModel]
    labels: dict[str, str]
    defaults: Row

    @property
    def fields(self) -> tuple[str, ...]:
        """The field names, in order."""
        return tuple(self.labels)

    def present(self, *where: object) -> dict[str, Row]:
        """The rows there are, by key."""
        columns = [getattr(self.model, name) for name in self.labels]
        rows: Iterable[Row] = self.model.select(*columns).where(*where).tuples()  # type: ignore[assignment]
        return {row[0]: row for row in rows}

    def merged(self, stated: Row, old: Row | None) -> Row:
        """The row after the import: what is stated, else what is there, else the default."""
        return tuple(
            given if given is not None else kept
            for given, kept in zip(stated, old or self.defaults, strict=True)
        )  # fmt: skip

    def differences(self, old: Row, new: Row) -> Iterator[Difference]:
        """The labelled fields that change."""
        for label, before, after in zip(self.labels.values(), old, new, strict=True):
            if label and before != after:
                yield Difference(label, as_text(before), as_text(after))


def as_text(value: object) -> str:
    """A value as the preview shows it; `-` for none."""
    if isinstance(value, date):
        return dutch_date(value)
    return str(value) if value not in (None, "") else "-"


GROUPS = Sheet(
    Group,
    {"key": "", "name": "naam", "kind": "soort", "school_year": "", "year_groups": "jaargroepen",
     "available_to_couplings": ""},
    ("", "", "", "", "", True),
)  # fmt: skip
PUPILS = Sheet(
    Pupil,
    {"key": "", "eckid": "ECK iD", "first_name": "roepnaam", "prefix": "voorvoegsel", "last_name": "achternaam",
     "initials": "voorletters", "birth_date": "geboortedatum", "gender": "geslacht", "year_group": "jaargroep",
     "enrolled_from": "inschrijfdatum", "unsubscribed_on": "uitschrijfdatum", "unsubscribe_reason": ""},
    ("", "", "", "", "", "", None, 0, "", None, None, ""),
)  # fmt: skip
STAFF = Sheet(
    StaffMember,
    {"key": "", "eckid": "ECK iD", "first_name": "roepnaam", "prefix": "voorvoegsel", "last_name": "achternaam",
     "email": "e-mailadres", "active": ""},
    ("", "", "", "", "", "", True),
)  # fmt: skip


@dataclass
class Present:
    """What the location has before the import: rows by key, and who is in which group of this school year."""

    groups: dict[str, Row]
    """Of every school year, because a key of another year may not come back."""
    pupils: dict[str, Row]
    staff: dict[str, Row]
    placements: dict[str, dict[str, int]] = field(default_factory=dict)
    """Pupil key -> group key -> id of the placement."""
    teaching: dict[str, dict[str, int]] = field(default_factory=dict)
    """Staff key -> group key -> id of the `GroupTeacher`."""
    elsewhere: dict[str, str] = field(default_factory=dict)
    """Pupil key that another location of the board has -> its BRIN6."""


def holders(board: Board, pupil_keys: Iterable[str]) -> dict[str, str]:
    """Those of these leerlingnummers that the board has: key -> BRIN6 of the pupil's location."""
    found: dict[str, str] = {}
    for some in chunked(pupil_keys, KEYS_AT_A_TIME):
        pupils = Pupil.select(Pupil.key, Location, School).join(Location).join(School)
        for pupil in pupils.where(Pupil.board == board, Pupil.key.in_(some)):
            found[pupil.key] = pupil.location.brin6
    return found


def load(location: Location, school_year: str) -> Present:
    """The present state of a location, in a fixed number of queries."""
    seated = (
        Placement.select(Pupil.key, Group.key, Placement.id)
        .join(Pupil, on=Placement.pupil == Pupil.id)
        .join(Group, on=Placement.group == Group.id)
        .where(Pupil.location == location, Placement.school_year == school_year)
    )
    teaching = (
        GroupTeacher.select(StaffMember.key, Group.key, GroupTeacher.id)
        .join(StaffMember, on=GroupTeacher.staff == StaffMember.id)
        .join(Group, on=GroupTeacher.group == Group.id)
        .where(StaffMember.location == location, Group.school_year == school_year)
    )
    return Present(
        groups=GROUPS.present(Group.location == location),
        pupils=PUPILS.present(Pupil.location == location),
        staff=STAFF.present(StaffMember.location == location),
        placements=_nested(seated.tuples()),
        teaching=_nested(teaching.tuples()),
    )


def _nested(rows: Iterable[Any]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for outer, inner, number in rows:
        found.setdefault(outer, {})[inner] = number
    return found
