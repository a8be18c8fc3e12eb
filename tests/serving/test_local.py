"""The way to the hub for a trainer in a terminal: a socket of this user, of one server at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from app.serving.desk import local
from app.serving.desk.hub import Hub
from app.serving.desk.messages import Here, Message
from tests.serving.members import PRACTICE, learner, no_reason


@pytest.fixture
def hub() -> Hub:
    return Hub(no_reason)


@pytest.fixture
def address(tmp_path: Path) -> Path:
    """Where the socket lies, in a folder of this user only."""
    folder = tmp_path / "esis"
    folder.mkdir(mode=0o700)
    return folder / "klas.sock"


@asynccontextmanager
async def terminal(address: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[..., Any]]:
    monkeypatch.setattr(local, "address_of", lambda _url: address)
    reader, writer = await local.connect(database, PRACTICE)

    async def ask(message: Message | None = None) -> Any:
        if message is not None:
            await local.say(writer, message)
        return await asyncio.wait_for(local.read(reader), 20)

    yield ask
    writer.close()


async def test_a_trainer_in_a_terminal_reaches_the_hub_by_a_socket_of_this_user(
    hub: Hub, address: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await learner(hub)
    async with local.listening(hub, address) as there:
        assert there
        assert address.stat().st_mode & 0o777 == 0o600
        async with local.listening(hub, address) as second:
            assert not second, "another server of this database answers already"
        async with terminal(address, "", monkeypatch) as ask:
            await ask_only(ask, Here("trainer", leads=True).message())
            told = await ask({"say": "desk", "on": True})
            assert list(told["seats"]) == [str(one.number)]
            await ask_only(ask, {"say": "pause", "on": True})
            assert (await ask())["paused"]
        async with asyncio.timeout(20):
            while hub.paused_by is not None:
                await asyncio.sleep(0.01)
        assert [told["on"] for told in one.of("pause")] == [True, False]
    assert not address.exists()


async def test_a_second_server_of_a_database_follows_the_first_up(
    hub: Hub, address: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "AGAIN", 0.01)
    one = await learner(hub)
    async with AsyncExitStack() as second:
        async with local.listening(Hub(no_reason), address):
            assert not await second.enter_async_context(local.listening(hub, address))
            assert hub.beside_another
        async with asyncio.timeout(20):
            while not address.exists():
                await asyncio.sleep(0.01)
        assert not hub.beside_another
        async with terminal(address, "", monkeypatch) as ask:
            await ask_only(ask, Here("trainer", leads=True).message())
            assert list((await ask({"say": "desk", "on": True}))["seats"]) == [str(one.number)]
    assert not address.exists()


async def ask_only(ask: Callable[..., Any], message: Message) -> None:
    """Say something that has no answer."""
    task = asyncio.create_task(ask(message))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_folder_that_others_can_open_is_no_place_for_it(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    async with local.listening(hub, tmp_path / "open" / "klas.sock") as there:
        assert not there


async def test_what_a_killed_server_left_is_taken_away(hub: Hub, address: Path) -> None:
    server = await asyncio.start_unix_server(lambda *_: None, str(address))
    server.close()
    await server.wait_closed()
    assert address.exists()
    async with local.listening(hub, address) as there:
        assert there
