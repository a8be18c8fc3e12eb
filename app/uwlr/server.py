"""The web service over HTTP, on aiohttp: addresses, WSDL, limits, and messages handed to a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import IO

from aiohttp import web
from peewee import PeeweeException

from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.answering import content_type, write_fault
from app.exchange.uwlr_xml.namespaces import PUPILS, SOAP_11, SOAP_12
from app.exchange.uwlr_xml.rules import FaultCode, Finding
from app.exchange.uwlr_xml.wsdl import definition, schema_file
from app.uwlr import addresses, certificates, handling, journal, spoiling
from app.uwlr.aside import no_room, put_aside
from app.uwlr.charset import as_declared
from app.uwlr.disturbing import RESET, Disturbance
from app.uwlr.door import Handler, Unheard
from app.uwlr.handling import Answer, Call, Manner
from app.uwlr.journal import Entry, Outcome
from app.uwlr.masking import KEPT, masked, scrubbed
from app.uwlr.passing import Passage
from app.uwlr.readiness import ready
from models.base import connected
from models.board import Board

AT_ONCE = 2
"""Messages answered at the same time; more wait. One may be large; more than two get in each other's way (measured)."""
CONNECTIONS = 4
"""Connections to the database that are kept: for each message, who writes the journal, and who looks for a board."""
_STATUS = {rules.TOO_LARGE.id: 413, rules.CUT_OFF.id: 408}


@dataclass
class Service:
    """What is served: `board_of` finds the board of a slug (empty: the first), `failed` tells of a fault of our own."""

    board_of: Callable[[str], int | None]
    manner: Manner = Manner()  # noqa: RUF009  # immutable
    failed: Callable[[Exception], str] = str
    passage: Passage = Passage()  # noqa: RUF009  # shared by the services of one program, as their disk is
    noted: Callable[[int], None] = lambda _number: None
    """Called with the number of each call that was written down."""

    def application(self) -> web.Application:
        """The aiohttp application."""
        app = web.Application(client_max_size=self.passage.largest, middlewares=[_heard])
        app[_PLACES] = asyncio.Semaphore(AT_ONCE)
        app.router.add_get("/gereed", partial(ready, self._is_ready))
        app.router.add_route("*", "/{tail:.*}", self._any)
        return app

    def _is_ready(self) -> bool:
        with connected():
            board_id = self.board_of("")
            return board_id is not None and Board.select().where(Board.id == board_id).exists()

    async def _any(self, request: web.Request) -> web.StreamResponse:
        slug, path = _split(request.path)
        board = await asyncio.to_thread(_here, self.board_of, slug)
        service = addresses.service_of(path)
        known = board is not None and service is not None
        if request.method in ("GET", "HEAD") and known:
            found = self._described(request, service or PUPILS)
            if found is not None:
                return found
        board_id = board if board is not None else await asyncio.to_thread(_here, self.board_of, "")
        assert board_id is not None, "a service has a board at the bare address"
        if request.method != "POST" or not known:
            return await self._not_a_message(request, board_id, known)
        return await self._message(request, board_id, service or "")

    async def unheard(self, told: Unheard) -> None:
        """Write down what was no request, on the board of the bare address."""
        board_id = await asyncio.to_thread(_here, self.board_of, "")
        assert board_id is not None, "a service has a board at the bare address"
        entry = Entry(board_id, client=told.client, size=told.size, status=told.status)
        entry.outcome, entry.fault, entry.finding = Outcome.REFUSED, str(told.finding.rule.code), told.finding
        entry.request, entry.told = masked(told.beginning), told.finding.sentence
        await self._note(entry)

    def _described(self, request: web.Request, service: str) -> web.Response | None:
        address = f"{request.scheme}://{request.host}{request.path}"
        asked = {name.lower(): value for name, value in request.query.items()}
        if "wsdl" in asked or "singlewsdl" in asked:
            return _xml(definition(service, address, single="singlewsdl" in asked))
        if "xsd" in asked:
            found = schema_file(service, address, asked["xsd"])
            return _xml(found) if found is not None else None
        return None

    async def _not_a_message(self, request: web.Request, board_id: int, known: bool) -> web.StreamResponse:
        """A call that is no message: written down too, with what would be right."""
        if known:
            finding = Finding(rules.METHOD, found=scrubbed(request.method[:20]), expected="POST, of GET met ?wsdl")
        else:
            finding = Finding(rules.ADDRESS, found=scrubbed(request.path)[:100], expected=", ".join(addresses.PATHS))
        entry = _entry(request, board_id)
        entry.outcome, entry.fault, entry.finding = Outcome.REFUSED, FaultCode.MESSAGE, finding
        entry.status, entry.told = 405 if known else 404, finding.sentence
        return await self._faulted(request, entry)

    async def _faulted(self, request: web.Request, entry: Entry, soap: str = SOAP_11) -> web.StreamResponse:
        with put_aside(self.passage.folder) as body:
            write_fault(body, soap, FaultCode(entry.fault), entry.told)
            entry.answer_size = body.tell()
            body.seek(0)
            entry.answer = body.read()
            number = await self._note(entry)
            if request.transport is None:  # that is what the entry says
                raise ConnectionResetError
            return await self._sent(request, body, entry.status, content_type(soap), number)

    async def _message(self, request: web.Request, board_id: int, service: str) -> web.StreamResponse:
        soap = SOAP_12 if request.content_type == "application/soap+xml" else SOAP_11
        with put_aside(self.passage.folder) as body:
            entry = _entry(request, board_id)
            entry.size, finding = await self.passage.receive(request, body)
            text = body
            try:
                if finding is None:
                    text, finding = await asyncio.to_thread(self._readable, body, request.charset or "")
                if finding is not None:
                    body.seek(0)
                    entry.request = masked(body.read(KEPT), "", self.manner.bodies)
                    ours = finding.rule is rules.NOT_NOW
                    entry.outcome = Outcome.FAILED if ours else Outcome.REFUSED
                    entry.fault, entry.finding, entry.told = finding.rule.code, finding, finding.sentence
                    entry.status = 503 if ours else _STATUS.get(finding.rule.id, 400)
                    return await self._faulted(request, entry, soap)
                owner = certificates.owner_of(request.get_extra_info("peercert"))
                media = request.content_type if "Content-Type" in request.headers else ""
                came = (entry.address, request.remote or "", _action(request), service)
                call = Call(board_id, text, entry.size, *came, certificate=owner, media=media)
                async with request.app[_PLACES]:
                    try:
                        answer = await asyncio.to_thread(self._answered, call)
                    except Exception as error:
                        entry.outcome, entry.fault, entry.status = Outcome.FAILED, FaultCode.INTERNAL, 500
                        entry.finding = Finding(rules.BROKEN)
                        entry.told = await asyncio.to_thread(self.failed, error)
                        return await self._faulted(request, entry, soap)
            finally:
                text.close()
                self.passage.room.give_back(entry.size)
        with answer.body:
            answer.entry.status = answer.status
            number = await self._note(answer.entry)
            return await self._sent(
                request, answer.body, answer.status, answer.content_type, number, answer.disturbance
            )

    def _readable(self, body: IO[bytes], charset: str) -> tuple[IO[bytes], Finding | None]:
        try:
            return as_declared(body, charset, self.passage.folder), None
        except OSError as error:
            return body, no_room(error)

    def _answered(self, call: Call) -> Answer:
        with connected():
            return handling.answer(call, self.manner)

    async def _note(self, entry: Entry) -> int:
        def write() -> int:
            with connected():
                return journal.write(entry)

        try:
            number = await asyncio.to_thread(write)
        except PeeweeException as error:  # a full disk, or a lock that lasts: what was done is answered all the same
            await asyncio.to_thread(self.failed, error)
            return 0
        if number:
            self.noted(number)
        return number

    async def _sent(
        self,
        request: web.Request,
        body: IO[bytes],
        status: int,
        media: str,
        number: int,
        disturbance: Disturbance | None = None,
    ) -> web.StreamResponse:
        """Send the answer to the call with this number; a caller who did not wait for it is written down."""
        try:
            if not await spoiling.on_its_way(disturbance, request):
                raise ConnectionResetError
            if request.transport is None:
                raise ConnectionResetError
            return await self.passage.send(request, body, status, media, disturbance)
        except (ConnectionError, asyncio.CancelledError):
            if number and (disturbance is None or disturbance.kind.id != RESET):
                await asyncio.to_thread(_gone, number)
            raise


@web.middleware
async def _heard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """The application tells of this request, and not the door."""
    heard = request.protocol
    if not isinstance(heard, Handler):
        return await handler(request)
    heard.begun()
    try:
        return await handler(request)
    finally:
        heard.done(last=not request.content.is_eof())


def _gone(number: int) -> None:
    finding = Finding(rules.GONE, found="het einde van de verbinding", expected="dat de beller het antwoord ophaalt")
    with connected():
        journal.add_remark(number, finding)


_PLACES: web.AppKey[asyncio.Semaphore] = web.AppKey("places", asyncio.Semaphore)


def _here(find: Callable[[str], int | None], slug: str) -> int | None:
    with connected():
        return find(slug)


def _split(path: str) -> tuple[str, str]:
    """The slug of the board, empty for the first one, and the path below it."""
    parts = path.split("/", 3)
    if len(parts) >= 4 and parts[1] == "b":
        return parts[2], f"/{parts[3]}"
    return "", path


def _entry(request: web.Request, board_id: int) -> Entry:
    return Entry(board_id, address=scrubbed(request.path), client=request.remote or "")


def _action(request: web.Request) -> str:
    """The SOAPAction: a header in SOAP 1.1, a parameter of the media type in 1.2."""
    found = request.headers.get("SOAPAction")
    if found is not None:
        return found
    for part in request.headers.get("Content-Type", "").split(";")[1:]:
        name, _, value = part.strip().partition("=")
        if name.lower() == "action":
            return value
    return ""


def _xml(body: bytes) -> web.Response:
    return web.Response(body=body, content_type="text/xml", charset="utf-8")
