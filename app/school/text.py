"""What a typed text must be before it is kept: trimmed, of a length that fits, and made of characters that print.

Control characters are refused at the edge because SQLite takes them and PostgreSQL does not (architecture.md, Data).
Any other text is data, however odd it looks: names hold apostrophes, brackets and accents. What is typed on one line is
kept in the form of names (`app/exchange/names.py`), without what nobody sees in it.
"""

from __future__ import annotations

import unicodedata

from app.exchange.names import kept
from app.refusals import Refused, missing

_NEVER = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode categories of control characters, half characters and line separators."""
_NOT_IN_XML = "\ufffe\uffff"
"""What XML 1.0 cannot hold besides those: a name with one could never be exchanged."""


def clean_text(
    value: str, max_length: int, field: str, label: str, required: bool = False, lines: bool = False, key: bool = False
) -> str:
    """The text as it is kept: in the form of names. `lines` allows line feeds, tabs and blanks in it; a `key` to look
    something up by stays as it is, without blanks around it.

    Raises `Refused` with the sentence for `field` when nothing visible is left of a required text, when it holds a
    character that does not print, or when it is longer than `max_length` characters.
    """
    text = unicodedata.normalize("NFC", value).strip()
    if lines:
        text = text.replace("\r\n", "\n")
    if bad := _unprintable(text, allowed="\n\t" if lines else ""):
        raise Refused(
            f"{label} bevat op plaats {bad} een teken dat niet te zien is (een stuurteken). Haal het weg.", field=field
        )
    if not (lines or key):
        text = kept(text)
    if required and not _visible(text):
        raise Refused(missing(label), field=field)
    if len(text) > max_length:
        raise Refused(f"{label} telt {len(text)} tekens; er passen er {max_length}. Kort de tekst in.", field=field)
    return text


def _visible(text: str) -> bool:
    return any(character.isprintable() and not character.isspace() for character in text)


def _unprintable(text: str, allowed: str) -> int:
    """The place, from 1, of the first character that is never kept; 0 for none."""
    for place, character in enumerate(text, 1):
        if character in _NOT_IN_XML or (character not in allowed and unicodedata.category(character) in _NEVER):
            return place
    return 0
