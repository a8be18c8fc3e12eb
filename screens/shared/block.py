"""What draws its own lines: a part of a dashboard, the detail beside a list, a figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.actions import SkipAction
from textual.content import Content
from textual.events import Click
from textual.message import Message

from screens.shared import keys
from screens.shared.lined import Lined
from screens.shared.spatial import cross
from screens.shared.text import plain

Draw = Callable[[int], Sequence[Content]]
"""Makes the lines for a width in cells."""


class Drawing(Lined):
    """Lines that the screen says how to make."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._draw: Draw = lambda _width: ()
        self.said: Sequence[str] | None = None
        """What is read aloud in place of the lines, where those tell by colour and width; empty: nothing."""

    def tell(self, draw: Draw, subtitle: str = "", said: Sequence[str] | None = None) -> None:
        """Show these lines, and a count or a key in the border, if there is one; `said` is read aloud in their place."""
        self._draw, self.said = draw, said
        self.border_subtitle = plain(subtitle)
        self.refresh(layout=True)

    def lines(self, width: int) -> Sequence[Content]:
        """The drawing at this width."""
        return self._draw(width)


class Block(Drawing, can_focus=True):
    """A panel with a title; Enter, or a click, opens what it is about."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Block { border: round $line; border-title-color: $ink; border-title-style: bold;
            border-title-background: $bg; border-subtitle-color: $label; border-subtitle-background: $bg;
            background: $bg; color: $ink; padding: 0 1; }
    Block:focus { border: heavy $focus; border-title-color: $on-focus; border-title-background: $focus;
                  border-subtitle-color: $key; }
    """
    BINDINGS = [
        keys.OPEN("open", "Openen", id="block.open", tooltip="Opent waar dit blok over gaat."),
        *(
            key(f"cross('{key.keys}')", id=f"block.{key.keys}", tooltip=f"Gaat {key.text.lower()}.", show=False)
            for key in (keys.UP, keys.DOWN, keys.LEFT, keys.RIGHT)
        ),
    ]

    @dataclass
    class Opened(Message):
        """What the block is about was asked for."""

        block: Block

        @property
        def control(self) -> Block:
            """The block, for `@on` selectors."""
            return self.block

    def __init__(self, title: str, *, id: str | None = None, opens: bool = True) -> None:
        """`opens`: whether Enter opens something; if not, the block cannot get the focus."""
        super().__init__(id=id)
        self.border_title = plain(title)
        self.can_focus = opens

    def action_open(self) -> None:
        """Tell that it was asked for."""
        self.post_message(self.Opened(self))

    def action_cross(self, direction: str) -> None:
        """Go on to what is there."""
        if not cross(self, direction):
            raise SkipAction

    def on_click(self, event: Click) -> None:
        """The first click gives it the focus, the next opens it."""
        if event.chain > 1:
            self.action_open()
