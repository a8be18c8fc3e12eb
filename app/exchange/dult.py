"""The file format of the Dultkoppeling: one line for each pupil and test. Layout ours (docs/handleiding.md).

    leerlingnummer;achternaam;roepnaam;geboortedatum;toets;datum;score;niveau

`leerlingnummer` is the sender's key for the pupil, which may differ from the number in ESIS; `toets` is the id of the
test.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.exchange.csv_text import csv_bytes
from app.exchange.delimited import Cells, Table, read
from app.exchange.scol import pupil_of
from app.files.regular import Source

HEADER = ("leerlingnummer", "achternaam", "roepnaam", "geboortedatum", "toets", "datum", "score", "niveau")
HIGHEST = 400


@dataclass(frozen=True)
class DultRow:
    """One result of one pupil."""

    line: int
    pupil_key: str
    last_name: str
    first_name: str
    birth_date: date
    assessment: str
    day: date
    score: int
    level: str


def read_dult(source: Source, assessments: Sequence[str], levels: Sequence[str]) -> Table[DultRow]:
    """Read the lines of a file, given the ids of the tests and the levels that exist. Raises `UnreadableFile`."""

    def row(cells: Cells) -> DultRow:
        return DultRow(
            cells.line,
            *pupil_of(cells),
            cells.one_of("toets", assessments),
            cells.day("datum"),
            cells.number("score", 0, HIGHEST),
            cells.one_of("niveau", levels),
        )

    return read(source, HEADER, row)


def write_dult(rows: Iterable[DultRow]) -> bytes:
    """Write the lines as a file."""
    return csv_bytes(
        [
            HEADER,
            *(
                (
                    row.pupil_key,
                    row.last_name,
                    row.first_name,
                    row.birth_date.isoformat(),
                    row.assessment,
                    row.day.isoformat(),
                    row.score,
                    row.level,
                )
                for row in rows
            ),
        ]
    )
