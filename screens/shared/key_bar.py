"""The line of keys at the bottom of a screen: the bindings that are active at the moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click, Resize
from textual.screen import Screen
from textual.widget import Widget

from screens.shared import keys
from screens.shared.text import plain

AT_THEIR_PLACE = ("switch_program", "menu", "school_time", "close_time")
"""Keys that stand where their object stands: F6 before the program's name, F10 before the tabs, F9 before the clock."""

FIXED = ("leave", "back", "cancel", "stop_or_close", "dismiss", "find", "explain")
"""The keys at the right, always at the same place; the last part of an action's name, in this order."""


LAST = "hand"
"""The action that is on every screen of a learner: its key comes after the screen's own."""


class Key(NamedTuple):
    """An active key: its name for the program and for people, its text and action, and whether it is enabled."""

    key: str
    display: str
    description: str
    action: str
    enabled: bool

    @property
    def width(self) -> int:
        """Width in cells: name, space, text."""
        return cell_len(self.display) + cell_len(self.description) + 1

    @property
    def name(self) -> str:
        """The action without where it lives."""
        return self.action.rpartition(".")[2]


class KeyBar(Widget, can_focus=False):
    """One line that is drawn: Textual's footer rebuilds a widget for each key whenever the focus moves.

    At the left the screen's own keys: the first of what has the focus, the main verb, then the others, with `…` if some did
    not fit, and where there is room what moves: `key_hints` of what has the focus or of what that is in. At the right,
    always at the same place, leaving, finding and help.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"key-bar--key", "key-bar--description"}
    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; width: 100%; color: $label; background: $raised; padding: 0 1; }
    KeyBar .key-bar--key { color: $key; text-style: bold; }
    KeyBar .key-bar--description { color: $label; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._all: list[Key] = []
        self._own: list[Key] = []
        self.shown: list[Key] = []
        """The keys that fit, from the left."""
        self.fixed: list[Key] = []
        """The keys at the right."""
        self.hints: list[Key] = []
        """What moves, as far as it fits behind the keys."""
        self._hints: list[Key] = []

    @property
    def every(self) -> list[Key]:
        """All keys, also those that do not fit."""
        return [*self._own, *self.fixed]

    @property
    def placed(self) -> list[Key]:
        """Those that stand elsewhere on the screen, at what they are about."""
        return [key for key in self._all if key.name in AT_THEIR_PLACE]

    def on_mount(self) -> None:
        """Follow the active bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def on_resize(self, _event: Resize) -> None:
        """Other keys fit."""
        self._fit()

    def render(self) -> Content:
        """The keys that fit at the left, the fixed ones at the right."""
        left, right = self._drawn([*self.shown, *self.hints]), self._drawn(self.fixed)
        more = Content(" …" if len(self.shown) < len(self._own) else "")
        space = self.content_size.width - left.cell_length - more.cell_length - right.cell_length - len(RULE)
        return Content.assemble(left, more, " " * max(0, space), RULE, right)

    def _drawn(self, keys: Sequence[Key]) -> Content:
        key, said = (self.get_visual_style(f"key-bar--{part}") for part in ("key", "description"))
        parts = [
            Content.assemble(plain(row.display).stylize(key), plain(f" {row.description}").stylize(said)).stylize(
                "" if row.enabled else "dim"
            )
            for row in keys
        ]
        return Content(GAP).join(parts)

    def on_click(self, event: Click) -> None:
        """A mouse click presses the key."""
        at = event.x - self.styles.padding.left
        rows = [
            *_placed([*self.shown, *self.hints], 0),
            *_placed(self.fixed, self.content_size.width - _length(self.fixed)),
        ]
        for row, start in rows:
            if start <= at < start + row.width and row.key:
                self.app.simulate_key(row.key) if row.enabled else self.app.bell()

    def _bindings_changed(self, screen: Screen[Any]) -> None:
        keys: dict[str, Key] = {}
        for node, binding, enabled, _tooltip in screen.active_bindings.values():
            if binding.show and binding.action not in keys:
                # Textual's own texts on an open list of choices are English.
                description = "Sluiten" if binding.action == "dismiss" else binding.description
                description = getattr(node, "key_texts", {}).get(binding.action, description)
                display = self.app.get_key_display(binding)
                keys[binding.action] = Key(binding.key, display, description, binding.action, enabled)
        around = screen.focused.ancestors_with_self if screen.focused is not None else [screen]
        asked: list[Hint] = [hint for node in around for hint in getattr(node, "key_hints", ())]
        hints = [Key(key, name, told, "", True) for key, name, told in asked]
        if screen.app.app_focus and (list(keys.values()), hints) != (self._all, self._hints):
            self._all, self._hints = list(keys.values()), hints
            self._fit()

    def _fit(self) -> None:
        fixed = [key for action in FIXED for key in self._all if key.name == action]
        own = [key for key in self._all if key.name not in (*FIXED, *AT_THEIR_PLACE)]
        own.sort(key=lambda key: key.name == LAST)
        self._own = [*own[:1], *sorted(own[1:], key=lambda key: (key.name == LAST, key.key not in keys.DONE.each))]
        room = self.app.size.width - 2 - _length(fixed) - len(RULE) - 2
        fitting = keys_that_fit(self._own, room)
        hints = [] if len(fitting) < len(self._own) else keys_that_fit(self._hints, room - _length([*fitting, NO_KEY]))
        if (fitting, fixed, hints) != (self.shown, self.fixed, self.hints):
            self.shown, self.fixed, self.hints = fitting, fixed, hints
            self.refresh()


GAP, RULE = "  ", " │ "
"""Between two keys, and before the fixed ones."""
NO_KEY = Key("", "", "", "", True)
"""For the room before what follows."""
Hint = tuple[str, str, str]
"""A key that only moves (empty for several), its name, and what it does: shown in the bar, and bound elsewhere."""


def _length(keys: Sequence[Key]) -> int:
    return sum(key.width for key in keys) + len(GAP) * max(0, len(keys) - 1)


def _placed(keys: Sequence[Key], start: int) -> Iterator[tuple[Key, int]]:
    for key in keys:
        yield key, start
        start += key.width + len(GAP)


def keys_that_fit(keys: Sequence[Key], room: int) -> list[Key]:
    """Which of the keys fit in this many cells, most needed first; a short one may fit where one before it does not."""
    kept: list[Key] = []
    for key in keys:
        if _length([*kept, key]) <= room:
            kept.append(key)
    return kept
