"""Runs the server until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from ssl import SSLContext

from aiohttp import web

from app.ending import answering
from app.refusals import Refused
from app.settings import network_of

SILENT = 10.0
"""Seconds within which a connection must send a request, also between two requests."""
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
    secured: SSLContext | None = None,
    command: str = "esis serve",
) -> int:
    """Serve on this address until a signal, and return its number. `opened` receives the port, a free one for 0.

    At most `most` connections per address, by default `MOST`. Raises `Refused`.
    """
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0, keepalive_timeout=SILENT, logger=_LOG)
    await runner.setup()
    assert runner.server is not None, "it was set up"
    server = runner.server
    loop = asyncio.get_running_loop()
    stopped: asyncio.Future[int] = loop.create_future()
    with answering(lambda number: _soon(loop, stopped, number)):
        try:
            door = await _listen(lambda: Door(server, most or MOST), host, port, secured, command)
            try:
                opened(door.sockets[0].getsockname()[1])
                return await stopped
            finally:
                door.close()
        finally:
            await runner.cleanup()


def _soon(loop: asyncio.AbstractEventLoop, stopped: asyncio.Future[int], number: int) -> None:
    loop.call_soon_threadsafe(lambda: None if stopped.done() else stopped.set_result(number))


async def _listen(
    made: Callable[[], Door], host: str, port: int, secured: SSLContext | None, command: str
) -> asyncio.Server:
    try:
        return await asyncio.get_running_loop().create_server(made, host, port, ssl=secured)
    except OSError as error:
        raise Refused(
            f"Op {host} poort {port} kan niet geluisterd worden: {error.strerror or error}. Draait {command} al? Kies met "
            "--port een andere poort, of met --host een adres van deze machine."
        ) from error


class Door(asyncio.Protocol):
    """Accepts connections to the server; limits them per address, and in total to a few times that."""

    TOGETHER = 4

    def __init__(self, server: web.Server, most: int) -> None:
        self._server, self._most = server, most

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Hand the connection to the server."""
        assert isinstance(transport, asyncio.Transport)
        there = [_address(one.transport) for one in self._server.connections]
        if len(there) >= self.TOGETHER * self._most or there.count(_address(transport)) >= self._most:
            transport.abort()
            return
        inside = self._server()
        transport.set_protocol(inside)
        inside.connection_made(transport)


def _address(transport: asyncio.BaseTransport | None) -> str:
    peer = transport.get_extra_info("peername") if transport is not None else None
    return network_of(peer[0]) if peer else ""
