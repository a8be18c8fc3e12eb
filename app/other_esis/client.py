"""The client of a LAS: sends messages over HTTP and takes the answer into a file, in bounded memory."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO, Self
from urllib.parse import urlsplit

import aiohttp

from app.other_esis.certificates import NO_FILES, Certificates
from app.other_esis.sizes import LARGEST
from app.refusals import Refused

PATIENCE = 120.0
"""Seconds without a byte, after which a call is given up."""
CONNECT = 20.0
LONGEST = 1_800.0
"""Seconds after which a call is given up that gives a byte now and then."""
_IN_MEMORY = 1 << 20
_CHUNK = 1 << 16
_ALL = 1 << 16


class NotReached(Refused):
    """There is no connection, or no answer comes: nothing can be said of the other end."""


@dataclass
class Reply:
    """What came back: the status and headers of HTTP, and the body, rewound."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: IO[bytes] = field(default_factory=lambda: SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115
    size: int = 0

    def beginning(self) -> bytes:
        """The first 64 KB."""
        self.body.seek(0)
        return self.body.read(_ALL)


def checked_url(url: str) -> str:
    """The address of a service. Raises `Refused` for what is none."""
    try:
        parts = urlsplit(url)
        right = parts.scheme in ("http", "https") and parts.port != 0 and bool((parts.hostname or "").encode("idna"))
    except ValueError:
        right = False
    if not right:
        raise Refused(f"'{url}' is geen adres van een webservice. Schrijf het als https://adres/pad.")
    return url


class Client:
    """Sends calls; used as `async with`. Redirects are not followed, and no proxy is asked.

    Each call has a connection of its own: one that a refusal left half-read would spoil the next call.
    """

    def __init__(self, certificates: Certificates = NO_FILES, patience: float = PATIENCE) -> None:
        self.certificates = certificates
        self._patience = patience
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for session in self._sessions.values():
            await session.close()

    def _session(self, with_client: bool) -> aiohttp.ClientSession:
        if with_client not in self._sessions:
            context = self.certificates.context(with_client)
            wait = aiohttp.ClientTimeout(total=LONGEST, connect=CONNECT, sock_read=self._patience)
            connector = aiohttp.TCPConnector(ssl=context, force_close=True)
            made = aiohttp.ClientSession(connector=connector, timeout=wait, auto_decompress=True)
            self._sessions[with_client] = made
        return self._sessions[with_client]

    async def send(
        self,
        url: str,
        body: bytes | IO[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
        method: str = "POST",
        with_client: bool = True,
    ) -> Reply:
        """Send a call and take the whole answer. Raises `NotReached`, also for an answer that is too large or cut off."""
        reply = Reply(0)
        try:
            async with self._session(with_client).request(
                method, url, data=body, headers=headers, allow_redirects=False
            ) as response:
                reply.status, reply.headers = response.status, dict(response.headers)
                async for chunk in response.content.iter_chunked(_CHUNK):
                    reply.size += len(chunk)
                    if reply.size > LARGEST:
                        raise NotReached(f"Het antwoord is groter dan {LARGEST >> 20} MB; het is niet verder gelezen.")
                    reply.body.write(chunk)
        except aiohttp.ClientConnectorCertificateError as error:
            raise NotReached(f"Het certificaat van {_host(url)} wordt niet vertrouwd ({_why(error)}).") from None
        except aiohttp.ClientSSLError as error:
            raise NotReached(
                f"De beveiligde verbinding met {_host(url)} kwam niet tot stand ({_why(error)})."
            ) from None
        except (aiohttp.ClientConnectionError, OSError) as error:
            if isinstance(error, TimeoutError):
                raise NotReached(f"{_host(url)} geeft geen antwoord.") from None
            raise NotReached(f"Er is geen verbinding met {_host(url)}: {_why(error)}.") from None
        except aiohttp.ClientError as error:
            raise NotReached(f"Het antwoord van {_host(url)} komt niet heel over ({type(error).__name__}).") from None
        except ValueError:  # of the resolver, for a name that is none
            raise NotReached(f"{_host(url)} is geen adres.") from None
        reply.body.seek(0)
        return reply

    async def raw(self, url: str, head: bytes, patience: float = 10.0) -> bytes:
        """Send bytes, say that no more come, and return what comes back within so many seconds; for what is no HTTP."""
        parts = urlsplit(url)
        secured = self.certificates.context() if parts.scheme == "https" else None
        port = parts.port or (443 if secured else 80)
        try:
            async with asyncio.timeout(patience):
                reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=secured)
                try:
                    writer.write(head)
                    await writer.drain()
                    if writer.can_write_eof():
                        writer.write_eof()
                    return await reader.read(_ALL)
                finally:
                    writer.close()
        except (OSError, TimeoutError):
            return b""


def _host(url: str) -> str:
    parts = urlsplit(url)
    return parts.netloc.rpartition("@")[2]


def _why(error: Exception) -> str:
    inner = getattr(error, "os_error", error)
    if isinstance(inner, ssl.SSLCertVerificationError):
        return inner.verify_message
    if isinstance(inner, ConnectionRefusedError):
        return "daar luistert niets"
    if isinstance(inner, aiohttp.ServerDisconnectedError | ConnectionResetError):
        return "de verbinding werd verbroken"
    return type(inner).__name__
