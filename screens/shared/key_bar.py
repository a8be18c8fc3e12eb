"""The line of keys at the bottom of a screen: the bindings that are active at the moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click, Resize
from textual.screen import Screen
from textual.widget import Widget

from screens.shared.text import plain

SPARED = ("school_time", "switch_program", "menu")
"""Left out first if not every key fits, in favour of the screen's own keys; F1 lists them all."""

KEPT = ("explain", "app.explain", "back")
"""Kept even if still not every key fits; the others are dropped whole, from the end."""


class Key(NamedTuple):
    """An active key: its name for the program and for people, its text and action, and whether it is enabled."""

    key: str
    display: str
    description: str
    action: str
    enabled: bool

    @property
    def width(self) -> int:
        """Width in cells: name, space, text, space."""
        return cell_len(self.display) + cell_len(self.description) + 2


class KeyBar(Widget, can_focus=False):
    """One line that is drawn: Textual's footer rebuilds a widget for each key whenever the focus moves."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"key-bar--key", "key-bar--description"}
    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; width: 100%; color: $footer-foreground; background: $footer-background; }
    KeyBar .key-bar--key { color: $footer-key-foreground; text-style: bold; }
    KeyBar .key-bar--description { color: $footer-description-foreground; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._all: list[Key] = []
        self.shown: list[Key] = []
        """The keys that fit, from the left."""

    def on_mount(self) -> None:
        """Follow the active bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def on_resize(self, _event: Resize) -> None:
        """Other keys fit."""
        self._fit()

    def render(self) -> Content:
        """The keys that fit."""
        key, said = (self.get_visual_style(f"key-bar--{part}") for part in ("key", "description"))
        parts = [
            Content.assemble(plain(row.display).stylize(key), plain(f" {row.description}").stylize(said), " ").stylize(
                "" if row.enabled else "dim"
            )
            for row in self.shown
        ]
        return Content("").join(parts)

    def on_click(self, event: Click) -> None:
        """A mouse click presses the key."""
        end = 0
        for row in self.shown:
            end += row.width
            if event.x < end:
                self.app.simulate_key(row.key) if row.enabled else self.app.bell()
                return

    def _bindings_changed(self, screen: Screen[Any]) -> None:
        keys: dict[str, Key] = {}
        for _node, binding, enabled, _tooltip in screen.active_bindings.values():
            if binding.show and binding.action not in keys:
                # Textual's own texts on an open list of choices are English.
                description = "Sluiten" if binding.action == "dismiss" else binding.description
                display = self.app.get_key_display(binding)
                keys[binding.action] = Key(binding.key, display, description, binding.action, enabled)
        if screen.app.app_focus and list(keys.values()) != self._all:
            self._all = list(keys.values())
            self._fit()

    def _fit(self) -> None:
        fitting = keys_that_fit(self._all, self.app.size.width)
        if fitting != self.shown:
            self.shown = fitting
            self.refresh()


def keys_that_fit(keys: Sequence[Key], width: int) -> list[Key]:
    """The keys there is room for: keys that work everywhere are dropped first, then the last ones."""
    kept, room = list(keys), width - sum(key.width for key in keys)
    spared = [key for action in SPARED for key in keys if key.action == action]
    last = [key for key in reversed(keys) if key.action not in (*SPARED, *KEPT)]
    for key in [*spared, *last]:
        if room < 0:
            kept.remove(key)
            room += key.width
    return kept
