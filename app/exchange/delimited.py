"""Reads a list with a fixed header (accepted forms: `app/exchange/list_lines.py`), line by line.

Each error becomes a `Problem` with its line and a Dutch sentence, and reading continues with the next line; a file of
another kind raises `UnreadableFile`. A file is at most 5 MB and 20,000 lines, and a cell 250 characters. What Excel
does to a list is undone if unambiguous, and reported otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from app.exchange.csv_text import as_meant
from app.exchange.dates import WrongDay, read_day
from app.exchange.edexml_records import Problem
from app.exchange.email import wrong_with
from app.exchange.list_lines import MAX_BYTES, MAX_LINES, UnreadableFile, lines
from app.exchange.names import kept
from app.files.regular import Source

__all__ = ["MAX_BYTES", "MAX_LINES", "Cells", "Table", "UnreadableFile", "WrongCell", "read"]

MAX_CELL = 250
MOST_PROBLEMS = 200
"""After this many problems reading stops: nobody reads more."""
_ROUNDED = re.compile(r"[0-9]([.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)
_WHOLE = re.compile("([0-9]{1,9})(,0{1,2})?")
"""A whole number, with the decimals that Excel may add."""
Record = TypeVar("Record")


class WrongCell(Exception):
    """What is wrong with a line, as a sentence."""


@dataclass
class Table(Generic[Record]):
    """The records of a file and its problems, both in order of line."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Cells:
    """The cells of one line by column name, with methods to parse each. All raise `WrongCell`."""

    line: int
    texts: dict[str, str]

    def text(self, column: str, longest: int = MAX_CELL, required: bool = True) -> str:
        """A trimmed text."""
        return self._fitting(column, self.texts[column], longest, required)

    def name(self, column: str, longest: int, required: bool = True) -> str:
        """A name in normal form (`app.exchange.names`)."""
        return self._fitting(column, kept(self.text(column, required=required)), longest, required)

    def email(self, column: str, longest: int, required: bool = True) -> str:
        """An e-mail address (`app.exchange.email`)."""
        found = self.name(column, longest, required)
        if found and (wrong := wrong_with(found)):
            raise WrongCell(f"{column} is '{found}'; dat {wrong}. Schrijf het als naam@voorbeeld.nl.")
        return found

    def _fitting(self, column: str, found: str, longest: int, required: bool) -> str:
        if required and not found:
            raise WrongCell(f"{column} is leeg.")
        if len(found) > longest:
            raise WrongCell(f"{column} telt {len(found)} tekens; er passen er {longest}.")
        if any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in found):
            raise WrongCell(f"{column} bevat een teken dat niet te zien is (een stuurteken).")
        return found

    def key(self, column: str, longest: int, required: bool = True) -> str:
        """A leerlingnummer, which Excel may have rounded."""
        typed = self.text(column, longest, required)
        if _ROUNDED.fullmatch(typed):
            raise WrongCell(
                f"{column} is '{typed}': Excel heeft het nummer afgerond. Geef de kolom de opmaak Tekst en vul het "
                "nummer opnieuw in."
            )
        return typed

    def day(self, column: str) -> date:
        """A date (`app.exchange.dates.read_day`)."""
        typed = self.text(column, 40)
        try:
            return read_day(typed)
        except WrongDay as wrong:
            raise WrongCell(f"{column} is '{typed}'{wrong}.") from None

    def number(self, column: str, lowest: int, highest: int) -> int:
        """A whole number in this range, both ends included."""
        typed = self.text(column, 40)
        found = _WHOLE.fullmatch(typed)
        number = int(found[1]) if found else -1
        if not lowest <= number <= highest:
            raise WrongCell(f"{column} is '{typed}'. Het moet een heel getal zijn van {lowest} tot en met {highest}.")
        return number

    def one_of(self, column: str, known: Sequence[str], required: bool = True) -> str:
        """One of these, in this spelling; case-insensitive. Empty if not required."""
        typed = self.text(column, required=required)
        found = next((value for value in known if value.casefold() == typed.casefold()), "")
        if typed and not found:
            raise WrongCell(f"{column} is '{typed}', en dat is niet bekend. Het moet zijn: {', '.join(known)}.")
        return found


def read(source: Source, header: Sequence[str], record: Callable[[Cells], Record]) -> Table[Record]:
    """Read a file with exactly these columns; `record` makes one record from a line.

    Raises `UnreadableFile` for a file that cannot be opened or read, is empty or too large, or has another header.
    """
    table: Table[Record] = Table()
    every = lines(source, header)
    _check_header(next(every)[1], header)
    for line, cells in every:
        try:
            table.records.append(record(_named(line, cells, header)))
        except WrongCell as wrong:
            table.problems.append(Problem(line, str(wrong)))
        if len(table.problems) == MOST_PROBLEMS:
            table.problems.append(Problem(line, f"Na {MOST_PROBLEMS} fouten is het bestand niet verder gelezen."))
            break
    if not table.records and not table.problems:
        raise UnreadableFile("Het bestand heeft alleen een kopregel; er staat geen enkel resultaat in.")
    return table


def _check_header(found: Sequence[str], header: Sequence[str]) -> None:
    names = [name.strip().casefold() for name in found]
    if names == list(header):
        return
    wanted = f"De eerste regel moet zijn: {';'.join(header)}"
    missing = [name for name in header if name not in names]
    if len(missing) == len(header):
        raise UnreadableFile(f"De kopregel ontbreekt of hoort bij een ander soort bestand. {wanted}")
    if missing:
        raise UnreadableFile(f"In de kopregel ontbreekt: {', '.join(missing)}. {wanted}")
    raise UnreadableFile(f"De kopregel heeft andere kolommen of een andere volgorde. {wanted}")


def _named(line: int, cells: Sequence[str], header: Sequence[str]) -> Cells:
    if len(cells) != len(header):
        raise WrongCell(
            f"Deze regel heeft {len(cells)} kolommen; het moeten er {len(header)} zijn ({';'.join(header)})."
        )
    texts = (unicodedata.normalize("NFC", as_meant(cell)).strip() for cell in cells)
    return Cells(line, dict(zip(header, texts, strict=True)))
