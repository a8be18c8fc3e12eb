"""The real program behind a page: through its connection alone, and in headless Chromium if available."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from app.commands.serve import DRIVER, program_of
from app.serving import addresses, endings
from app.serving.guard import Guard
from app.serving.page import LARGEST
from app.serving.server import Serving
from app.serving.session import Session
from app.serving.sessions import Sessions
from models.board import Board
from models.signing_in import Tries
from models.training import LessonProgress
from tests.browser import page
from tests.serving.conftest import KLAS, World

__all__ = ["page"]

F2 = "\x1bOQ"
PATIENCE = 60.0


@pytest.fixture
async def server(practice_sqlite: str) -> AsyncIterator[TestServer]:
    place = addresses.place_of(Board.get())
    environment = {"ESIS_DATABASE_URL": practice_sqlite, "ESIS_IDLE_SECONDS": "1", **DRIVER}
    serving = Serving(Guard("127.0.0.1"), Sessions(2, 1800), addresses.find, program_of, place, environment)
    async with TestServer(serving.application()) as server:
        yield server


async def seen(connection: aiohttp.ClientWebSocketResponse, part: str) -> None:
    """Read until this was drawn."""
    drawn = ""
    async with asyncio.timeout(PATIENCE):
        while part not in drawn:
            message = await connection.receive()
            drawn += message.data.decode() if message.type == aiohttp.WSMsgType.BINARY else ""


async def hears(connection: aiohttp.ClientWebSocketResponse, *message: str) -> None:
    """Read until the page has received this."""
    async with asyncio.timeout(PATIENCE):
        while (said := await connection.receive()).type != aiohttp.WSMsgType.TEXT or said.json() != list(message):
            assert said.type in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY)


async def test_a_page_opens_at_the_sign_in_screen_of_its_board_and_works_lessons_too(server: TestServer) -> None:
    place = addresses.place_of(Board.get())
    own = {"Origin": f"http://127.0.0.1:{server.port}"}
    async with aiohttp.ClientSession() as browser:
        address = server.make_url(f"{place.path}/ws?width=120&height=36")
        connection = await browser.ws_connect(address, headers=own)
        await seen(connection, "Wachtwoord")
        for typed in ("rovict", "\t", "verkeerd", F2):
            await connection.send_json(["stdin", typed])
        await seen(connection, "Gebruiker of wachtwoord klopt niet")
        assert Tries.get().wrong == 1
        for typed in ("\x7f" * 8, "oefenen", F2):
            await connection.send_json(["stdin", typed])
        await seen(connection, "Welkom")
        await hears(connection, "stake", "")
        await connection.send_json(["resize", {"width": 132, "height": 40}])
        for typed in ("\x10", "Oefeningen", "\r"):
            await connection.send_json(["stdin", typed])
        await seen(connection, "begint de les")
        for typed in ("\r", "\r"):
            await connection.send_json(["stdin", typed])
        await seen(connection, "Opdracht 1")
        assert LessonProgress.get().board_id == place.board_id, "the trainer's overview of the class has it"
        await connection.send_json(["stdin", "\x11"])
        await seen(connection, "Les '")
        await connection.send_json(["stdin", "\x11"])
        await hears(connection, "ended", endings.STOPPED)


async def test_a_program_bears_any_bytes_and_leaves_by_itself_when_its_server_is_gone(practice_sqlite: str) -> None:
    place = addresses.place_of(Board.get())
    session = await Session.start(program_of(place), (80, 24), {"ESIS_DATABASE_URL": practice_sqlite, **DRIVER})
    to_see = ["Wachtwoord", "x\N{REPLACEMENT CHARACTER}y"]
    try:
        async with asyncio.timeout(PATIENCE):
            async for packet in session.packets():
                if to_see and isinstance(packet, bytes) and to_see[0] in packet.decode():
                    del to_see[0]
                    if to_see:
                        await session._send(b"D", b"x\xffy")
                    else:
                        session._process.stdin.close()  # type: ignore[union-attr]
            assert await session.status() == 0
    finally:
        await session.end()
    assert not to_see


async def test_in_chromium_one_signs_in_by_keyboard_and_nothing_comes_from_another_host(
    server: TestServer, page: Any
) -> None:
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    own = f"http://127.0.0.1:{server.port}"
    await page.goto(f"{own}{addresses.place_of(Board.get()).path}?ping=http://example.invalid")
    await page.wait_for_selector("body.-first-byte", timeout=PATIENCE * 1000)
    assert await page.evaluate("document.fonts.check('16px \"Roboto Mono\"')")
    assert await page.evaluate("document.activeElement.className") == "xterm-helper-textarea"
    await page.keyboard.type("iemand")
    await page.keyboard.press("Tab")
    await page.keyboard.type("verkeerd")
    await page.keyboard.press("F2")
    async with asyncio.timeout(PATIENCE):
        while not Tries.select().where(Tries.name == "iemand").exists():
            await asyncio.sleep(0.05)
    await page.keyboard.press("Control+q")
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("text=Opnieuw openen", timeout=PATIENCE * 1000)
    assert not wrong
    assert {url.split("/")[2] for url in asked if not url.startswith("data:")} == {f"127.0.0.1:{server.port}"}


async def test_in_chromium_a_page_of_another_site_gets_nowhere(server: TestServer, page: Any) -> None:
    path = addresses.place_of(Board.get()).path
    await page.goto("data:text/html,<p>elders</p>")
    tried = await page.evaluate(
        """address => new Promise(done => {
             const socket = new WebSocket(address);
             socket.onopen = () => done("open"); socket.onerror = () => done("refused");
           })""",
        f"ws://127.0.0.1:{server.port}{path}/ws?width=80&height=24",
    )
    assert tried == "refused"


PASTED = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.querySelector(".xterm-helper-textarea").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data}));
}"""
COPIES_FORM = "echo \x1b]52;c;aW4gZm9ybQ==\x07"
"""The program copies `in form`, which is what it understands when it is pasted."""


async def test_in_chromium_the_page_copies_and_pastes_asks_before_something_is_lost_and_says_why_it_stopped(
    world: World, page: Any
) -> None:
    asked: list[str] = []

    async def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        await dialog.dismiss()

    page.on("dialog", stay)
    await page.goto(f"http://{world.authority}{KLAS.path}")
    await page.wait_for_selector("body.-first-byte")
    await page.evaluate(PASTED, COPIES_FORM)
    for _ in range(100):
        await page.keyboard.press("Control+v")
        if await page.evaluate("document.querySelector('.ended').dataset.stake") == "form":
            break
        await asyncio.sleep(0.02)
    assert [visit.unsigned_since for visit in world.sessions.visits] == [None]
    await page.evaluate(PASTED, "x" * (LARGEST + 1))
    assert "te veel om in één keer te plakken" in await page.inner_text(".notice")
    await page.keyboard.press("x")  # a browser asks only where somebody did something
    await page.evaluate("setTimeout(() => location.reload(), 0)")
    async with asyncio.timeout(PATIENCE):
        while not asked:
            await asyncio.sleep(0.01)
    assert asked == ["beforeunload"]
    os.kill(world.pids[0], signal.SIGKILL)
    await page.wait_for_selector("text=Opnieuw openen")
    told = await page.inner_text(".ended")
    assert endings.KILLED in told
    assert "ingevuld" in told
    assert "Meld u opnieuw aan" not in told


async def test_in_chromium_a_copy_that_fails_is_told_and_can_be_pasted_in_the_program(world: World, page: Any) -> None:
    sent: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    await page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'clipboard', {get: () => undefined}); document.execCommand = () => false"
    )
    await page.goto(f"http://{world.authority}{KLAS.path}")
    await page.wait_for_selector("body.-first-byte")
    await page.evaluate(PASTED, COPIES_FORM)
    await page.wait_for_selector("text=Ctrl+Shift+V")
    await page.keyboard.press("Control+v")
    async with asyncio.timeout(PATIENCE):
        while '["stdin","\\u0016"]' not in sent:
            await asyncio.sleep(0.01)
