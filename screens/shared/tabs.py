"""Tabs as one widget: their names beside one another, a heavy line under the open one, and one stop for Tab."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget

from screens.shared import keys
from screens.shared.text import plain

GAP = 2
"""Cells between two tabs."""


class Tabs(Widget, can_focus=True):
    """The names of tabs; Enter or a click opens the one of the cursor."""

    COMPONENT_CLASSES = {"tabs--name", "tabs--here", "tabs--cursor", "tabs--line"}
    DEFAULT_CSS = """
    Tabs { width: 1fr; height: 2; }
    Tabs .tabs--name { color: $label; }
    Tabs .tabs--here { color: $key; text-style: bold; }
    Tabs .tabs--cursor { background: $focus; color: $on-focus; text-style: bold; }
    Tabs .tabs--line { color: $line; }
    """
    BINDINGS = [keys.OPEN("open", id="tabs.open", tooltip="Opent het tabblad, of gaat naar wat eronder staat.")]
    cursor: var[int] = var(0)

    @dataclass
    class Opened(Message):
        """The tab under the cursor was chosen."""

        tabs: Tabs
        key: str

        @property
        def control(self) -> Tabs:
            """The tabs, for `@on` selectors."""
            return self.tabs

    def __init__(self, tabs: Sequence[tuple[str, str]], here: str, *, id: str | None = None) -> None:
        """`tabs`: key and title of each; `here`: the key of the open one."""
        super().__init__(id=id)
        self.keys = [key for key, _ in tabs]
        self.titles = [title for _, title in tabs]
        self._here = self.keys.index(here)
        self.set_reactive(Tabs.cursor, self._here)

    def render(self) -> Content:
        """The names, and the line under them."""
        name, here, cursor, line = (
            self.get_visual_style(f"tabs--{part}", partial=part != "cursor")
            for part in ("name", "here", "cursor", "line")
        )
        names, lines = [], []
        for place, start in enumerate(self._starts()):
            style = cursor if self.has_focus and place == self.cursor else here if place == self._here else name
            text = plain(f" {self.titles[place]} ").stylize(style)
            rest = self.size.width if place == len(self.titles) - 1 else start + text.cell_length + GAP
            names.append(Content.assemble(text, " " * GAP))
            under = text.cell_length
            lines.append(
                Content(("━" if place == self._here else "─") * under).stylize(here if place == self._here else line)
            )
            lines.append(Content("─" * max(0, rest - start - under)).stylize(line))
        return Content("\n").join([Content.assemble(*names), Content.assemble(*lines)])

    def _starts(self) -> Iterator[int]:
        start = 0
        for title in self.titles:
            yield start
            start += plain(title).cell_length + 2 + GAP

    def watch_cursor(self) -> None:
        """Draw it."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor is at the open tab whenever one comes here."""
        self.cursor = self._here

    def action_open(self) -> None:
        """Tell which tab was chosen."""
        self.post_message(self.Opened(self, self.keys[self.cursor]))

    def on_click(self, event: Click) -> None:
        """The tab that was clicked."""
        event.stop()
        self.cursor = max((place for place, start in enumerate(self._starts()) if start <= event.x), default=0)
        self.action_open()
