"""The mouse dragged over a screen, which selects its text."""

from __future__ import annotations

from textual.geometry import Offset
from textual.screen import ScreenResultType
from textual.widget import Widget

from screens.shared.focus_within import FocusWithin


class MouseDrag(FocusWithin[ScreenResultType]):
    """A screen over which the mouse can be dragged."""

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """The text under the mouse; at the left of it, in a border, its first character.

        There Textual counts lines from the top of the view, so in a list that was scrolled it would be another row.
        """
        widget, offset = super().get_widget_and_offset_at(x, y)
        if widget is not None and offset is not None and x < widget.content_region.x:
            return super().get_widget_and_offset_at(widget.content_region.x, y)
        return widget, offset

    def on_screen_suspend(self) -> None:
        """Something else came in front: the mouse, let go there, selects no more here."""
        self._selecting = False
