"""The possible contents of a user-defined export: the fields per subject, and where they are read (the choice is ours).

To add a field, add a row here. Rows come from the location and its working school year, limited to what the actor may
see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from peewee import BooleanField, DateField

from app.access import Actor
from app.clock import dutch_date
from app.exchange.edexml_rules import YEAR_GROUPS
from app.permissions import Permission
from app.refusals import Refused
from app.school.assessment import catalogue
from app.school.files import export_queries as queries
from app.school.files.export_queries import Names
from app.school.group_editing import KINDS
from app.school.people.pupil_form import ENROLLED_FROM, GENDERS, UNSUBSCRIBED_ON
from app.school.people.status import Status
from models.assessment import ExcludedResult, Result
from models.bulk import as_date
from models.school import Group, Guardian, Pupil, PupilGuardian, StaffMember


class Kind(Enum):
    """The type of a field's value."""

    TEXT = "tekst"
    DATE = "datum"
    NUMBER = "getal"
    CHOICE = "keuze"


@dataclass(frozen=True, eq=False)  # columns of a database must not be compared
class ExportField:
    """A field: its title, its type, and the column it is read from.

    `on_day` gives a column that depends on the date; `names` gives texts for the values read. Rows are sorted by
    `order` instead of the column, if given; fields with `names` cannot be sorted by. `known` lists the texts it can be
    compared with, if not every text is allowed.
    """

    name: str
    title: str
    column: Any = None
    kind: Kind = Kind.TEXT
    choices: tuple[tuple[str, str], ...] = ()
    on_day: Callable[[date], Any] | None = None
    names: Callable[[Actor, str], Names] | None = None
    order: Any = None
    known: tuple[str, ...] = ()

    def value(self, raw: Any) -> Any:
        """Convert a database value: to a date, a number, the code of a choice or a text."""
        if self.kind is Kind.DATE:
            return as_date(raw)
        if self.kind is Kind.NUMBER or raw is None:
            return raw
        return _code(raw) if self.kind is Kind.CHOICE else str(raw)

    def text(self, value: Any) -> str:
        """The value as written to the file."""
        if value is None:
            return ""
        if self.kind is Kind.CHOICE:
            return dict(self.choices).get(value, str(value))
        return dutch_date(value) if self.kind is Kind.DATE else str(value)

    @property
    def sortable(self) -> bool:
        """Whether rows can be sorted by it."""
        return self.names is None


@dataclass(frozen=True)
class Subject:
    """The subject of a file: what its rows are about."""

    id: str
    title: str
    row: str
    """The name of one row, as in `een leerling`."""
    fields: tuple[ExportField, ...]
    query: Callable[[Actor, str, list[Any]], Any]
    """The rows of an actor's location in a school year, with these columns."""
    order: tuple[Any, ...]
    """The usual order, names of people first."""
    also: Permission = Permission.EXPORT
    """The permission required besides exporting."""
    at_first: tuple[tuple[str, str, str], ...] = ()
    """The conditions a new definition starts with."""

    def field(self, name: str) -> ExportField:
        """Find the field with this name. Raises `Refused` when it no longer exists."""
        for field in self.fields:
            if field.name == name:
                return field
        raise Refused(
            f"Het veld '{name}' bestaat niet (meer) bij {self.title}. Kies de kolommen opnieuw.", field="columns"
        )


def subject(id: str) -> Subject:
    """Find the subject with this id. Raises `Refused`, listing those that exist."""
    if id not in SUBJECTS:
        titles = ", ".join(one.title for one in SUBJECTS.values())
        raise Refused(f"Onderwerp '{id}' bestaat niet. Er zijn: {titles}.", field="subject")
    return SUBJECTS[id]


def _of(column: Any, title: str = "", choices: tuple[tuple[str, str], ...] = (), **more: Any) -> ExportField:
    """The field for a column, with the column's name unless the file uses another."""
    if isinstance(column, BooleanField):
        choices = _YES_NO
    kind = Kind.CHOICE if choices else Kind.DATE if isinstance(column, DateField) else Kind.TEXT
    return ExportField(column.name, title or column.verbose_name, column, kind, choices, **more)


def _code(raw: Any) -> str:
    return str(int(raw)) if isinstance(raw, bool | int) else str(raw)


_YES_NO = (("1", "ja"), ("0", "nee"))
_STATUSES = tuple((str(status), status.label) for status in Status)
_GENDERS = tuple((str(gender), label) for gender, label in GENDERS)
_ENROLLED = ("status", "is", str(Status.ENROLLED))

_NAMES = (*map(_of, (Pupil.key, Pupil.first_name, Pupil.prefix)), _of(Pupil.last_name, order=Pupil.sort_name))
_PLACE = (
    ExportField("group", "Groep", Group.name),
    _of(Pupil.year_group, known=YEAR_GROUPS),
    ExportField("status", "Status", kind=Kind.CHOICE, choices=_STATUSES, on_day=queries.status),
)
_PUPIL_ORDER = (Pupil.sort_name, Pupil.id)

SUBJECTS: dict[str, Subject] = {
    one.id: one
    for one in (
        Subject(
            "pupils",
            "Leerlingen",
            "een leerling",
            (
                *_NAMES,
                _of(Pupil.initials),
                _of(Pupil.birth_date),
                _of(Pupil.gender, choices=_GENDERS),
                *_PLACE,
                _of(Pupil.enrolled_from, ENROLLED_FROM.subject),
                _of(Pupil.unsubscribed_on, UNSUBSCRIBED_ON.subject),
                *map(_of, (Pupil.unsubscribe_reason, Pupil.eckid)),
            ),
            queries.pupils,
            _PUPIL_ORDER,
            at_first=(_ENROLLED,),
        ),
        Subject(
            "groups",
            "Groepen",
            "een groep van dit schooljaar",
            (
                _of(Group.name, "Groep"),
                _of(Group.kind, choices=KINDS),
                _of(Group.year_groups),
                _of(Group.available_to_couplings),
                ExportField("teachers", "Leerkrachten", Group.id, names=queries.teachers),
                ExportField("pupils", "Aantal leerlingen", Group.id, Kind.NUMBER, names=queries.sizes),
                _of(Group.school_year),
                _of(Group.key, "Groepssleutel"),
            ),
            queries.groups,
            (Group.kind, Group.name, Group.id),
        ),
        Subject(
            "staff",
            "Medewerkers",
            "een medewerker",
            (
                _of(StaffMember.key, "Medewerkersleutel"),
                *map(_of, (StaffMember.first_name, StaffMember.prefix)),
                _of(StaffMember.last_name, order=StaffMember.sort_name),
                _of(StaffMember.email),
                ExportField("groups", "Groepen", StaffMember.id, names=queries.groups_of_staff),
                *map(_of, (StaffMember.active, StaffMember.eckid)),
            ),
            queries.staff,
            (StaffMember.sort_name, StaffMember.id),
            at_first=(("active", "is", "1"),),
        ),
        Subject(
            "guardians",
            "Verzorgers",
            "een verzorger",
            (
                ExportField("guardian", "Verzorger", Guardian.name, order=Guardian.sort_name),
                _of(PupilGuardian.relation),
                _of(Guardian.email, StaffMember.email.verbose_name),
                _of(Guardian.phone),
                *_NAMES,
                *_PLACE,
            ),
            queries.guardians,
            (*_PUPIL_ORDER, Guardian.sort_name, Guardian.id),
            at_first=(_ENROLLED,),
        ),
        Subject(
            "results",
            "Toetsresultaten",
            "een resultaat",
            (
                *_NAMES,
                *_PLACE,
                ExportField("assessment", "Toets", Result.assessment, names=queries.assessments),
                ExportField("part", "Onderdeel", Result.part, names=queries.parts),
                _of(Result.date, "Afnamedatum"),
                _of(Result.level, "Niveau"),
                ExportField("score", "Score", Result.score, Kind.NUMBER),
                _of(Result.reference_level, "Referentieniveau"),
                ExportField("supplier", "Herkomst", Result.supplier, Kind.CHOICE, tuple(catalogue.suppliers().items())),
                ExportField("excluded", "Uitgesloten", ExcludedResult.id.is_null(False), Kind.CHOICE, _YES_NO),
            ),
            queries.results,
            (*_PUPIL_ORDER, Result.date, Result.assessment, Result.part, Result.id),
            Permission.VIEW_RESULTS,
            (_ENROLLED,),
        ),
    )
}
