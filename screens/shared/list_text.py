"""The text of a list that the mouse was dragged over: marked, and copied with Ctrl+C as any text on the screen."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
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
            part = _part(line.text, self.text_selection, place)
            cuts = [cell_len(line.text[: part.start]), cell_len(line.text[: part.stop]), line.cell_length]
            before, marked, after = line.divide(cuts)
            style = self.get_component_rich_style(f"records--{Look.SELECTED}")
            marked = Strip(Segment.apply_style(marked, post_style=style), marked.cell_length)
            line = Strip.join([before, marked, after])
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
        return "\n".join(text[_part(text, selection, place)].rstrip() for place, text in texts).rstrip("\n")


def _part(text: str, selection: Selection, place: int) -> slice:
    """Which characters of a line are selected; never its mark, nor the blanks at its end."""
    start, end = selection.get_span(place) or (0, 0)
    start = max(start, len(NO_MARK))
    return slice(start, max(start, len(text.rstrip()) if end == -1 else end))
