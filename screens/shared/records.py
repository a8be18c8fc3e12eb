"""A list of any length: it reads only the pages in view, beside the screen's thread, so 100,000 rows open as fast as a
hundred. Until a page is there its rows stay as they were, or show an ellipsis; nothing that is pressed is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from rich.style import Style
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.shared.list_actions import ListActions
from screens.shared.list_moves import MOVES, ListMoves
from screens.shared.list_text import ListText
from screens.shared.paged_rows import PagedRows
from screens.shared.program import in_keys
from screens.shared.record_lines import Lines, Look, shared_out
from screens.shared.sources import Column, Known, Rows, Source
from screens.shared.text import plain

__all__ = ["Column", "RecordList", "Rows", "Source"]

_PARTIAL = (Look.MARK, Look.HINT, Look.KEY)
"""Looks that lie over another."""


class RecordList(ScrollView, PagedRows, ListMoves, ListActions, ListText, can_focus=True):
    """Rows under fixed headings, with a cursor; Enter, or a click on it, chooses the row. With a title, a panel."""

    COMPONENT_CLASSES = {f"records--{look}" for look in Look}
    DEFAULT_CSS = """
    RecordList { width: 1fr; height: 1fr; background: $bg; color: $ink; overflow-x: hidden; }
    RecordList.-titled { border: round $line; border-title-color: $ink; border-title-background: $bg;
                         border-title-style: bold; border-subtitle-color: $label; border-subtitle-background: $bg; }
    RecordList.-titled:focus { border: heavy $focus; border-title-color: $on-focus; border-title-background: $focus;
                               border-subtitle-color: $key; }
    RecordList .records--head { color: $label; text-style: bold; }
    RecordList .records--cursor { background: $focus; color: $on-focus; text-style: bold; }
    RecordList .records--here { background: $here; }
    RecordList .records--hover { background: $raised; }
    RecordList .records--mark { color: $focus; }
    RecordList .records--hint { color: $hint; }
    RecordList .records--key { color: $key; text-style: bold; }
    RecordList .records--selected { background: $screen-selection-background; }
    """
    BINDINGS = MOVES
    cursor: var[int] = var(0)
    _border_subtitle: Content | None = None  # Textual's own; set here without drawing all lines again

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
        """The cursor is on another row, or its row was read again; None if there are no rows."""

        list: RecordList
        row: Any

        @property
        def control(self) -> RecordList:
            """The list, for `@on` selectors."""
            return self.list

    def __init__(
        self, columns: Sequence[Column], *, empty: str, id: str | None = None, marking: bool = False, title: str = ""
    ) -> None:
        """`empty`: what is not there and, in a second sentence, what to do; `marking`: rows can be ticked, and need an
        `id`; `title`: the list is a panel of its own.
        """
        self._drawn: dict[tuple[int, Look], Strip] = {}
        self._lines: Lines | None = None
        self._owed = False
        super().__init__(id=id)
        self.columns = columns
        self.empty = empty
        self.marking = marking
        self._given: Known = Rows(())
        self.set_title(title)

    @property
    def head(self) -> int:
        """Lines that the headings take."""
        return 1 if any(column.title for column in self.columns) else 0

    def set_title(self, title: str) -> None:
        """Another title; with none there is no panel."""
        self.border_title = plain(title) if title else None
        self.set_class(bool(title), "-titled")

    # ---- what is shown

    def show(self, source: Known, keep_cursor: bool = True) -> None:
        """Show this source from now on; the cursor stays on its row if that still exists."""
        self._given = source
        before = self.row_count
        self.begin(source.ordered(*self.sorted_by) if self.sorted_by is not None else source, keep=keep_cursor)
        if min(before, 2) != min(self.row_count, 2):
            self.refresh_bindings()  # fewer actions apply to an empty list, or to one row
        if not keep_cursor and self.text_selection is not None:
            self.screen.clear_selection()  # at its place stands another text now
        last = max(0, self.row_count - 1)
        self.set_reactive(RecordList.cursor, min(self.cursor, last) if keep_cursor else 0)
        self.set_reactive(RecordList.cursor, self.kept_place())
        self._measure()
        self.scroll_to(y=min(self.scroll_y, last), animate=False)
        self._scroll_to_cursor()
        self.came()

    def came(self) -> None:
        """Draw all again, and tell which row the cursor is on."""
        if (place := self.kept_place()) != self.cursor:
            self.set_reactive(RecordList.cursor, place)
            self._scroll_to_cursor()
        self.refresh()
        self._moved()
        if self._owed and self.row is not None:
            self._owed = False
            self.action_choose()

    def every_row(self, most: int) -> Iterator[Any]:
        """The rows, read here and now: for who drives the program by the words on it."""
        yield from self._pages.source.page(0, min(most, self.row_count))

    @property
    def place(self) -> int:
        """The row under the cursor."""
        return self.cursor

    @property
    def row(self) -> Any | None:
        """The row under the cursor, if it was read."""
        return self.row_at(self.cursor)

    def in_view(self) -> tuple[int, int]:
        """The first and the last row in view."""
        return int(self.scroll_y), int(self.scroll_y) + max(0, self.size.height - 1 - self.head)

    def on_mount(self) -> None:
        """Read what was given before."""
        self.read_view()

    def on_resize(self) -> None:
        """Widths follow the window."""
        self._measure()
        self._tell_place()
        self.read_view()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other rows are in view."""
        super().watch_scroll_y(old_value, new_value)
        self.read_view()

    def _measure(self) -> None:
        width = self.scrollable_content_region.width
        lines = (
            self.row_count + self.head
            if self.row_count
            else self._lines_now().empty_height(in_keys(self, self.empty), self.app.console)
        )
        self.virtual_size = Size(width, lines)

    # ---- drawing

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw again: all, or these regions."""
        if not regions:
            self._drawn.clear()
            self._lines = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Other colours."""
        self._drawn.clear()
        self._lines = None
        super().notify_style_update()

    def line(self, place: int) -> Strip:
        """The headings, a row, or the text for an empty list."""
        lines, index = self._lines_now(), place - self.head
        if not self.row_count:
            told = lines.empty(in_keys(self, self.empty), self.app.console) if self.empty else []
            return told[place] if place < len(told) else lines.blank()
        if index < 0:
            return lines.head(self.sorted_by)
        if index >= self.row_count:
            return lines.blank()
        key = index, self._look(index)
        if key not in self._drawn:
            self._drawn[key] = self._draw(lines, *key)
        return self._drawn[key]

    def _draw(self, lines: Lines, index: int, look: Look) -> Strip:
        if (row := self.row_at(index)) is None:
            return lines.waiting(look)
        return lines.row(row, look, self.marking and row.id in self.marked)

    def _look(self, index: int) -> Look:
        if index == self.cursor:
            return Look.CURSOR if self.has_focus else Look.HERE
        return Look.HOVER if index == self.hovered else Look.PLAIN

    def _lines_now(self) -> Lines:
        width = self.scrollable_content_region.width
        if self._lines is None or self._lines.width != width:
            self._drawn.clear()
            columns = shared_out(self.columns, width, self.app.size.width, self.marking)
            self._lines = Lines(columns, width, self._style_of, self.app.theme_variables, self.marking)
        return self._lines

    def _style_of(self, look: Look) -> Style:
        return self.get_component_rich_style(f"records--{look}", partial=look in _PARTIAL)

    # ---- the cursor

    def watch_cursor(self, before: int, now: int) -> None:
        """Keep the cursor in view and draw the two lines that changed."""
        self._owed, self._stays = False, None
        self._scroll_to_cursor()
        self.redraw(before, now)
        self.read_view()
        self._moved()

    def _scroll_to_cursor(self) -> None:
        top, lines = int(self.scroll_y), self.size.height - 1 - self.head
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif lines >= 0 and self.cursor > top + lines:
            self.scroll_to(y=self.cursor - lines, animate=False)

    def redraw(self, *indexes: int) -> None:
        """Draw these rows again."""
        for index in indexes:
            if index >= 0:
                self.refresh_line(index + self.head)  # Below the headings.

    def _moved(self) -> None:
        """Tell where the cursor is: in the panel, and to the screen."""
        if not self.is_mounted:
            return
        self._tell_place()
        if self.row is not None or not self.row_count:
            self.post_message(self.Highlighted(self, self.row))

    def _tell_place(self) -> None:
        if self.border_title is not None:
            self._border_subtitle = plain(self.place_told()) if self.row_count else None
            self.refresh(Region(0, self.size.height, self.size.width, 1))

    def place_told(self) -> str:
        """What the border below says: how many rows there are and, if not all are in view, which one this is."""
        return str(self.row_count) if self.max_scroll_y == 0 else f"{self.cursor + 1} van {self.row_count}"

    def on_focus(self) -> None:
        """The cursor looks different with focus."""
        self.redraw(self.cursor)

    def on_blur(self) -> None:
        """The cursor looks different without focus."""
        self.redraw(self.cursor)

    def action_choose(self) -> None:
        """Report which row was chosen; if it is not read yet, as soon as it is."""
        if (row := self.row) is not None:
            self.post_message(self.Chosen(self, row))
        else:
            self._owed = self.row_count > 0


class ReadingList(RecordList):
    """A list in which nothing can be opened."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter does nothing here, so it is not offered."""
        return False if action == "choose" else super().check_action(action, parameters)


class TickList(RecordList):
    """A list whose rows, which have an `id`, are ticked rather than opened."""

    opens = False

    def __init__(self, columns: Sequence[Column], *, empty: str, id: str, title: str = "") -> None:
        super().__init__(columns, empty=empty, id=id, marking=True, title=title)
