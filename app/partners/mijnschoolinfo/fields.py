"""What can be typed about a record of Mijnschoolinfo: what the fields are called, how long they may be, what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

from app import clock
from app.exchange.email import is_email
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
    "first_name": "Roepnaam", "prefix": "Tussenvoegsel", "last_name": "Achternaam", "name": "Naam",
    "email": "E-mailadres", "phone": "Telefoonnummer", "group": "Naam van de groep",
    "key": "Leerlingnummer", "birth_date": "Geboortedatum",
}  # fmt: skip
REQUIRED = ("first_name", "last_name", "name", "group")


def checked(name: str, value: Any) -> Any:
    """A value as it is kept: a text with single spaces. Raises `Refused` for the field."""
    if name == "birth_date":
        return value
    text = " ".join(str(value).split())
    label = LABELS[name]
    if name in REQUIRED and not text:
        raise Refused(f"{label} is verplicht.", field=name)
    if len(text) > LONGEST[name] or not text.isprintable():
        raise Refused(f"{label} telt hooguit {LONGEST[name]} tekens, zonder stuurtekens.", field=name)
    if name == "email" and text and not is_email(text):
        raise Refused(f"'{text}' is geen e-mailadres. Schrijf het als naam@voorbeeld.nl.", field=name)
    return text


def in_words(value: Any) -> str:
    """A value as a sentence says it."""
    return clock.dutch_date(value) if isinstance(value, date) else f"'{value}'" if value else "leeg"
