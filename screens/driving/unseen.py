"""A program that nobody looks at: opened without a terminal, for a draaiboek or a picture."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from app import ending
from app.training.pictures import png_of, settle, still, svg_of, text_of
from screens.driving.economy import economy

if TYPE_CHECKING:
    from textual.app import App
    from textual.pilot import Pilot


@asynccontextmanager
async def unseen(app: App[Any], size: tuple[int, int]) -> AsyncIterator[Pilot[Any]]:
    """Run the program in so many columns and rows, drawn only when something is read from its screen."""
    with economy():
        async with app.run_test(size=size, notifications=True) as pilot:
            await settle(app, pilot)
            yield pilot


def take(app: App[Any], kind: str, size: tuple[int, int], keys: Sequence[str]) -> bytes:
    """Open the program, press keys, and take its picture; `kind` is `.svg`, `.png` or `.txt`."""

    async def run() -> str:
        async with unseen(app, size) as pilot:
            for key in keys:
                await pilot.press(key)
                await settle(app, pilot)
            await still(app, lambda: settle(app, pilot))
            return text_of(app) if kind == ".txt" else svg_of(app)

    picture = ending.run(run())
    return png_of(picture) if kind == ".png" else picture.encode()
