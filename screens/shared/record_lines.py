"""How a list draws its lines: the mark, the cells, the styles of cells, and what an empty list says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.color import Color
from textual.strip import Strip

from app.files.plain import clean
from screens.shared.sources import Column, Part
from screens.shared.text import fitted

GAP = "  "
"""Between cells; two spaces, so that cells can be told apart on a picture of the screen."""
AIR = 1
"""Cells between what a line says and the border."""
WAITING = "…"
"""A row that is not read yet."""
_KEY = re.compile(r"\b(?:F\d+|Ctrl\+[A-Z]|Enter|Esc|Tab|Del)\b|(?<=\b[mM]et )[A-Z]\b")
"""A key, as sentences name it."""
_LEVEL = re.compile(r"l[1-5]")


class Look(StrEnum):
    """The looks of a line: each a component class of the list, `records--...`."""

    PLAIN = "row"
    CURSOR = "cursor"
    HERE = "here"
    HOVER = "hover"
    HEAD = "head"
    MARK = "mark"
    HINT = "hint"
    KEY = "key"
    SELECTED = "selected"


MARKS = {Look.CURSOR: "▶ ", Look.HERE: "▌ "}
NO_MARK = "  "


@dataclass(frozen=True)
class Lines:
    """Draws the lines of a list of one width; made anew when columns, width or theme change."""

    columns: Sequence[tuple[Column, int]]
    width: int
    style: Callable[[Look], Style]
    tokens: Mapping[str, str]
    marking: bool = False

    def head(self, sorted_by: tuple[Column, bool] | None) -> Strip:
        """The titles of the columns, with an arrow at the one it is sorted by."""
        style = self.style(Look.HEAD)
        arrows = {True: " ▼", False: " ▲"}
        titles = [
            fitted(
                column.title + (arrows[sorted_by[1]] if sorted_by and sorted_by[0] is column else ""), w, column.right
            )
            for column, w in self.columns
        ]
        before = Segment(NO_MARK + self._box(None), style)
        return self._joined([[Segment(title, style)] for title in titles], [before], style)

    def row(self, row: Any, look: Look, ticked: bool) -> Strip:
        """A row: its mark, its box if it can be ticked, its cells."""
        style = self.style(look)
        mark = style + self.style(Look.MARK) if look is Look.HERE else style
        own = look is not Look.CURSOR
        cells = [list(self._cell(column, w, row, style, own)) for column, w in self.columns]
        box = style + self._styled("ok")[0] if ticked and own else style
        return self._joined(cells, [Segment(MARKS.get(look, NO_MARK), mark), Segment(self._box(ticked), box)], style)

    def waiting(self, look: Look) -> Strip:
        """A row that is not read yet."""
        style = self.style(look)
        dim = style if look is Look.CURSOR else style + self.style(Look.HINT)
        return self._joined([[Segment(WAITING, dim)]], [Segment(MARKS.get(look, NO_MARK), dim)], style)

    def blank(self) -> Strip:
        """A line without a row."""
        return Strip.blank(self.width, self.style(Look.PLAIN))

    def _joined(self, cells: Sequence[Sequence[Segment]], before: Sequence[Segment], style: Style) -> Strip:
        # One segment a cell: in a picture a cell then starts at its column, whatever the font.
        segments, gap = [*before], Segment(GAP, style)
        for cell in cells:
            segments += [*cell, gap]
        return Strip(segments).adjust_cell_length(self.width, style)

    def _box(self, ticked: bool | None) -> str:
        boxes = {None: "     ", True: "[x]  ", False: "[ ]  "}
        return boxes[ticked] if self.marking else ""

    def _cell(self, column: Column, width: int, row: Any, style: Style, own: bool) -> Sequence[Segment]:
        if column.parts is not None:
            return self._in_parts(column.parts(row), width, style, own)
        text = column.text(row)
        if column.style is None or not (asked := column.style(row)):
            return [Segment(fitted(text, width, column.right), style)]
        made, fills = self._styled(asked)
        if fills:
            text = f" {clean(text)} "
        used = min(width, cell_len(text))
        shown = fitted(text, used if fills else width, column.right)
        drawn = Segment(shown, style + made if own else style)
        rest = Segment(" " * (width - used), style) if fills else Segment("", style)
        return [rest, drawn] if column.right else [drawn, rest]

    def _in_parts(self, parts: Sequence[Part], width: int, style: Style, own: bool) -> Sequence[Segment]:
        drawn = [
            Segment(
                clean(text), style + self._styled(token)[0] if token and (own or _LEVEL.fullmatch(token)) else style
            )
            for text, token in parts
        ]
        return list(Strip(drawn).adjust_cell_length(width, style))

    def _styled(self, asked: str) -> tuple[Style, bool]:
        """The style of a token, and whether it fills the text."""
        *bold, token = asked.split()
        if token == "bold":
            return Style(bold=True), False
        colour = self._colour(token)
        if not token.endswith("-bg") and not _LEVEL.fullmatch(token):
            return Style(color=colour, bold=bool(bold) or None), False
        ink = self._colour("on-level" if _LEVEL.fullmatch(token) else token.removesuffix("-bg"))
        if token.endswith("-bg") and colour == self._colour("bg"):
            return Style(color=ink, bold=True), True  # sixteen colours have no tint: a hole in a row that has one
        return Style(color=ink, bgcolor=colour, bold=True), True

    def _colour(self, token: str) -> RichColor:
        return Color.parse(self.tokens[token]).rich_color

    def empty_height(self, text: str, console: Console) -> int:
        """How many lines the text of an empty list takes."""
        return len(self.empty(text, console)) if text and self.width else 1

    def empty(self, text: str, console: Console) -> list[Strip]:
        """What is not there, in bold, and below it what to do, with its key."""
        said, plain = clean(text), self.style(Look.PLAIN) + self.style(Look.HINT)
        shown = Text(said)
        shown.stylize(plain)  # as a span: rich draws a text without spans in no style at all
        first = said.find(". ") + 1 or len(said)
        shown.stylize(self.style(Look.PLAIN) + Style(bold=True), 0, first)
        for key in _KEY.finditer(said):
            shown.stylize(self.style(Look.KEY), *key.span())
        parts = [shown[:first], shown[first + 1 :]] if first < len(said) else [shown]
        lines = [line for part in parts for line in part.wrap(console, max(10, self.width - 4))]
        before = Segment(NO_MARK, plain)
        return [
            Strip([before, *line.render(console)]).adjust_cell_length(self.width, self.style(Look.PLAIN))
            for line in lines
        ]


def _room(shown: Sequence[Column], total: int, marking: bool) -> int:
    """What the columns with a width leave, with before each its mark or a gap, and after the last a cell of air."""
    return total - sum(column.width for column in shown) - len(shown) * len(GAP) - AIR - (5 if marking else 0)


def shared_out(columns: Sequence[Column], total: int, terminal: int, marking: bool) -> list[tuple[Column, int]]:
    """The columns that show in a terminal this wide, each with its width; those without one share what is left. The first
    takes no more than its `most` if others follow, so that these stand near it.
    """
    shown = [column for column in columns if column.from_width <= terminal]
    loose = sum(not column.width for column in shown)
    shown = [column for column in shown if not column.leaves or column.leaves * loose <= _room(shown, total, marking)]
    room = _room(shown, total, marking)
    given = []
    for column in shown:
        width = column.width
        if not width:
            share = -(-room // loose)
            width = max(6, min(share, column.most) if column is shown[0] is not shown[-1] else share)
            room, loose = room - width, loose - 1
        given.append((column, width))
    return given
