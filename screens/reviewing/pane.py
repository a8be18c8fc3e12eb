"""A picture of a screen by its cells, to scroll through, with what differs marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from app.training.scripts import cells
from app.training.scripts.cells import Cell, Change, Kind, Rows

GUTTER = 2
"""Cells at the left for the sign of a line that differs."""
AROUND = 4
"""Lines and cells kept in view before the first that differs."""
_FILL = re.compile(r"fill: (#[0-9a-fA-F]{6})")
_CHANGED = Style(color="#000000", bgcolor="#ffb000", bold=True)
_SIGNS = {
    Kind.CHARACTER: ("≠ ", Style(color="#ffb000", bold=True)),
    Kind.STYLE: ("~ ", Style(color="#35c2ff", bold=True)),
}
"""The sign of a line by how it differs; other characters go before other colours."""


class Pane(ScrollView, can_focus=True):
    """One picture, or a sentence in its place."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Pane { width: 1fr; height: 1fr; border: round $line; border-title-color: $ink; border-title-style: bold;
           border-title-background: $bg; border-subtitle-color: $label; background: $bg; color: $hint;
           scrollbar-size-vertical: 1; scrollbar-size-horizontal: 1; }
    Pane:focus { border: heavy $focus; border-title-color: $on-focus; border-title-background: $focus; }
    """

    def __init__(self, title: str, *, id: str) -> None:
        super().__init__(id=id)
        self.border_title = title
        self._rows: Rows = ()
        self._change = Change(())
        self._without = ""

    def show(self, svg: str, text: str, change: Change | None, without: str) -> None:
        """Show a picture, its characters if it has no cells, or the sentence `without` if there is none."""
        rows = cells.read(svg) if svg else None
        if rows is None and text:
            rows = tuple(tuple(Cell(character, "", "") for character in line) for line in text.splitlines())
        self._rows, self._change, self._without = rows or (), change or Change(()), "" if rows else without
        width = max((len(row) for row in self._rows), default=len(without)) + GUTTER
        self.virtual_size = Size(width, max(1, len(self._rows)))
        self.scroll_to(0, 0, animate=False)
        self.refresh()

    def look_at(self, row: int) -> None:
        """Bring the first cell that differs in a line into view."""
        first = min((run.column for run in self._change.runs if run.row == row), default=0)
        self.scroll_to(max(0, first - AROUND), max(0, row - AROUND), animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """One line of what is in view."""
        left, top = self.scroll_offset
        place, width = y + top, self.size.width
        ground = self.rich_style
        if self._without:
            return Strip([Segment(self._without if place == 0 else "", ground)]).adjust_cell_length(width, ground)
        if place >= len(self._rows):
            return Strip.blank(width, ground)
        sign, style = self._sign(place)
        strip = Strip(list(self._segments(place))).crop(left, left + max(0, width - GUTTER))
        return Strip([Segment(sign, ground + style), *strip]).adjust_cell_length(width, ground)

    def _sign(self, row: int) -> tuple[str, Style]:
        kinds = {run.kind for run in self._change.runs if run.row == row}
        return next((sign for kind, sign in _SIGNS.items() if kind in kinds), ("  ", Style()))

    def _segments(self, row: int) -> Iterator[Segment]:
        differing = {
            column: run.kind
            for run in self._change.runs
            if run.row == row
            for column in range(run.column, run.column + run.length)
        }
        styled = [(cell.character, _style(cell, differing.get(place))) for place, cell in enumerate(self._rows[row])]
        for style, group in groupby(styled, key=lambda one: one[1]):
            yield Segment("".join(character for character, _ in group), style)


def _style(cell: Cell, kind: Kind | None) -> Style:
    if kind is Kind.CHARACTER:
        return _CHANGED
    found = _FILL.search(cell.css)
    return Style(
        color=found[1] if found else None,
        bgcolor=cell.ground or None,
        bold="bold" in cell.css,
        italic="italic" in cell.css,
        underline="underline" in cell.css or kind is Kind.STYLE,
        strike="line-through" in cell.css,
    )
