"""The door of the web service: TLS, and what never becomes a request for the application, each with its reason.

aiohttp answers by itself what is no HTTP, and the event loop drops a TLS connection that does not come about, both in
silence; here the journal is told.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.rules import Finding, Rule
from app.serving.running import SILENT, Door, address_of, handling

_KEPT = 2048
"""Bytes of a request that is none that are kept, to tell what came."""
_SOON = 0.05
"""Seconds within which a whole request has reached the application, also of a client that is gone."""
_PARTING = 1.0
"""Seconds that somebody who was refused gets to read why, before the connection is closed on what he still sends."""
_REFUSALS = {
    "PEER_DID_NOT_RETURN_A_CERTIFICATE": ("geen certificaat", "een certificaat van de leverancier (client_cert)"),
    "CERTIFICATE_VERIFY_FAILED": ("een certificaat dat deze dienst niet kent", "een certificaat van deze dienst"),
    "TLSV1_ALERT_UNKNOWN_CA": (
        "de beller vertrouwt het certificaat van de dienst niet",
        "dat hij de autoriteit (ca) kent",
    ),
    "SSLV3_ALERT_BAD_CERTIFICATE": (
        "de beller weigert het certificaat van de dienst",
        "dat hij de autoriteit (ca) kent en een naam uit het certificaat gebruikt",
    ),
    "SSLV3_ALERT_CERTIFICATE_UNKNOWN": (
        "de beller weigert het certificaat van de dienst",
        "dat hij de autoriteit (ca) kent en een naam uit het certificaat gebruikt",
    ),
    "SSLV3_ALERT_CERTIFICATE_EXPIRED": (
        "de beller weigert een verlopen certificaat van de dienst",
        "een geldig certificaat",
    ),
    "UNSUPPORTED_PROTOCOL": ("een oudere versie van TLS", "TLS 1.2 of nieuwer"),
    "VERSION_TOO_LOW": ("een oudere versie van TLS", "TLS 1.2 of nieuwer"),
    "NO_SHARED_CIPHER": ("geen versleuteling die de dienst ook kent", "een gangbare van TLS 1.2 of 1.3"),
    "WRONG_VERSION_NUMBER": ("iets anders dan TLS", "TLS 1.2 of nieuwer"),
}
"""OpenSSL's reason -> what was found, and what was expected."""
_PLAIN = ("HTTP_REQUEST", "HTTPS_PROXY_REQUEST")
_USE_HTTPS = "Dit adres is van https: gebruik https:// in plaats van http://, met het certificaat van de leverancier."


@dataclass(frozen=True)
class Unheard:
    """What came and did not become a request: from whom, why, how much, its beginning, and the status that was sent."""

    client: str
    finding: Finding
    size: int = 0
    beginning: bytes = b""
    status: int = 0


Told = Callable[[Unheard], Awaitable[None]]
Secured = Callable[[], Awaitable[ssl.SSLContext]]


class Handler(web.RequestHandler):
    """aiohttp's handler of a connection, which tells of what is no request."""

    def __init__(self, server: web.Server, tell: Callable[[Unheard], None]) -> None:
        super().__init__(server, loop=asyncio.get_running_loop(), **handling())
        self._tell = tell
        self._size, self._beginning, self._client = 0, b"", ""
        self.busy = False
        """Whether a request is with the application, which tells of it itself."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note who it is."""
        super().connection_made(transport)
        peer = transport.get_extra_info("peername")
        self._client = peer[0] if peer else ""

    def data_received(self, data: bytes) -> None:
        """Keep the beginning of what is not yet a request."""
        if not self.busy:
            self._size += len(data)
            self._beginning += data[: _KEPT - len(self._beginning)]
        super().data_received(data)

    def begun(self) -> None:
        """A request has reached the application."""
        self.busy, self._size, self._beginning = True, 0, b""

    def done(self, last: bool) -> None:
        """It is answered; after the `last` one nothing is heard any more."""
        self.busy = last

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer what is no HTTP, and tell."""
        if self.busy or not isinstance(exc, HttpProcessingError):
            return super().handle_error(request, status, exc, message)
        found = "TLS op een http-adres" if self._beginning[:1] == b"\x16" else "iets anders, of een kop met een fout"
        finding = Finding(rules.NOT_HTTP, found=found, expected="een regel als POST /UWLR/... HTTP/1.1, en koppen")
        self._say(finding, status)
        answer = web.Response(status=status, text=finding.sentence + "\n")
        answer.force_close()
        return answer

    def connection_lost(self, exc: BaseException | None) -> None:
        """Tell of a request of which the end never came."""
        super().connection_lost(exc)
        if self._size and not self.busy:
            asyncio.get_running_loop().call_later(_SOON, self._lost)

    def _lost(self) -> None:
        if self._size and not self.busy:  # it was not a whole request that the application was still to get
            self._say(Finding(rules.NOT_HTTP, found="het einde van de verbinding", expected="de rest van de kop"), 0)

    def _say(self, finding: Finding, status: int) -> None:
        self._tell(Unheard(self._client, finding, self._size, self._beginning, status))
        self.begun()


class ServiceDoor(Door):
    """The door with a handler of ours behind it and, with `secured`, TLS in front."""

    def __init__(self, server: web.Server, most: int, told: Told, secured: Secured | None = None) -> None:
        super().__init__(server, most)
        self._told, self._secured = told, secured

    def enter(self, transport: asyncio.Transport) -> None:
        """Let an accepted connection in, after TLS."""
        inside = Handler(self._server, lambda unheard: _aside(self._told(unheard)))
        if self._secured is None:
            transport.set_protocol(inside)
            inside.connection_made(transport)
        else:
            transport.pause_reading()
            _WAITING[transport] = address_of(transport)
            _aside(self._secure(transport, inside, self._secured))

    def there(self) -> list[str]:
        """Also who is still busy with TLS."""
        return [*super().there(), *_WAITING.values()]

    async def _secure(self, transport: asyncio.Transport, inside: Handler, secured: Secured) -> None:
        lobby, beside = _Lobby(), _copy_of(transport)
        peer = transport.get_extra_info("peername")
        client = peer[0] if peer else ""
        loop = asyncio.get_running_loop()
        try:
            context = await secured()
            through = await loop.start_tls(transport, lobby, context, server_side=True, ssl_handshake_timeout=SILENT)
        except (OSError, ssl.SSLError) as error:
            plain = isinstance(error, ssl.SSLError) and error.reason in _PLAIN
            last = _answer_plainly() if plain else getattr(error, "alert", b"")
            await self._told(Unheard(client, _why(error), status=400 if plain else 0))
            await _part(beside, last)
            return
        except Exception:  # the database is away: nobody can be told
            transport.abort()
            return
        finally:
            beside.close()
            del _WAITING[transport]
        assert through is not None, "a connection of TLS that has come about"
        lobby.hand_over(through, inside)


_WAITING: dict[asyncio.Transport, str] = {}
"""The connections that are busy with TLS, each with its address."""
_ASIDE: set[asyncio.Future[Any]] = set()


def _aside(work: Awaitable[None]) -> None:
    task = asyncio.ensure_future(work)
    _ASIDE.add(task)
    task.add_done_callback(_ASIDE.discard)


class _Lobby(asyncio.Protocol):
    """Keeps what comes right after TLS until the handler is there: a client sends its request at once."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []
        self._lost = False

    def data_received(self, data: bytes) -> None:
        self._kept.append(data)

    def connection_lost(self, exc: BaseException | None) -> None:  # noqa: ARG002  # of the protocol
        self._lost = True

    def hand_over(self, transport: asyncio.Transport, inside: Handler) -> None:
        transport.set_protocol(inside)
        inside.connection_made(transport)
        for data in self._kept:
            inside.data_received(data)
        if self._lost:
            inside.connection_lost(None)


def _why(error: Exception) -> Finding:
    reason = (error.reason or "") if isinstance(error, ssl.SSLError) else ""
    if reason in _PLAIN:
        return Finding(rules.NOT_SECURED, found="http", expected="https", nearest=_USE_HTTPS)
    rule: Rule = rules.HANDSHAKE
    if isinstance(error, ssl.SSLCertVerificationError) and "expired" in (error.verify_message or ""):
        return Finding(
            rule,
            found="een verlopen certificaat",
            expected="een geldig certificaat",
            nearest="Haal een nieuw met esis supplier certificate",
        )
    if reason in _REFUSALS:
        found, expected = _REFUSALS[reason]
        return Finding(rule, found=found, expected=expected)
    if isinstance(error, ConnectionAbortedError):
        return Finding(rule, found=f"{SILENT:.0f} seconden niets", expected="de rest van de TLS-handdruk")
    if reason:
        return Finding(rule, found=f"een TLS-fout ({reason[:60]})", expected="TLS 1.2 of nieuwer")
    return Finding(rule, found="het einde van de verbinding", expected="de rest van de TLS-handdruk")


def _copy_of(transport: asyncio.Transport) -> socket.socket:
    """The same connection again: the event loop closes its own as soon as TLS fails."""
    copy: socket.socket = transport.get_extra_info("socket").dup()
    return copy


def _answer_plainly() -> bytes:
    """What somebody who speaks http is told."""
    text = f"{_USE_HTTPS}\n".encode()
    head = f"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {len(text)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + text


async def _part(connection: socket.socket, last: bytes) -> None:
    """Send the last words, and read on for a moment: closing on what is unread would take them back."""
    loop = asyncio.get_running_loop()
    connection.setblocking(False)
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(_PARTING):
            await loop.sock_sendall(connection, last)
            connection.shutdown(socket.SHUT_WR)
            while await loop.sock_recv(connection, _KEPT):
                pass
