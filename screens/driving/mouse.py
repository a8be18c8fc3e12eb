"""The mouse on a program without a terminal, by the events that a terminal sends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App
from textual.events import MouseDown, MouseMove, MouseUp

from app.training.scripts.errors import CannotDo

BUTTONS = {"left": 1, "middle": 2, "right": 3}


async def click(
    app: App[Any], settled: Callable[[], Awaitable[None]], column: int, row: int, button: str = "left", times: int = 1
) -> None:
    """Move to a cell, from 0, and click there so many times; returns once that has had its effect.

    Raises `CannotDo` for a place outside the screen.
    """
    if not (column < app.size.width and row < app.size.height):
        raise CannotDo(
            f"Kolom {column}, rij {row} ligt buiten het scherm: dat is {app.size.width} bij {app.size.height}, vanaf 0."
        )
    for kind, pressed in [(MouseMove, 0), *[(kind, BUTTONS[button]) for kind in (MouseDown, MouseUp)] * times]:
        app.post_message(kind(None, column, row, 0, 0, pressed, False, False, False, column, row))
        if kind is MouseMove:
            await settled()
    await settled()
