"""The screen of another program, as it sends it: for the trainer who looks along, and for all who look at the trainer's.

What does not fit is cut; the part in view follows where the other one is, or is moved by hand.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rich.color import Color, ColorParseError
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from app.serving.desk.messages import Frame, Run

MARKS = {"b": "bold", "d": "dim", "i": "italic", "u": "underline", "r": "reverse", "s": "strike"}
"""The letters of what may apply to a text."""


class Mirror(Widget, can_focus=False):
    """A screen of another program."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Mirror { width: 1fr; height: 1fr; background: $bg; }"

    def __init__(self, *, id: str | None = None, classes: str = "") -> None:
        super().__init__(id=id, classes=classes)
        self._frame: Frame | None = None
        self._left = self._top = 0

    @property
    def text(self) -> str:
        """What the other screen says, a line a row."""
        frame = self._frame
        if frame is None:
            return ""
        rows = ("".join(run[0] for run in frame.rows.get(number, ())).rstrip() for number in range(frame.height))
        return "\n".join(rows).rstrip() + "\n"

    def take(self, frame: Frame) -> None:
        """Show this as well."""
        before, self._frame = self._frame, frame if self._frame is None else frame.after(self._frame)
        moved = self._follow()
        if before is None or moved or frame.whole:
            self.refresh()
        else:
            width = self.content_size.width
            self.refresh(*(Region(0, row - self._top, width, 1) for row in frame.rows))

    def on_resize(self) -> None:
        """Another part fits."""
        self._follow()

    def move(self, across: int, down: int) -> None:
        """Look at another part."""
        if self._frame is not None:
            self._place(self._left + across, self._top + down)
            self.refresh()

    def _follow(self) -> bool:
        """Keep in view where the other one is; whether that moved anything."""
        assert self._frame is not None or not self._left
        if self._frame is None:
            return False
        (x, y), (width, height) = self._frame.focus, self.content_size
        before = self._left, self._top
        left = self._left if self._left <= x < self._left + width - 8 else x - width // 2
        top = self._top if self._top <= y < self._top + height - 2 else y - height // 2
        self._place(left, top)
        return before != (self._left, self._top)

    def _place(self, left: int, top: int) -> None:
        assert self._frame is not None
        width, height = self.content_size
        self._left = max(0, min(left, self._frame.width - width))
        self._top = max(0, min(top, self._frame.height - height))

    def render_line(self, y: int) -> Strip:
        """A row of it."""
        width, ground = self.size.width, self.rich_style
        if self._frame is None:
            return Strip.blank(width, ground)
        runs = self._frame.rows.get(y + self._top, ())
        row = Strip([Segment(run[0], _style(run)) for run in runs])
        return row.crop(self._left, self._left + width).extend_cell_length(width, ground)


@lru_cache(4096)
def _style_of(fore: str, back: str, marks: str) -> Style:
    set_: dict[str, Any] = {MARKS[mark]: True for mark in marks if mark in MARKS}
    return Style(color=_colour(fore), bgcolor=_colour(back), **set_)


def _style(run: Run) -> Style:
    return _style_of(*run[1:])


def _colour(name: str) -> Color | None:
    try:
        return Color.parse(name) if name else None
    except ColorParseError:
        return None
