"""The listener: how long a connection may be silent, how many an address may have, and that a signal ends it."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from app import ending, platform_parts
from app.serving import network, running
from app.serving.guard import Guard
from app.serving.server import Serving
from app.serving.sessions import Sessions
from tests.serving.conftest import KLAS

PATIENCE = 5.0
"""Less than a connection may be silent."""


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[int, asyncio.Task[int]]]:
    """A server without a board, and its port; it is stopped by a signal."""
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    serving = Serving(Guard("127.0.0.1"), Sessions(3, 1800), {}.get, lambda _: [], KLAS)
    task = asyncio.create_task(running.run(serving.application(), "127.0.0.1", 0, port.set_result))
    try:
        yield await port, task
    finally:
        task.cancel()


async def gone(reader: asyncio.StreamReader) -> bool:
    """Whether the server closes this connection; it says nothing."""
    async with asyncio.timeout(PATIENCE):
        try:
            return await reader.read() == b""
        except ConnectionError:
            return True


async def test_who_asks_nothing_is_not_kept_also_with_half_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "SILENT", 0.05)
    async with listening() as (port, _):
        silent, half = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
        half[1].write(b"GET / HTTP/1.1\r\nHost: loc")
        assert await gone(silent[0])
        assert await gone(half[0])
        for _, writer in (silent, half):
            writer.close()


async def test_one_address_has_a_number_of_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MOST", 8)
    async with listening() as (port, _):
        kept = [await asyncio.open_connection("127.0.0.1", port) for _ in range(8)]
        too_many = await asyncio.open_connection("127.0.0.1", port)
        assert await gone(too_many[0])
        kept[0][1].write(b"GET /geen HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert (await kept[0][0].readline()).startswith(b"HTTP/1.1 404")
        await kept[0][0].read()
        again = await asyncio.open_connection("127.0.0.1", port)
        again[1].write(b"GET /geen HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert (await again[0].readline()).startswith(b"HTTP/1.1 404"), "there is a place again"
        for _, writer in (*kept, too_many, again):
            writer.close()


@pytest.mark.parametrize("number", platform_parts.ENDING)
async def test_a_signal_ends_it_and_is_told(number: int) -> None:
    before = {each: signal.getsignal(each) for each in platform_parts.ENDING}
    try:
        ending.listen()
        async with listening() as (_, task):
            os.kill(os.getpid(), number)
            assert await asyncio.wait_for(task, PATIENCE) == number
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def test_the_addresses_for_others_are_those_of_this_machine_in_a_network() -> None:
    for host in ("0.0.0.0", "::"):
        for address in network.own_addresses(host):
            found = ipaddress.ip_address(address)
            assert True not in (found.is_loopback, found.is_link_local, found.is_unspecified)
