"""The line of keys at the bottom of a screen: what the bindings of that moment say."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.events import Resize
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

SPARED = ("school_time", "switch_program", "menu")
"""What is left out first where not every key fits, so that what the screen itself can do does; F1 names them all."""

KEPT = ("explain", "app.explain", "back")
"""What stays when even then not every key fits; the others go from the end, whole."""


class KeyBar(Footer):
    """Textual's footer, made again only when its keys changed: it does so at every move of the focus by itself."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)
        self._told: list[tuple[str, str, bool]] = []

    def compose(self) -> ComposeResult:
        """The keys that fit."""
        keys = list(super().compose())
        room = self.app.size.width - sum(_width(key) for key in keys)
        for key in keys:
            if isinstance(key, FooterKey) and key.action == "dismiss":
                key.description = "Sluiten"  # Textual's own words on an open list of choices are English
        for action in SPARED:
            for key in [key for key in keys if room < 0 and isinstance(key, FooterKey) and key.action == action]:
                keys.remove(key)
                room += _width(key)
        for key in [key for key in reversed(keys) if isinstance(key, FooterKey) and key.action not in KEPT]:
            if room < 0:
                keys.remove(key)
                room += _width(key)
        yield from keys

    def on_resize(self, _event: Resize) -> None:
        """Other keys fit."""
        self.refresh(recompose=True)

    def bindings_changed(self, screen: Screen[Any]) -> None:
        """Follow the keys that work now."""
        keys = [(row.binding.key, row.binding.description, row.enabled)
                for row in screen.active_bindings.values() if row.binding.show]  # fmt: skip
        if keys != self._told and screen.app.app_focus:
            self._told = keys
            super().bindings_changed(screen)


def _width(key: Widget) -> int:
    """The cells of a key: its name, a space, what it does, a space."""
    return len(key.key_display) + len(key.description) + 2 if isinstance(key, FooterKey) else 0
