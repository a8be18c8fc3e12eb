"""What may be typed about a pupil: each field's own check, shared by the forms and the use cases.

Lengths as in EDEXML (contract.md): last name 200, roepnaam 64, prefix 10, initials 6. A birth date in the future is
refused; an age that is unusual in primary education (our choice: under 3 or over 15) is only a warning.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from typing import Any

from app import clock
from app.exchange.dates import EARLIEST_BIRTH_YEAR, wrong_birth
from app.exchange.names import folded
from app.refusals import Refused, missing
from app.school.people.names import full_name
from app.school.text import clean_text
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
"""Reasons for unsubscribing that a form offers; any other text is as good."""


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


@dataclass(frozen=True)
class PupilForm:
    """A pupil's names, birth date and gender as typed; `checked` makes it fit to keep."""

    first_name: str
    last_name: str
    birth_date: date | None
    prefix: str = ""
    gender: int = Gender.UNKNOWN
    initials: str = ""

    def checked(self, today: date) -> PupilForm:
        """The form as it is kept. Raises `Refused` with the sentence and the name of the first field at fault."""
        return replace(
            self,
            first_name=check_first_name(self.first_name),
            prefix=check_prefix(self.prefix),
            last_name=check_last_name(self.last_name),
            initials=check_initials(self.initials),
            birth_date=check_birth_date(self.birth_date, today),
            gender=check_gender(self.gender),
        )

    @classmethod
    def of(cls, pupil: Pupil) -> PupilForm:
        """The form filled in with what is known, to change some of it."""
        return cls(pupil.first_name, pupil.last_name, pupil.birth_date, pupil.prefix, pupil.gender, pupil.initials)

    @property
    def born(self) -> date:
        """The birth date of a form that was checked."""
        assert self.birth_date is not None, "only a checked form is sure to have a birth date"
        return self.birth_date

    @property
    def sort_name(self) -> str:
        """What lists are sorted by and searches look in."""
        return folded(self.last_name, self.first_name, self.prefix)

    def columns(self) -> dict[str, Any]:
        """The columns of `Pupil` that this form fills."""
        return {
            "first_name": self.first_name,
            "prefix": self.prefix,
            "last_name": self.last_name,
            "initials": self.initials,
            "birth_date": self.birth_date,
            "gender": int(self.gender),
        }


def check_first_name(text: str) -> str:
    """The roepnaam as it is kept. Raises `Refused`."""
    return clean_text(text, 64, "first_name", "Roepnaam", required=True)


def check_prefix(text: str) -> str:
    """The prefix (voorvoegsel), which may be empty. Raises `Refused`."""
    return clean_text(text, 10, "prefix", "Voorvoegsel")


def check_last_name(text: str) -> str:
    """The last name as it is kept. Raises `Refused`."""
    return clean_text(text, 200, "last_name", "Achternaam", required=True)


def check_initials(text: str) -> str:
    """The initials (voorletters), which may be empty. Raises `Refused`."""
    return clean_text(text, 6, "initials", "Voorletters")


def check_reason(text: str) -> str:
    """The reason for unsubscribing. Raises `Refused`."""
    return clean_text(text, 100, "unsubscribe_reason", "Reden van uitschrijving", required=True)


def check_birth_date(day: date | None, today: date) -> date:
    """A birth date that can be. Raises `Refused` for none, one in the future or one of a past age."""
    if day is None:
        raise Refused(missing("Geboortedatum"), field="birth_date")
    if wrong := wrong_birth(day, today):
        raise Refused(wrong, field="birth_date")
    return day


def check_enrolled_from(day: date, born: date | None) -> date:
    """A first day at school that can be. Raises `Refused` for one of a past age or before the birth date, if known."""
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
    """A first day no longer at school that can be. Raises `Refused` for one before the enrolment."""
    if day < enrolled_from:
        raise Refused(
            f"De uitschrijfdatum {clock.dutch_date(day)} ligt voor de inschrijfdatum "
            f"{clock.dutch_date(enrolled_from)}. Kies die dag of een latere.",
            field="unsubscribed_on",
        )
    return day


def check_gender(gender: int) -> int:
    """One of `Gender`. Raises `Refused`."""
    if gender not in list(Gender):
        raise Refused(
            f"Geslacht {gender} bestaat niet. Kies uit: {', '.join(item.label for item in Gender)}.", field="gender"
        )
    return gender


def read_birth_date(text: str, today: date) -> date:
    """A birth date as typed. Raises `Refused`, also for an empty one."""
    return check_birth_date(read_date(text, "birth_date", "Geboortedatum"), today)


def read_date(text: str, field: str, label: str) -> date:
    """A required date as typed in a field. Raises `Refused` with the forms a date has."""
    typed = clean_text(text, 40, field, label, required=True)
    try:
        return clock.parse_date(typed)
    except Refused as refusal:
        raise Refused(f"{label}: {refusal.sentence}", field=field) from None


def age_warning(form: PupilForm, on: date) -> tuple[str, ...]:
    """What to look at when a pupil's age on a day is unusual at a primary school."""
    had_birthday = (on.month, on.day) >= (form.born.month, form.born.day)
    age = on.year - form.born.year - (not had_birthday)
    if YOUNGEST <= age <= OLDEST:
        return ()
    name = full_name(form.first_name, form.prefix, form.last_name)
    return (
        f"{name} is op {clock.dutch_date(on)} {age} jaar oud; {YOUNGEST} tot en met {OLDEST} is gewoon. "
        "Controleer de geboortedatum.",
    )
