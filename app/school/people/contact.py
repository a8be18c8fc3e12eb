"""The format of e-mail addresses and telephone numbers: one rule for guardians, staff and relations.

The rules are our choice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.exchange.email import wrong_with
from app.refusals import Refused
from app.school.fields import Text

FEWEST_DIGITS, MOST_DIGITS = 6, 15
"""Fifteen digits is the maximum (ITU-T E.164)."""

OR_EMPTY = ", of laat het veld leeg"
"""What else can be done about a wrong address, where none is asked for."""
_PHONE = re.compile(r"\+?[0-9 ()./-]*")


def _address(email: str) -> str:
    if wrong := wrong_with(email):
        raise Refused(f"E-mailadres '{email}' {wrong}. Schrijf het als naam@school.nl{OR_EMPTY}.")
    return email


def _number(phone: str) -> str:
    if not _PHONE.fullmatch(phone):
        raise Refused(
            f"Telefoonnummer '{phone}' bevat iets anders dan cijfers, spaties, haakjes, streepjes of een + vooraan. "
            "Schrijf bijvoorbeeld 0612345678."
        )
    digits = sum(character.isdigit() for character in phone)
    if not FEWEST_DIGITS <= digits <= MOST_DIGITS:
        raise Refused(
            f"Telefoonnummer '{phone}' telt {digits} cijfers; het moeten er {FEWEST_DIGITS} tot {MOST_DIGITS} zijn."
        )
    return phone


@dataclass(frozen=True, eq=False)
class Email(Text):
    """An e-mail address, which may be empty.

    Refused: spaces, no `@` or more than one, nothing before it, or a domain without a dot inside.
    """

    said: str = "E-mailadres"
    rule: Callable[[str], str] | None = _address


@dataclass(frozen=True, eq=False)
class Phone(Text):
    """A telephone number, which may be empty.

    Refused: characters other than digits, spaces, `( ) . / -` and a leading `+`, and fewer than 6 or more than 15
    digits.
    """

    said: str = "Telefoonnummer"
    rule: Callable[[str], str] | None = _number
