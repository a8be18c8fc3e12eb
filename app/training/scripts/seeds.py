"""Which variants of a draaiboek to play, as typed."""

from __future__ import annotations

from itertools import islice

from app.training.scripts.errors import WrongLine
from app.training.scripts.tables import MOST_ROWS
from app.training.scripts.varying import DEFAULT, MOST


def seeds(text: str) -> list[int]:
    """`3`, `1-20` or `1,4,7-9` as seeds, in order. Raises `WrongLine`."""
    found: list[int] = []
    for part in text.split(","):
        first, dash, last = (one.strip() for one in part.partition("-"))
        if not (first.isdecimal() and (last.isdecimal() if dash else not last)):
            raise WrongLine(f"'{text}' zijn geen varianten. Schrijf 3, 1-20 of 1,4,7-9.")
        low, high = int(first), int(last or first)
        if not DEFAULT <= low <= high <= MOST:
            raise WrongLine(f"'{part.strip()}' kan niet: varianten tellen vanaf 1, tot {MOST}.")
        found += islice(range(low, high + 1), MOST_ROWS)
    return list(dict.fromkeys(found))[:MOST_ROWS]
