"""How one goes through a list: keys that move the cursor, and the mouse."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from textual.actions import SkipAction
from textual.binding import BindingType
from textual.events import Click, MouseMove
from textual.geometry import Offset
from textual.reactive import var
from textual.widget import Widget

from screens.shared import keys
from screens.shared.spatial import cross

MOVES: list[BindingType] = [
    keys.UP("step(-1)", "Omhoog", id="list.up", tooltip="Een regel omhoog.", show=False),
    keys.DOWN("step(1)", "Omlaag", id="list.down", tooltip="Een regel omlaag.", show=False),
    keys.LEFT("cross('left')", "Naar links", id="list.left", tooltip="Gaat naar links.", show=False),
    keys.RIGHT("cross('right')", "Naar rechts", id="list.right", tooltip="Gaat naar rechts.", show=False),
    keys.PAGE_UP("leaf(-1)", "Blad omhoog", id="list.page-up", tooltip="Een scherm omhoog.", show=False),
    keys.PAGE_DOWN("leaf(1)", "Blad omlaag", id="list.page-down", tooltip="Een scherm omlaag.", show=False),
    keys.FIRST("edge(-1)", "Begin", id="list.first", tooltip="Naar de eerste regel.", show=False),
    keys.LAST("edge(1)", "Einde", id="list.last", tooltip="Naar de laatste regel.", show=False),
    keys.OPEN("choose", "Openen", id="list.open", tooltip="Opent de regel waar u op staat."),
]
"""The keys, for the list itself: those of a mix-in would yield to its first base."""


class ListMoves(Widget):
    """Mix-in for a list with a cursor."""

    hovered: var[int] = var(-1)
    """The row under the mouse; -1 for none."""
    cursor: Any
    row_count: Any
    row_at: Any
    identity: Any
    action_choose: Any
    selected_text: Any

    @property
    @abstractmethod
    def head(self) -> int:
        """Lines that the headings take."""

    @abstractmethod
    def redraw(self, *indexes: int) -> None:
        """Draw these rows again."""

    def move(self, rows: int) -> None:
        """Move the cursor, as far as there are rows."""
        if self.row_count:
            self.cursor = max(0, min(self.row_count - 1, self.cursor + rows))

    def action_step(self, rows: int) -> None:
        """Move the cursor; from the first or last row to what is above or below the list."""
        before = self.cursor
        self.move(rows)
        if self.cursor == before:
            cross(self, "up" if rows < 0 else "down")

    def action_cross(self, direction: str) -> None:
        """To what is beside the list."""
        if not cross(self, direction):
            raise SkipAction

    def action_leaf(self, pages: int) -> None:
        """Move the cursor by a screen."""
        self.move(pages * max(1, self.size.height - 1 - self.head))

    def action_edge(self, side: int) -> None:
        """To the first or the last row."""
        self.move(side * self.row_count)

    def _index_of(self, offset: Offset | None) -> int:
        at = offset.y - self.head if offset is not None else -1
        index = int(self.scroll_y) + at if at >= 0 else -1
        return index if index < self.row_count else -1

    def known_at(self, y: int) -> Any:
        """What the row on this line of the widget is known by; None if there is none, or it was not read yet."""
        index = self._index_of(Offset(0, y - self.gutter.top))
        row = self.row_at(index) if index >= 0 else None
        return None if row is None else self.identity(row)

    def on_click(self, event: Click) -> None:
        """A click moves the cursor; a click on the cursor, or a double one, chooses, where Textual would select all text.
        The end of a drag that selected text is no click.
        """
        event.prevent_default()
        if self.text_selection is not None and self.selected_text(self.text_selection):
            return
        index = self._index_of(event.get_content_offset(self))
        if index == self.cursor:
            self.action_choose()
        elif index >= 0:
            self.cursor = index

    def on_mouse_move(self, event: MouseMove) -> None:
        """The row under the mouse."""
        self.hovered = self._index_of(event.get_content_offset(self))

    def on_leave(self) -> None:
        """No row is under the mouse."""
        self.hovered = -1

    def watch_hovered(self, before: int, now: int) -> None:
        """Draw the two lines that changed."""
        self.redraw(before, now)
