"""A panel at the bottom of every screen, whichever is in front: part of the presentation, not of the screen."""

from __future__ import annotations

import re
from typing import Any

from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from screens.shell.esis import EsisApp

LOOK = 0.1
"""Seconds between checks whether another screen came in front."""


def words(text: str) -> str:
    """Prose without Markdown marks; each paragraph is a line, with an empty one between."""
    return "\n\n".join(" ".join(re.sub(r"[*_`#>]", "", part).split()) for part in text.split("\n\n") if part.strip())


class PresentationPanel(Static, can_focus=False):
    """The text below the screen; not part of the screen."""

    DEFAULT_CLASSES = "presentation"

    DEFAULT_CSS = """
    PresentationPanel { height: auto; max-height: 9; width: 100%; background: $surface; color: $ink; padding: 0 1;
            border-top: heavy $key; }
    PresentationPanel.-over { dock: bottom; }
    PresentationPanel.-roomy { padding: 1 4; max-height: 13; }
    """


class PanelApp(EsisApp):
    """The program with a panel; set its content with `tell`."""

    CSS = "ToastRack { dock: top; align: right top; margin: 3 0 0 0; }"  # at the bottom it would cover the panel
    has_lessons = False
    roomy = False
    """Whether there is extra space around the text, for a projector."""
    _told: Content | None = None

    def on_mount(self) -> None:
        """Follow the screens."""
        self.set_interval(LOOK, self.show_panel)

    def tell(self, text: Content | None) -> None:
        """Show this in the panel of the screen in front, and of each that follows; None: no panel."""
        self._told = text
        self.show_panel()

    def show_panel(self) -> None:
        """Put the panel on the screen in front."""
        if not self.screen_stack:
            return
        screen: Screen[Any] = self.screen
        window = isinstance(screen, ModalScreen)
        for behind in self.screen_stack[:-1] if window else ():  # it would show through: one panel at a time
            for panel in behind.query(PresentationPanel):
                panel.display = False
        try:
            panel = screen.query_one(PresentationPanel)
            panel.display = True
        except NoMatches:
            if self._told is not None and screen.is_running:
                over = "-over" if window else ""
                screen.mount(
                    PresentationPanel(self._told, classes=f"presentation {over} {'-roomy' if self.roomy else ''}")
                )
            return
        if self._told is None:
            panel.remove()
        elif panel.content != self._told:
            panel.update(self._told)
