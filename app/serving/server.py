"""The server: a page for each board, its files, and the connection between a page and its program."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import WSCloseCode, WSMsgType, web

from app.serving import guard, pages
from app.serving.addresses import Place
from app.serving.guard import Guard, NotOurs
from app.serving.session import Session
from app.serving.sessions import Full, Sessions, Visit
from app.settings import VISITOR

_LARGEST = 1 << 16
"""Bytes in one message: a page of text, pasted."""
_BEAT = 15.0
"""Seconds after which a browser that does not answer is taken to be gone."""
_LOOK = 5.0
"""Seconds between two looks for sessions that nobody uses."""
_WIDTHS, _HEIGHTS = (20, 500), (5, 200)
_FULL = (
    "Alle plaatsen zijn bezet",
    "Er zijn op dit moment {most} sessies open, en meer mogen er niet. Sluit een venster dat niemand gebruikt, of wacht tot "
    "iemand stopt, en laad deze pagina dan opnieuw.",
)
_NOT_THERE = ("Dit adres is er niet", "Kijk het adres na op uw blad, of vraag het aan uw trainer.")
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Serving:
    """What is served: `find` gives the board of an address, `command` the program that is started for it."""

    guard: Guard
    sessions: Sessions
    find: Callable[[str], Place | None]
    command: Callable[[Place], Sequence[str]]
    first: Place
    """The board of the address without a board."""
    environment: Mapping[str, str] = field(default_factory=dict)

    def application(self) -> web.Application:
        """What aiohttp runs."""
        app = web.Application(middlewares=[self._guarded])
        app.on_response_prepare.append(guard.add_headers)
        app.cleanup_ctx.append(self._looking)
        app.on_shutdown.append(self._stopped)
        app.add_routes([
            web.get("/", self._first), web.get("/static/{name}", self._file),
            web.get("/b/{slug}", self._page), web.get("/b/{slug}/ws", self._connected),
        ])  # fmt: skip
        return app

    @web.middleware
    async def _guarded(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        try:
            self.guard.check(request)
            return await handler(request)
        except NotOurs as refusal:
            return _said(403, "Geweigerd", str(refusal))
        except Full:
            return _said(503, _FULL[0], _FULL[1].format(most=self.sessions.most))
        except web.HTTPNotFound:
            return _said(404, *_NOT_THERE)

    async def _first(self, _request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(self.first.path)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        path = pages.files().get(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={"Content-Type": pages.content_type(path)})

    async def _page(self, request: web.Request) -> web.StreamResponse:
        place = await self._place(request)
        if request.query_string:  # the terminal's script reads settings there, such as an address to ask first
            raise web.HTTPFound(place.path)
        if self.sessions.full:
            raise Full
        scheme = "wss" if request.secure else "ws"
        websocket = f"{scheme}://{request.headers['Host']}{place.path}/ws"
        return web.Response(text=pages.terminal(place.name, websocket, place.path), content_type="text/html")

    async def _place(self, request: web.Request) -> Place:
        place = await asyncio.to_thread(self.find, request.match_info["slug"])
        if place is None:
            raise web.HTTPNotFound
        return place

    async def _connected(self, request: web.Request) -> web.StreamResponse:
        self.guard.check_page(request)
        place = await self._place(request)
        with self.sessions.visit() as visit:
            websocket = web.WebSocketResponse(heartbeat=_BEAT, timeout=2.0, max_msg_size=_LARGEST)
            await websocket.prepare(request)
            size = _within(request.query.get("width"), _WIDTHS, 80), _within(request.query.get("height"), _HEIGHTS, 24)
            environment = {**self.environment, VISITOR: request.remote or ""}
            session = await Session.start(self.command(place), size, environment)
            visit.session = session
            drawing = asyncio.create_task(_draw(session, websocket))
            try:
                await self._listen(websocket, visit, session)
            finally:
                await session.end()
                await drawing
        return websocket

    async def _listen(self, websocket: web.WebSocketResponse, visit: Visit, session: Session) -> None:
        async for message in websocket:
            match _understood(message.data) if message.type == WSMsgType.TEXT else None:
                case ["stdin", str(typed)]:
                    self.sessions.used(visit)
                    await session.type(typed)
                case ["resize", {"width": int(width), "height": int(height)}]:
                    width, height = _within(width, _WIDTHS, 80), _within(height, _HEIGHTS, 24)
                    await session.tell(type="resize", width=width, height=height)
                case ["focus" | "blur" as what]:
                    await session.tell(type=what)
                case ["ping", str(sent)]:
                    await websocket.send_json(["pong", sent[:40]])
                case _:
                    await websocket.close(code=WSCloseCode.POLICY_VIOLATION)

    async def _looking(self, _app: web.Application) -> AsyncIterator[None]:
        async def look() -> None:
            while True:
                await asyncio.sleep(_LOOK)
                await self.sessions.end_idle()

        task = asyncio.create_task(look())
        yield
        task.cancel()

    async def _stopped(self, _app: web.Application) -> None:
        await self.sessions.end_all()


async def _draw(session: Session, websocket: web.WebSocketResponse) -> None:
    """Pass on what the program draws; the page closes when the program ends. What it draws when the browser has gone is
    read too, or it could not leave.
    """
    async for painted in session.drawn():
        with suppress(ConnectionError):
            await websocket.send_bytes(painted)
    await websocket.close()


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


def _said(status: int, title: str, text: str) -> web.Response:
    return web.Response(status=status, text=pages.message(title, text), content_type="text/html")
