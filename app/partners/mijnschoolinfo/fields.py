"""The editable fields of a Mijnschoolinfo record, and their validation."""

from __future__ import annotations

from datetime import date
from typing import Any

from app import clock
from app.exchange.dates import wrong_birth
from app.partners.typed import typed_email, typed_name
from app.refusals import Refused
from models.partners.mijnschoolinfo import MsiGroup, MsiGuardian, MsiPupil

COLUMNS: dict[str, Any] = {
    **{
        column.name: column
        for column in (
            MsiPupil.key,
            MsiPupil.first_name,
            MsiPupil.prefix,
            MsiPupil.last_name,
            MsiPupil.birth_date,
            MsiGuardian.name,
            MsiGuardian.email,
            MsiGuardian.phone,
        )
    },
    "group": MsiGroup.name,
}
"""By field name, which is the same for pupils, guardians and staff."""
REQUIRED = ("first_name", "last_name", "name", "group")


def checked(name: str, value: Any, today: date) -> Any:
    """A value as stored, with text normalised as names are. Raises `Refused` for the field."""
    if name == "birth_date":
        return checked_birth(value, today)
    if name == "email":
        return typed_email(str(value), COLUMNS[name])
    return typed_name(str(value), COLUMNS[name], name in REQUIRED, name)


def checked_birth(born: date | None, today: date) -> date | None:
    """A possible birth date, or None. Raises `Refused`."""
    if born is not None and (wrong := wrong_birth(born, today)):
        raise Refused(wrong, field="birth_date")
    return born


def in_words(value: Any) -> str:
    """A value as it appears in a sentence."""
    return clock.dutch_date(value) if isinstance(value, date) else f"'{value}'" if value else "leeg"
