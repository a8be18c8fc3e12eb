"""An open page: passes its input to its program, and the program's output to the page.

The page sends JSON lists, as the script of textual-serve does: `["stdin", TEXT]`, `["focus"]`, `["blur"]`, `["resize",
{"width": N, "height": N}]`, `["ping", TEXT]`. It receives bytes to draw, `["pong", TEXT]`, and our own messages
(`static/page.js`, `keys.js`): `["say", SENTENCE]`, `["stake", "form" | ""]`, `["keys", [[WHAT IS TYPED, LABEL], ...]]` and,
as the last, `["ended", WHY]`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from app.serving import endings
from app.serving.desk.hub import Hub
from app.serving.desk.line import Line
from app.serving.desk.messages import Message
from app.serving.session import DESK, Session, Told
from app.serving.sessions import Sessions, Visit
from app.workers import mishaps

LARGEST = 1 << 20
"""Bytes in one message, which limits a paste. The page itself refuses more, with a sentence."""
_BEAT = 15.0
"""Seconds after which a browser that does not respond is considered gone."""
_WIDTHS, _HEIGHTS = (20, 500), (5, 200)


class Page:
    """The connection of a visit."""

    def __init__(self, sessions: Sessions, visit: Visit, hub: Hub, board_id: int) -> None:
        self._sessions, self._visit = sessions, visit
        self._hub, self._board_id = hub, board_id
        self._socket = web.WebSocketResponse(heartbeat=_BEAT, timeout=2.0, max_msg_size=LARGEST + 1)
        self._failed = ""
        self._keys: tuple[tuple[str, str], ...] = ()
        self._leaving: asyncio.Task[None] | None = None

    async def serve(
        self, request: web.Request, command: Sequence[str], environment: Mapping[str, str]
    ) -> web.WebSocketResponse:
        """Serve until the program ends or the page closes; then both are gone."""
        await self._socket.prepare(request)
        size = _within(request.query.get("width"), _WIDTHS, 80), _within(request.query.get("height"), _HEIGHTS, 24)
        try:
            session = await Session.start(command, size, environment)
        except OSError as error:
            await self._send(["ended", endings.NOT_STARTED.format(mishaps.told(error))])
            await self._socket.close()
            return self._socket

        async def to_program(message: Message) -> None:
            await session.tell(**message, type=DESK)

        line = Line(self._hub, self._board_id, to_program, page=True)
        drawing = asyncio.create_task(self._draw(session, line))
        self._visit.session, self._visit.say = session, self._say
        try:
            if not self._visit.ended:  # the server may have stopped in the meantime
                await self._listen(session)
        finally:
            line.close()
            await session.end()
            await drawing
        return self._socket

    async def _listen(self, session: Session) -> None:
        async for message in self._socket:
            match _understood(message.data) if message.type == WSMsgType.TEXT else None:
                case ["stdin", str(typed)]:
                    self._sessions.used(self._visit)
                    await session.type(typed)
                case ["resize", {"width": int(width), "height": int(height)}]:
                    width, height = _within(width, _WIDTHS, 80), _within(height, _HEIGHTS, 24)
                    await session.tell(type="resize", width=width, height=height)
                case ["focus" | "blur" as what]:
                    await session.tell(type=what)
                case ["ping", str(sent)]:
                    await self._send(["pong", sent[:40]])
                case _:
                    await self._send(["ended", endings.STRANGE])
                    await self._socket.close(code=WSCloseCode.POLICY_VIOLATION)

    async def _draw(self, session: Session, line: Line) -> None:
        """Forward what the program draws and says; when it ends, close the page with the reason. Output after the
        browser has gone is read too, or the program could not exit.
        """
        async for packet in session.packets():
            if isinstance(packet, Told):
                await self._heard(packet, session)
            elif isinstance(packet, dict):
                line.heard(packet)
            else:
                with suppress(ConnectionError):
                    await self._socket.send_bytes(packet)
        why = self._visit.ended or self._failed or endings.by_status(await session.status())
        await self._send(["ended", why])
        await self._socket.close()

    async def _heard(self, told: Told, session: Session) -> None:
        if told.failed:
            self._failed = told.failed
        elif self._sessions.signed(self._visit, told.signed_in):
            await self._send(["stake", told.at_stake])
            if told.keys != self._keys:
                self._keys = told.keys
                await self._send(["keys", list(map(list, told.keys))])
        elif self._leaving is None:  # concurrently, because the program's output must still be read while it exits
            self._leaving = asyncio.create_task(session.end())

    async def _say(self, sentence: str) -> None:
        await self._send(["say", sentence])

    async def _send(self, message: list[Any]) -> None:
        with suppress(ConnectionError):
            await self._socket.send_json(message)


def _understood(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _within(value: object, limits: tuple[int, int], otherwise: int) -> int:
    try:
        return min(max(int(str(value)), limits[0]), limits[1])
    except ValueError:
        return otherwise
