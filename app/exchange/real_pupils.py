"""Detects files that may contain real pupils, while reading: nobody is stored before the user decided what to do."""

from __future__ import annotations

from collections.abc import Callable

from app.exchange.brin import is_practice
from app.exchange.edexml_records import EdexPupil, EdexSchool, EdexTeacher, Record
from app.refusals import Refused

Change = Callable[[Record], Record | None]
"""Processes each record before it is stored; None drops it."""


class RealPupils(Refused):
    """The file is not of a practice school, and nobody decided what to do with real pupils."""

    def __init__(self, whose: str) -> None:
        super().__init__(
            f"Het bestand is van {whose}, en dat is geen oefenschool (een BRIN die met 99 begint). Er kunnen echte leerlingen in "
            "staan, en dit is een oefenprogramma: laat hun gegevens vervangen (anonimiseren), of zeg dat u ze zo wilt inlezen.",
            field="path",
        )


def as_it_is(record: Record) -> Record:
    """Keep each record, when real pupils are allowed or known to be absent."""
    return record


class Asking:
    """For one reading without a decision: keep only people of a practice school."""

    def __init__(self) -> None:
        self._whose = "een school die niet wordt genoemd"
        self._is_practice = False
        self._anybody = False

    def __call__(self, record: Record) -> Record | None:
        """Return the record, or None for somebody who may be real."""
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
        """Raise `RealPupils` when somebody was dropped."""
        if self._anybody:
            raise RealPupils(self._whose)
