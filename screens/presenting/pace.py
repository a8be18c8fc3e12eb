"""The pace of a demo: time for what the audience has to see, and none for what is only work.

A screen that opens and the night are looked at; typing, and what a test checks, take no time.
"""

from __future__ import annotations

from app.training.lessons.tasks import LOOKING
from app.training.scripts.grammar import TELLING
from screens.driving.screen_driver import LETTER, NIGHT

A_LETTER, SHORTEST, LONGEST = 0.045, 1.5, 20.0
"""Seconds of reading per letter, and the minimum and maximum for a text."""
OPENED, CHANGED = 2.5, 0.8
"""Seconds for a screen that a line opened, and for what a line changed on the screen."""
GLANCE, KEY = 0.6, 0.05
"""Seconds for a screen on the way to another, and after another key."""
THE_NIGHT = 4.0
"""Seconds for what the night brought, before its window closes."""
END = 2.0
"""Seconds for the last screen of a demo that ends by itself."""


def reading(text: str) -> float:
    """Seconds to read a text."""
    return min(LONGEST, max(SHORTEST, A_LETTER * len(text)))


def after_line(word: str, opened: bool) -> float:
    """Seconds after a line, by its word and whether another screen came in front."""
    if word in (*TELLING, *LOOKING):
        return 0.0
    return OPENED if opened else CHANGED


def within_line(word: str, share: float, opened: bool) -> float:
    """Seconds after an act within a line, by its word; `share` is the driver's (`LETTER`, `ACT`, `NIGHT`)."""
    if share <= LETTER or word in LOOKING:
        return 0.0
    if share >= NIGHT:
        return THE_NIGHT
    return GLANCE if opened else KEY
