"""The driver of terminals on Linux and macOS: it reads any bytes, and leaves when the terminal is gone.

It is based on Textual's own driver, which Windows cannot import.
"""

from __future__ import annotations

import os
import re
import select
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable
from itertools import chain
from typing import IO, Any

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver


class TerminalGone(Exception):
    """No more input or output is possible."""


class Terminal(LinuxDriver):
    """Textual's own driver, for real terminals: input may be any bytes, stderr may be a file, and the window may be
    closed.
    """

    _BYTES, _LOOK = 4096, 0.1
    _OLD_MOUSE = re.compile(rb"\x1b\[M[\x20-\xff]{3}", re.DOTALL)
    """X10 mouse report, which some terminals send unasked; its bytes are not text."""
    _BEGUN_MOUSE = re.compile(rb"\x1b\[M[\x20-\xff]{0,2}\Z", re.DOTALL)
    """An incomplete one; the rest comes with the next bytes."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        shows = sys.__stderr__ if sys.__stderr__ is not None and sys.__stderr__.isatty() else sys.__stdout__
        self._file: Any = _Shown(shows)
        self._begun = b""

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except (OSError, TerminalGone) as error:
            if not self.exit_event.is_set():
                self._app.call_later(getattr(self._app, "terminal_gone", self._app.exit), error)
        except Exception as error:
            self._app.call_later(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Read keyboard and mouse. Raises `TerminalGone` or `OSError` when no more input can come."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        while not self.exit_event.is_set():
            ready, _, _ = select.select([self.fileno], [], [], self._LOOK)
            text = decode(self._read()) if ready else ""
            for message in chain(parser.feed(text) if text else (), parser.tick()):
                self.process_message(message)

    def _read(self) -> bytes:
        data = os.read(self.fileno, self._BYTES)
        if not data:
            raise TerminalGone
        return self._without_old_mouse(data)

    def _without_old_mouse(self, data: bytes) -> bytes:
        data = self._OLD_MOUSE.sub(b"", self._begun + data)
        begun = self._BEGUN_MOUSE.search(data)
        self._begun = begun[0] if begun else b""
        return data[: len(data) - len(self._begun)]


class _Shown:
    """The terminal as a file that accepts any text; what it can no longer show is lost."""

    def __init__(self, file: IO[str] | None) -> None:
        self._file = file

    def write(self, text: str) -> None:
        self._do(lambda file: file.write(text))

    def flush(self) -> None:
        self._do(lambda file: file.flush())

    def fileno(self) -> int:
        return -1 if self._file is None else self._file.fileno()

    def _do(self, what: Callable[[IO[str]], object]) -> None:
        try:
            if self._file is not None:
                what(self._file)
        except (OSError, ValueError):
            self._file = None
