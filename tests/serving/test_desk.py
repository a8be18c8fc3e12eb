"""The trainer's desk with real programs behind two pages, through their connections alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp
import pyte
import pytest
from aiohttp.test_utils import TestServer

from app.commands.serve import DRIVER, program_of, why_not_leading
from app.serving import addresses
from app.serving.desk.hub import Hub
from app.serving.guard import Guard
from app.serving.server import Serving
from app.serving.sessions import Sessions
from models.board import Board
from screens.shell.guide import HAND, TAKEN, WATCHED

PATIENCE = 60.0
CTRL_P, F2, ESCAPE, ENTER = "\x10", "\x1bOQ", "\x1b", "\r"


class Page:
    """A page, and the screen that a browser would draw."""

    def __init__(self, connection: aiohttp.ClientWebSocketResponse, size: tuple[int, int]) -> None:
        self.connection = connection
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self.reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self.connection:
            if message.type == aiohttp.WSMsgType.BINARY:
                self._stream.feed(message.data)

    @property
    def rows(self) -> list[str]:
        return [row.rstrip() for row in self._screen.display]

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.connection.send_json(["stdin", key])

    async def until(self, condition: Callable[[], object]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    await asyncio.sleep(0.01)
        except TimeoutError:
            pytest.fail("\n".join(self.rows))

    async def sees(self, *parts: str) -> None:
        await self.until(lambda: all(part in "\n".join(self.rows) for part in parts))

    async def find(self, name: str, *seen: str) -> None:
        """Choose this in the palette."""
        await self.press(CTRL_P)
        await self.sees("Zoek een scherm of actie")
        await self.press(name)
        await self.until(lambda: any(f"▌ {name}" in row for row in self.rows))
        await self.press(ENTER)
        await self.sees(*seen)


@asynccontextmanager
async def signed_in(server: TestServer, user: str, size: tuple[int, int]) -> AsyncIterator[Page]:
    place = addresses.place_of(Board.get())
    address = server.make_url(f"{place.path}/ws?width={size[0]}&height={size[1]}")
    async with aiohttp.ClientSession() as browser:
        connection = await browser.ws_connect(address, headers={"Origin": f"http://127.0.0.1:{server.port}"})
        page = Page(connection, size)
        await page.sees("Wachtwoord")
        await page.press(user, "\t", "oefenen", F2)
        await page.sees("Vraagt aandacht")
        try:
            yield page
        finally:
            page.reading.cancel()
            await connection.close()


async def test_a_hand_a_message_the_learners_screen_and_its_keyboard_and_no_key_is_lost(practice_sqlite: str) -> None:
    place = addresses.place_of(Board.get())
    environment = {"ESIS_DATABASE_URL": practice_sqlite, "ESIS_IDLE_SECONDS": "1", **DRIVER}
    serving = Serving(
        Guard("127.0.0.1"),
        Sessions(2, 1800),
        addresses.find,
        program_of,
        place,
        environment,
        hub=Hub(why_not_leading),
    )
    async with TestServer(serving.application()) as server, signed_in(server, "rovict", (80, 24)) as learner:
        async with signed_in(server, "trainer", (120, 36)) as desk:
            await desk.find("Trainer: Klas nu", "Oefenbestuur, rovict")
            await learner.press("h")
            await desk.sees("▲1")
            await learner.sees(HAND)
            await desk.press("n", "Ik kom er aan", ENTER)
            await learner.sees("Ik kom er aan")
            await desk.press(F2)
            await learner.sees(WATCHED)
            await desk.until(lambda: desk.rows[1:25] == learner.rows)
            await desk.press(F2)
            await learner.sees(TAKEN)
            await desk.sees("Ctrl+Q geeft het terug")
            await learner.press("x", CTRL_P, "y", F2)  # which the learner's program does not get
            await desk.press(CTRL_P)
            await learner.sees("Zoek een scherm of actie")
            await desk.press(*"Koppeling activeren: Gynzy")
            await learner.sees("▌ Koppeling activeren: Gynzy  ")
            await desk.until(lambda: desk.rows[1:25] == learner.rows)
        await learner.until(lambda: not any(TAKEN in row for row in learner.rows))  # its page was closed meanwhile
        await learner.press(ENTER)
        await learner.sees("Verificatiecode")
    assert not serving.hub.members
