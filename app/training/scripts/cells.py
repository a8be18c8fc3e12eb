"""What stands in each cell of a picture of a screen, and which cells differ between two.

A picture is the SVG that Textual draws of a terminal (`app/training/pictures.py`); another SVG has no cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from html import unescape
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len

from app.counted import counted, plural

CELL, LINE = 12.2, 24.4
"""The width of a cell and the height of a line, in the units of the picture."""
LEFT, TOP = 9.0, 41.0
"""Where the first cell stands in the picture."""
_BESIDE, _ABOVE, _BASELINE = 18, 50, 20
_BEGIN = 500
"""The number of characters within which an SVG states its size."""
_MOST = 400
"""Columns and rows; a larger picture was not made here."""
_NUMBER = r"(\d{1,6}(?:\.\d{1,16})?)"
_BOX = re.compile(rf'viewBox="0 0 {_NUMBER} {_NUMBER}"')
_RULE = re.compile(r"\.terminal[\d-]*-r(\d+) \{ ([^}]*) \}")
_GROUND = re.compile(
    rf'<rect fill="(#[0-9a-fA-F]{{6}})" x="{_NUMBER}" y="{_NUMBER}" width="{_NUMBER}" height="[\d.]+" shape-rendering'
)
_TEXT = re.compile(rf'<text class="terminal[\d-]*-r(\d+)" x="{_NUMBER}" y="{_NUMBER}" textLength[^>]*>([^<]*)</text>')


class Cell(NamedTuple):
    """One cell: its character (none behind a wide one), its style as CSS, and its background (`#rrggbb`; empty: none)."""

    character: str
    css: str
    ground: str

    @property
    def seen(self) -> tuple[str, str, str]:
        """What shows of it: of a space only its background and a line under it."""
        blank = self.character.isspace() and "text-decoration" not in self.css
        return self.character, "" if blank else self.css, self.ground


_EMPTY = Cell(" ", "", "")
Rows = tuple[tuple[Cell, ...], ...]


class Kind(StrEnum):
    """How a cell differs."""

    CHARACTER = "character"
    """Another character."""
    STYLE = "style"
    """The same character in other colours or another style."""


class Run(NamedTuple):
    """Cells beside each other that differ in the same way; row and column from 0."""

    row: int
    column: int
    length: int
    kind: Kind


@dataclass(frozen=True)
class Change:
    """Which cells differ."""

    runs: tuple[Run, ...]

    @property
    def rows(self) -> list[int]:
        """The rows in which something differs, from 0."""
        return sorted({run.row for run in self.runs})

    def number(self, kind: Kind) -> int:
        """The number of cells that differ in this way."""
        return sum(run.length for run in self.runs if run.kind == kind)

    def words(self) -> str:
        """In Dutch: `12 tekens en 3 cellen in kleur of opmaak, in regel 4 en 9-11`; empty if nothing differs."""
        characters, styles = self.number(Kind.CHARACTER), self.number(Kind.STYLE)
        parts = [
            *([counted(characters, "teken", "tekens")] if characters else []),
            *([f"{counted(styles, 'cel', 'cellen')} in kleur of opmaak"] if styles else []),
        ]
        lines = _ranges([row + 1 for row in self.rows])
        return f"{' en '.join(parts)}, in {plural(len(self.rows), 'regel', 'regels')} {lines}" if parts else ""


def size_of(svg: str) -> tuple[int, int] | None:
    """The columns and rows of a picture; None for another kind."""
    found = _BOX.search(svg[:_BEGIN])
    width, height = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    size = round((width - _BESIDE) / CELL), round((height - _ABOVE) / LINE)
    return size if all(0 < number <= _MOST for number in size) else None


@lru_cache(maxsize=16)
def read(svg: str) -> Rows | None:
    """The cells of a picture, row by row; None for another kind."""
    if (size := size_of(svg)) is None:
        return None
    columns, rows = size
    rules = {number: css.strip() for number, css in _RULE.findall(svg)}
    grounds = [[""] * columns for _ in range(rows)]
    for fill, x, y, width in _GROUND.findall(svg):
        row, first, length = _at(float(y), 1.5), round(float(x) / CELL), round(float(width) / CELL)
        if row < rows:
            grounds[row][first : first + length] = [fill.lower()] * len(grounds[row][first : first + length])
    cells = [[_EMPTY._replace(ground=ground) for ground in line] for line in grounds]
    for number, x, y, text in _TEXT.findall(svg):
        row = _at(float(y), _BASELINE)
        if row < rows:
            _write(cells[row], round(float(x) / CELL), unescape(text).replace("\u00a0", " "), rules.get(number, ""))
    return tuple(tuple(line) for line in cells)


def _at(y: float, offset: float) -> int:
    return max(0, round((y - offset) / LINE))


def _write(line: list[Cell], column: int, text: str, css: str) -> None:
    for character in text.rstrip("\n"):
        width = cell_len(character)
        if width == 0 and 0 < column <= len(line):  # a mark on the letter before it
            line[column - 1] = line[column - 1]._replace(character=line[column - 1].character + character)
        for place in range(column, min(column + width, len(line))):
            line[place] = Cell(character if place == column else "", css, line[place].ground)
        column += width


def text_of(rows: Rows) -> str:
    """The characters, a line a row, as `pictures.text_of` gives them."""
    return "\n".join("".join(cell.character for cell in row).rstrip() for row in rows).rstrip() + "\n"


def belong_together(text: str, svg: str) -> bool:
    """Whether a text and a picture are of the same screen; a picture without cells may be of any."""
    rows = read(svg)
    return rows is None or text_of(rows).rstrip() == text.replace("\u00a0", " ").rstrip()


def compare(was: str, now: str) -> Change | None:
    """Which cells of two pictures differ; None if they cannot be compared: another size, or no cells."""
    before, after = read(was), read(now)
    if before is None or after is None or (len(before), len(before[0])) != (len(after), len(after[0])):
        return None
    return Change(tuple(run for row, pair in enumerate(zip(before, after, strict=True)) for run in _runs(row, *pair)))


def _runs(row: int, was: Sequence[Cell], now: Sequence[Cell]) -> list[Run]:
    kinds = [_kind(*pair) for pair in zip(was, now, strict=True)]
    found, column = [], 0
    for kind, group in groupby(kinds):
        length = len(list(group))
        if kind is not None:
            found.append(Run(row, column, length, kind))
        column += length
    return found


def _kind(was: Cell, now: Cell) -> Kind | None:
    if was.character != now.character:
        return Kind.CHARACTER
    return None if was.seen == now.seen else Kind.STYLE


def _ranges(numbers: Sequence[int]) -> str:
    """`4, 9-11`."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][-1] == number - 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(f"{part[0]}-{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts)
