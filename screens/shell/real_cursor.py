"""The terminal's own cursor, at what has the focus: magnifiers and screen readers follow it, and not what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.geometry import Offset
from textual.widgets import Input, OptionList, TextArea

from screens.shared.records import RecordList

if TYPE_CHECKING:
    from textual.app import App
    from textual.widget import Widget

SHOWN = "\x1b[?25h\x1b[6 q"
"""Shows it, as a thin line that hides no letter; Textual hides it at the start."""
AS_BEFORE = "\x1b[0 q"
"""The shape that the terminal itself gives it."""


def place_of(focused: Widget | None) -> Offset | None:
    """Where it belongs on the screen: where one types, the line of a list that one is on, else the beginning of the
    widget. None if nothing has the focus.
    """
    if focused is None or not focused.is_attached:
        return None
    if isinstance(focused, Input | TextArea):
        return focused.cursor_screen_offset
    inner = focused.content_region
    if isinstance(focused, RecordList):
        line = focused.head + focused.cursor - int(focused.scroll_y)
    elif isinstance(focused, OptionList) and focused.highlighted is not None:
        line = focused.highlighted - int(focused.scroll_y)
    else:
        return inner.offset
    return inner.offset + Offset(0, max(0, min(line, inner.height - 1)))


class RealCursor:
    """Mix-in for the program: its `cursor_position`, which Textual goes to after each drawing."""

    focused: Any
    _cursor_at = Offset(0, 0)

    @property
    def cursor_position(self) -> Offset:
        """At the focus; where that is nowhere, where it was."""
        at = place_of(self.focused) if getattr(self, "_running", False) and getattr(self, "screen_stack", ()) else None
        self._cursor_at = self._cursor_at if at is None else at
        return self._cursor_at

    @cursor_position.setter
    def cursor_position(self, position: Offset) -> None:
        """What a field says itself is the same."""
        self._cursor_at = position


def show(app: App[Any], sequence: str) -> None:
    """Write one of the two to the terminal, if there is one."""
    if app._driver is not None and not app.is_headless:
        app._driver.write(sequence)
        app._driver.flush()
