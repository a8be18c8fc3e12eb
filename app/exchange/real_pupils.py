"""Whether a file may be of real pupils, and what is done then while it is read: nobody is kept before somebody said what."""

from __future__ import annotations

from collections.abc import Callable

from app.exchange.brin import is_practice
from app.exchange.edexml_records import EdexPupil, EdexSchool, EdexTeacher, Record
from app.refusals import Refused

Change = Callable[[Record], Record]
"""What is made of each record before it is kept."""


class RealPupils(Refused):
    """The file is not of a practice school, and nobody said what to do with real pupils."""

    def __init__(self, whose: str) -> None:
        super().__init__(
            f"Het bestand is van {whose}, en dat is geen oefenschool (een BRIN die met 99 begint). Er kunnen echte leerlingen in "
            "staan, en dit is een oefenprogramma: laat hun gegevens vervangen (anonimiseren), of zeg dat u ze zo wilt inlezen.",
            field="path",
        )


def as_it_is(record: Record) -> Record:
    """For who knows that they may be real, or that they are not."""
    return record


def asking() -> Change:
    """For one reading, where nothing was said: people are only taken from the file of a practice school. Raises `RealPupils`."""
    whose, known = "een school die niet wordt genoemd", False

    def checked(record: Record) -> Record:
        nonlocal whose, known
        if isinstance(record, EdexSchool) and (number := record.brin or record.institution):
            whose, known = f"school {number}", is_practice(record.brin)
        elif isinstance(record, EdexPupil | EdexTeacher) and not known:
            raise RealPupils(whose)
        return record

    return checked
