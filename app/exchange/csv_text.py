"""CSV as Dutch Excel opens it: semicolons, CRLF (RFC 4180 otherwise), and no cell that a spreadsheet reads as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Protocol

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Writable(Protocol):
    """A text file, or what acts as one; opened with `newline=""`."""

    def write(self, text: str, /) -> object:
        """Write this text."""
        ...


def write_rows(file: Writable, rows: Iterable[Sequence[str]], delimiter: str = ";") -> None:
    """Write rows, each cell safe for a spreadsheet."""
    csv.writer(file, delimiter=delimiter).writerows([safe_cell(cell) for cell in row] for row in rows)


def safe_cell(text: str) -> str:
    """The text so that a spreadsheet reads it as text: one that begins like a formula gets an apostrophe."""
    return f"'{text}" if text[:1] in _FORMULA else text
