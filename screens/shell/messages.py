"""Messages over the screen: low, above the line of buttons (`esis.tcss`), and gone with the next key or press of the mouse
once they could be read, so that they cover nothing for long; what asks to be acted on stays its time.
"""

from __future__ import annotations

from time import time
from typing import Any

from textual import events

from screens.shared.program import EsisProgram
from screens.shared.text import at_slashes

COULD_BE_READ = 2.0
"""Seconds after which the next key takes a message away."""
LASTING = 10.0
"""Seconds: a message that stays this long by itself is not taken away by a key."""


class Messages(EsisProgram):
    """Mix-in for the program."""

    def notify(self, message: str, **options: Any) -> None:
        """A short message over the screen; a path too long for it is broken at its slashes."""
        super().notify(at_slashes(message, min(60, self.size.width // 2) - 3), **options)

    async def on_event(self, event: events.Event) -> None:
        """A key, or a press of the mouse: the user goes on."""
        if isinstance(event, events.Key | events.MouseDown) and not event.is_forwarded:
            for one in list(self._notifications):
                if one.timeout < LASTING and one.raised_at + COULD_BE_READ < time():
                    self._unnotify(one)
        await super().on_event(event)
