"""How a name is written and sorted: one place for pupils, staff and lists.

A Dutch list sorts by last name without prefix: "Berg, Anna van der". Sorting and searching ignore accents and capitals.
"""

from __future__ import annotations

import re
import unicodedata

MAX_SORT_NAME = 300


def sort_name(first: str, prefix: str, last: str) -> str:
    """Last name, first name and prefix, folded: no combining marks, no capitals, at most 300 characters."""
    name = _joined(last, first, prefix)
    if name.isascii():
        return name.lower()[:MAX_SORT_NAME]
    decomposed = unicodedata.normalize("NFKD", name)
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return plain.casefold()[:MAX_SORT_NAME]


def identifier(name: str) -> str:
    """An id made of a name: `Tafels t/m 10` becomes `tafels-t-m-10`; empty where no letter or digit is left."""
    return re.sub(r"[^a-z0-9]+", "-", sort_name("", "", name)).strip("-")


def full_name(first: str, prefix: str, last: str) -> str:
    """As one says it: `Anna van der Berg`."""
    return _joined(first, prefix, last)


def list_name(first: str, prefix: str, last: str) -> str:
    """As it stands in a list: `Berg, Anna van der`; only the first name where there is no last name."""
    rest = _joined(first, prefix)
    return f"{last}, {rest}" if last and rest else last or rest


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
