"""A server on loopback with real sockets, and cheap programs behind its pages."""

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
    """A clock that the test advances."""

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

    async def connect(self, *, signed_in: bool = True) -> aiohttp.ClientWebSocketResponse:
        """Open a page's connection, until its program has drawn something, and mostly somebody signed in."""
        path = self.server.make_url(f"{KLAS.path}/ws?width=100&height=30")
        connection = await self.browser.ws_connect(path, headers=self.own)
        assert (await painted(connection)).startswith(b"welkom")
        if signed_in:
            await self.sign_in(connection)
        return connection

    async def sign_in(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        """Somebody signs in, for whom there is a place."""
        await connection.send_json(["stdin", "in"])
        assert await connection.receive_json(timeout=PATIENCE) == ["stake", ""]

    @property
    def pids(self) -> list[int]:
        """Of the programs there are."""
        return [visit.session.pid for visit in self.sessions.visits if visit.session]

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until this holds."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await asyncio.sleep(0.005)


async def ending(connection: aiohttp.ClientWebSocketResponse) -> str:
    """Why the page stops; it does."""
    kind, why = await connection.receive_json(timeout=PATIENCE)
    assert kind == "ended"
    assert (await connection.receive()).type == aiohttp.WSMsgType.CLOSE
    return str(why)


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
        Guard("127.0.0.1"),
        sessions,
        {KLAS.slug: KLAS}.get,
        lambda place: [sys.executable, "-SE", str(PROGRAM), place.slug],
        KLAS,
    )
    async with TestServer(serving.application()) as server, aiohttp.ClientSession() as browser:
        yield World(server, browser, sessions, clock)
