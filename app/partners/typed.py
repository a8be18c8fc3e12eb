"""What is typed in a field of a partner system: one rule for names and addresses at all of them."""

from __future__ import annotations

from app.exchange.email import wrong_with
from app.exchange.names import kept
from app.refusals import Refused, missing


def typed_name(text: str, longest: int, field: str, label: str, required: bool = False) -> str:
    """A name as it is kept. Raises `Refused` for `field`: nothing, too long, or with a character that does not print."""
    name = kept(text)
    if required and not name:
        raise Refused(missing(label), field=field)
    if len(name) > longest or not _prints(name):
        raise Refused(f"{label} telt hooguit {longest} tekens, zonder stuurtekens.", field=field)
    return name


def typed_email(text: str, longest: int, field: str = "email") -> str:
    """An e-mail address as it is kept, which may be empty. Raises `Refused` for `field`."""
    email = typed_name(text, longest, field, "E-mailadres")
    if email and (wrong := wrong_with(email)):
        raise Refused(f"'{email}' is geen e-mailadres. Het {wrong}. Schrijf het als naam@voorbeeld.nl.", field=field)
    return email


def _prints(name: str) -> bool:
    """A joiner of Persian or Indic does not print, and belongs there."""
    return name.translate({0x200C: None, 0x200D: None, 0x180E: None}).isprintable()
