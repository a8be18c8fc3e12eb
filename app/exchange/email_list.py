"""A list of guardians' e-mail addresses, one line for each guardian of a pupil. Layout ours (docs/handleiding.md).

    leerlingnummer;roepnaam;tussenvoegsel;achternaam;geboortedatum;verzorger;email

A pupil without guardians has a line with the last two empty; leerlingnummer and birth date may be empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.exchange import lengths
from app.exchange.delimited import Cells, Table, WrongCell, read
from app.files.regular import Source

HEADER = ("leerlingnummer", "roepnaam", "tussenvoegsel", "achternaam", "geboortedatum", "verzorger", "email")


@dataclass(frozen=True)
class EmailRow:
    """A pupil with one guardian, or with none (empty name)."""

    line: int
    key: str
    first_name: str
    prefix: str
    last_name: str
    birth_date: date | None
    guardian: str
    email: str


def read_emails(source: Source) -> Table[EmailRow]:
    """Read the lines of a file. Raises `UnreadableFile`."""
    return read(source, HEADER, _row)


def _row(cells: Cells) -> EmailRow:
    guardian = cells.name("verzorger", lengths.FULL_NAME, required=False)
    email = cells.email("email", lengths.EMAIL, required=False)
    if email and not guardian:
        raise WrongCell("verzorger is leeg, maar er staat wel een e-mailadres.")
    return EmailRow(
        cells.line,
        cells.key("leerlingnummer", 250, required=False),
        cells.name("roepnaam", lengths.FIRST_NAME),
        cells.name("tussenvoegsel", lengths.PREFIX, required=False),
        cells.name("achternaam", lengths.LAST_NAME),
        cells.day("geboortedatum") if cells.texts["geboortedatum"] else None,
        guardian,
        email,
    )
