"""Who may talk to the server: only a page the server itself sent, under one of the server's own names.

The Host check keeps out other sites whose name was pointed here (DNS rebinding); the Origin check keeps out pages of
other sites that connect here. The headers keep the browser from contacting any other host.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass

from aiohttp import web

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})
_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::[0-9]{1,5})?")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; font-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "connect-src 'self' ws://{host} wss://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Inline styles are allowed: the terminal in the browser (xterm.js) generates them."""


class NotOurs(Exception):
    """The request did not come from a page of this server; the sentence says what is wrong."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server listening on this host."""
    return host in _LOOPBACK or (_is_number(host) and ipaddress.ip_address(host).is_loopback)


@dataclass(frozen=True)
class Guard:
    """The names by which this server may be called, given the address it listens on."""

    listens_on: str

    def check(self, request: web.Request) -> None:
        """Raise `NotOurs` for a name that is not the server's, or a foreign page."""
        name = _name_in(request.headers.get("Host", ""))
        if not self._is_own(name):
            raise NotOurs(f"Deze server heet niet zo: {name or 'geen naam'}. Gebruik het adres dat esis serve noemt.")
        origin = request.headers.get("Origin")
        if origin is not None and origin.lower() not in self._own_origins(request):
            raise NotOurs("Een pagina van een andere site mag ESIS niet openen. Open ESIS in een eigen venster.")

    def check_page(self, request: web.Request) -> None:
        """The same for a page's connection, which must state its origin."""
        if "Origin" not in request.headers:
            raise NotOurs("Deze verbinding is alleen voor een pagina van ESIS in een browser.")

    @staticmethod
    def _own_origins(request: web.Request) -> set[str]:
        return {f"{scheme}://{request.headers['Host'].lower()}" for scheme in ("http", "https")}

    def _is_own(self, name: str) -> bool:
        if name in _LOOPBACK or name == self.listens_on.lower():
            return True
        if is_loopback(self.listens_on):
            return False
        # A bare IP address cannot be pointed elsewhere, so on the network all of the machine's own are allowed.
        return name == socket.gethostname().lower() or (self.listens_on in EVERYWHERE and _is_number(name))


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Add the security headers; the policy names our own host, because not every browser applies 'self' to ws."""
    response.headers.update(_HEADERS)
    response.headers["Content-Security-Policy"] = _POLICY.format(host=_authority(request))


def _authority(request: web.Request) -> str:
    """The Host header, if valid: it is copied into a header."""
    host = request.headers.get("Host", "")
    return host if _name_in(host) else "localhost"


def _name_in(host: str) -> str:
    """The name in a Host header, without its port; empty if it is no host."""
    found = _HOST.fullmatch(host.lower())
    return (found[1] or found[2]) if found else ""


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
