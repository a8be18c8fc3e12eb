"""The https of a running service: its certificate, and the expired one that a disturbance asks for."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from typing import Any

from app.serving.guard import EVERYWHERE
from app.serving.network import own_addresses
from app.uwlr import disturbing
from app.uwlr.certificates import Authority, Pair, names_of
from models.base import connected


@dataclass(frozen=True)
class Security:
    """TLS for the service whose bare address is board `board_id`: the certificate is of all its boards."""

    authority: Authority
    board_id: int
    usual: ssl.SSLContext
    expired: ssl.SSLContext

    @classmethod
    def ready(cls, board_id: int, host: str) -> Security:
        """With certificates for a service on this host, made if they are not there. Raises `Refused`."""
        authority = Authority()
        names = names_of(host, own_addresses(host) if host in EVERYWHERE else ())
        pairs = (authority.of_service(names), authority.expired(names))
        usual, expired = (service_context(authority, pair) for pair in pairs)
        return cls(authority, board_id, usual, expired)

    async def context(self) -> ssl.SSLContext:
        """What the next connection gets."""
        return self.expired if await asyncio.to_thread(self._is_disturbed) else self.usual

    def files(self, code: str) -> dict[str, str]:
        """The files that a supplier needs, as JSON names them. Raises `Refused`."""
        return files_of(self.authority, code)

    def _is_disturbed(self) -> bool:
        with connected():
            return disturbing.due_at_the_door(self.board_id)


def files_of(authority: Authority, code: str) -> dict[str, str]:
    """The files for the supplier with this klantcode, made if they are not there. Raises `Refused`."""
    own = authority.of_supplier(code)
    return {"ca": str(authority.file), "client_cert": str(own.certificate), "client_key": str(own.key)}


def service_context(authority: Authority, pair: Pair) -> ssl.SSLContext:
    """The TLS of a server with this certificate; it asks every client for one by the authority. TLS 1.2 and up."""
    context = _Context(ssl.PROTOCOL_TLS_SERVER)
    context.sslobject_class = _Connection
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(pair.certificate, pair.key)
    context.load_verify_locations(authority.file)
    context.verify_mode = ssl.CERT_REQUIRED
    context.set_alpn_protocols(["http/1.1"])
    return context


class _Connection(ssl.SSLObject):
    """A connection whose failure carries TLS's own word for why (`alert`): the event loop drops it unsent."""

    outgoing: ssl.MemoryBIO

    def do_handshake(self) -> None:
        try:
            super().do_handshake()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            raise
        except ssl.SSLError as error:
            error.alert = self.outgoing.read()  # type: ignore[attr-defined]
            raise


class _Context(ssl.SSLContext):
    """Makes such connections."""

    def wrap_bio(self, incoming: ssl.MemoryBIO, outgoing: ssl.MemoryBIO, *more: Any, **named: Any) -> ssl.SSLObject:
        made = super().wrap_bio(incoming, outgoing, *more, **named)
        assert isinstance(made, _Connection)
        made.outgoing = outgoing
        return made
