"""`GET /gereed?wacht=10`: whether the service answers by now, for scripts that start it and go on when it does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from aiohttp import web

LONGEST = 60.0
"""Seconds that a caller can have it wait."""
_LOOK = 0.1


async def ready(is_ready: Callable[[], bool], request: web.Request) -> web.Response:
    """`{"gereed": true}` with status 200 as soon as the board of the bare address can be called; false and 503 after
    `wacht` seconds.

    A `wacht` that is no number from 0 to 60 is answered with 400.
    """
    try:
        until = time.monotonic() + _seconds(request.query.get("wacht", "0"))
    except ValueError:
        told = f"wacht is een aantal seconden van 0 tot en met {LONGEST:.0f}"
        return web.json_response({"gereed": False, "fout": told}, status=400)
    while not (found := await asyncio.to_thread(_safely, is_ready)) and time.monotonic() < until:
        await asyncio.sleep(_LOOK)
    return web.json_response({"gereed": found}, status=200 if found else 503)


def _safely(is_ready: Callable[[], bool]) -> bool:
    """A database that cannot be reached is not ready yet, whatever it says."""
    try:
        return is_ready()
    except Exception:
        return False


def _seconds(text: str) -> float:
    """Raises `ValueError`."""
    found = float(text)
    if not 0 <= found <= LONGEST:
        raise ValueError(text)
    return found
