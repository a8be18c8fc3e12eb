"""The text of a list that the mouse was dragged over: marked, and copied with Ctrl+C as any text on the screen."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from rich.cells import get_character_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from screens.shared.record_lines import NO_MARK, Look


class ListText(Widget):
    """Mix-in for a list that draws its lines; a line is known by its place in the whole list, headings included."""

    head: Any
    row_count: Any
    in_view: Any

    @abstractmethod
    def line(self, place: int) -> Strip:
        """One line of the list."""

    def render_line(self, y: int) -> Strip:
        """One line of the view with its selected part marked, in which the mouse finds the text."""
        place = y if y < self.head or not self.row_count else int(self.scroll_y) + y
        line = self.line(place)
        if self.text_selection is not None:
            style = self.get_component_rich_style(f"records--{Look.SELECTED}")
            line = _marked(line, _part(line.text, self.text_selection, place), style)
        return line.apply_offsets(0, place)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text, each line on its own."""
        return self.selected_text(selection), "\n"

    def selected_text(self, selection: Selection) -> str:
        """The selected text; where the selection begins in the headings, or goes on above or below the list, as far as it is
        in view.
        """
        start, end = selection
        first, last = (row + self.head for row in self.in_view())
        first = first if start is None or start.y < self.head else start.y
        headings = range(0 if start is None else min(start.y, self.head), self.head)
        rows = range(first, (last if end is None else end.y) + 1)
        texts = [(place, self.line(place).text) for place in (*headings, *rows)]
        return "\n".join(text[_part(text, selection, place)].rstrip() for place, text in texts).strip("\n")


def _marked(line: Strip, part: slice, style: Style) -> Strip:
    """The same line with these characters in a style."""
    segments, first = [], 0
    for text, own, _control in line:
        start, stop = (max(0, min(len(text), cut - first)) for cut in (part.start, part.stop))
        segments += [
            Segment(text[:start], own),
            Segment(text[start:stop], own + style if own else style),
            Segment(text[stop:], own),
        ]
        first += len(text)
    return Strip([segment for segment in segments if segment.text], line.cell_length)


def _part(text: str, selection: Selection, place: int) -> slice:
    """Which characters of a line are selected; never its mark, nor the blanks at its end, nor half a character."""
    start, end = selection.get_span(place) or (0, 0)
    start = _whole(text, max(start, len(NO_MARK)))
    return slice(start, max(start, len(text.rstrip()) if end == -1 else _whole(text, end)))


def _whole(text: str, cut: int) -> int:
    """The same place, or behind what belongs to the character before it, such as an accent."""
    return cut + next((n for n, sign in enumerate(text[cut:]) if get_character_cell_size(sign)), 0)
