"""`--plain`: the program as lines on stdin and stdout, for a screen reader (`screens/plain`); nothing is drawn."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections import deque
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, Any

from app.platform_parts import typing_unseen

if TYPE_CHECKING:
    from screens.shell.esis import EsisApp

SIZE = (120, 60)
"""Columns and rows of the unseen screen: as wide as lessons are made for, and high, so that nothing is left out."""
PROMPT = "> "
ENDED = "Er komt geen invoer meer. ESIS is gestopt; wat u had opgeslagen, staat er nog."


class Typed:
    """The lines that come in, read in a thread that nobody waits for: a program may end while it waits for one."""

    def __init__(self, number: int = 0) -> None:
        """`number` is the file descriptor that they come from."""
        self._number = number
        self._lines: deque[str | None] = deque()
        self._waits: tuple[asyncio.AbstractEventLoop, asyncio.Event] | None = None
        self._lock = threading.Lock()
        self._reads = False
        self.ended = False

    async def line(self) -> str | None:
        """The next line, without its end; None when there are no more."""
        if not self._reads:
            self._reads = True
            threading.Thread(target=self._read, name="typed", daemon=True).start()
        came = asyncio.Event()
        with self._lock:
            self._waits = None if self._lines else (asyncio.get_running_loop(), came)
        if self._waits is not None:
            await came.wait()
        line = self._lines[0]
        if line is None:
            self.ended = True
        else:
            self._lines.popleft()
        return line

    def _read(self) -> None:
        with suppress(OSError), open(self._number, encoding="utf-8", errors="replace", closefd=False) as file:
            for line in file:
                self._came(line.rstrip("\r\n"))
        self._came(None)

    def _came(self, line: str | None) -> None:
        with self._lock:
            self._lines.append(line)
            waits, self._waits = self._waits, None
        if waits is not None:
            with suppress(RuntimeError):  # the program ended meanwhile
                waits[0].call_soon_threadsafe(waits[1].set)


class PlainTerminal:
    """Shows a program as lines, and one after it, on the same input."""

    def __init__(self) -> None:
        self._typed = Typed()
        self._out = sys.stdout  # Textual takes sys.stdout while a program runs
        self._interactive = sys.stdin.isatty()

    def show(self, app: EsisApp) -> Any:
        """Run a program until it ends or no more lines come; returns what it ended with. Raises what it crashed on."""
        from app import ending

        return None if self._typed.ended else ending.run(self._converse(app))

    def say(self, *lines: str) -> None:
        """Print lines. Raises `BrokenPipeError` if nobody reads them."""
        print(*lines, sep="\n", file=self._out, flush=True)

    async def _converse(self, app: EsisApp) -> Any:
        from screens.driving.unseen import unseen
        from screens.plain.talking import Talk

        async with unseen(app, SIZE) as pilot:
            talk = Talk(app, pilot)
            self.say(*await talk.begin())
            while not talk.over:
                typed = await self._ask(talk.secret)
                if typed is None:
                    self.say(ENDED)
                    app.exit()
                    break
                if told := await talk.answer(typed):
                    self.say(*told)
        return app.return_value

    async def _ask(self, secret: bool) -> str | None:
        if self._interactive:
            print(PROMPT, end="", file=self._out, flush=True)
        with typing_unseen(sys.stdin.fileno()) if secret and self._interactive else nullcontext():
            return await self._typed.line()
