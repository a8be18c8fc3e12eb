"""A practice school to call, messages for it, and a service that is called over loopback, also by who does it wrong."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import IO

from aiohttp import web

from app.exchange.uwlr_xml.namespaces import AUTHORISATION, PUPILS, RESULTS, SOAP_11
from app.serving.running import Door
from app.training import supplier_practice
from app.uwlr import addresses
from app.uwlr.handling import Answer, Call, Manner, answer
from app.uwlr.server import Service
from models.board import PRACTICE_NAME, Location

PLAIN = Manner()
TEST = "lezen-6"


@dataclass
class School:
    """The practice school, as a supplier knows it."""

    practice: supplier_practice.Practice = field(default_factory=lambda: supplier_practice.ready(PRACTICE_NAME))

    @property
    def board_id(self) -> int:
        return int(self.practice.board.id)

    @property
    def location(self) -> Location:
        return self.practice.location

    def envelope(self, request: str, key: str = "") -> bytes:
        said = self.practice.authorisation
        return (
            f'<s:Envelope xmlns:s="{SOAP_11}"><s:Header><autorisatie xmlns="{AUTHORISATION}">'
            f"<autorisatiesleutel>{key or said.key}</autorisatiesleutel><klantcode>{said.client_code}</klantcode>"
            f"<klantnaam>{said.client_name}</klantnaam></autorisatie></s:Header>"
            f"<s:Body>{request}</s:Body></s:Envelope>"
        ).encode()

    def pull(self, more: str = "", year: str = "", key: str = "") -> bytes:
        place = self.location
        return self.envelope(
            f'<leerlinggegevens_verzoek xmlns="{PUPILS}"><schooljaar>{year or self.practice.school_year}</schooljaar>'
            f"<brincode>{place.school.brin}</brincode><dependancecode>{place.number}</dependancecode>"
            f"<xsdversie>2.2</xsdversie>{more}</leerlinggegevens_verzoek>",
            key,
        )

    def push(self, results: str, tests: str = "", made: str = "2020-04-14T09:00:00", code: str = TEST) -> bytes:
        """`results` are sittings: `sitting`."""
        place = self.location
        told = tests or f"<toets><toetscode>{code}</toetscode></toets>"
        return self.envelope(
            f'<leerresultaten_verzoek xmlns="{RESULTS}"><school><schooljaar>{self.practice.school_year}</schooljaar>'
            f"<brincode>{place.school.brin}</brincode><dependancecode>{place.number}</dependancecode>"
            f"<aanmaakdatum>{made}</aanmaakdatum><xsdversie>2.2</xsdversie></school>"
            f"<toetsafnames>{results}</toetsafnames><toetsen>{told}</toetsen></leerresultaten_verzoek>"
        )

    def ask(self, message: bytes | IO[bytes], manner: Manner = PLAIN) -> Answer:
        body = io.BytesIO(message) if isinstance(message, bytes) else message
        return answer(Call(self.board_id, body), manner)


def sitting(pupil: str, key: str, score: int | str = 50, code: str = TEST, day: str = "2020-03-02") -> str:
    return (
        f'<toetsafname><leerlingid>{pupil}</leerlingid><resultaten><resultaat key="{key}"><afnamedatum>{day}</afnamedatum>'
        f"<toetscode>{code}</toetscode><score>{score}</score></resultaat></resultaten></toetsafname>"
    )


@asynccontextmanager
async def serving(service: Service, most: int = 100) -> AsyncIterator[int]:
    """The service on loopback, behind the door that `esis webservice` has; its port."""
    async with serving_application(service.application(), most) as port:
        yield port


@asynccontextmanager
async def serving_application(application: web.Application, most: int = 100) -> AsyncIterator[int]:
    """An application, in the same way."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1, lingering_time=0.1)
    await runner.setup()
    inside = runner.server
    assert inside is not None
    server = await asyncio.get_running_loop().create_server(lambda: Door(inside, most), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await runner.cleanup()


async def raw(port: int, *parts: bytes, then: float | None = 30) -> bytes:
    """What comes back for these bytes, until the other side closes; empty when it refuses to listen."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return b""
    found = b""
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
        async with asyncio.timeout(then):
            while part := await reader.read(1 << 16):
                found += part
    except OSError:
        pass
    finally:
        writer.close()
    return found


def posted(message: bytes, headers: str = "", close: bool = True, length: int | None = None) -> bytes:
    """A message as HTTP."""
    end = "Connection: close\r\n" if close else ""
    size = len(message) if length is None else length
    return (
        f"POST {addresses.BOTH} HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\n{end}{headers}"
        f"Content-Length: {size}\r\n\r\n"
    ).encode() + message
