"""The program behind one page: a separate process that speaks the packet protocol of Textual's web driver.

A packet is a letter (D: terminal output, M: metadata in JSON), a four-byte length, and that many bytes. Of the metadata
only our own kinds are used: `{"type": "esis", ...}`, what the page should know about the program (`Told`), and in both
directions `{"type": "desk", ...}`, what is said of a class (`desk/messages.py`). Requests to the browser (opening an
address, a download) are not passed on.
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
"""What the driver writes before a program's first packet."""
_GRACE = 5.0
"""Seconds a program gets to exit by itself, so that it can finish saving."""
_LEFT_OUT = ("TEXTUAL", "NO_COLOR", "COLUMNS", "ROWS", "LINES", "TERM")
_OURS, DESK = "esis", "desk"


@dataclass(frozen=True)
class Told:
    """What a program says about itself, whenever it changes: whether somebody is signed in, and what is lost if the
    page closes now ("form" or nothing), and the keys of the screen in front. Or, when it cannot continue, why.
    """

    signed_in: bool = False
    at_stake: str = ""
    failed: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    """What a key types, and what it is called: for keys to tap (static/keys.js)."""

    def packet(self) -> bytes:
        """The packet as the program writes it; usable before its driver has started, and after it ended."""
        return _packet(META, json.dumps({"type": _OURS, **asdict(self)}).encode())

    @classmethod
    def read(cls, payload: bytes) -> Told | None:
        """Parse a packet's payload; None for another kind."""
        match _json(payload):
            case {"type": "esis", "signed_in": bool(signed_in), "at_stake": str(at_stake), "failed": str(failed)}:
                return cls(signed_in, at_stake, failed, _keys(_json(payload)))
        return None


class Session:
    """A program started for a page."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @classmethod
    async def start(
        cls, command: Sequence[str], size: tuple[int, int], more: Mapping[str, str], stderr: int | None = DEVNULL
    ) -> Session:
        """Start the program with this many columns and rows, and `more` in its environment; without a shell."""
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
        # stderr is dropped: a crash report would contain everything the program knew, passwords too. Ctrl+C in the
        # server's terminal is for the server, which then ends the program: so it is detached from that terminal.
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=stderr, env=environment, **APART
        )
        return cls(process)

    @property
    def pid(self) -> int:
        """The id of its process."""
        return self._process.pid

    async def type(self, text: str) -> None:
        """Send typed text or mouse actions."""
        await self._send(DATA, text.encode("utf-8", "ignore"))

    async def tell(self, **meta: Any) -> None:
        """Send metadata about the page: `type="resize"`, `"focus"`, `"blur"`, `"quit"`."""
        await self._send(META, json.dumps(meta).encode())

    async def packets(self) -> AsyncIterator[bytes | Told | dict[str, Any]]:
        """Yield terminal output, what the program says about itself, and what it says to the desk, until it ends."""
        out = self._process.stdout
        assert out is not None, "it was started with a pipe"
        try:
            await out.readuntil(_BEGIN)
            while True:
                kind = await out.readexactly(1)
                length = int.from_bytes(await out.readexactly(4), "big")
                payload = await out.readexactly(length)
                if kind == DATA:
                    yield payload
                elif kind == META and (told := Told.read(payload) or _to_desk(payload)):
                    yield told
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return  # it ended, or never started

    async def status(self) -> int:
        """Its exit status once it has ended: for a signal below zero, or over 128."""
        return await self._process.wait()

    async def end(self) -> None:
        """Let it exit by itself, and kill it if it does not, even if nobody waits for that any more. Harmless when it
        has already ended.
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
            self._process.stdin.close()
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
            return  # it is ending; `drawn` reports that


def _keys(told: Any) -> tuple[tuple[str, str], ...]:
    """Its keys; those that are no pair of texts are left out."""
    found = told.get("keys", ())
    return tuple((one[0], one[1]) for one in found if isinstance(one, list) and list(map(type, one)) == [str, str])


def begun(*packets: bytes) -> bytes:
    """The output of a program that never reached its driver, so that the page can show it."""
    return _BEGIN + b"".join(packets)


def desk_packet(message: Mapping[str, Any]) -> bytes:
    """What a program says to the desk, as it writes it."""
    return _packet(META, json.dumps({"type": DESK, **message}).encode())


def _to_desk(payload: bytes) -> dict[str, Any] | None:
    found = _json(payload)
    return found if isinstance(found, dict) and found.pop("type", "") == DESK else None


def _packet(kind: bytes, payload: bytes) -> bytes:
    return kind + len(payload).to_bytes(4, "big") + payload


def _json(payload: bytes) -> object:
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return None
