"""The list of steps in the caption of a demo, to go to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual.content import Content

from screens.shared.text import plain

SHOWN = 7
"""Steps that are in view at once."""
MOVES = {"up": -1, "down": 1, "left": -1, "right": 1, "pageup": -1, "pagedown": 1}
"""A presenter remote has PageUp and PageDown only."""
GO, LEAVE = ("enter", "space"), ("escape", "l", "L")
KEYS = (("↑↓", "Kiezen"), ("Enter", "Ga erheen"), ("Esc", "Terug"))


def before(step: int, *, begun: bool, over: bool) -> int:
    """The step that one goes back to: of the last step, once it is over, itself. So too of the first one, once it plays:
    what is before that is no step but the introduction.
    """
    return step if over or (begun and step == 1) else max(0, step - 1)


@dataclass(frozen=True)
class StepList:
    """The steps, the one chosen, and what was typed of a number."""

    titles: Sequence[str]
    """From the introduction (0) on."""
    at: int
    typed: str = ""

    def after(self, key: str) -> StepList:
        """The list after a key: an arrow, Home, End, or a digit of a step's number."""
        last = len(self.titles) - 1
        if key.isdecimal() and key.isascii():
            typed = self.typed + key if self.typed and int(self.typed + key) <= last else key
            return replace(self, at=min(int(typed), last), typed=typed)
        at = {"home": 0, "end": last}.get(key, self.at + MOVES.get(key, 0))
        return replace(self, at=min(max(at, 0), last), typed="")

    def lines(self) -> list[Content]:
        """The steps around the one chosen."""
        first = max(0, min(self.at - SHOWN // 2, len(self.titles) - SHOWN))
        return [self._line(place) for place in range(first, min(first + SHOWN, len(self.titles)))]

    def _line(self, place: int) -> Content:
        name = f"{place}. {self.titles[place]}" if place else self.titles[place]
        if place == self.at:
            return plain(f"▶ {name}").stylize("bold $key")
        return plain(f"  {name}").stylize("$label")
