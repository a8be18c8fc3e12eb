"""What a birth date can be, and what can be dated before one: one rule for ESIS and its partners, forms and files.

Only what is surely wrong is refused. The rule is our choice.
"""

from __future__ import annotations

from datetime import date

EARLIEST_BIRTH_YEAR = 1900
"""Before it, a year was typed with two digits."""


def dutch_date(day: date) -> str:
    """As ESIS writes it: `14-4-2020`."""
    return f"{day.day}-{day.month}-{day.year}"


def wrong_birth(born: date, today: date) -> str:
    """What is wrong with a birth date, as a sentence; empty when nothing is: one to come, or of a past age."""
    if born > today:
        return f"De geboortedatum {dutch_date(born)} ligt in de toekomst."
    if born.year < EARLIEST_BIRTH_YEAR:
        return f"De geboortedatum {dutch_date(born)} kan niet. Schrijf het jaar met vier cijfers."
    return ""


def before_birth(day: date, born: date | None) -> str:
    """That a result cannot be of this day, as a sentence; empty when it can, or the birth date is not known."""
    if born is None or day >= born:
        return ""
    return f"De leerling is geboren op {dutch_date(born)}; dit resultaat is van {dutch_date(day)}."
