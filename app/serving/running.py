"""Runs the server until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from aiohttp import web

from app.ending import answering
from app.files.reasons import not_listening
from app.refusals import Refused
from app.settings import network_of

SILENT = 10.0
"""Seconds within which a connection must send a request, also between two requests."""
LINGERS = 2.0
"""Seconds in which a client may go on sending what was refused, so that it reads why."""
MOST = 100
"""Connections per address, or more if more sessions are allowed: a whole class may share one tunnel."""
_LOG = logging.Logger("esis.serve", logging.CRITICAL + 1)
"""Nothing that arrives from the network is shown in the terminal: it can be any bytes."""


async def run(
    application: web.Application,
    host: str,
    port: int,
    opened: Callable[[int], None],
    most: int = 0,
    command: str = "esis serve",
    door: Callable[[web.Server, int], Door] | None = None,
) -> int:
    """Serve on this address until a signal, and return its number. `opened` receives the port, a free one for 0.

    At most `most` connections per address, by default `MOST`. `door` makes another kind of door, given the server and
    that number. Raises `Refused`.
    """
    runner = web.AppRunner(application, shutdown_timeout=1.0, **handling())
    await runner.setup()
    assert runner.server is not None, "it was set up"
    server = runner.server
    loop = asyncio.get_running_loop()
    stopped: asyncio.Future[int] = loop.create_future()
    with answering(lambda number: _soon(loop, stopped, number)):
        try:
            made = door or Door
            listener = await _listen(lambda: made(server, most or MOST), host, port, command)
            try:
                opened(listener.sockets[0].getsockname()[1])
                return await stopped
            finally:
                listener.close()
        finally:
            await runner.cleanup()


def handling() -> dict[str, Any]:
    """How connections are handled, as options of aiohttp's handler."""
    return {"access_log": None, "keepalive_timeout": SILENT, "logger": _LOG}


def _soon(loop: asyncio.AbstractEventLoop, stopped: asyncio.Future[int], number: int) -> None:
    loop.call_soon_threadsafe(lambda: None if stopped.done() else stopped.set_result(number))


async def _listen(made: Callable[[], Door], host: str, port: int, command: str) -> asyncio.Server:
    try:
        return await asyncio.get_running_loop().create_server(made, host, port)
    except OSError as error:
        raise Refused(
            f"Op {host} poort {port} kan niet geluisterd worden: {not_listening(error)}. Draait {command} al? Kies met "
            "--port een andere poort, of met --host een adres van deze machine."
        ) from error


class Door(asyncio.Protocol):
    """Accepts connections to the server; limits them per address, and in total to a few times that."""

    TOGETHER = 4

    def __init__(self, server: web.Server, most: int) -> None:
        self._server, self._most = server, most

    def there(self) -> list[str]:
        """The address of each connection that there is."""
        return [address_of(one.transport) for one in self._server.connections]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Hand the connection to the server."""
        assert isinstance(transport, asyncio.Transport)
        there = self.there()
        if len(there) >= self.TOGETHER * self._most or there.count(address_of(transport)) >= self._most:
            transport.abort()
            return
        self.enter(transport)

    def enter(self, transport: asyncio.Transport) -> None:
        """Hand an accepted connection to the server."""
        inside = self._server()
        transport.set_protocol(inside)
        inside.connection_made(transport)


def address_of(transport: asyncio.BaseTransport | None) -> str:
    """The address at the other end, as it is counted."""
    peer = transport.get_extra_info("peername") if transport is not None else None
    return network_of(peer[0]) if peer else ""
