"""The program as a process that is asked by lines of JSON (`esis drive`); knows nothing of what is asked."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any, TypeAlias

from pytest_esis.errors import ProgramEnded, of_reply
from pytest_esis.running import NOT_FOUND, NOT_STARTED, environment, words_of

Answer: TypeAlias = "Future[Mapping[str, Any]]"
PROTOCOL = 1
TOLD = 65_536
"""Characters of stderr that are kept."""
LONGEST = 100_000_000
"""Bytes of an answer; a longer line is of another program."""
GONE = 2.0
"""Seconds in which the last words of a process that is gone are heard: a child of it may keep the pipes."""
NO_ANSWER = "Dit is geen antwoord van het programma esis."
ENDED = "Het programma is geëindigd met status {}."
CLOSED = "De verbinding met het programma is gesloten."


class Process:
    """One process. Requests may be sent from any thread; they are answered in the order in which they were sent."""

    def __init__(
        self, command: str, options: Sequence[str], more: Mapping[str, str] | None = None, folder: Path | None = None
    ) -> None:
        """Start it, with `more` in its environment, and greet it. Raises `ProgramEnded` if it cannot be started."""
        if (words := words_of(command)) is None:
            raise ProgramEnded(NOT_FOUND.format(command))
        try:
            self._process = subprocess.Popen(
                [*words, *options],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**environment(), **(more or {})},
                cwd=folder,
            )
        except OSError as error:
            raise ProgramEnded(NOT_STARTED.format(command, error.strerror)) from error
        self._waiting: dict[int, Answer] = {}
        self._last, self._lock = 0, threading.Lock()
        self._ended: ProgramEnded | None = None
        self._stderr = ""
        self._lines: SimpleQueue[bytes | None] = SimpleQueue()
        self._hearing = [threading.Thread(target=one, daemon=True) for one in (self._hear_errors, self._hear)]
        for thread in (*self._hearing, threading.Thread(target=self._say, daemon=True)):
            thread.start()
        self.greeted = self.ask("hello", {"protocol": PROTOCOL})
        """Its answer to the greeting; fails for a program that does not know this protocol."""

    @property
    def alive(self) -> bool:
        """Whether it can be asked something."""
        return self._ended is None

    def ask(self, command: str, given: Mapping[str, Any]) -> Answer:
        """Send a request. The answer is its result, or one of the exceptions of `errors`. Raises nothing."""
        answer: Answer = Future()
        answer.set_running_or_notify_cancel()  # who no longer waits for it takes nothing back
        with self._lock:
            if self._ended is not None:
                answer.set_exception(self._ended)
                return answer
            self._last += 1
            self._waiting[self._last] = answer
            line = json.dumps({"id": self._last, "command": command, **given}) + "\n"
            self._lines.put(line.encode("ascii"))
        return answer

    def end(self, patience: float = 10.0) -> None:
        """Let it end, which removes its board; kill it after so many seconds."""
        self._lines.put(None)
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._gone()

    def kill(self) -> None:
        """End it now. What it leaves in the temporary folder is removed when a program is started next."""
        self._process.kill()
        self._lines.put(None)
        self._gone()

    def _gone(self) -> None:
        """It ended, or was ended: hear its last words."""
        for thread in self._hearing:
            thread.join(GONE)
        self._lost()

    def _say(self) -> None:
        """In a thread: a program that hangs reads nothing, and whoever asks must not wait for that."""
        with suppress(OSError):  # it died: the thread that hears it tells how
            while line := self._lines.get():
                _pipe(self._process.stdin).write(line)
                _pipe(self._process.stdin).flush()
        with suppress(OSError):
            _pipe(self._process.stdin).close()

    def _hear(self) -> None:
        """In a thread: hand out the answers; at the end, say to whoever still waits how it ended."""
        stream = _pipe(self._process.stdout)
        while line := stream.readline(LONGEST):
            with suppress(ValueError, RecursionError):  # not ours: a program that is not esis
                told = json.loads(line)
                if isinstance(told, dict) and isinstance(told.get("id"), int):
                    self._hand_out(told["id"], told)
        self._process.wait()
        self._hearing[0].join(GONE)
        stream.close()
        self._lost()

    def _lost(self) -> None:
        """It is gone: say how to whoever still waits."""
        status = self._process.wait()
        with self._lock:
            if self._ended is None:
                self._ended = ProgramEnded(ENDED.format(status) if status else CLOSED, status, self._stderr)
            waiting, self._waiting = self._waiting, {}
        for answer in waiting.values():
            answer.set_exception(self._ended)

    def _hand_out(self, number: int, told: Mapping[str, Any]) -> None:
        with self._lock:
            answer = self._waiting.pop(number, None)
        result, error = told.get("result"), told.get("error")
        if answer is not None and told.get("ok") is True and isinstance(result, dict):
            answer.set_result(result)
        elif answer is not None:
            answer.set_exception(of_reply(error if isinstance(error, dict) else {"message": NO_ANSWER}))

    def _hear_errors(self) -> None:
        """In a thread."""
        stream = _pipe(self._process.stderr)
        while chunk := os.read(stream.fileno(), TOLD):
            self._stderr = (self._stderr + chunk.decode("utf-8", "replace"))[-TOLD:]
        stream.close()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None, "it was started with pipes"
    return stream
