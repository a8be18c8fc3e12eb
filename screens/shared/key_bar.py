"""The line of keys at the bottom of a screen: what the bindings of that moment say."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

NARROW = 100
SPARED = {"switch_program", "school_time"}
"""What a narrow screen leaves out, so that what the screen itself can do fits; F1 names them all."""


class KeyBar(Footer):
    """Textual's footer, made again only when its keys changed: it does so at every move of the focus by itself."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)
        self._told: list[tuple[str, str, bool]] = []
        self._narrow = False

    def compose(self) -> ComposeResult:
        """The keys that fit."""
        for key in super().compose():
            if not isinstance(key, FooterKey) or not (self._narrow and key.action in SPARED):
                if isinstance(key, FooterKey) and key.action == "dismiss":
                    key.description = "Sluiten"  # Textual's own words on an open list of choices are English
                yield key

    def on_resize(self, _event: Resize) -> None:
        """Other keys fit."""
        narrow = self.app.size.width < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self.refresh(recompose=True)

    def bindings_changed(self, screen: Screen[Any]) -> None:
        """Follow the keys that work now."""
        keys = [(row.binding.key, row.binding.description, row.enabled)
                for row in screen.active_bindings.values() if row.binding.show]  # fmt: skip
        if keys != self._told and screen.app.app_focus:
            self._told = keys
            super().bindings_changed(screen)
