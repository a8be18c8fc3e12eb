"""The records of an EDEXML 2.0/2.1 file as plain data, and the problems found while reading it.

Missing texts are empty, missing dates None; keys are trimmed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from app.exchange.dates import wrong_birth
from app.exchange.disk_backed_list import DiskBackedList
from app.exchange.names import full_name
from app.exchange.seen_keys import SeenKeys

MAX_KEPT = 1_000
"""The maximum number of problems kept per severity; further ones are only counted."""


class Severity(StrEnum):
    """Whether a problem stops the import."""

    ERROR = "fout"
    WARNING = "waarschuwing"


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """A problem at a line of the file; line 0 is about the file as a whole."""

    line: int
    sentence: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """`regel 12: ...`."""
        return f"regel {self.line}: {self.sentence}" if self.line else self.sentence


class Line(Protocol):
    """A line of a file about a person."""

    @property
    def line(self) -> int:
        """The line number."""

    @property
    def birth_date(self) -> date | None:
        """The birth date, if the line has one."""


def births(lines: Iterable[Line], today: date) -> Iterator[Problem]:
    """The problems with the birth dates in a file."""
    for one in lines:
        if one.birth_date is not None and (wrong := wrong_birth(one.birth_date, today)):
            yield Problem(one.line, wrong)


class Problems(list[Problem]):
    """The problems in the order they were found: a limited number per severity, and how many more there were."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: Counter[Severity] = Counter()
        self.left_out: Counter[Severity] = Counter()

    def append(self, problem: Problem) -> None:
        """Add a problem, or only count it when there are too many of its severity."""
        if self._kept[problem.severity] < MAX_KEPT:
            self._kept[problem.severity] += 1
            super().append(problem)
        else:
            self.left_out[problem.severity] += 1

    def add(self, others: Iterable[Problem]) -> None:
        """Add these too, and their count of left-out problems."""
        for problem in others:
            self.append(problem)
        if isinstance(others, Problems):
            self.left_out.update(others.left_out)

    @property
    def has_errors(self) -> bool:
        """Whether any of them stops the import."""
        return self._kept[Severity.ERROR] > 0


@dataclass(slots=True)
class EdexSchool:
    """`school`: the BRIN with location number (`00` when absent), or a Flemish instellingsnummer."""

    line: int
    school_year: str
    brin: str
    location: str
    institution: str


@dataclass(slots=True)
class EdexLocation:
    """`vestiging`."""

    line: int
    key: str
    name: str


@dataclass(slots=True)
class EdexGroup:
    """`groep` with its jaargroep, or `samengestelde_groep`."""

    line: int
    key: str
    name: str
    year_group: str
    composite: bool
    year_groups: tuple[str, ...] = ()
    """The year groups of a combination group (jaargroep C), if a remark lists them."""


@dataclass(slots=True, kw_only=True)
class EdexPerson:
    """The common part of `leerling` and `leerkracht`."""

    line: int
    key: str
    eckid: str
    first_name: str
    """Roepnaam."""
    given_names: str
    initials: str
    prefix: str
    last_name: str
    group_keys: tuple[str, ...]
    composite_keys: tuple[str, ...]

    @property
    def label(self) -> str:
        """The name, as far as known."""
        return full_name(self.first_name or self.given_names, self.prefix, self.last_name)


@dataclass(slots=True, kw_only=True)
class EdexPupil(EdexPerson):
    """`leerling`."""

    birth_date: date | None
    gender: int | None
    year_group: str
    location_key: str
    enrolled_from: date | None
    """Instroomdatum."""
    unsubscribed_on: date | None
    """Uitstroomdatum."""


@dataclass(slots=True, kw_only=True)
class EdexTeacher(EdexPerson):
    """`leerkracht`."""

    email: str


Record = EdexSchool | EdexLocation | EdexGroup | EdexPupil | EdexTeacher


@dataclass(slots=True)
class EdexFile:
    """Everything in a file that ESIS uses, and the problems in order of line. People are kept on disk."""

    school: EdexSchool | None = None
    locations: list[EdexLocation] = field(default_factory=list)
    groups: list[EdexGroup] = field(default_factory=list)
    pupils: DiskBackedList[EdexPupil] = field(default_factory=DiskBackedList)
    teachers: DiskBackedList[EdexTeacher] = field(default_factory=DiskBackedList)
    problems: Problems = field(default_factory=Problems)
    pupils_at: Counter[str] = field(default_factory=Counter)
    """Key of a `vestiging` -> number of pupils."""
    year_groups: dict[str, set[str]] = field(default_factory=dict)
    """Key of a `groep` -> the year groups of its pupils."""
    seen: SeenKeys = field(default_factory=SeenKeys)
    """The keys of all records, by name of the element."""

    def has_pupil(self, key: str) -> bool:
        """Whether there is a `leerling` with this key."""
        return self.seen.has("leerling", key)

    def add(self, record: Record) -> None:
        """Add a record to its list."""
        match record:
            case EdexSchool():
                self.school = record
            case EdexLocation():
                self.locations.append(record)
            case EdexGroup():
                self.groups.append(record)
            case EdexPupil():
                self.pupils.append(record)
                self.pupils_at[record.location_key] += 1
                for key in record.group_keys:
                    self.year_groups.setdefault(key, set()).add(record.year_group)
            case EdexTeacher():
                self.teachers.append(record)
