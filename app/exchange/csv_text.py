"""The one writer of CSV, as Dutch Excel opens it: a mark for UTF-8, semicolons, CRLF (RFC 4180 otherwise), and no cell of text
that a spreadsheet reads as a formula. What is a number stays one.

A text that begins like a formula gets an apostrophe before it, and so does one that begins with apostrophes and then like a
formula; so what reads it can take exactly one off again (`as_meant`), and every text comes back as it was.
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
    """A file to write rows to, a few at a time: the block gets what writes them. The file stays open."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")  # type: ignore[type-var]  # any binary file will do
    try:
        writer = csv.writer(text, delimiter=separator)
        yield lambda rows: writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    finally:
        text.detach()


def csv_bytes(rows: Rows) -> bytes:
    """All of a small file."""
    file = io.BytesIO()
    with csv_file(file) as write:
        write(rows)
    return file.getvalue()


def csv_text(rows: Rows) -> str:
    """The same as text, its mark included."""
    return csv_bytes(rows).decode()


class Number(str):
    """A text that is a number as people write it."""


def number(text: str) -> Cell:
    """What should be a number, as one if it is; another text stays text."""
    return Number(text) if _NUMBER.fullmatch(text) else text


def safe_cell(cell: Cell) -> str:
    """The cell as it stands in the file."""
    if isinstance(cell, Number):
        return cell
    if not isinstance(cell, str):
        return str(cell).replace(".", ",")
    return f"'{cell}" if _is_odd(cell) else cell


def as_meant(cell: str) -> str:
    """The text that was meant by what stands in a file: without the apostrophe of `safe_cell`."""
    return cell[1:] if cell[:1] == "'" and _is_odd(cell) else cell


def _is_odd(text: str) -> bool:
    return text.lstrip("'")[:1] in _FORMULA
