"""The traffic between a page and its program: what is passed on, what is not, and how it ends."""

from __future__ import annotations

import errno
import os
import signal

import aiohttp
import pytest

from app.serving import endings
from app.serving.page import LARGEST
from app.serving.session import Session
from tests.serving.conftest import KLAS, World, ending, painted


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", endings.KILLED),
        ("end 0", endings.STOPPED),
        ("end 3", endings.FAILED),
        ("end 143", endings.KILLED),
        ("fail De schijf is vol.", "De schijf is vol."),
    ],
)
async def test_a_program_that_is_gone_closes_its_page_with_a_word_and_frees_the_place(
    world: World, typed: str, why: str
) -> None:
    connection = await world.connect()
    if typed:
        await connection.send_json(["stdin", typed])
    else:
        os.kill(world.pids[0], signal.SIGKILL)
    assert await ending(connection) == why
    await world.until(lambda: not world.sessions.visits)


async def test_of_what_a_program_tells_the_page_hears_only_what_is_for_it(world: World) -> None:
    connection = await world.connect()
    await connection.send_json(["stdin", "in form"])
    assert await connection.receive_json() == ["stake", "form"]
    await connection.send_json(["stdin", "other"])
    assert await painted(connection) == b"anders"


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "{",
        "[]",
        '["stdin"]',
        '["stdin", 3]',
        '["quit"]',
        '["resize", {"width": "x"}]',
        '["deliver", "x"]',
        "[" * 5000,
    ],
)
async def test_what_no_page_sends_closes_the_connection_with_a_word(world: World, sent: str) -> None:
    connection = await world.connect()
    await connection.send_str(sent)
    assert await ending(connection) == endings.STRANGE
    await world.until(lambda: not world.sessions.visits)


async def test_much_may_be_pasted_at_once_and_too_much_is_no_way_in(world: World) -> None:
    connection = await world.connect()
    await connection.send_json(["stdin", "length " + "x" * (LARGEST - 100)])
    assert await painted(connection) == str(LARGEST - 93).encode()
    await connection.send_json(["stdin", "x" * LARGEST])
    assert (await connection.receive()).type == aiohttp.WSMsgType.CLOSE
    await world.until(lambda: not world.sessions.visits)


async def test_bytes_that_are_no_text_close_the_connection(world: World) -> None:
    connection = await world.connect()
    await connection._writer.send_frame(b'["stdin", "\xff\xfe"]', aiohttp.WSMsgType.TEXT)
    assert (await connection.receive()).type == aiohttp.WSMsgType.CLOSE
    await world.until(lambda: not world.sessions.visits)


async def test_a_program_that_cannot_be_started_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*_: object) -> None:
        raise OSError(errno.ENOSPC, "geheim")

    monkeypatch.setattr(Session, "start", fails)
    connection = await world.browser.ws_connect(world.server.make_url(f"{KLAS.path}/ws"), headers=world.own)
    assert await ending(connection) == endings.NOT_STARTED.format("De schijf is vol.")
