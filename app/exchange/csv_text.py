"""The only writer of CSV, in the form that Dutch Excel opens: UTF-8 byte order mark, semicolons, CRLF (RFC 4180
otherwise), and no text cell that a spreadsheet reads as a formula. Numbers stay numbers.

A text that starts like a formula gets a leading apostrophe, and so does one that starts with apostrophes followed by
such a start; so a reader can remove exactly one (`as_meant`), and every text round-trips.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, TypeAlias

Cell: TypeAlias = "str | int | float"
Rows: TypeAlias = "Iterable[Sequence[Cell]]"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(,[0-9]{1,15})?")


@contextmanager
def csv_file(file: IO[bytes], separator: str = ";") -> Iterator[Callable[[Rows], None]]:
    """Yield a function that writes rows to the file, a few at a time. The file stays open."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")  # type: ignore[type-var]  # any binary file will do
    try:
        writer = csv.writer(text, delimiter=separator)
        yield lambda rows: writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    finally:
        text.detach()


def csv_bytes(rows: Rows) -> bytes:
    """A small file as a whole."""
    file = io.BytesIO()
    with csv_file(file) as write:
        write(rows)
    return file.getvalue()


def csv_text(rows: Rows) -> str:
    """The same as text, byte order mark included."""
    return csv_bytes(rows).decode()


class Number(str):
    """A text that is a number in Dutch notation."""


def number(text: str) -> Cell:
    """The text as a number if it is one; otherwise as text."""
    return Number(text) if _NUMBER.fullmatch(text) else text


def safe_cell(cell: Cell) -> str:
    """The cell as written to the file."""
    if isinstance(cell, Number):
        return cell
    if not isinstance(cell, str):
        return str(cell).replace(".", ",")
    return f"'{cell}" if _is_odd(cell) else cell


def as_meant(cell: str) -> str:
    """Undo `safe_cell`: return the text without its apostrophe."""
    return cell[1:] if cell[:1] == "'" and _is_odd(cell) else cell


def _is_odd(text: str) -> bool:
    return text.lstrip("'")[:1] in _FORMULA
