"""What is typed to find a pupil: a part of the name, a number, a birth date or a year of birth."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from app import clock
from app.refusals import Refused
from models.school import Pupil

_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)


def names_or_year(word: str) -> Any:
    """Match part of a name, as lists write it too (`Altena, Yara`), or the year of birth (`2010`)."""
    word = word.rstrip(",")
    named = Pupil.sort_name.contains(word)
    if not _YEAR.fullmatch(word):
        return named
    return named | Pupil.birth_date.between(date(int(word), 1, 1), date(int(word), 12, 31))


def birth_dates(typed: str) -> tuple[list[date], str]:
    """Split the words into dates (`3-4-2010`) and the rest."""
    found, others = [], []
    for word in typed.split():
        try:
            found.append(clock.parse_date(word))
        except Refused:
            others.append(word)
    return found, " ".join(others)
