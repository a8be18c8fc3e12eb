"""Valid birth dates, and dates before birth: one rule for ESIS and its partners, forms and files.

Only what is certainly wrong is refused. The rule is our choice.
"""

from __future__ import annotations

import re
from datetime import date

EARLIEST_BIRTH_YEAR = 1900
"""An earlier year was typed with two digits."""


_NO_DAY = ", en dat is geen datum. Schrijf bijvoorbeeld 3-2-2020"
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""The range of years of a day in a list."""
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_WORDS = re.compile(r"([0-9]{1,2})[- ]([a-z]{3,9})\.?[- ]([0-9]{4})")
_MARKS = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})")
_MIDNIGHT = re.compile(r"[ t]0?0:00(:00(\.0+)?)?$")
_EXCEL = re.compile("[1-9][0-9]{4}")


class WrongDay(Exception):
    """What is wrong with a date, completing `datum is '...'`."""


def read_day(typed: str) -> date:
    """Parse a day as written by people or Excel: `3-2-2020`, `2020-02-03`, `3.2.2020`, `3 feb 2020`; with slashes only
    when unambiguous, because English Excel puts the month first. Raises `WrongDay`.
    """
    text = _MIDNIGHT.sub("", typed.strip().lower())
    if word := _WORDS.fullmatch(text):
        return _day(int(word[3]), _month(word[2]), int(word[1]))
    marks = _MARKS.fullmatch(text)
    if not marks:
        raise WrongDay(
            ", en dat is het getal waarmee Excel een datum bewaart. Geef de kolom in Excel de opmaak Datum"
            if _EXCEL.fullmatch(text)
            else _NO_DAY
        )
    first, month, last = int(marks[1]), int(marks[3]), int(marks[4])
    if first > 31:
        return _day(first, month, last)
    if len(marks[4]) < 3:
        raise WrongDay(", en het jaar heeft maar twee cijfers. Schrijf het met vier, bijvoorbeeld 3-2-2020")
    return _slashed(first, month, last) if marks[2] == "/" else _day(last, month, first)


def _slashed(first: int, second: int, year: int) -> date:
    found = {day for day in (_possible(year, second, first), _possible(year, first, second)) if day}
    if len(found) == 2:
        one, other = sorted(found)
        raise WrongDay(
            f", en dat kan {dutch_date(one)} zijn of {dutch_date(other)}: Excel in het Engels zet de maand vooraan. "
            "Schrijf de datum met streepjes, dag eerst"
        )
    return next(iter(found)) if found else _day(0, 0, 0)


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return _day(year, month, day)
    except WrongDay:
        return None


def _day(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise WrongDay(_NO_DAY) from None
    if FIRST_YEAR <= found.year <= LAST_YEAR:
        return found
    raise WrongDay(_NO_DAY)


def _month(word: str) -> int:
    """The month by its first three letters, in Dutch or English; 0 for none."""
    short = {"maa": "mrt", "mar": "mrt", "may": "mei", "oct": "okt"}.get(word[:3], word[:3])
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def dutch_date(day: date) -> str:
    """The date in the format of ESIS: `14-4-2020`."""
    return f"{day.day}-{day.month}-{day.year}"


def wrong_birth(born: date, today: date) -> str:
    """What is wrong with a birth date, as a sentence: in the future, or too long ago; empty if nothing."""
    if born > today:
        return f"De geboortedatum {dutch_date(born)} ligt in de toekomst."
    if born.year < EARLIEST_BIRTH_YEAR:
        return f"De geboortedatum {dutch_date(born)} kan niet. Schrijf het jaar met vier cijfers."
    return ""


def before_birth(day: date, born: date | None) -> str:
    """That a result on this day is before birth, as a sentence; empty if not, or without a birth date."""
    if born is None or day >= born:
        return ""
    return f"De leerling is geboren op {dutch_date(born)}; dit resultaat is van {dutch_date(day)}."
