"""A line of a file with results, and its pupil (`docs/wie-is-wie.md`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from app.clock import dutch_date
from app.exchange.identity import Person
from app.exchange.names import full_name
from app.exchange.recognising import Found
from app.exchange.uwlr import ResultData
from app.school.assessment.matching import impossible, proposal
from app.school.people import known
from models.board import Location
from models.school import Pupil


@dataclass(frozen=True)
class FileRow:
    """A line of a file: its pupil, its contents in words, and its results, all of one day."""

    line: int
    person: Person
    what: str
    whole: str
    """The whole of which each result is a part; its key is that of the result without the pupil."""
    results: tuple[ResultData, ...]

    @property
    def name(self) -> str:
        """The name as written in the file."""
        return full_name(self.person.first_name, self.person.prefix, self.person.last_name)

    @property
    def birth_date(self) -> date | None:
        """The birth date as in the file."""
        return self.person.birth_date

    @property
    def day(self) -> date:
        """The day of the sitting."""
        return self.results[0].date


def keyed(row: FileRow, pupil_id: int) -> tuple[ResultData, ...]:
    """The results of a line with their keys for this pupil."""
    return tuple(replace(data, key=f"{pupil_id}:{row.whole}:{data.part}") for data in row.results)


class Whose:
    """The pupils of a file, by line."""

    def __init__(self, location: Location, rows: Sequence[FileRow]) -> None:
        numbers = {row.person.number for row in rows}
        self._known = known.those_with(
            location, numbers, born={row.person.birth_date for row in rows if row.person.birth_date}
        )
        self._deleted = cache(lambda: known.of_deleted(location.board_id, numbers))
        self._found = {row.person: self._known.register.find(row.person) for row in rows}

    @property
    def ids(self) -> list[int]:
        """The ids of everyone who is, or may be, meant."""
        return [one for found in self._found.values() for one in _all_of(found)]

    def of(self, row: FileRow) -> tuple[Pupil | None, str]:
        """The pupil of a line; None with why it is left out."""
        found = self._found[row.person]
        if found.same is None:
            return None, f"{self._doubt(row, found)} Deze regel wordt overgeslagen."
        pupil = self._known.pupils[found.same]
        why = impossible(pupil, row.day)
        return (None, f"{row.name}: {why} Deze regel wordt overgeslagen.") if why else (pupil, "")

    def meant(self, row: FileRow) -> list[int]:
        """The ids of the pupils a line may be about, even if it is left out."""
        return _all_of(self._found[row.person])

    def _doubt(self, row: FileRow, found: Found[int]) -> str:
        number, born = row.person.number, row.person.birth_date
        likely = [self._known.pupils[one] for one in found.doubtful]
        for pupil in likely:
            if pupil.key == number and born and pupil.birth_date and pupil.birth_date != born:
                return (
                    f"Leerlingnummer {number} is in ESIS van iemand die op {dutch_date(pupil.birth_date)} geboren is; in "
                    f"het bestand staat {row.name}, {dutch_date(born)}."
                )
        if len(likely) == 1:
            return f"Leerlingnummer {number} ({row.name}): {proposal(likely[0], found.reason)} Verbeter het bestand."
        if likely:
            return f"Leerlingnummer {number} ({row.name}) kan van meer dan een leerling zijn. Verbeter het bestand."
        if number in self._deleted():
            return f"Leerlingnummer {number} ({row.name}) was van een leerling die verwijderd is."
        return f"Leerlingnummer {number} ({row.name}) is op deze vestiging niet bekend."


def _all_of(found: Found[int]) -> list[int]:
    return [*found.doubtful, *([found.same] if found.same is not None else [])]
