"""What an e-mail address and a telephone number must look like: one rule for guardians, staff and relations.

The rules are our choice; the length of an address is
that of EDEXML's `emailadres` (256), and of a telephone number what ESIS keeps (30).
"""

from __future__ import annotations

import re

from app.exchange.email import wrong_with
from app.refusals import Refused
from app.school.text import clean_text

LONGEST_EMAIL = 256
LONGEST_PHONE = 30
FEWEST_DIGITS, MOST_DIGITS = 6, 15
"""Fifteen digits is the longest number there is (ITU-T E.164)."""

_PHONE = re.compile(r"\+?[0-9 ()./-]*")
_EXAMPLE = "Schrijf het als naam@school.nl, of laat het veld leeg."


def check_email(text: str, field: str = "email") -> str:
    """The e-mail address as it is kept, which may be empty.

    Raises `Refused` for blanks, no or more than one `@`, nothing before it, or a domain without a dot inside.
    """
    email = clean_text(text, LONGEST_EMAIL, field, "E-mailadres")
    if email and (wrong := wrong_with(email)):
        raise Refused(f"E-mailadres '{email}' {wrong}. {_EXAMPLE}", field=field)
    return email


def check_phone(text: str, field: str = "phone") -> str:
    """The telephone number as it is kept, which may be empty.

    Raises `Refused` for other characters than digits, blanks, `( ) . / -` and a `+` in front, or fewer than 6 or more
    than 15 digits.
    """
    phone = clean_text(text, LONGEST_PHONE, field, "Telefoonnummer")
    if phone and not _PHONE.fullmatch(phone):
        raise Refused(
            f"Telefoonnummer '{phone}' bevat iets anders dan cijfers, spaties, haakjes, streepjes of een + vooraan. "
            "Schrijf bijvoorbeeld 0612345678.",
            field=field,
        )
    digits = sum(character.isdigit() for character in phone)
    if phone and not FEWEST_DIGITS <= digits <= MOST_DIGITS:
        raise Refused(
            f"Telefoonnummer '{phone}' telt {digits} cijfers; het moeten er {FEWEST_DIGITS} tot {MOST_DIGITS} zijn.",
            field=field,
        )
    return phone
