"""What is drawn over the screen in front, whichever that is, while the trainer's desk does something with the program.

They are widgets on a layer of their own, not windows: the screen below keeps its focus, and knows of nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from textual.app import App
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from app.serving.desk.messages import Frame
from screens.shared.label import Label
from screens.shared.mirror import Mirror
from screens.shared.text import plain

LOOK = 0.1
"""Seconds between looks whether another screen came in front."""
_ABOVE = "presentation over"
"""Classes: what is seen of a screen (`screens/driving/seeing.py`) is without these."""


@dataclass(frozen=True)
class Say:
    """What is drawn: a line at the top, a box in the middle, a few words at the right of the top, a trainer's screen."""

    bar: str = ""
    box: tuple[str, ...] = ()
    chip: str = ""
    mirror: bool = False


class Bar(Label):
    """A line over the top of the screen."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Bar { layer: _loading; position: absolute; width: 100%; height: 1; padding: 0 1; background: $warn-bg; color: $warn;
          text-style: bold; }
    """


class Chip(Label):
    """A few words at the right of the top."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Chip { layer: _loading; position: absolute; width: auto; height: 1; padding: 0 1; background: $warn-bg; color: $warn;
           text-style: bold; }
    """


class Held(Label):
    """A box in the middle."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Held { layer: _loading; position: absolute; width: 62; height: auto; padding: 1 2; border: heavy $warn;
           background: $surface; color: $ink; }
    """


class Shown(Mirror):
    """The trainer's screen, over all of it below the line at the top."""

    SCOPED_CSS = False
    DEFAULT_CSS = "Shown { layer: _loading; position: absolute; background: $bg; }"


class Over:
    """Puts it there, and takes it away."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._say = Say()
        self._on: Screen[Any] | None = None
        self._there: dict[str, Widget] = {}
        self._timer: Timer | None = None
        self._frame: Frame | None = None

    def say(self, say: Say) -> None:
        """Draw this from now on."""
        if say == self._say:
            return
        self._say = say
        if not say.mirror:
            self._frame = None
        if say != Say() and self._timer is None:
            self._timer = self._app.set_interval(LOOK, self.place)
        elif say == Say() and self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.place()

    def draw(self, frame: Frame) -> None:
        """The screen that is shown changed."""
        self._frame = frame if self._frame is None else frame.after(self._frame)
        mirror = self._there.get("mirror")
        if isinstance(mirror, Shown):
            mirror.take(frame)

    def place(self) -> None:
        """On the screen in front, at its place."""
        if not self._app.screen_stack:
            return
        screen: Screen[Any] = self._app.screen
        if screen is not self._on:
            self._clear()
            self._on = screen
        if not screen.is_running:
            return
        wanted = dict(self._wanted())
        for name in [name for name in self._there if name not in wanted]:
            self._there.pop(name).remove()
        for name, (kind, text) in wanted.items():
            widget = self._there.get(name)
            if widget is None:
                widget = self._there[name] = kind(classes=_ABOVE)
                self._lay(widget, text)
                screen.mount(widget)
            else:
                self._lay(widget, text)

    def _wanted(self) -> Iterator[tuple[str, tuple[Any, Content]]]:
        from screens.shared import signs

        say = self._say
        if say.mirror:
            yield "mirror", (Shown, Content())
        if say.bar:
            mirror = self._there.get("mirror")
            part = mirror.part if isinstance(mirror, Shown) and say.mirror else ""
            told = plain(say.bar)
            yield "bar", (Bar, signs.beside(told, plain(part), self._app.size.width - 2) if part else told)
        if say.box:
            lines = [plain(line) for line in say.box]
            yield "box", (Held, Content("\n").join([lines[0].stylize("bold"), *lines[1:]]))
        if say.chip:
            yield "chip", (Chip, plain(say.chip))

    def _lay(self, widget: Widget, text: Content) -> None:
        """Its text and place, which follow the size of the program."""
        width, height = self._app.size
        place = (0, 0)
        if isinstance(widget, Shown):
            place = (0, 1)
            widget.styles.width, widget.styles.height = width, max(1, height - 1)
            if self._frame is not None and not widget.is_attached:
                widget.take(self._frame)
        elif isinstance(widget, Label):
            widget.update(text)
            if isinstance(widget, Chip):
                place = (max(0, width - text.cell_length - 2), 0)
            elif isinstance(widget, Held):
                wide = min(62, width - 2)
                widget.styles.width = wide
                place = ((width - wide) // 2, max(1, height // 2 - 4))
        if widget.styles.offset.x.value != place[0] or widget.styles.offset.y.value != place[1]:
            widget.styles.offset = place

    def _clear(self) -> None:
        for widget in self._there.values():
            if widget.is_attached:
                widget.remove()
        self._there = {}
