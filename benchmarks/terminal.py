"""A program in a real terminal (a pty): when it has painted something, and how long it takes after a key."""

from __future__ import annotations

import fcntl
import os
import pty
import subprocess
import termios
from collections.abc import Mapping, Sequence
from select import select
from time import perf_counter

from benchmarks.stage import ROOT, wait

ROWS, COLUMNS = 36, 120
QUIET = 0.04
"""Seconds without output after which a paint counts as complete."""
PATIENCE = 60.0
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
PAGE_DOWN, PAGE_UP = "\x1b[6~", "\x1b[5~"
ENTER, ESCAPE, FIND, MENU = "\r", "\x1b", "\x10", "\x0f"


class NothingPainted(Exception):
    """The program did not show the expected text; the message has the end of its output."""


def _own_terminal() -> None:
    """Make standard input the session's terminal, so that the program gets a hangup when the terminal closes."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """The program, its terminal, and its output."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.begin = perf_counter()
        self._master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (ROWS, COLUMNS))
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=_own_terminal,
        )
        os.close(slave)
        self._written = ""

    def wait_for(self, text: str) -> float:
        """Read until the text has been written since the last key; returns milliseconds since then or the start."""
        while text not in self._written:
            if not self._read(PATIENCE):
                raise NothingPainted(f"{text!r} was not painted; the last was {self._written[-2000:]!r}")
        return (perf_counter() - self.begin) * 1000

    def settle(self) -> None:
        """Read until nothing has been written for a while."""
        while self._read(0.25):
            pass

    def press(self, keys: str) -> None:
        """Press keys; earlier output no longer counts."""
        self._written = ""
        self.begin = perf_counter()
        os.write(self._master, keys.encode())

    def painted_after(self, key: str) -> float | None:
        """Milliseconds from the key to its last paint; None if there was none."""
        while self._read(QUIET):
            pass
        self.press(key)
        last = None
        while self._read(QUIET if last else 0.5):
            last = (perf_counter() - self.begin) * 1000
        return last

    def find(self, title: str, shown: str) -> None:
        """Open a screen or run an action by its name in the palette, and wait for this text."""
        self.press(FIND)
        self.settle()
        self.press(title)
        self.settle()
        self.press(ENTER)
        self.wait_for(shown)
        self.settle()

    def close(self) -> float:
        """Kill the program, which might otherwise ask about a changed form; returns its peak memory in MB."""
        self._process.kill()
        megabytes = wait(self._process)
        os.close(self._master)
        return megabytes

    def _read(self, seconds: float) -> bool:
        if not select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # Linux reports this when the other end of a pty is closed.
            return False
        self._written += data.decode(errors="replace")
        return bool(data)
