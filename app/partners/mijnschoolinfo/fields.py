"""What can be typed about a record of Mijnschoolinfo: what the fields are called, how long they may be, what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

from app import clock
from app.exchange.dates import wrong_birth
from app.partners.typed import typed_email, typed_name
from app.refusals import Refused

LONGEST = {
    "first_name": 64,
    "prefix": 10,
    "last_name": 200,
    "name": 200,
    "email": 256,
    "phone": 30,
    "group": 64,
    "key": 256,
}
LABELS = {
    "first_name": "Roepnaam",
    "prefix": "Tussenvoegsel",
    "last_name": "Achternaam",
    "name": "Naam",
    "email": "E-mailadres",
    "phone": "Telefoonnummer",
    "group": "Naam van de groep",
    "key": "Leerlingnummer",
    "birth_date": "Geboortedatum",
}
REQUIRED = ("first_name", "last_name", "name", "group")


def checked(name: str, value: Any, today: date) -> Any:
    """A value as it is kept: a text in the form of names. Raises `Refused` for the field."""
    if name == "birth_date":
        return checked_birth(value, today)
    if name == "email":
        return typed_email(str(value), LONGEST[name])
    return typed_name(str(value), LONGEST[name], name, LABELS[name], name in REQUIRED)


def checked_birth(born: date | None, today: date) -> date | None:
    """A birth date that can be, or none. Raises `Refused`."""
    if born is not None and (wrong := wrong_birth(born, today)):
        raise Refused(wrong, field="birth_date")
    return born


def in_words(value: Any) -> str:
    """A value as a sentence says it."""
    return clock.dutch_date(value) if isinstance(value, date) else f"'{value}'" if value else "leeg"
