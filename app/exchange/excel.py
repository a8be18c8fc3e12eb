"""The rows of an Excel workbook (.xlsx) as texts, read with python-calamine.

A workbook is a zip with XML. Its cost is known before calamine sees it: calamine gets a copy with only the XML parts
that are small enough, with every cell counted. A sheet is kept as a rectangle, so one cell in a far corner costs as
much as a full sheet; and a text shared by many cells is stored once for each.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from app.exchange import zipped

MAX_PART = 20_000_000
MAX_PARTS = 40_000_000
MAX_COLUMNS = 100
MAX_CELLS = 400_000
MAX_LETTERS = 100_000_000
"""Cells times the longest text."""
_EXACT = 10**15
"""Excel keeps fifteen digits of a number."""
_PLACE = re.compile("([A-Za-z]{1,7})([0-9]{1,12})")
_NOT_TAKEN = ("mimetype", "content.xml")
"""Parts of another kind of workbook."""
_WRONG = "het Excel-boek is niet te lezen. Open het in Excel, sla het opnieuw op als .xlsx en kies het opnieuw"


class UnreadableBook(Exception):
    """Why the workbook cannot be read, as the end of a sentence."""


def sheets(file: IO[bytes], most_rows: int) -> Iterator[list[list[str]]]:
    """Yield the rows of each non-empty sheet, from its first row on. Raises `UnreadableBook`."""
    try:
        copy = _checked(file, most_rows)
    except zipped.BadZip as bad:
        raise UnreadableBook(bad.why) from None
    try:
        book = CalamineWorkbook.from_filelike(copy)
        for number in range(len(book.sheet_names)):
            if rows := book.get_sheet_by_index(number).to_python(skip_empty_area=False):
                yield [[_text(cell) for cell in row] for row in rows]
    except (CalamineError, OSError, ValueError):
        raise UnreadableBook(_WRONG) from None


def _checked(file: IO[bytes], most_rows: int) -> IO[bytes]:
    """A copy with only what may be read. Raises `UnreadableBook` and `BadZip`."""
    copy, room = io.BytesIO(), MAX_PARTS
    with zipped.members(file) as archive, zipfile.ZipFile(copy, "w") as kept:
        cost = _Cost(most_rows)
        for one in archive.infolist():
            if one.filename in _NOT_TAKEN or not one.filename.endswith((".xml", ".rels")):
                continue
            content = zipped.content(archive, one, min(MAX_PART, room))
            room -= len(content)
            if cost.counted(content):
                kept.writestr(one.filename, content)
        cost.check()
    copy.seek(0)
    return copy


class _Cost:
    """The cost of the parts counted so far."""

    def __init__(self, most_rows: int) -> None:
        self._most_rows = most_rows
        self._cells = 0
        self._longest = 0
        self._row, self._column, self._filled = 0, 0, False
        """The current position, for rows and cells without one: those follow the previous one."""

    def counted(self, content: bytes) -> bool:
        """Count a part; return whether it is XML. Raises `UnreadableBook` for a cell too far away."""
        try:
            for _, element in etree.iterparse(
                io.BytesIO(content), events=("end",), resolve_entities=False, no_network=True, load_dtd=False
            ):
                self._count(element)
                if element.getparent() is not None:
                    element.clear()
        except etree.XMLSyntaxError:
            return False
        return True

    def check(self) -> None:
        """Raise `UnreadableBook` when the cost is too high."""
        if self._cells > MAX_CELLS or self._cells * self._longest > MAX_LETTERS:
            raise UnreadableBook("er staat te veel in het Excel-boek. Verdeel het over meer boeken")

    def _count(self, element: etree._Element) -> None:
        self._longest = max(self._longest, len(element.text or ""))
        name = str(element.tag).rpartition("}")[2]
        if name == "c":
            self._count_cell(element)
        elif name == "row":
            self._row = _number(element.get("r", "")) or self._row + 1
            self._check_row(self._row if self._filled else 0)
            self._column, self._filled = 0, False
        elif name == "sheetData":
            self._row = 0

    def _count_cell(self, element: etree._Element) -> None:
        place = _PLACE.fullmatch(element.get("r", ""))
        self._column = _column(place[1]) if place else self._column + 1
        if len(element) == 0 and not element.text:
            return  # only has a colour or a border
        self._cells, self._filled = self._cells + 1, True
        self._check_row(int(place[2]) if place else 0)
        if self._column > MAX_COLUMNS:
            raise UnreadableBook(f"het Excel-boek heeft meer dan {MAX_COLUMNS} kolommen")

    def _check_row(self, number: int) -> None:
        if number > self._most_rows:
            raise UnreadableBook(
                f"het Excel-boek heeft meer dan {self._most_rows} regels. Verdeel het over meer boeken"
            )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _column(letters: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _text(cell: object) -> str:
    """A cell as it would be typed: a whole number without decimals, a day without its midnight."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell)) if abs(cell) < _EXACT else f"{cell:E}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell == datetime.combine(cell, datetime.min.time()) else str(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)
