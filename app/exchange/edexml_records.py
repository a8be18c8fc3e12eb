"""The records of an EDEXML 2.0/2.1 file as plain data, and the problems that reading it found.

Absent texts are empty, absent dates None; keys are without the spaces around them. Names follow `glossary.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Severity(StrEnum):
    """Whether a problem stops the import."""

    ERROR = "fout"
    WARNING = "waarschuwing"


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """Something wrong with the file, on a line of it; line 0 is about the file as a whole."""

    line: int
    sentence: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """`regel 12: ...`."""
        return f"regel {self.line}: {self.sentence}" if self.line else self.sentence


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
    """Those of a combination group (jaargroep C), where a remark says so."""


@dataclass(slots=True, kw_only=True)
class EdexPerson:
    """What `leerling` and `leerkracht` share."""

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
        """The name as far as it is given."""
        return " ".join(part for part in (self.first_name or self.given_names, self.prefix, self.last_name) if part)


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
    """Everything in a file that ESIS takes over, and the problems in order of line."""

    school: EdexSchool | None = None
    locations: list[EdexLocation] = field(default_factory=list)
    groups: list[EdexGroup] = field(default_factory=list)
    pupils: list[EdexPupil] = field(default_factory=list)
    teachers: list[EdexTeacher] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Put a record in its list."""
        match record:
            case EdexSchool():
                self.school = record
            case EdexLocation():
                self.locations.append(record)
            case EdexGroup():
                self.groups.append(record)
            case EdexPupil():
                self.pupils.append(record)
            case EdexTeacher():
                self.teachers.append(record)
