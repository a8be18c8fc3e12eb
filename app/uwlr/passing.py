"""Bodies over the line: one received into a file, one sent from a file, within limits of size, time and room.

Whoever sends or takes a byte now and then is given up as well: not only silence has a limit, but the whole too.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import IO, TypeVar

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.rules import Finding
from app.other_esis.sizes import LARGEST
from app.uwlr import spoiling
from app.uwlr.aside import no_room
from app.uwlr.disturbing import Disturbance
from app.uwlr.kept_answers import Stamped

TOGETHER = 4 << 30
"""Bytes of all messages and answers that are kept at the same time."""
CHUNK = 1 << 16

_Done = TypeVar("_Done")


@dataclass(frozen=True)
class Pace:
    """How long a body may take, in seconds."""

    silent: float = 30.0
    """Without a byte."""
    start: float = 30.0
    """Before it has to be as fast as `slowest`."""
    slowest: float = 20_000
    """Bytes a second, on average."""
    whole: float = 1800.0

    def left(self, began: float, size: int) -> float:
        """Seconds that the next bytes may take, after `size` of them since `began`; below zero: it is too slow."""
        until = began + min(self.whole, self.start + size / self.slowest)
        return min(self.silent, until - monotonic())


class TooSlow(Exception):
    """The other side takes too long."""


@dataclass
class Room:
    """What is kept of all calls together: so many clients with so large messages do not fill the disk."""

    most: int = TOGETHER
    used: int = field(default=0, init=False)
    _readers: Counter[Hashable] = field(default_factory=Counter, init=False)
    """How many are being sent the same."""

    def take(self, size: int) -> bool:
        """Whether there is room for so many bytes more; then they are taken."""
        if self.used + size > self.most:
            return False
        self.used += size
        return True

    def give_back(self, size: int) -> None:
        """They are kept no longer."""
        self.used -= size

    @contextmanager
    def sending(self, size: int, shared: Hashable = None) -> Iterator[None]:
        """While so many bytes are sent; of what many are sent from one file (`shared`) only that file counts."""
        counts = shared is None or not self._readers[shared]
        self.used += size if counts else 0
        if shared is not None:
            self._readers[shared] += 1
        try:
            yield
        finally:
            if shared is not None:
                self._readers[shared] -= 1
                counts = not self._readers[shared]
                self._readers += Counter()  # forgets whom nobody reads
            if counts:
                self.give_back(size)


@dataclass(frozen=True)
class Passage:
    """The limits of a service, and the folder for what does not stay in memory; None: the temporary one."""

    largest: int = LARGEST
    pace: Pace = Pace()
    folder: Path | None = None
    room: Room = field(default_factory=Room)

    async def receive(self, request: web.BaseRequest, body: IO[bytes]) -> tuple[int, Finding | None]:
        """Read the body into a file, unpacked; return its size, which is room to give back, and what is wrong with it."""
        began, size = monotonic(), 0
        try:
            if (request.content_length or 0) > self.largest:
                return 0, self._too_large()
            while chunk := await in_time(request.content.read(CHUNK), self.pace.left(began, size)):
                if size + len(chunk) > self.largest:
                    return size, self._too_large()
                if not self.room.take(len(chunk)):
                    return size, Finding(rules.NOT_NOW, found="te veel tegelijk", expected="een rustiger moment")
                size += len(chunk)
                if (full := _written(body, chunk)) is not None:
                    return size, full
        except TooSlow:
            found = f"te langzaam of niets meer, na {size} bytes in {monotonic() - began:.0f} seconden"
            return size, Finding(rules.CUT_OFF, found=found, expected="de rest van het bericht")
        except (HttpProcessingError, web.HTTPException, ConnectionError, web.RequestPayloadError, OSError) as error:
            if _is_there(request) and "Content-Encoding" in request.headers:
                return size, Finding(rules.ENCODED, found=type(error).__name__, expected="gzip, deflate of niets")
            found = "het einde van de verbinding"
            return size, Finding(rules.CUT_OFF, found=found, expected="de rest van het bericht")
        except BaseException:
            self.room.give_back(size)
            raise
        return size, None

    def _too_large(self) -> Finding:
        return Finding(rules.TOO_LARGE, found="meer", expected=f"hoogstens {self.largest} bytes")

    async def send(
        self,
        request: web.BaseRequest,
        body: IO[bytes],
        status: int,
        media: str,
        disturbance: Disturbance | None = None,
    ) -> web.StreamResponse:
        """Send a body from its beginning; who does not take it is cut off."""
        size = body.seek(0, 2)
        body.seek(0)
        headers = {"Content-Type": f"{media}; charset=utf-8", **spoiling.headers_of(disturbance)}
        response = web.StreamResponse(status=status, headers=headers)
        piece, pause = spoiling.pace_of(disturbance, size, CHUNK)
        response.content_length = size
        began, sent = monotonic(), 0
        with self.room.sending(size, body.shared if isinstance(body, Stamped) else None):
            try:
                await response.prepare(request)
                while chunk := body.read(piece):
                    await in_time(response.write(chunk), self.pace.left(began, sent))
                    sent += len(chunk)
                    if pause:
                        await spoiling.pause(pause)
                        began += pause  # it is not the other side that is slow
                await response.write_eof()
            except TooSlow:
                if request.transport is not None:
                    request.transport.abort()
                raise ConnectionResetError from None
        return response


def _is_there(request: web.BaseRequest) -> bool:
    return request.transport is not None and not request.transport.is_closing()


async def in_time(work: Awaitable[_Done], seconds: float) -> _Done:
    """Do it in time. Raises `TooSlow`."""
    try:
        async with asyncio.timeout(max(seconds, 0)):
            return await work
    except TimeoutError:
        raise TooSlow from None


def _written(body: IO[bytes], chunk: bytes) -> Finding | None:
    """Write to the file; what is wrong when the disk does not take it."""
    try:
        body.write(chunk)
    except OSError as error:
        return no_room(error)
    return None
