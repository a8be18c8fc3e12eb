"""The file of Eindtoetsgegevens importeren: one line for each pupil. Layout ours (docs/handleiding.md).

    brin6;leerlingnummer;achternaam;roepnaam;geboortedatum;datum;toets;standaardscore;advies;lezen;taalverzorging;rekenen

`advies` is the toetsadvies; the last three are reference levels and may be empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.exchange.brin import school_and_location
from app.exchange.delimited import Cells, Table, WrongCell, read
from app.exchange.scol import pupil_of
from app.files.regular import Source

PARTS = ("lezen", "taalverzorging", "rekenen")
HEADER = (
    "brin6",
    "leerlingnummer",
    "achternaam",
    "roepnaam",
    "geboortedatum",
    "datum",
    "toets",
    "standaardscore",
    "advies",
    *PARTS,
)
LOWEST, HIGHEST = 50, 100


@dataclass(frozen=True)
class EindtoetsRow:
    """The eindtoets of one pupil."""

    line: int
    brin6: str
    pupil_key: str
    last_name: str
    first_name: str
    birth_date: date
    day: date
    assessment: str
    score: int
    advice: str
    levels: tuple[tuple[str, str], ...]
    """Part and reference level, for the parts that have one."""


def read_eindtoets(
    source: Source, names: Sequence[str], advices: Sequence[str], levels: Mapping[str, Sequence[str]]
) -> Table[EindtoetsRow]:
    """Read the lines of a file: `names` are the available eindtoetsen, `levels` the reference levels of each part.

    Raises `UnreadableFile`.
    """

    def row(cells: Cells) -> EindtoetsRow:
        return EindtoetsRow(
            cells.line,
            _brin6(cells),
            *pupil_of(cells),
            cells.day("datum"),
            cells.one_of("toets", names),
            cells.number("standaardscore", LOWEST, HIGHEST),
            cells.one_of("advies", advices),
            _levels(cells, levels),
        )

    return read(source, HEADER, row)


def _brin6(cells: Cells) -> str:
    typed = cells.text("brin6", 20)
    found = school_and_location(typed)
    if not found:
        raise WrongCell(f"brin6 is '{typed}'. Schrijf de BRIN met het vestigingsnummer erachter, bijvoorbeeld 99QQ00.")
    return found


def _levels(cells: Cells, levels: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    found = ((part, cells.one_of(part, levels[part], required=False)) for part in PARTS)
    return tuple((part, level) for part, level in found if level)
