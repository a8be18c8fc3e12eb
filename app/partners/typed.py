"""Validation of text typed in a partner system's fields: one rule for names and addresses at all of them."""

from __future__ import annotations

from typing import Any

from app.exchange.email import wrong_with
from app.exchange.names import kept
from app.refusals import Refused, missing


def typed_name(text: str, column: Any, required: bool = False, field: str = "") -> str:
    """A name in its stored form.

    Raises `Refused` for `field` (the column's name unless another is given): empty, too long, or with an unprintable
    character.
    """
    name, label, field = kept(text), column.verbose_name, field or column.name
    if required and not name:
        raise Refused(missing(label), field=field)
    if len(name) > column.max_length or not _prints(name):
        raise Refused(f"{label} telt hooguit {column.max_length} tekens, zonder stuurtekens.", field=field)
    return name


def typed_email(text: str, column: Any) -> str:
    """An e-mail address in its stored form, which may be empty. Raises `Refused` for the column's name."""
    email = typed_name(text, column)
    if email and (wrong := wrong_with(email)):
        raise Refused(
            f"'{email}' is geen e-mailadres. Het {wrong}. Schrijf het als naam@voorbeeld.nl.", field=column.name
        )
    return email


def _prints(name: str) -> bool:
    """Whether the character prints; joiners of Persian or Indic scripts do not, but are valid."""
    return name.translate({0x200C: None, 0x200D: None, 0x180E: None}).isprintable()
