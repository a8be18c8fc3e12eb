"""The screen of another program, as it sends it: for the trainer who looks along, and for all who look at the trainer's.

What does not fit is cut, and which part shows is told (`part`). That follows where the other one is, or is moved by hand;
the rows at the top, which say where that is, stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rich.color import Color, ColorParseError
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from app.serving.desk.messages import Frame, Run

MARKS = {"b": "bold", "d": "dim", "i": "italic", "u": "underline", "r": "reverse", "s": "strike"}
"""The letters of what may apply to a text."""


HEAD = 2
"""Rows at the top that stay in view: the menu, and the path or the title of a window."""
LEAST = 6
"""Rows from which there is room for that."""


class Mirror(Widget, can_focus=False):
    """A screen of another program."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Mirror { width: 1fr; height: 1fr; background: $bg; }"

    def __init__(self, *, id: str | None = None, classes: str = "") -> None:
        super().__init__(id=id, classes=classes)
        self._frame: Frame | None = None
        self._left = self._top = 0
        self._by_hand = False

    @dataclass
    class Moved(Message):
        """Another part is in view."""

    @property
    def part(self) -> str:
        """Which part is in view: `rijen 1-2 en 9-30 van 36, kolommen 1-80 van 120`; empty if all of it is."""
        frame, (width, height) = self._frame, self.content_size
        if frame is None or not width or not height:
            return ""
        told = []
        if frame.height > height:
            first, last = self._top + self._head + 1, self._top + height
            head = f"1-{self._head} en " if self._head and self._top else ""
            told.append(f"rijen {head}{first if self._top else 1}-{last} van {frame.height}")
        if frame.width > width:
            told.append(f"kolommen {self._left + 1}-{self._left + width} van {frame.width}")
        return ", ".join(told)

    @property
    def _head(self) -> int:
        return HEAD if self.content_size.height >= LEAST else 0

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
            self.post_message(self.Moved())
        else:
            width, head = self.content_size.width, self._head
            lines = (
                row if row < head else row - self._top for row in frame.rows if row < head or row >= head + self._top
            )
            self.refresh(*(Region(0, line, width, 1) for line in lines))

    def on_resize(self) -> None:
        """Another part fits."""
        self._follow()
        self.post_message(self.Moved())

    def move(self, across: int, down: int) -> None:
        """Look at another part."""
        if self._frame is not None:
            self._by_hand = True
            self._place(self._left + across, self._top + down)
            self.refresh()
            self.post_message(self.Moved())

    def _follow(self) -> bool:
        """Keep in view where the other one is, from the left and the top as far as can be; whether that moved anything."""
        if self._frame is None:
            return False
        (x, y), (width, height), head = self._frame.focus, self.content_size, self._head
        before = self._left, self._top
        across = self._left <= x < self._left + width - 8
        down = y < head or self._top + head <= y < self._top + height - 2
        if not (self._by_hand and across and down):
            self._by_hand = False
            left = 0 if x < width - 8 else self._left if across else x - width // 2
            self._place(left, 0 if y < height - 2 else self._top if down else y - height // 2)
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
        runs = self._frame.rows.get(y if y < self._head else y + self._top, ())
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
