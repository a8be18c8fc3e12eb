"""What a disturbance makes of an answer: another one instead, one that is spoiled, or one that arrives badly."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from typing import IO, TYPE_CHECKING

from app.exchange.uwlr_xml.answering import write_fault
from app.exchange.uwlr_xml.namespaces import SOAP_11
from app.platform_parts import WINDOWS
from app.uwlr.disturbing import CUT, DRIP, EMPTY, RESET, SLOW, Disturbance, Way
from app.uwlr.journal import Entry, Outcome

if TYPE_CHECKING:
    from aiohttp import web

PIECES = 40
"""In how many pieces an answer drips."""
AGAIN_AFTER = 5
"""Seconds: what Retry-After says."""
_TITLES = {429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable"}
_NO_LINGER = struct.pack("hh" if WINDOWS else "ii", 1, 0)
"""Closing a connection breaks it off: the other end gets a reset."""
Sleep = Callable[[float], Awaitable[None]]


def instead(body: IO[bytes], entry: Entry, soap: str, disturbance: Disturbance) -> tuple[int, str]:
    """Write the answer that comes instead of the real one; its status, and its media type if that is not SOAP's."""
    entry.outcome, entry.fault, entry.finding = Outcome.FAILED, disturbance.kind.id, disturbance.finding
    entry.told = f"Er is niets gedaan. {disturbance.finding.sentence}"
    status = disturbance.status
    if disturbance.kind.way is Way.STATUS:
        body.write(f"<html><head><title>{status} {_TITLES[status]}</title></head></html>\n".encode())
        return status, "text/html"
    write_fault(body, soap, disturbance.code, disturbance.finding.sentence)
    return 500 if soap == SOAP_11 or disturbance.code.startswith("Server") else 400, ""


def spoil(body: IO[bytes], entry: Entry, disturbance: Disturbance, status: int) -> int:
    """Spoil a finished answer and say so in the entry; return the status that it gets."""
    if entry.finding is not None:  # a refusal: it was the reason without the disturbance
        entry.later = [entry.finding, *entry.later]
    entry.outcome, entry.fault, entry.finding = Outcome.FAILED, disturbance.kind.id, disturbance.finding
    entry.told = f"{entry.told} {disturbance.finding.sentence}"
    if disturbance.kind.id == EMPTY:
        body.truncate(0)
        body.seek(0)
        return 200
    if disturbance.kind.id == CUT:
        body.truncate(body.seek(0, 2) * 2 // 3)
        return 200
    return status


def headers_of(disturbance: Disturbance | None) -> dict[str, str]:
    """What a status of HTTP says about trying again."""
    return {"Retry-After": str(AGAIN_AFTER)} if disturbance is not None and disturbance.status in (429, 503) else {}


async def on_its_way(disturbance: Disturbance | None, request: web.Request) -> bool:
    """What happens before an answer leaves; False when it never does."""
    if disturbance is None:
        return True
    if disturbance.kind.id == RESET:
        connection = request.get_extra_info("socket")
        if connection is not None and request.transport is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
            request.transport.abort()
        return False
    if disturbance.kind.id == SLOW:
        await pause(disturbance.seconds)
    return True


def pace_of(disturbance: Disturbance | None, size: int, usual: int) -> tuple[int, float]:
    """The bytes of each piece of an answer, and the seconds between two."""
    if disturbance is None or disturbance.kind.id != DRIP:
        return usual, 0.0
    return max(1, -(-size // PIECES)), disturbance.seconds / PIECES


async def pause(seconds: float) -> None:
    """Wait, in one place so that tests need not."""
    await asyncio.sleep(seconds)
