"""A driver that tells what it presses and types, for the trace of a draaiboek."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from screens.driving.screen_driver import ScreenDriver
from screens.shared.keys import key_name

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from screens.shell.esis import EsisApp


class TellingDriver(ScreenDriver):
    """Drives without pauses; `pressed` is told each key, as help names it, and each typed text in quotes."""

    def __init__(self, app: EsisApp, pilot: Pilot[Any], pressed: Callable[[str], object]) -> None:
        super().__init__(app, pilot)
        self._pressed = pressed

    async def press(self, *keys: str) -> None:
        """Tell each key, and press it."""
        for key in keys:
            self._pressed(key_name(key))
            await super().press(key)

    async def _paste(self, text: str) -> None:
        self._pressed(f'"{text}"')
        await super()._paste(text)
