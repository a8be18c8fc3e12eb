"""What is typed in a field of a partner system: one rule for names and addresses at all of them."""

from __future__ import annotations

from typing import Any

from app.exchange.email import wrong_with
from app.exchange.names import kept
from app.refusals import Refused, missing


def typed_name(text: str, column: Any, required: bool = False, field: str = "") -> str:
    """A name as a column keeps it. Raises `Refused` for `field` (the column's name unless another is given): nothing, too
    long, or with a character that does not print.
    """
    name, label, field = kept(text), column.verbose_name, field or column.name
    if required and not name:
        raise Refused(missing(label), field=field)
    if len(name) > column.max_length or not _prints(name):
        raise Refused(f"{label} telt hooguit {column.max_length} tekens, zonder stuurtekens.", field=field)
    return name


def typed_email(text: str, column: Any) -> str:
    """An e-mail address as a column keeps it, which may be empty. Raises `Refused` for the column's name."""
    email = typed_name(text, column)
    if email and (wrong := wrong_with(email)):
        raise Refused(
            f"'{email}' is geen e-mailadres. Het {wrong}. Schrijf het als naam@voorbeeld.nl.", field=column.name
        )
    return email


def _prints(name: str) -> bool:
    """A joiner of Persian or Indic does not print, and belongs there."""
    return name.translate({0x200C: None, 0x200D: None, 0x180E: None}).isprintable()
