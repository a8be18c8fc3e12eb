"""Whether a file may be of real pupils, and what is done then while it is read: nobody is kept before somebody said what."""

from __future__ import annotations

from collections.abc import Callable

from app.exchange.brin import is_practice
from app.exchange.edexml_records import EdexPupil, EdexSchool, EdexTeacher, Record
from app.refusals import Refused

Change = Callable[[Record], Record | None]
"""What is made of each record before it is kept; nothing: it is not."""


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


class Asking:
    """For one reading, where nothing was said: nobody is kept but of a practice school."""

    def __init__(self) -> None:
        self._whose = "een school die niet wordt genoemd"
        self._is_practice = False
        self._anybody = False

    def __call__(self, record: Record) -> Record | None:
        """The record, or nothing for somebody who may be real."""
        if isinstance(record, EdexSchool) and (record.brin or record.institution):
            self._whose = (
                f"school {record.brin}" if record.brin else f"de school met instellingsnummer {record.institution}"
            )
            self._is_practice = is_practice(record.brin)
        if self._is_practice or not isinstance(record, EdexPupil | EdexTeacher):
            return record
        self._anybody = True
        return None

    def check(self) -> None:
        """Raise `RealPupils` when somebody was not kept."""
        if self._anybody:
            raise RealPupils(self._whose)
