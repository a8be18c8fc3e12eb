"""A small school behind a running web service on loopback, messages to it, and who calls it byte by byte."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

from app.access import Actor
from app.permissions import Role
from app.serving.running import run
from app.uwlr import journal
from app.uwlr.door import Secured, ServiceDoor
from app.uwlr.handling import Manner
from app.uwlr.passing import Passage
from app.uwlr.server import Service
from app.webservice import suppliers
from app.webservice.suppliers import SupplierForm
from models.assessment import ActiveAssessment
from models.base import connected
from models.board import Board
from models.webservice import ExchangedMessage
from tests.builders import make_actor, make_board, make_group, make_pupil
from tests.couplings.worlds import CODE, ON, activate

PATIENCE = 10.0
OWN, OWN_NAME = "eigen", "Eigen software"
PATH = "/UWLR/UwlrStandaard2.2.svc"
SPACE = "http://www.edustandaard.nl/leerresultaten/2"


def small_world(supplier: SupplierForm | None = None) -> tuple[Board, Actor]:
    """A board with one pupil, a coupling and a supplier of its own; and its trainer."""
    board = make_board()
    actor, trainer = make_actor(board), make_actor(board, Role.TRAINER, name="trainer")
    make_pupil(make_group(actor.location), key="1042")
    ActiveAssessment.create(location=actor.location, assessment=ON)
    activate(actor)
    suppliers.add(trainer, supplier or SupplierForm(OWN, OWN_NAME, "iep-lvs"))
    return board, trainer


def envelope(body: str, code: str = OWN, name: str = OWN_NAME, key: str = CODE) -> bytes:
    header = "".join(
        f"<{tag}>{value}</{tag}>"
        for tag, value in (("autorisatiesleutel", key), ("klantcode", code), ("klantnaam", name))
    )
    return (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>'
        f'<autorisatie xmlns="{SPACE}/autorisatie">{header}</autorisatie></s:Header><s:Body>{body}</s:Body></s:Envelope>'
    ).encode()


def pull(since: str = "", year: str = "2019-2020", **who: str) -> bytes:
    """HaalLeerlinggegevens."""
    moment = f"<laatstontvangengegevens>{since}</laatstontvangengegevens>" if since else ""
    return envelope(
        f'<leerlinggegevens_verzoek xmlns="{SPACE}/leerlinggegevens"><schooljaar>{year}</schooljaar>'
        "<brincode>99QQ</brincode><dependancecode>00</dependancecode><xsdversie>2.2</xsdversie>"
        f"{moment}</leerlinggegevens_verzoek>",
        **who,
    )


def push(score: str = "57", **who: str) -> bytes:
    """BrengLeerresultaten, with one result of the one pupil."""
    return envelope(
        f'<leerresultaten_verzoek xmlns="{SPACE}/leerresultaten"><school><schooljaar>2019-2020</schooljaar>'
        "<brincode>99QQ</brincode><dependancecode>00</dependancecode><aanmaakdatum>2020-04-14T09:00:00</aanmaakdatum>"
        "<auteur>Eigen</auteur><xsdversie>2.2</xsdversie></school>"
        f'<toetsafnames><toetsafname><leerlingid>1042</leerlingid><resultaten><resultaat key="R1">'
        f"<afnamedatum>2020-01-21</afnamedatum><toetscode>{ON}</toetscode><score>{score}</score></resultaat></resultaten>"
        f"</toetsafname></toetsafnames><toetsen><toets><toetscode>{ON}</toetscode></toets></toetsen>"
        "</leerresultaten_verzoek>",
        **who,
    )


def post(body: bytes, path: str = PATH, close: bool = True, said: int | None = None) -> bytes:
    """The bytes of a POST; `said` is a wrong Content-Length."""
    last = "Connection: close\r\n" if close else ""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n{last}"
    return f"{head}Content-Length: {len(body) if said is None else said}\r\n\r\n".encode() + body


@dataclass
class Running:
    """A service that runs, and what it wrote down."""

    port: int = 0
    written: asyncio.Queue[int] = field(default_factory=asyncio.Queue)

    async def call(self, sent: bytes, secured: ssl.SSLContext | None = None, leave: bool = False) -> bytes:
        """Send these bytes and read until the end; with `leave`, go at once. A reset is raised."""
        name = "localhost" if secured else None
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, ssl=secured, server_hostname=name)
        try:
            writer.write(sent)
            await writer.drain()
            async with asyncio.timeout(PATIENCE):
                return b"" if leave else await reader.read()
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def row(self) -> ExchangedMessage:
        """The next call that is written down."""
        number = await asyncio.wait_for(self.written.get(), PATIENCE)
        return await asyncio.to_thread(row_of, number)


def row_of(number: int) -> ExchangedMessage:
    with connected():
        found: ExchangedMessage = ExchangedMessage.get_by_id(number)
        return found


@asynccontextmanager
async def serving(
    board: Board, manner: Manner | None = None, secured: Secured | None = None, largest: int = 1 << 20
) -> AsyncIterator[Running]:
    """The service with this board at its bare address."""
    running = Running()
    service = Service(
        lambda slug: None if slug else board.id,
        manner or Manner(),
        passage=Passage(largest=largest),
        noted=running.written.put_nowait,
    )
    opened: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    door = partial(ServiceDoor, told=service.unheard, secured=secured)
    task = asyncio.create_task(run(service.application(), "127.0.0.1", 0, opened.set_result, door=door))
    try:
        await asyncio.wait([task, opened], return_when=asyncio.FIRST_COMPLETED)
        running.port = opened.result() if opened.done() else await task
        yield running
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def all_rows(board: Board) -> list[ExchangedMessage]:
    return journal.listed(board.id)
