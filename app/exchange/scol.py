"""The file of SCOL-import: social competence, one line per pupil, day and category. Layout ours (docs/handleiding.md).

    leerlingnummer;achternaam;roepnaam;geboortedatum;datum;schaal;score

`score` is a percentile, 0 to 100; `schaal` one of the categories or the total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.exchange import lengths
from app.exchange.delimited import Cells, Table, read
from app.files.regular import Source

HEADER = ("leerlingnummer", "achternaam", "roepnaam", "geboortedatum", "datum", "schaal", "score")
LONGEST_NUMBER = 100


@dataclass(frozen=True)
class ScolRow:
    """One category of one pupil."""

    line: int
    pupil_key: str
    last_name: str
    first_name: str
    birth_date: date
    day: date
    scale: str
    """In the caller's spelling."""
    score: int


def read_scol(source: Source, scales: Sequence[str]) -> Table[ScolRow]:
    """Read the lines of a file, with these names as categories. Raises `UnreadableFile`."""

    def row(cells: Cells) -> ScolRow:
        return ScolRow(
            cells.line,
            *pupil_of(cells),
            cells.day("datum"),
            cells.one_of("schaal", scales),
            cells.number("score", 0, 100),
        )

    return read(source, HEADER, row)


def pupil_of(cells: Cells) -> tuple[str, str, str, date]:
    """The four columns that identify the pupil."""
    return (
        cells.key("leerlingnummer", LONGEST_NUMBER),
        cells.name("achternaam", lengths.LAST_NAME),
        cells.name("roepnaam", lengths.FIRST_NAME),
        cells.day("geboortedatum"),
    )
