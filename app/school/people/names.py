"""How names are written: one place for pupils, staff and lists.

A Dutch list sorts by last name without prefix: "Berg, Anna van der"; the sort key: `app/exchange/names.py`.
"""

from __future__ import annotations

import re

from app.exchange.names import folded, full_name


def identifier(name: str) -> str:
    """An id derived from a name: `Tafels t/m 10` becomes `tafels-t-m-10`; empty if no letter or digit is left."""
    return re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")


def list_name(first: str, prefix: str, last: str) -> str:
    """The name as in a list: `Berg, Anna van der`; only the first name if there is no last name."""
    rest = full_name(first, prefix)
    return f"{last}, {rest}" if last and rest else last or rest
