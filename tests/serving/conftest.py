"""A server on loopback with real sockets, and programs behind its pages that cost no time."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from app.serving import session as serving_session
from app.serving.addresses import Place
from app.serving.guard import Guard
from app.serving.server import Serving
from app.serving.sessions import Sessions

PROGRAM = Path(__file__).with_name("program.py")
KLAS = Place(12, "Klas 3", "klas-3-12")
PATIENCE = 20.0


@dataclass
class Clock:
    """Seconds that pass when told."""

    seconds: float = 1000.0


@dataclass
class World:
    """The server, somebody's browser, and the clock of the idle time."""

    server: TestServer
    browser: aiohttp.ClientSession
    sessions: Sessions
    clock: Clock

    @property
    def authority(self) -> str:
        return f"127.0.0.1:{self.server.port}"

    @property
    def own(self) -> dict[str, str]:
        """What a page of ours sends."""
        return {"Origin": f"http://{self.authority}"}

    async def connect(self, path: str = f"{KLAS.path}/ws?width=100&height=30") -> aiohttp.ClientWebSocketResponse:
        """Open a page's connection, until its program has drawn something."""
        connection = await self.browser.ws_connect(self.server.make_url(path), headers=self.own)
        assert (await painted(connection)).startswith(b"welkom")
        return connection

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until this holds."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await asyncio.sleep(0.005)


async def painted(connection: aiohttp.ClientWebSocketResponse) -> bytes:
    """The next thing that is drawn."""
    return await connection.receive_bytes(timeout=PATIENCE)


@pytest.fixture
async def world(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    """Three sessions at most, and thirty minutes of doing nothing."""
    monkeypatch.setattr(serving_session, "_GRACE", 0.3)
    clock = Clock()
    sessions = Sessions(3, 1800, now=lambda: clock.seconds)
    serving = Serving(
        Guard("127.0.0.1"), sessions, {KLAS.slug: KLAS}.get, lambda place: [sys.executable, "-SE", str(PROGRAM), place.slug],
        KLAS,
    )  # fmt: skip
    async with TestServer(serving.application()) as server, aiohttp.ClientSession() as browser:
        yield World(server, browser, sessions, clock)
