"""What a location has now, and what an import makes of it: rows to compare, as tuples because there are many.

A field missing from the file keeps its present value; in a new row it gets the default.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from peewee import JOIN

from app.clock import dutch_date
from app.exchange.disk_backed_list import DiskBackedList
from app.exchange.identity import Person
from app.exchange.joined import Joined
from app.school.people.colleagues import Colleagues
from app.school.people.pupil_form import ENROLLED_FROM, UNSUBSCRIBED_ON
from app.school.people.resembling import Resembling, resembling
from models.base import BaseModel
from models.board import Location, School
from models.bulk import among
from models.school import FormerKey, Group, GroupTeacher, Placement, Pupil, StaffMember

Row = tuple[Any, ...]
KEYS_AT_A_TIME = 500
"""SQLite and PostgreSQL both allow this many values in one statement."""


class State(StrEnum):
    """What an import does with a row."""

    NEW = "nieuw"
    CHANGED = "gewijzigd"
    UNCHANGED = "ongewijzigd"


class Difference(NamedTuple):
    """A changed field, as texts for the screen."""

    label: str
    old: str
    new: str


class Item(NamedTuple):
    """A group, pupil or staff member of the file; a tuple, because very many go to disk and back."""

    key: str
    name: str
    line: int
    state: State
    differences: tuple[Difference, ...]
    row: Row
    """The new values, in the order of its sheet's fields."""
    joins: tuple[str, ...] = ()
    """Keys of the groups it joins."""
    leaves: tuple[int, ...] = ()
    """Ids of the placements (for staff: `GroupTeacher`) that end."""


@dataclass(frozen=True)
class Section:
    """The items of one kind that are new or changed, in file order, and the count per state."""

    items: Sequence[Item] = ()
    counts: Mapping[State, int] = field(default_factory=Counter)

    @classmethod
    def gathered(cls, items: Iterable[Item]) -> Section:
        """Collect all items; unchanged ones are only counted."""
        differing: DiskBackedList[Item] = DiskBackedList()
        counts: Counter[State] = Counter()
        for item in items:
            counts[item.state] += 1
            if item.state is not State.UNCHANGED:
                differing.append(item)
        return cls(differing, counts)

    def of(self, state: State) -> list[Item]:
        """The new or the changed items."""
        return [item for item in self.items if item.state == state]

    def count(self, state: State) -> int:
        """The number of items in this state."""
        return self.counts.get(state, 0)

    @property
    def total(self) -> int:
        """The number of items."""
        return sum(self.counts.values())

    def __add__(self, other: Section) -> Section:
        """The items of both."""
        return Section(Joined((self.items, other.items)), Counter(self.counts) + Counter(other.counts))


@dataclass(frozen=True)
class Sheet:
    """The columns of a table that an import compares; `key` first; columns labelled "" are not shown as a
    difference.
    """

    model: type[BaseModel]
    labels: dict[str, str]
    defaults: Row

    @property
    def fields(self) -> tuple[str, ...]:
        """The field names, in order."""
        return tuple(self.labels)

    def present(self, *where: object) -> dict[str, Row]:
        """The existing rows, by key."""
        columns = [getattr(self.model, name) for name in self.labels]
        rows: Iterable[Row] = self.model.select(*columns).where(*where).tuples()  # type: ignore[assignment]
        return {row[0]: row for row in rows}

    def merged(self, stated: Row, old: Row | None) -> Row:
        """The row after the import: the file's value, otherwise the present one, otherwise the default."""
        pairs = zip(stated, old or self.defaults, strict=True)
        return tuple([kept if given is None else given for given, kept in pairs])

    def differences(self, old: Row, new: Row) -> Iterator[Difference]:
        """The labelled fields that change."""
        for label, before, after in zip(self.labels.values(), old, new, strict=True):
            if label and before != after:
                yield Difference(label, as_text(before), as_text(after))


def as_text(value: object) -> str:
    """A value as the preview shows it; `-` for None."""
    if isinstance(value, date):
        return dutch_date(value)
    return str(value) if value not in (None, "") else "-"


def _labels(model: type[BaseModel], names: str, **words: str) -> dict[str, str]:
    """The labels of these columns in a preview: those of forms, or other `words`; an empty one is not shown."""
    titles = {name: str(model._meta.fields[name].verbose_name) for name in names.split() if name not in words}
    spoken = {name: title if title[1].isupper() else title[0].lower() + title[1:] for name, title in titles.items()}
    return {name: words[name] if name in words else spoken[name] for name in names.split()}


GROUPS = Sheet(
    Group,
    _labels(
        Group,
        "key name kind school_year year_groups available_to_couplings",
        key="",
        school_year="",
        year_groups="jaargroepen",
        available_to_couplings="",
    ),
    ("", "", "", "", "", True),
)
PUPILS = Sheet(
    Pupil,
    _labels(
        Pupil,
        "key eckid first_name prefix last_name initials birth_date gender year_group enrolled_from unsubscribed_on "
        "unsubscribe_reason",
        key="",
        year_group="jaargroep",
        enrolled_from=ENROLLED_FROM.subject.lower(),
        unsubscribed_on=UNSUBSCRIBED_ON.subject.lower(),
        unsubscribe_reason="",
    ),
    ("", "", "", "", "", "", None, 0, "", None, None, ""),
)
STAFF = Sheet(
    StaffMember,
    _labels(StaffMember, "key eckid first_name prefix last_name email active", key="", active=""),
    ("", "", "", "", "", "", True),
)


Seats = dict[str, dict[str, int]]
"""Key of a person -> key of a group -> id of the placement (for staff: `GroupTeacher`)."""


class Holder(NamedTuple):
    """The pupil a leerlingnummer belonged to."""

    id: int | None
    """None for a deleted pupil."""
    now: str
    """The pupil's present number, if any."""
    location: int | None


@dataclass(frozen=True)
class Known:
    """What already exists for some people of the file."""

    rows: Mapping[str, Row] = field(default_factory=dict)
    seats: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """In the groups of this school year."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Pupil key used at another location of the board -> its BRIN6."""
    former: Mapping[str, Holder] = field(default_factory=dict)
    """Pupil key given up by renumbering or deletion -> its former holder."""


class Present:
    """The location before the import: all groups at once, people for some keys at a time."""

    def __init__(self, location: Location, school_year: str, seen: Mapping[int, str] | None = None) -> None:
        """`seen` holds the other locations of the board whose pupils the user may see: id -> BRIN6."""
        self._location = location
        self._school_year = school_year
        self.seen = seen or {}
        self.groups = GROUPS.present(Group.location == location) if location.id else {}
        """From every school year, because a key of another year may not be reused."""

    @property
    def location_id(self) -> int | None:
        """None for a new location."""
        number: int | None = self._location.id
        return number

    def alike(self, people: Sequence[Person], known: Known) -> list[Resembling]:
        """The pupils here, or at a location the user may see, who may be one of these people."""
        former: dict[int, list[str]] = {}
        for key, holder in known.former.items():
            if holder.id is not None and holder.location == self._location.id:
                former.setdefault(holder.id, []).append(key)
        here = [self._location.id] if self._location.id else []
        return resembling([*here, *self.seen], people, former)

    def pupils(self, keys: Sequence[str]) -> Known:
        """Those of these pupils who exist here or elsewhere."""
        rows, seats = self._people(PUPILS, Pupil, keys), {}
        if rows:
            seats = _nested(
                Placement.select(Pupil.key, Group.key, Placement.id)
                .join(Pupil, on=Placement.pupil == Pupil.id)
                .join(Group, on=Placement.group == Group.id)
                .where(
                    Pupil.location == self._location, among(Pupil.key, keys), Placement.school_year == self._school_year
                )
            )
        unknown = [key for key in keys if key not in rows]
        return Known(rows, seats, self._elsewhere(unknown), self._former(unknown)) if unknown else Known(rows, seats)

    def staff(self, keys: Sequence[str]) -> Known:
        """Those of these staff members who exist here."""
        rows, seats = self._people(STAFF, StaffMember, keys), {}
        if rows:
            seats = _nested(
                GroupTeacher.select(StaffMember.key, Group.key, GroupTeacher.id)
                .join(StaffMember, on=GroupTeacher.staff == StaffMember.id)
                .join(Group, on=GroupTeacher.group == Group.id)
                .where(
                    StaffMember.location == self._location,
                    among(StaffMember.key, keys),
                    Group.school_year == self._school_year,
                )
            )
        return Known(rows, seats)

    def colleagues(self) -> Colleagues:
        """All staff here, to detect resemblance."""
        return Colleagues.of(self._location) if self._location.id else Colleagues()

    def _people(self, sheet: Sheet, model: type[Pupil] | type[StaffMember], keys: Sequence[str]) -> dict[str, Row]:
        if not self._location.id:
            return {}
        return sheet.present(model.location == self._location, among(model.key, keys))

    def _elsewhere(self, keys: Sequence[str]) -> dict[str, str]:
        """Those of these leerlingnummers used elsewhere on the board: key -> BRIN6 of the pupil's location."""
        pupils = Pupil.select(Pupil.key, Location, School).join(Location).join(School)
        found = pupils.where(Pupil.board == self._location.board_id, among(Pupil.key, keys))
        return {pupil.key: pupil.location.brin6 for pupil in found}

    def _former(self, keys: Sequence[str]) -> dict[str, Holder]:
        """Those of these leerlingnummers that were given up: key -> former holder."""
        found: Any = FormerKey.select(FormerKey.key, Pupil.id, Pupil.key, Pupil.location).join(Pupil, JOIN.LEFT_OUTER)
        return {
            key: Holder(number, now or "", location)
            for key, number, now, location in found.where(
                FormerKey.board == self._location.board_id, among(FormerKey.key, keys)
            ).tuples()
        }


def _nested(query: Any) -> Seats:
    found: Seats = {}
    for outer, inner, number in query.tuples():
        found.setdefault(outer, {})[inner] = number
    return found
