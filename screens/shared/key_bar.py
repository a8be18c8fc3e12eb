"""The line of keys at the bottom of a screen: what the bindings of that moment say."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen
from textual.widgets import Footer


class KeyBar(Footer):
    """Textual's footer, made again only when its keys changed: it does so at every move of the focus by itself."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)
        self._told: list[tuple[str, str, bool]] = []

    def bindings_changed(self, screen: Screen[Any]) -> None:
        """Follow the keys that work now."""
        keys = [(row.binding.key, row.binding.description, row.enabled)
                for row in screen.active_bindings.values() if row.binding.show]  # fmt: skip
        if keys != self._told and screen.app.app_focus:
            self._told = keys
            super().bindings_changed(screen)
