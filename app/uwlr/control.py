"""The control API: JSON on a port of its own, for test runs that each want a board, a clock, faults and a journal.

On loopback only, with a key. What makes and resets boards lies above this layer and is handed in (`Boards`); it answers
for practice boards of the web service only. Errors are `{"error": sentence}`.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any, TypeVar

from aiohttp import web

from app import clock
from app.access import NotAllowed
from app.refusals import NotFound, Refused
from app.serving.running import handling
from app.uwlr import disturbing, journal
from app.uwlr.asked import Wrong, body_of, query_of
from app.uwlr.control_boards import Boards as Boards
from app.uwlr.disturbing import FaultForm
from models.base import connected

HOST = "127.0.0.1"
LARGEST = 1 << 16
"""Bytes of a request."""
LONGEST = 300.0
"""Seconds that one request may wait for a call."""
AT_ONCE = 4
"""Boards that are made, reset or moved in time at once; more wait, so that calls of the service need not."""
_LOOK = 0.25
"""Seconds between two looks for a call that another program has written down."""
_Found = TypeVar("_Found")
_STATUS: tuple[tuple[type[Exception], int], ...] = ((Wrong, 400), (NotFound, 404), (NotAllowed, 403), (Refused, 409))
_MINE, _NUMBER = "/boards/{board}", "{number:[0-9]{1,9}}"


@dataclass
class Control:
    """The API; `failed` tells of a fault of our own. `port` is known once it is open."""

    boards: Boards
    failed: Callable[[Exception], str] = str
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    port: int = 0

    def __post_init__(self) -> None:
        self._written = asyncio.Event()
        self._workers = ThreadPoolExecutor(AT_ONCE, "control")

    @property
    def address(self) -> str:
        """Where it is, once it is open."""
        return f"http://{HOST}:{self.port}"

    def noted(self, _number: int) -> None:
        """A call was written down: who waits looks again. In the event loop."""
        self._written.set()
        self._written = asyncio.Event()

    async def beside(self, _application: web.Application) -> AsyncIterator[None]:
        """Open while an application runs (its `cleanup_ctx`). Raises `Refused` when the port is taken."""
        runner = web.AppRunner(self.application(), shutdown_timeout=0.1, **handling())
        await runner.setup()
        try:
            try:
                await web.TCPSite(runner, HOST, self.port).start()
            except OSError as error:
                raise Refused(
                    f"Op {HOST} poort {self.port} kan niet geluisterd worden. Kies met --control-port een andere, of 0."
                ) from error
            self.port = runner.addresses[0][1]
            yield
        finally:
            await runner.cleanup()
            self._workers.shutdown(wait=False, cancel_futures=True)

    def application(self) -> web.Application:
        """The aiohttp application."""
        app = web.Application(client_max_size=LARGEST, middlewares=[self._guarded])
        for method, path, answer, _ in self._routes():
            app.router.add_route(method, path, answer)
        return app

    def _routes(self) -> list[tuple[str, str, Callable[[web.Request], Awaitable[web.Response]], str]]:
        return [
            ("GET", "/", self._overview, "dit overzicht"),
            ("GET", "/boards", self._all, "de oefenbesturen"),
            ("POST", "/boards", self._make, "maak er een; name, school_year"),
            ("GET", _MINE, self._show, "een bestuur, met zijn adressen en sleutel; {board} is zijn naam of slug"),
            ("DELETE", _MINE, self._remove, "verwijder het"),
            ("POST", f"{_MINE}/reset", self._reset, "terug naar de beginstand; school_year"),
            ("POST", f"{_MINE}/clock", self._clock, "zet de schooltijd vooruit; to (moment) of until (morning)"),
            ("GET", f"{_MINE}/faults", self._faults, "de storingen"),
            ("POST", f"{_MINE}/faults", self._put_fault, f"zet een storing; {', '.join(asdict(FaultForm('')))}"),
            ("DELETE", f"{_MINE}/faults", self._clear_faults, "haal alle storingen weg"),
            ("DELETE", f"{_MINE}/faults/{_NUMBER}", self._clear_faults, "haal een storing weg"),
            ("GET", f"{_MINE}/journal", self._journal, "het berichtenverkeer; ?operation, outcome, after, limit"),
            ("DELETE", f"{_MINE}/journal", self._clear_journal, "wis het berichtenverkeer"),
            (
                "GET",
                f"{_MINE}/journal/{_NUMBER}",
                self._message,
                "een bericht, met wat over de lijn ging",
            ),
            ("GET", f"{_MINE}/wait", self._wait, "wacht op een bericht; ?operation, outcome, after, seconds"),
        ]

    @web.middleware
    async def _guarded(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Nothing without the key; everything that goes wrong becomes a sentence."""
        if not self._opens(request):
            return _error(401, "De sleutel ontbreekt of klopt niet. Geef control_key mee in de header X-Sleutel.")
        try:
            return await handler(request)
        except tuple(kind for kind, _ in _STATUS) as refusal:
            return _error(next(status for kind, status in _STATUS if isinstance(refusal, kind)), str(refusal))
        except web.HTTPException as error:
            return _error(error.status, _in_words(error))
        except Exception as error:
            return _error(500, await asyncio.to_thread(self.failed, error))

    def _opens(self, request: web.Request) -> bool:
        bearer, _, shown = request.headers.get("Authorization", "").partition(" ")
        given = request.headers.get("X-Sleutel") or (shown if bearer.lower() == "bearer" else "")
        return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self.key.encode())

    async def _quickly(self, work: Callable[[], _Found]) -> _Found:
        return await asyncio.to_thread(_connected, work)

    async def _slowly(self, work: Callable[[], _Found]) -> _Found:
        return await asyncio.get_running_loop().run_in_executor(self._workers, _connected, work)

    async def _board(self, request: web.Request) -> int:
        return await self._quickly(partial(self.boards.find, request.match_info["board"]))

    async def _overview(self, _request: web.Request) -> web.Response:
        routes = [
            {"method": method, "path": path.replace(_NUMBER, "{number}"), "does": does}
            for method, path, _, does in self._routes()
        ]
        kinds = [{"kind": one.id, "does": one.text, "klantcode": one.magic} for one in disturbing.KINDS.values()]
        return _json({"routes": routes, "faults": kinds})

    async def _all(self, _request: web.Request) -> web.Response:
        return _json(await self._quickly(self.boards.all))

    async def _make(self, request: web.Request) -> web.Response:
        asked = await body_of(request, name="", school_year="")
        number = await self._slowly(partial(self.boards.make, asked["name"], asked["school_year"]))
        return _json(await self._quickly(partial(self.boards.shown, number)), 201)

    async def _show(self, request: web.Request) -> web.Response:
        return _json(await self._quickly(partial(self.boards.shown, await self._board(request))))

    async def _remove(self, request: web.Request) -> web.Response:
        await self._slowly(partial(self.boards.remove, await self._board(request)))
        return _json({})

    async def _reset(self, request: web.Request) -> web.Response:
        board = await self._board(request)
        asked = await body_of(request, school_year="")
        await self._slowly(partial(self.boards.reset, board, asked["school_year"]))
        return _json(await self._quickly(partial(self.boards.shown, board)))

    async def _clock(self, request: web.Request) -> web.Response:
        board = await self._board(request)
        asked = await body_of(request, to="", until="")
        if bool(asked["to"]) == bool(asked["until"]) or asked["until"] not in ("", "morning"):
            raise Wrong('Geef "to" met een moment, zoals 2020-04-15T08:00, of "until" met morning.')
        to = clock.parse_moment(asked["to"]) if asked["to"] else None
        await self._slowly(partial(self.boards.advance, board, to))
        return _json(await self._quickly(partial(self.boards.shown, board)))

    async def _faults(self, request: web.Request) -> web.Response:
        board = await self._board(request)
        rows = await self._quickly(lambda: [disturbing.as_json(row) for row in disturbing.listed(board)])
        return _json(rows)

    async def _put_fault(self, request: web.Request) -> web.Response:
        board = await self._board(request)
        asked = await body_of(request, **asdict(FaultForm("")))
        form = FaultForm(**asked)
        try:
            form.checked()
        except Refused as wrong:
            raise Wrong(wrong.sentence) from None
        made = await self._quickly(lambda: disturbing.as_json(disturbing.put(self.boards.trainer(board), form)))
        return _json(made, 201)

    async def _clear_faults(self, request: web.Request) -> web.Response:
        board = await self._board(request)
        number = int(request.match_info["number"]) if "number" in request.match_info else None
        removed = await self._quickly(lambda: disturbing.remove(self.boards.trainer(board), number))
        return _json({"removed": removed})

    async def _journal(self, request: web.Request) -> web.Response:
        board = await self._board(request)
        asked = query_of(request, operation="", outcome="", after=-1, limit=200)
        if not 1 <= asked["limit"] <= journal.KEPT:
            raise Wrong(f"limit is een getal van 1 tot en met {journal.KEPT}.")
        after, limit = asked.pop("after"), asked.pop("limit")
        first = after if after >= 0 else None
        rows = await self._quickly(lambda: list(map(journal.as_json, journal.listed(board, first, limit, **asked))))
        return _json(rows)

    async def _message(self, request: web.Request) -> web.Response:
        board, number = await self._board(request), int(request.match_info["number"])
        found = await self._quickly(lambda: journal.get(board, number))
        if found is None:
            raise NotFound(f"Er is geen bericht {number} op dit bestuur.")
        return _json(journal.as_json(found, whole=True))

    async def _clear_journal(self, request: web.Request) -> web.Response:
        board = await self._board(request)
        return _json({"removed": await self._quickly(lambda: journal.clear(self.boards.trainer(board)))})

    async def _wait(self, request: web.Request) -> web.Response:
        """The first call that fits, as soon as it is there; without `after` only one that is still to come."""
        board = await self._board(request)
        asked = query_of(request, operation="", outcome="", after=-1, seconds=20.0)
        if not 0 <= asked["seconds"] <= LONGEST:
            raise Wrong(f"seconds is een getal van 0 tot en met {LONGEST:.0f}.")
        seconds, after = asked.pop("seconds"), asked.pop("after")
        if after < 0:
            after = await self._quickly(lambda: journal.newest(board))
        try:
            async with asyncio.timeout(seconds):
                while True:
                    written = self._written
                    found = await self._quickly(lambda: journal.listed(board, after, 1, **asked))
                    if found:
                        return _json(journal.as_json(found[0]))
                    await _either(written, _LOOK)
        except TimeoutError:
            raise NotFound("Er kwam in die tijd geen bericht dat voldoet.") from None


async def _either(written: asyncio.Event, seconds: float) -> None:
    """Until something is written down here, or a while has passed."""
    try:
        await asyncio.wait_for(written.wait(), seconds)
    except TimeoutError:
        return


def _connected(work: Callable[[], _Found]) -> _Found:
    with connected():
        return work()


def _in_words(error: web.HTTPException) -> str:
    if error.status == 404:
        return "Dit pad bestaat niet. GET / noemt wat er is."
    if error.status == 405:
        return "Zo kan dit pad niet worden aangeroepen. GET / noemt wat er is."
    return "Het verzoek is te groot." if error.status == 413 else f"Het verzoek klopt niet (HTTP {error.status})."


def _json(data: Any, status: int = 200) -> web.Response:
    return web.json_response(data, status=status, dumps=partial(json.dumps, ensure_ascii=False))


def _error(status: int, sentence: str) -> web.Response:
    return _json({"error": sentence}, status)
