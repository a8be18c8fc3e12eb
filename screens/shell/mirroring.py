"""Sends this program's screen to who looks along: what was drawn, so a masked field is sent as masked; only while
somebody looks, some times a second, and only the rows that changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from rich.color import Color, ColorType
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.timer import Timer
from textual.widgets import Input, TextArea

from app.serving.desk.messages import Frame, Message, Run
from screens.shared.mirror import MARKS
from screens.shared.program import EsisProgram
from screens.shared.records import RecordList

EVERY = 0.2
"""Seconds between two looks at what was drawn: what is drawn meanwhile is sent together, after it was painted."""


class Mirroring:
    """Sends frames while it runs."""

    def __init__(self, app: EsisProgram) -> None:
        self._app = app
        self._timer: Timer | None = None
        self._sent: Frame | None = None
        self._looked_at = -1
        """How often something was drawn by the last look."""

    def begin(self, send: Callable[[Message], None]) -> None:
        """From now on, with a whole frame first, also if it was sending already: somebody else looks too."""
        self.stop()
        self._send, self._sent, self._looked_at = send, None, -1
        self._timer = self._app.set_interval(EVERY, self.look)

    def stop(self) -> None:
        """Nobody looks."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = None

    def look(self) -> None:
        """Send what changed."""
        if self._looked_at == self._app.draws or not self._app.screen_stack:
            return
        self._looked_at = self._app.draws
        now = frame_of(self._app)
        frame, self._sent = _changed(now, self._sent), now
        if frame.whole or frame.rows:
            self._send(frame.message())


def frame_of(app: App[Any]) -> Frame:
    """The whole screen."""
    from app.training.pictures import strips_of

    rows = {number: tuple(_runs(strip)) for number, strip in enumerate(strips_of(app))}
    return Frame(app.size.width, len(rows), rows, _focus(app), whole=True)


def _changed(now: Frame, before: Frame | None) -> Frame:
    if before is None or (now.width, now.height) != (before.width, before.height):
        return now
    rows = {number: runs for number, runs in now.rows.items() if runs != before.rows[number]}
    return Frame(now.width, now.height, rows, now.focus)


def _runs(strip: Iterable[Segment]) -> Iterable[Run]:
    text, last = "", ("", "", "")
    for segment in strip:
        if segment.control or not segment.text:
            continue
        style = _style(segment.style)
        if style != last and text:
            yield text, *last
            text = ""
        text, last = text + segment.text, style
    if text:
        yield text, *last


@lru_cache(4096)
def _style(style: Style | None) -> tuple[str, str, str]:
    if style is None:
        return "", "", ""
    marks = "".join(letter for letter, name in MARKS.items() if getattr(style, name))
    return _colour(style.color), _colour(style.bgcolor), marks


def _colour(colour: Color | None) -> str:
    if colour is None or colour.type is ColorType.DEFAULT:
        return ""
    return colour.triplet.hex if colour.triplet is not None else f"color({colour.number})"


def _focus(app: App[Any]) -> tuple[int, int]:
    """Where the user is."""
    widget = app.focused
    if widget is None:
        return 0, 0
    if isinstance(widget, Input | TextArea):
        return app.cursor_position.x, app.cursor_position.y
    region = widget.region
    if isinstance(widget, RecordList):
        return region.x, min(region.bottom - 1, region.y + 1 + widget.head + widget.cursor - int(widget.scroll_y))
    return region.x, region.y
