"""What a terminal shows while a program behind it is brought somewhere: that this takes a moment, and how far it is."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual._compositor import CompositorUpdate
from textual._context import visible_screen_stack

from screens.driving.economy import economy
from screens.presenting.panel import PanelApp

MOMENT = "Een ogenblik..."
BAR = 30
"""Cells of the bar."""


class Cover(CompositorUpdate):
    """A whole screen with a sentence in its middle, and a bar below it."""

    def __init__(self, size: tuple[int, int], told: str, share: float, ink: str, ground: str) -> None:
        """`size` in columns and rows; `share` is how far it is, from 0 to 1; the colours are hexadecimal."""
        self.size, self.told, self.share, self.style = size, told, share, Style(color=ink, bgcolor=ground)

    def render_segments(self, console: Console) -> str:
        """Every row of it, as what a terminal understands."""
        width, height = self.size
        middle, system = max(0, height // 2 - 2), console._color_system or ColorSystem.STANDARD
        texts = {middle: MOMENT, middle + 1: self.told, middle + 3: self.bar}
        return "".join(
            f"\x1b[{row + 1};1H{self.style.render(_centred(texts.get(row, ''), width), color_system=system)}"
            for row in range(height)
        )

    @property
    def bar(self) -> str:
        """How far it is."""
        filled = round(BAR * min(1.0, max(0.0, self.share)))
        return "━" * filled + "─" * (BAR - filled)


class CoveringApp(PanelApp):
    """The program, which may go on behind a cover; it draws nothing then, and so is much faster."""

    covered = False

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.covering = ExitStack()
        """What ends with the cover."""

    @property
    def how_far(self) -> tuple[int, int]:
        """The step that is being done, and the one at which the cover goes."""
        raise NotImplementedError

    def cover(self) -> None:
        """Cover the terminal, or say how far it is now."""
        if not self.covered:
            self.covered = True
            self.covering.enter_context(economy())
        if self.screen_stack:
            self._display(self.screen, self._cover)

    def uncover(self) -> None:
        """Show the program again."""
        if not self.covered:
            return
        self.covered = False
        self.covering.close()
        self.clear_notifications()
        if self.screen_stack:
            visible_screen_stack.set(self._background_screens)
            self._display(self.screen, self.screen._compositor.render_update(full=True))

    def _display(self, screen: Any, renderable: Any) -> None:
        """What the program draws is not shown while the terminal is covered."""
        shown: Any = self._cover if renderable is not None and self.covered else renderable
        super()._display(screen, shown)

    @property
    def _cover(self) -> Cover:
        (step, goal), colours = self.how_far, self.theme_variables
        told = f"Stap {step} van {goal - 1} wordt overgedaan." if step else ""
        return Cover(self.size, told, step / max(1, goal), colours["foreground"], colours["background"])

    @property
    def blank(self) -> Cover:
        """A cover for what is still to begin."""
        colours = self.theme_variables
        return Cover(self.size, "", 0, colours["foreground"], colours["background"])


def covered(app: CoveringApp) -> str:
    """What covers a terminal that a program has just left, until the next one opens in it."""
    return f"\x1b[?1049h\x1b[?25l{app.blank.render_segments(app.console)}"


def _centred(text: str, width: int) -> str:
    shown = text if cell_len(text) <= width else ""
    before = (width - cell_len(shown)) // 2
    return " " * before + shown + " " * (width - before - cell_len(shown))
