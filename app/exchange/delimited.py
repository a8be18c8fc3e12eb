"""Reading a CSV file with a fixed header: UTF-8 with or without a mark, semicolons, read line by line.

What is wrong becomes a `Problem` with its line and a Dutch sentence, and reading goes on with the next line; a file that
is no such file at all raises `UnreadableFile`. A file is at most 5 MB and 20,000 lines, and a cell 250 characters.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Generic, TypeVar

from app.exchange.csv_text import as_meant
from app.exchange.edexml_records import Problem
from app.exchange.email import wrong_with
from app.exchange.names import kept
from app.files.regular import Source, Unreadable, opened
from app.refusals import Refused

MAX_BYTES = 5 * 1024 * 1024
MAX_LINES = 20_000
MAX_CELL = 250
MOST_PROBLEMS = 200
"""After so many the file is not read further: nobody reads more."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
Record = TypeVar("Record")


class UnreadableFile(Refused):
    """The file is not a CSV file of this kind; the sentence says why."""


class WrongCell(Exception):
    """What is wrong with a line, as a sentence."""


@dataclass
class Table(Generic[Record]):
    """The records of a file and its problems, both in order of line."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Cells:
    """The cells of one line by the name of their column, with a way to read each. Every way raises `WrongCell`."""

    line: int
    texts: dict[str, str]

    def text(self, column: str, longest: int = MAX_CELL, required: bool = True) -> str:
        """A text without blanks around it."""
        return self._fitting(column, self.texts[column], longest, required)

    def name(self, column: str, longest: int, required: bool = True) -> str:
        """A name in its one form (`app.exchange.names`)."""
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

    def day(self, column: str) -> date:
        """A date: `3-2-2020`, `03-02-2020` or `2020-02-03`."""
        typed = self.text(column, 40)
        parts = typed.split("-")
        try:
            numbers = [int(part) for part in parts if part.isascii() and part.isdigit()]
            first, month, last = numbers if len(parts) == 3 else (0, 0, 0)
            found = date(first, month, last) if first > 31 else date(last, month, first)
        except ValueError:
            found = date.min
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise WrongCell(f"{column} is '{typed}', en dat is geen datum. Schrijf bijvoorbeeld 3-2-2020.")
        return found

    def number(self, column: str, lowest: int, highest: int) -> int:
        """A whole number between these, both included."""
        typed = self.text(column, 40)
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
        if not lowest <= number <= highest:
            raise WrongCell(f"{column} is '{typed}'. Het moet een heel getal zijn van {lowest} tot en met {highest}.")
        return number

    def one_of(self, column: str, known: Sequence[str], required: bool = True) -> str:
        """One of these, as it is written here; capitals make no difference. Empty where it may be left out."""
        typed = self.text(column, required=required)
        found = next((value for value in known if value.casefold() == typed.casefold()), "")
        if typed and not found:
            raise WrongCell(f"{column} is '{typed}', en dat is niet bekend. Het moet zijn: {', '.join(known)}.")
        return found


def read(source: Source, header: Sequence[str], record: Callable[[Cells], Record]) -> Table[Record]:
    """The records of a file with exactly these columns; `record` makes one of a line.

    Raises `UnreadableFile` for what cannot be opened, is empty or too large, is no UTF-8, or has another header.
    """
    table: Table[Record] = Table()
    with _opened(source) as file:
        lines = _lines(file)
        _check_header(next(lines)[1], header)
        for line, cells in lines:
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


def _lines(file: IO[str]) -> Iterator[tuple[int, list[str]]]:
    """Each line that is not empty, with the number of the line on which it begins."""
    reader, begins = csv.reader(file, delimiter=";", strict=True), 1
    try:
        for cells in reader:
            if begins > MAX_LINES:
                raise UnreadableFile(f"Het bestand heeft meer dan {MAX_LINES} regels. Verdeel het over meer bestanden.")
            if begins == 1 or any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise UnreadableFile(
            f"Regel {begins} is niet te lezen: er staat een aanhalingsteken te veel of te weinig."
        ) from None
    except UnicodeDecodeError:
        raise UnreadableFile("Het bestand is geen UTF-8. Sla het op als CSV UTF-8 en kies het opnieuw.") from None
    if begins == 1:
        raise UnreadableFile("Het bestand is leeg.")


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


def _opened(source: Source) -> IO[str]:
    try:
        file = opened(source, MAX_BYTES)
    except Unreadable as error:
        raise UnreadableFile(error.sentence) from None
    return io.TextIOWrapper(file, encoding="utf-8-sig", newline="")  # type: ignore[arg-type]  # any binary file will do
