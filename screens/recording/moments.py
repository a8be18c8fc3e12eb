"""Where the cursor and the focus are at a moment, and the keys from one such moment to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from textual.app import App
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList

from screens.driving.seeing import seen
from screens.shared.records import RecordList

MOST_KEYS = 12
"""Keys that a way may take; a longer one would tell nobody anything."""
MARKS = "▶◀▌● "
"""What the cursor and the focus add to a text."""


@dataclass
class Moment:
    """The screen in front, what has the focus, and where the cursors of its lists are."""

    screen: Screen[Any]
    focused: Widget | None
    cursors: Mapping[Widget, int]
    texts: frozenset[str] | None = None
    """What was to be seen before anything moved; None while nothing did."""
    moves: list[str] = field(default_factory=list)
    """The keys that moved something since."""
    by_mouse: bool = False
    """Whether the mouse did too, so that those keys are not all of it."""

    @classmethod
    def now(cls, app: App[Any]) -> Moment:
        """What is in front now."""
        screen = app.screen
        lists = screen.query("RecordList, OptionList")
        cursors = {one: place for one in lists if (place := cursor_of(one)) is not None}
        return cls(screen, app.focused, cursors)

    def moving(self, app: App[Any], key: str = "") -> None:
        """Something is about to move: by this key, or by the mouse."""
        if self.texts is None and self.screen is app.screen:
            self.texts = texts(app)
        if key:
            self.moves.append(key)
        else:
            self.by_mouse = True

    def lists_moved(self, now: Moment) -> list[Widget]:
        """The lists in which the cursor is on another line."""
        if self.screen is not now.screen:
            return []
        return [one for one, place in now.cursors.items() if self.cursors.get(one, place) != place]

    def keys_to(self, now: Moment) -> list[str]:
        """What to press to come there, if only the cursor or the focus moved; none if that is not so."""
        if self.screen is not now.screen:
            return []
        if self.moves and not self.by_mouse and len(self.moves) <= MOST_KEYS:
            return list(self.moves)
        there = now.focused
        keys = _tabs(now.screen, self.focused, there)
        if isinstance(there, RecordList | OptionList) and there in self.cursors and there in now.cursors:
            keys += _steps(self.cursors[there], now.cursors[there], _count(there))
        return keys if len(keys) <= MOST_KEYS else []


def cursor_of(widget: Widget) -> int | None:
    """The line of a list that the cursor is on."""
    if isinstance(widget, RecordList):
        return int(widget.cursor)
    return widget.highlighted if isinstance(widget, OptionList) else None


def texts(app: App[Any]) -> frozenset[str]:
    """All that is to be seen, without the marks of cursor and focus."""
    return frozenset(line.text.strip(MARKS) for line in seen(app))


def _tabs(screen: Screen[Any], before: Widget | None, there: Widget | None) -> list[str]:
    if before is there or there is None:
        return []
    chain = screen.focus_chain
    if there not in chain:
        return []
    first = chain.index(before) if before in chain else -1
    ahead = (chain.index(there) - first) % len(chain)
    back = len(chain) - ahead
    return ["tab"] * ahead if ahead <= back else ["shift+tab"] * back


def _steps(before: int, there: int, count: int) -> list[str]:
    """From one line of a list to another."""
    ways = [["down"] * (there - before) if there >= before else ["up"] * (before - there), ["home", *["down"] * there]]
    ways.append(["end", *["up"] * (count - 1 - there)])
    return min(ways, key=len)


def _count(listed: Widget) -> int:
    return int(listed.row_count) if isinstance(listed, RecordList) else len(getattr(listed, "options", ()))
