"""One page, one program: a process of its own that is spoken to in the packets of Textual's web driver.

A packet is a letter (D: what a terminal would get, M: something about it, in JSON), a length of four bytes, and that many
bytes. Of what the program says beyond drawing only our own kinds count: `{"type": "esis", ...}`, what the page should know
of it (`Told`). What it asks of the browser (opening an address, a download) is not passed on.
"""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from app import own_program
from app.platform_parts import APART

DATA, META = b"D", b"M"
_BEGIN = b"__GANGLION__\n"
"""What the driver writes before the first packet of a program."""
_GRACE = 5.0
"""Seconds a program gets to leave by itself: what it is saving then is saved."""
_LEFT_OUT = ("TEXTUAL", "NO_COLOR", "COLUMNS", "ROWS", "LINES", "TERM")
_OURS = "esis"


@dataclass(frozen=True)
class Told:
    """What a program tells of itself, whenever that changed: whether somebody is signed in, and what is lost when the page
    closes now ("lesson", "form" or nothing). Or, when it cannot go on, why.
    """

    signed_in: bool = False
    at_stake: str = ""
    failed: str = ""

    def packet(self) -> bytes:
        """As the program writes it; also before its driver has begun, or after that ended."""
        return _packet(META, json.dumps({"type": _OURS, **asdict(self)}).encode())

    @classmethod
    def read(cls, payload: bytes) -> Told | None:
        """What a packet says; None where it is of another kind."""
        match _json(payload):
            case {"type": "esis", "signed_in": bool(signed_in), "at_stake": str(at_stake), "failed": str(failed)}:
                return cls(signed_in, at_stake, failed)
        return None


class Session:
    """A program that was started for a page."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @classmethod
    async def start(
        cls, command: Sequence[str], size: tuple[int, int], more: Mapping[str, str], stderr: int | None = DEVNULL
    ) -> Session:
        """Start the program in this many columns and rows, with `more` in its environment; without a shell."""
        kept = {name: value for name, value in own_program.environment().items() if not name.startswith(_LEFT_OUT)}
        environment = {
            **kept,
            "COLUMNS": str(size[0]),
            "ROWS": str(size[1]),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "TERM_PROGRAM": "textual",
            **more,
        }
        # What it says on stderr is dropped: of a crash that would be everything it knew, passwords too. Ctrl+C in the terminal
        # of the server is for the server, which then ends it: so it is no part of that terminal.
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=stderr, env=environment, **APART
        )
        return cls(process)

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    async def type(self, text: str) -> None:
        """What was typed, or what the mouse did."""
        await self._send(DATA, text.encode("utf-8", "ignore"))

    async def tell(self, **meta: Any) -> None:
        """Something about the page: `type="resize"`, `"focus"`, `"blur"`, `"quit"`."""
        await self._send(META, json.dumps(meta).encode())

    async def packets(self) -> AsyncIterator[bytes | Told]:
        """What is to be drawn, and what the program tells of itself, until it ends."""
        out = self._process.stdout
        assert out is not None, "it was started with a pipe"
        try:
            await out.readuntil(_BEGIN)
            while True:
                kind = await out.readexactly(1)
                if kind == _BEGIN[:1]:  # a lesson was begun in it, or left: another program, the same page
                    await out.readuntil(_BEGIN[1:])
                    continue
                length = int.from_bytes(await out.readexactly(4), "big")
                payload = await out.readexactly(length)
                if kind == DATA:
                    yield payload
                elif kind == META and (told := Told.read(payload)):
                    yield told
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return  # it ended, or never began

    async def status(self) -> int:
        """Its exit status once it has ended: that of a signal is below zero, or over 128."""
        return await self._process.wait()

    async def end(self) -> None:
        """Let it leave by itself, and kill it when it does not, also when nobody waits for that any more. Harmless when it
        is gone already.
        """
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._leave(), _GRACE)
        finally:
            if self._process.returncode is None:
                self._process.kill()
        await self._process.wait()

    async def _leave(self) -> None:
        await self.tell(type="quit")
        if self._process.stdin is not None:
            self._process.stdin.close()  # a lesson that is left so does not go back to the program
        await self._process.wait()

    async def _send(self, kind: bytes, payload: bytes) -> None:
        into = self._process.stdin
        assert into is not None, "it was started with a pipe"
        if self._process.returncode is not None:
            return
        try:
            into.write(_packet(kind, payload))
            await into.drain()
        except (ConnectionError, RuntimeError):
            return  # it is ending; `drawn` tells


def begun(*packets: bytes) -> bytes:
    """What a program that never came to its driver writes, so that the page hears it."""
    return _BEGIN + b"".join(packets)


def _packet(kind: bytes, payload: bytes) -> bytes:
    return kind + len(payload).to_bytes(4, "big") + payload


def _json(payload: bytes) -> object:
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return None
