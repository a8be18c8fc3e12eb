"""A program as the hub talks with it: in the order in which things are said, and nobody waits for who does not listen."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

from app.serving.desk.hub import Hub, Member
from app.serving.desk.messages import Frame, Message

MOST = 500
"""Messages that wait for a program that does not listen; what comes after them is lost on it."""


class Line:
    """Both directions of one program's connection. Two frames that wait become one."""

    def __init__(self, hub: Hub, board_id: int, write: Callable[[Message], Awaitable[None]], *, page: bool) -> None:
        """`page`: of a learner, or of anybody, behind a page; else a trainer in a terminal."""
        self._hub, self._write = hub, write
        self._out: deque[Message] = deque()
        self._more = asyncio.Event()
        self._in: asyncio.Queue[Message] = asyncio.Queue()
        self.member: Member = hub.enter(board_id, self.put, page=page)
        self._tasks = [asyncio.create_task(self._send()), asyncio.create_task(self._hear())]

    def put(self, message: Message) -> None:
        """Say this as soon as the program listens."""
        if self._out and message["say"] == "frame" and (joined := _joined(self._out[-1], message)):
            self._out[-1] = joined
        elif len(self._out) < MOST:
            self._out.append(message)
        self._more.set()

    def heard(self, message: Message) -> None:
        """The program said this."""
        self._in.put_nowait(message)

    def close(self) -> None:
        """The program is gone: so are its taking over, its pause and what it shows."""
        for task in self._tasks:
            task.cancel()
        self._hub.leave(self.member)

    async def _send(self) -> None:
        while True:
            await self._more.wait()
            self._more.clear()
            while self._out:
                with suppress(OSError, RuntimeError):  # it is ending; who listens to it notices
                    await self._write(self._out.popleft())

    async def _hear(self) -> None:
        while True:
            await self._hub.hear(self.member, await self._in.get())


def _joined(before: Message, message: Message) -> Message | None:
    """One frame that has both, if they are of the same screen."""
    if before["say"] != "frame" or before.get("of") != message.get("of"):
        return None
    first, second = Frame.read(before), Frame.read(message)
    if first is None or second is None:
        return None
    of = {"of": message["of"]} if "of" in message else {}
    return {**second.after(first).message(), **of}
