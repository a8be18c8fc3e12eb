"""What typed text must be before it is stored: trimmed, not too long, and made of printable characters.

Control characters are refused at the edge because SQLite accepts them and PostgreSQL does not (architecture.md, Data).
Any other text is data, however odd it looks: names contain apostrophes, brackets and accents. Single-line text is
normalised as a name (`app/exchange/names.py`), without invisible characters.
"""

from __future__ import annotations

import unicodedata

from app.exchange.names import kept
from app.refusals import Refused, missing

_NEVER = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode categories of control characters, surrogates and line separators."""
_NOT_IN_XML = "\ufffe\uffff"
"""Other characters that XML 1.0 forbids: a name with one could never be exchanged."""


def clean_text(
    value: str, max_length: int, field: str, label: str, required: bool = False, lines: bool = False, key: bool = False
) -> str:
    """Return the text as stored: normalised as a name. `lines` allows line feeds, tabs and runs of spaces; a `key` for
    lookups is only trimmed.

    Raises `Refused` for `field` when nothing visible is left of a required text, when it contains an unprintable
    character, or when it is longer than `max_length` characters.
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
    """The position, from 1, of the first forbidden character; 0 if there is none."""
    for place, character in enumerate(text, 1):
        if character in _NOT_IN_XML or (character not in allowed and unicodedata.category(character) in _NEVER):
            return place
    return 0
