"""A list of any length: it reads only the pages on screen, so 100,000 rows open as fast as a hundred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from app.files.plain import clean
from screens.shared.list_actions import ListActions
from screens.shared.sources import PAGE, Column, Rows, Source
from screens.shared.text import fitted

__all__ = ["Column", "RecordList", "Rows", "Source"]


class RecordList(ScrollView, ListActions, can_focus=True):
    """Rows under fixed headings, with a cursor; Enter or a click chooses the row."""

    COMPONENT_CLASSES = {"records--header", "records--cursor", "records--blurred", "records--empty"}
    DEFAULT_CSS = """
    RecordList { height: 1fr; overflow-x: hidden; background: $surface; }
    RecordList .records--header { text-style: bold; background: $panel; color: $foreground; }
    RecordList .records--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    RecordList .records--blurred { background: $panel; }
    RecordList .records--empty { color: $text-muted; }
    """
    BINDINGS = [
        Binding("up", "step(-1)", "Omhoog", id="list.up", tooltip="Een regel omhoog.", show=False),
        Binding("down", "step(1)", "Omlaag", id="list.down", tooltip="Een regel omlaag.", show=False),
        Binding("pageup", "leaf(-1)", "Blad omhoog", id="list.page-up", tooltip="Een scherm omhoog.", show=False),
        Binding("pagedown", "leaf(1)", "Blad omlaag", id="list.page-down", tooltip="Een scherm omlaag.", show=False),
        Binding("home", "edge(-1)", "Begin", id="list.first", tooltip="Naar de eerste regel.", show=False),
        Binding("end", "edge(1)", "Einde", id="list.last", tooltip="Naar de laatste regel.", show=False),
        Binding("enter", "choose", "Openen", id="list.open", tooltip="Opent de regel waar u op staat."),
    ]
    cursor: reactive[int] = reactive(0)

    @dataclass
    class Chosen(Message):
        """A row was chosen."""

        list: RecordList
        row: Any

        @property
        def control(self) -> RecordList:
            """The list, for `@on` selectors."""
            return self.list

    @dataclass
    class Highlighted(Message):
        """The cursor moved to another row."""

        list: RecordList
        row: Any

        @property
        def control(self) -> RecordList:
            """The list, for `@on` selectors."""
            return self.list

    def __init__(self, columns: Sequence[Column], *, empty: str, id: str | None = None, marking: bool = False) -> None:
        """`marking`: rows can be ticked; they then need an `id`."""
        super().__init__(id=id)
        self.columns = columns
        self.empty = empty
        self.marking = marking
        self._given: Source = Rows(())
        self._source: Source = self._given
        self._count = 0
        self._pages: dict[int, Sequence[Any]] = {}

    def show(self, source: Source, keep_cursor: bool = True) -> None:
        """Read from this source from now on; the cursor stays on its line if that still exists."""
        self._given = self._source = source
        if self.sorted_by is not None:
            self._source = self._source.ordered(*self.sorted_by)  # type: ignore[attr-defined]  # asked where it can
        before, self._count = self._count, source.count()
        if min(before, 2) != min(self._count, 2):
            self.refresh_bindings()  # fewer actions apply to an empty list, or to one row
        self._pages.clear()
        self.cursor = min(self.cursor, max(0, self._count - 1)) if keep_cursor else 0
        self._measure()
        self.scroll_to(y=min(self.scroll_y, max(0, self._count - 1)), animate=False)
        self.refresh()
        self._tell()

    @property
    def row_count(self) -> int:
        """How many rows the source had when last shown."""
        return self._count

    @property
    def row(self) -> Any | None:
        """The row under the cursor."""
        return self.row_at(self.cursor) if self._count else None

    def row_at(self, index: int) -> Any | None:
        """A row by index, reading its page if needed."""
        number = index // PAGE
        if number not in self._pages:
            if len(self._pages) > 20:
                self._pages.clear()
            self._pages[number] = self._source.page(number * PAGE, PAGE)
        page = self._pages[number]
        return page[index % PAGE] if index % PAGE < len(page) else None

    def on_resize(self, _event: Resize) -> None:
        """Widths follow the window."""
        self._measure()

    def _measure(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, self._count + 1)

    def _widths(self, total: int) -> list[tuple[Column, int]]:
        shown = [column for column in self.columns if column.from_width <= self.app.size.width]
        fixed = sum(column.width for column in shown) + len(shown) * 2 + (5 if self.marking else 0)
        loose = [column for column in shown if not column.width]
        share, rest = divmod(max(0, total - fixed), len(loose)) if loose else (0, 0)
        widths = []
        for column in shown:
            width = column.width or max(6, share + (1 if rest > 0 else 0))
            rest -= 0 if column.width else 1
            widths.append((column, width))
        return widths

    def render_line(self, y: int) -> Strip:
        """One line of the view: the headings, a row, or the text for an empty list."""
        width = self.scrollable_content_region.width
        if y == 0 and self._count:
            return self._strip(self._headings(width), self.get_component_rich_style("records--header"), width)
        if not self._count:
            return self._empty_line(y, width)
        index = int(self.scroll_y) + y - 1
        row = self.row_at(index) if index < self._count else None
        if row is None:
            return Strip.blank(width, self.rich_style)
        style = self.rich_style
        if index == self.cursor:
            style = self.get_component_rich_style("records--cursor" if self.has_focus else "records--blurred")
        cells = [fitted(c.text(row), w, c.right) for c, w in self._widths(width)]
        return self._strip([*self._box(row), *cells], style, width)

    def _headings(self, width: int) -> list[str]:
        shown = []
        for column, w in self._widths(width):
            arrow = ""
            if self.sorted_by is not None and self.sorted_by[0] is column:
                arrow = " ▼" if self.sorted_by[1] else " ▲"
            shown.append(fitted(column.title + arrow, w, column.right))
        return ["   ", *shown] if self.marking else shown

    def _box(self, row: Any) -> list[str]:
        return ["[x]" if row.id in self.marked else "[ ]"] if self.marking else []

    def _empty_line(self, y: int, width: int) -> Strip:
        lines = Text(clean(self.empty)).wrap(self.app.console, max(10, width - 4))
        style = self.get_component_rich_style("records--empty")
        text = lines[y].plain if y < len(lines) else ""
        return self._strip([text], style, width)

    @staticmethod
    def _strip(cells: list[str], style: Style, width: int) -> Strip:
        segments = [Segment(" ", style)]
        for cell in cells:  # One segment each: in a picture a cell then starts at its column, whatever the font.
            segments += [Segment(cell, style), Segment("  ", style)]
        return Strip(segments).adjust_cell_length(width, style)

    def watch_cursor(self, before: int, now: int) -> None:
        """Keep the cursor in view and redraw the two lines that changed; scrolling redraws everything itself."""
        top = int(self.scroll_y)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif self.cursor > top + self.size.height - 2:
            self.scroll_to(y=self.cursor - self.size.height + 2, animate=False)
        for index in (before, now):
            self.refresh_line(index + 1)  # Below the headings.
        self._tell()

    def _tell(self) -> None:
        if self.is_mounted:
            self.post_message(self.Highlighted(self, self.row))

    def on_focus(self) -> None:
        """The cursor looks different with focus."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor looks different without focus."""
        self.refresh()

    def action_step(self, rows: int) -> None:
        """Move the cursor."""
        if self._count:
            self.cursor = max(0, min(self._count - 1, self.cursor + rows))

    def action_leaf(self, pages: int) -> None:
        """Move the cursor by a screen."""
        self.action_step(pages * max(1, self.size.height - 2))

    def action_edge(self, side: int) -> None:
        """To the first or the last row."""
        self.action_step(side * self._count)

    def action_choose(self) -> None:
        """Report which row was chosen."""
        if (row := self.row) is not None:
            self.post_message(self.Chosen(self, row))

    def on_click(self, event: Click) -> None:
        """A click moves the cursor; a click on the cursor chooses."""
        index = int(self.scroll_y) + event.y - 1
        if event.y == 0 or index >= self._count:
            return
        if index == self.cursor and event.chain > 1:
            self.action_choose()
        self.cursor = index


class ReadingList(RecordList):
    """A list in which nothing can be opened."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter does nothing here, so it is not offered."""
        return False if action == "choose" else super().check_action(action, parameters)


class TickList(RecordList):
    """A list whose rows, which have an `id`, are ticked rather than opened."""

    opens = False

    def __init__(self, columns: Sequence[Column], *, empty: str, id: str) -> None:
        super().__init__(columns, empty=empty, id=id, marking=True)
