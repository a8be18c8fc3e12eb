"""The input fields of a pupil, for the forms and the use cases.

A birth date in the future is refused; an age unusual in primary education (our choice: under 3 or over 15) is only a
warning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Annotated

from app import clock
from app.exchange.dates import EARLIEST_BIRTH_YEAR, wrong_birth
from app.exchange.names import folded, full_name
from app.refusals import Refused
from app.school.fields import Day, Described, OneOf, Text
from models.school import Pupil

YOUNGEST, OLDEST = 3, 15

REASONS = (
    "Verhuizing",
    "Naar een andere basisschool",
    "Naar het speciaal (basis)onderwijs",
    "Naar het voortgezet onderwijs",
    "Naar het buitenland",
    "Anders",
)
"""Reasons for unsubscribing that a form suggests; any other text is allowed."""


class Gender(IntEnum):
    """A pupil's gender, with the numbers of UWLR 2.2."""

    UNKNOWN = 0
    BOY = 1
    GIRL = 2
    UNSPECIFIED = 9

    @property
    def label(self) -> str:
        """As on screen: `Jongen`."""
        return {0: "Onbekend", 1: "Jongen", 2: "Meisje", 9: "Niet gespecificeerd"}[self.value]


GENDERS = tuple((int(gender), gender.label) for gender in Gender)
DATE_HELP = "Dag-maand-jaar, bijvoorbeeld 14-4-2020."

BIRTH_DATE = Day(Pupil.birth_date, required=True, help=DATE_HELP, wrong=wrong_birth)
ENROLLED_FROM = Day(Pupil.enrolled_from, required=True, label="Inschrijven per", said="Inschrijfdatum")
UNSUBSCRIBED_ON = Day(
    Pupil.unsubscribed_on,
    required=True,
    label="Uitschrijven per",
    said="Uitschrijfdatum",
    help=f"De eerste dag dat de leerling er niet meer is. {DATE_HELP}",
)
REASON = Text(Pupil.unsubscribe_reason, required=True)


@dataclass(frozen=True)
class PupilForm(Described):
    """A pupil's names, birth date and gender as typed."""

    first_name: Annotated[str, Text(Pupil.first_name, required=True)]
    last_name: Annotated[str, Text(Pupil.last_name, required=True)]
    birth_date: Annotated[date | None, BIRTH_DATE]
    prefix: Annotated[str, Text(Pupil.prefix)] = ""
    gender: Annotated[int, OneOf(Pupil.gender, options=GENDERS)] = Gender.UNKNOWN
    initials: Annotated[str, Text(Pupil.initials)] = ""

    @property
    def born(self) -> date:
        """The birth date of a checked form."""
        assert self.birth_date is not None, "only a checked form is sure to have a birth date"
        return self.birth_date

    @property
    def sort_name(self) -> str:
        """The key that lists sort by and searches match."""
        return folded(self.last_name, self.first_name, self.prefix)


def check_enrolled_from(day: date, born: date | None) -> date:
    """Check a first day at school. Raises `Refused` when it is too long ago or before the birth date, if known."""
    if day.year < EARLIEST_BIRTH_YEAR:
        raise Refused(
            f"De inschrijfdatum {clock.dutch_date(day)} kan niet. Schrijf het jaar met vier cijfers.",
            field="enrolled_from",
        )
    if born is not None and day < born:
        raise Refused(
            f"De inschrijfdatum {clock.dutch_date(day)} ligt voor de geboortedatum {clock.dutch_date(born)}.",
            field="enrolled_from",
        )
    return day


def check_unsubscribed_on(day: date, enrolled_from: date) -> date:
    """Check the first day no longer at school. Raises `Refused` when it is before the enrolment."""
    if day < enrolled_from:
        raise Refused(
            f"De uitschrijfdatum {clock.dutch_date(day)} ligt voor de inschrijfdatum "
            f"{clock.dutch_date(enrolled_from)}. Kies die dag of een latere.",
            field="unsubscribed_on",
        )
    return day


def age_warning(form: PupilForm, on: date) -> tuple[str, ...]:
    """A warning when a pupil's age on a day is unusual at a primary school."""
    had_birthday = (on.month, on.day) >= (form.born.month, form.born.day)
    age = on.year - form.born.year - (not had_birthday)
    if YOUNGEST <= age <= OLDEST:
        return ()
    name = full_name(form.first_name, form.prefix, form.last_name)
    return (
        f"{name} is op {clock.dutch_date(on)} {age} jaar oud; {YOUNGEST} tot en met {OLDEST} is gewoon. "
        "Controleer de geboortedatum.",
    )
