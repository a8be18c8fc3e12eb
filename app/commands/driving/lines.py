"""Lines of a program that drives this one: stdin and stdout, of which nothing else in the process may take a byte."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress

from app.training.driving.requests import LONGEST

CHUNK = 1 << 16


@contextmanager
def apart() -> Iterator[tuple[int, int]]:
    """Yield stdin and stdout as file descriptors of their own: what else is printed goes to stderr, and what else reads
    finds nothing.
    """
    sys.stdout.flush()
    taken, given = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    try:
        os.dup2(nothing, 0)
        os.dup2(2, 1)
        yield taken, given
    finally:
        sys.stdout.flush()
        os.dup2(taken, 0)
        os.dup2(given, 1)
        os.close(nothing)  # not the others: a thread may be reading one, and writing the other


async def coming(number: int) -> AsyncIterator[bytes | None]:
    """Yield each line as it comes, without its end; None for one that is too long. The last needs no end."""
    found: asyncio.Queue[bytes] = asyncio.Queue()
    threading.Thread(target=_read, args=(number, found, asyncio.get_running_loop()), daemon=True).start()
    before, too_long = b"", False
    while chunk := await found.get():
        *lines, rest = (before + chunk).split(b"\n")
        for line in lines:
            yield None if too_long or len(line) > LONGEST else line
            too_long = False
        before, too_long = (b"", True) if too_long or len(rest) > LONGEST else (rest, False)
    if before or too_long:
        yield None if too_long else before


def _read(number: int, found: asyncio.Queue[bytes], loop: asyncio.AbstractEventLoop) -> None:
    """In a thread, which nothing waits for: hand on what is read; nothing at the end."""
    chunk = b"begin"
    while chunk:
        try:
            chunk = os.read(number, CHUNK)
        except OSError:
            chunk = b""
        with suppress(RuntimeError):  # the program ended meanwhile
            loop.call_soon_threadsafe(found.put_nowait, chunk)


async def say(number: int, line: bytes) -> bool:
    """Write a line whole; returns whether somebody still reads.

    In a thread, which nothing waits for: who does not read its answers must not keep a signal from ending the program.
    """
    loop = asyncio.get_running_loop()
    written: asyncio.Future[bool] = loop.create_future()
    threading.Thread(target=_write, args=(number, line, loop, written), daemon=True).start()
    return await written


def _write(number: int, line: bytes, loop: asyncio.AbstractEventLoop, written: asyncio.Future[bool]) -> None:
    try:
        while line:
            line = line[os.write(number, line) :]
    except OSError:
        pass

    def tell() -> None:
        if not written.done():
            written.set_result(not line)

    with suppress(RuntimeError):  # the program ended meanwhile
        loop.call_soon_threadsafe(tell)
