"""The server: a page for each board, its files, and the connection between a page and its program."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from app.serving import guard, pages
from app.serving.addresses import Place
from app.serving.desk.hub import Hub
from app.serving.desk.local import listening
from app.serving.guard import Guard, NotOurs
from app.serving.page import LARGEST, Page
from app.serving.sessions import Full, Sessions
from app.settings import VISITOR, network_of
from app.workers import mishaps

_LOOK = 5.0
"""Seconds between two checks for idle sessions."""
_FULL = (
    "Alle plaatsen zijn bezet",
    "Er zijn op dit moment {most} sessies open, en meer mogen er niet. Sluit een venster dat niemand gebruikt, of wacht tot "
    "iemand stopt, en laad deze pagina dan opnieuw.",
)
_SOON = (
    "Een ogenblik geduld",
    "Er melden zich net veel mensen aan. Deze pagina probeert het elke vijf seconden vanzelf opnieuw. Staat er ergens een "
    "venster open waarin niemand zich aanmeldt? Sluit dat dan.",
)
_FAILED = (
    "Er ging iets mis",
    "Dat ligt niet aan u. Probeer het over een minuut opnieuw, en vraag het anders aan uw trainer. {told}",
)
_NOT_THERE = ("Dit adres is er niet", "Kijk het adres na op uw blad, of vraag het aan uw trainer.")
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Serving:
    """What is served: `find` returns the board of an address, `command` the program to start for it."""

    guard: Guard
    sessions: Sessions
    find: Callable[[str], Place | None]
    command: Callable[[Place], Sequence[str]]
    first: Place
    """The board shown at the bare address."""
    environment: Mapping[str, str] = field(default_factory=dict)
    failed: Callable[[Exception], str] = mishaps.told
    """Describes an error of the server itself; may log the details."""
    hub: Hub = field(default_factory=lambda: Hub(lambda _board, _user: "Deze server heeft geen trainer."))
    """The class, for the trainer's desk."""
    near: Callable[[str], Place | None] = lambda _slug: None
    """Returns the board of an address that only a browser on this machine may open."""
    desk: Path | None = None
    """Where a trainer in a terminal reaches it."""

    def application(self) -> web.Application:
        """The aiohttp application."""
        app = web.Application(middlewares=[self._guarded])
        app.on_response_prepare.append(guard.add_headers)
        app.cleanup_ctx.append(self._looking)
        app.on_shutdown.append(self._stopped)
        app.add_routes(
            [
                web.get("/", self._first),
                web.get("/static/{name}", self._file),
                web.get("/b/{slug}", self._page),
                web.get("/b/{slug}/ws", self._connected),
            ]
        )
        return app

    @web.middleware
    async def _guarded(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        try:
            self.guard.check(request)
            return await handler(request)
        except NotOurs as refusal:
            return _said(403, "Geweigerd", str(refusal))
        except Full as full:
            if full.soon:
                return _said(503, *_SOON, again=5)
            return _said(503, _FULL[0], _FULL[1].format(most=self.sessions.most))
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
            return _said(404, *_NOT_THERE)
        except web.HTTPException:
            raise
        except Exception as error:
            return _said(500, _FAILED[0], _FAILED[1].format(told=self.failed(error)))

    async def _first(self, _request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(self.first.path)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        path = pages.files().get(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={"Content-Type": pages.content_type(path)})

    async def _page(self, request: web.Request) -> web.StreamResponse:
        place = await self._place(request)
        if request.query_string:  # the terminal's script reads settings there, such as an address to fetch first
            raise web.HTTPFound(place.path)
        self.sessions.check(_address(request))
        scheme = "wss" if request.secure else "ws"
        websocket = f"{scheme}://{request.headers['Host']}{place.path}/ws"
        text = pages.terminal(place.name, websocket, place.path, LARGEST)
        return web.Response(text=text, content_type="text/html")

    async def _place(self, request: web.Request) -> Place:
        slug = request.match_info["slug"]
        place = await asyncio.to_thread(self.find, slug)
        if place is None and guard.is_loopback(request.remote or ""):
            place = await asyncio.to_thread(self.near, slug)
        if place is None:
            raise web.HTTPNotFound
        return place

    async def _connected(self, request: web.Request) -> web.StreamResponse:
        self.guard.check_page(request)
        place = await self._place(request)
        with self.sessions.visit(_address(request)) as visit:
            environment = {**self.environment, VISITOR: request.remote or ""}
            page = Page(self.sessions, visit, self.hub, place.board_id)
            return await page.serve(request, self.command(place), environment)

    async def _looking(self, _app: web.Application) -> AsyncIterator[None]:
        async def look() -> None:
            while True:
                await asyncio.sleep(_LOOK)
                await self.sessions.end_idle()

        task = asyncio.create_task(look())
        async with listening(self.hub, self.desk) if self.desk is not None else nullcontext():
            yield
        task.cancel()

    async def _stopped(self, _app: web.Application) -> None:
        await self.sessions.end_all()


def _address(request: web.Request) -> str:
    return network_of(request.remote or "")


def _said(status: int, title: str, text: str, again: int = 0) -> web.Response:
    """A page with this message; `again`: the browser reloads after so many seconds."""
    headers = {"Refresh": str(again)} if again else {}
    return web.Response(status=status, text=pages.message(title, text), content_type="text/html", headers=headers)
