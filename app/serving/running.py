"""Runs the server until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable

from aiohttp import web

from app.refusals import Refused
from app.serving.server import Serving


async def run(serving: Serving, host: str, port: int, opened: Callable[[int], None]) -> None:
    """Serve on this address until INT or TERM; `opened` hears the port, which for 0 is a free one. Raises `Refused`."""
    runner = web.AppRunner(serving.application(), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    try:
        await _listen(runner, host, port)
        opened(runner.addresses[0][1])
        await stopped.wait()
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise Refused(
            f"Op {host} poort {port} kan niet geluisterd worden: {error.strerror or error}. Draait esis serve al? Kies met "
            "--port een andere poort, of met --host een adres van deze machine."
        ) from error
