"""The way to the hub for a trainer in a terminal: a socket in the runtime folder, of this user only.

A message is a line of JSON. The first one a program sends is `{"say": "hello", "board": NUMBER}`. Windows has no such
sockets: there a trainer uses the browser.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import platformdirs

from app.platform_parts import connect_to_own, is_private, listen_for_own
from app.serving.desk.hub import Hub
from app.serving.desk.line import Line
from app.serving.desk.messages import LONGEST_LINE, Message
from models.schema import sqlite_file

AGAIN = 5.0
"""Seconds between looks whether the server that answers is still there."""


def address_of(database_url: str) -> Path:
    """Where the server of a database listens."""
    file = sqlite_file(database_url)
    digest = hashlib.sha256(str(file or database_url).encode()).hexdigest()[:16]
    with warnings.catch_warnings():  # of a system without such a folder, where it lies in the temporary one
        warnings.simplefilter("ignore")
        return platformdirs.user_runtime_path("esis") / f"{digest}.sock"


@asynccontextmanager
async def listening(hub: Hub, address: Path) -> AsyncIterator[bool]:
    """Answer programs of this user within this context; whether it does from the beginning. It does not where another
    server of this database answers, which it follows up once that has ended, nor where there is no folder that is this
    user's own.
    """
    door = _Door(hub, address)
    await door.open()
    waiting = asyncio.create_task(door.follow_up())
    try:
        yield door.is_open
    finally:
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        door.close()


class _Door:
    """The socket, once it could be had."""

    def __init__(self, hub: Hub, address: Path) -> None:
        self._hub, self._address = hub, address
        self._server: asyncio.AbstractServer | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def is_open(self) -> bool:
        return self._server is not None

    async def open(self) -> None:
        free, self._hub.beside_another = await _free(self._address)
        if free:
            with suppress(OSError):
                self._server = await listen_for_own(str(self._address), self._answer, LONGEST_LINE)

    async def follow_up(self) -> None:
        """Open it as soon as nobody else has."""
        while not self.is_open:
            await asyncio.sleep(AGAIN)
            await self.open()

    def close(self) -> None:
        if self._server is not None:
            with suppress(OSError):
                self._address.unlink()  # first, or it could be that of who follows up
            self._server.close()
        for writer in self._writers:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            await _answer(self._hub, reader, writer)
        finally:
            self._writers.discard(writer)
            writer.close()


async def _free(address: Path) -> tuple[bool, bool]:
    """Whether one can listen there, and whether somebody else does; what a killed server left is taken away."""
    try:
        address.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not is_private(address.parent.stat()):
            return False, False
        _, writer = await connect_to_own(str(address), LONGEST_LINE)
    except FileNotFoundError:
        return True, False
    except ConnectionRefusedError:
        with suppress(OSError):
            address.unlink()
        return True, False
    except OSError:
        return False, False
    writer.close()
    return False, True


async def _answer(hub: Hub, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    match await read(reader):
        case {"say": "hello", "board": int(board_id)}:
            pass
        case _:
            return

    async def write(message: Message) -> None:
        await say(writer, message)

    line = Line(hub, board_id, write, page=False)
    try:
        while (message := await read(reader)) is not None:
            line.heard(message)
    finally:
        line.close()


async def read(reader: asyncio.StreamReader) -> Message | None:
    """The next message; None at the end, and for what is none."""
    try:
        found = json.loads(await reader.readline())
    except (ValueError, RecursionError, OSError):
        return None
    return found if isinstance(found, dict) else None


async def say(writer: asyncio.StreamWriter, message: Message) -> None:
    """Send a message. Raises `OSError` when the other end is gone."""
    writer.write(json.dumps(message).encode() + b"\n")
    await writer.drain()


async def connect(database_url: str, board_id: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to the hub of this database. Raises `OSError` if there is none here, or none of this user."""
    address = address_of(database_url)
    if not is_private(address.parent.stat()):
        raise PermissionError(str(address.parent))
    reader, writer = await connect_to_own(str(address), LONGEST_LINE)
    await say(writer, {"say": "hello", "board": board_id})
    return reader, writer
