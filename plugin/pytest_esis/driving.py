"""Drives the installed program as a process, for a test of one's own: `Esis`, and `AsyncEsis` with the same methods to await.

with Esis() as esis:
    esis.start("after-first-night")
    esis.open("Beheer > Koppelingen")
    assert esis.check("coupling iep-lvs active")
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import TimeoutError as TookTooLong
from os import PathLike
from pathlib import Path
from typing import Any, Self, TypeVar

from pytest_esis.errors import EsisError, ProgramFault, TimedOut
from pytest_esis.process import NO_ANSWER, Answer, Process
from pytest_esis.requests import Asking, Request

T = TypeVar("T")
LONGEST = 3_600.0
"""Seconds: the longest time-out that the program knows."""
USUAL, GRACE = 600.0, 15.0
"""Seconds that the program gives its longest commands, and that an answer may be later."""
SILENT = "Het programma antwoordde niet binnen {:g} seconden op '{}', en is beëindigd."


class _Connection:
    """A process that is started when something is asked for the first time; one after another, `Esis` and `AsyncEsis` may
    use the same.
    """

    def __init__(self, command: str, options: list[str], more: Mapping[str, str] | None, folder: Path | None) -> None:
        self._started = (command, options, more, folder)
        self.process: Process | None = None

    def send(self, request: Request[Any], timeout: float | None) -> list[Answer]:
        """Send a request; returns the answers to wait for, the last of which is its own."""
        if self.process is None:
            self.process = Process(*self._started)
        given = {name: value for name, value in request.given.items() if value is not None}
        if timeout is not None:
            given["timeout"] = min(timeout, LONGEST)
        return [self.process.greeted, self.process.ask(request.command, given)]

    def read(self, request: Request[T], told: Mapping[str, Any]) -> T:
        """What a request asked. Raises `ProgramFault` for an answer that does not have that."""
        try:
            return request.read(told)
        except (LookupError, TypeError, ValueError) as wrong:
            raise ProgramFault(f"{NO_ANSWER} ({request.command})", "fault") from wrong

    def silent(self, request: Request[Any], limit: float) -> TimedOut:
        """There was no answer: the process is no use any more."""
        if self.process is not None:
            self.process.kill()
        return TimedOut(SILENT.format(limit, request.command), "timed-out")

    def end(self) -> None:
        """End the process, if there is one."""
        process, self.process = self.process, None
        if process is not None:
            process.end()


class _Program(Asking):
    """What both have in common."""

    timeout: float | None
    """Seconds that each request may take from now on; None leaves it to the program: 60, and 600 where a night may pass.
    What takes longer raises `TimedOut`.
    """

    def __init__(
        self,
        command: str = "esis",
        *,
        size: str = "120x36",
        theme: str | None = None,
        database: str | None = None,
        timeout: float | None = None,
        environment: Mapping[str, str] | None = None,
        folder: str | PathLike[str] | None = None,
    ) -> None:
        """Say how the program is started, which happens when it is asked something.

        `command` is a name on the PATH or a whole command (`uvx --from PATH esis`); `size` and `theme` hold where `start`
        says no other; `database` is the URL of the database that `start("here")` uses; `environment` is added to that of
        the process, and `folder` its current folder.
        """
        options = [*(["--database", database] if database else []), "drive", "--size", size]
        options += ["--theme", theme] if theme else []
        self._connection = _Connection(command, options, environment, Path(folder) if folder is not None else None)
        self.timeout = timeout

    @property
    def alive(self) -> bool:
        """Whether the process is there. It is not before it was asked anything, nor after it died."""
        process = self._connection.process
        return process is not None and process.alive

    @property
    def _limit(self) -> float:
        return (USUAL if self.timeout is None else min(self.timeout, LONGEST)) + GRACE


class Esis(_Program):
    """The program. Every method raises `EsisError` (one of the classes of `pytest_esis.errors`) for what goes wrong, and
    `ProgramEnded`, with its stderr, once the process is gone; `close` makes a new one possible.
    """

    def ask(self, request: Request[T]) -> T:
        """Send a request and wait for its result; the methods do this."""
        __tracebackhide__ = True
        for answer in self._connection.send(request, self.timeout):
            try:
                told = answer.result(self._limit)
            except EsisError as error:
                raise error.with_traceback(None) from None
            except TookTooLong:
                raise self._connection.silent(request, self._limit) from None
        return self._connection.read(request, told)

    def close(self) -> None:
        """End the process; its board is removed."""
        self._connection.end()

    def asynchronous(self) -> AsyncEsis:
        """The same process, with methods to await."""
        other = AsyncEsis(timeout=self.timeout)
        other._connection = self._connection
        return other

    def __enter__(self) -> Self:
        """Nothing is started yet."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End the process."""
        self.close()


class AsyncEsis(_Program):
    """The program, with methods to await; otherwise as `Esis`."""

    def synchronous(self) -> Esis:
        """The same process, with methods that wait."""
        other = Esis(timeout=self.timeout)
        other._connection = self._connection
        return other

    async def ask(self, request: Request[T]) -> T:
        """Send a request and wait for its result; the methods do this."""
        __tracebackhide__ = True
        for answer in self._connection.send(request, self.timeout):
            try:
                told = await asyncio.wait_for(asyncio.wrap_future(answer), self._limit)
            except EsisError as error:
                raise error.with_traceback(None) from None
            except TimeoutError:
                raise self._connection.silent(request, self._limit) from None
        return self._connection.read(request, told)

    async def close(self) -> None:
        """End the process; its board is removed."""
        await asyncio.to_thread(self._connection.end)

    async def __aenter__(self) -> Self:
        """Nothing is started yet."""
        return self

    async def __aexit__(self, *_error: object) -> None:
        """End the process."""
        await self.close()
