"""How the program ends, in a real terminal: signals, a closed window, unwritable output, odd bytes."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.commands.conftest import ROOT, ended, started

ALTERNATE, BACK, MOUSE_OFF, PASTE_OFF = b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?1003l", b"\x1b[?2004l"
PATIENCE = 60.0
NO_TEXT = b"\xe9\xff\x1b[M\xa0\xc3\xa9\x1b[20~"
"""Latin-1, X10's report of the mouse, and F9."""


class Terminal:
    """The program in a terminal of 20x5, with stderr in a file: what it shows."""

    def __init__(self, database: str, errors: Path) -> None:
        self.shown, self._read = b"", 0
        self.process, self.number = pty.fork()
        if self.process == 0:  # pragma: no cover
            os.chdir(ROOT)
            os.dup2(os.open(errors, os.O_CREAT | os.O_WRONLY), 2)
            os.environ["TERM"] = "xterm-256color"
            os.execv(sys.executable, [sys.executable, "-m", "app", "--database", database, "--user", "rovict"])
        fcntl.ioctl(self.number, termios.TIOCSWINSZ, struct.pack("HHHH", 5, 20, 0, 0))

    def until(self, part: bytes) -> None:
        """Read until it shows this text, starting after the previously awaited one."""
        deadline = time.monotonic() + PATIENCE
        while (place := self.shown.find(part, self._read)) < 0:
            ready, _, _ = select.select([self.number], [], [], PATIENCE)
            assert ready, self.shown[-2000:]
            assert time.monotonic() < deadline, self.shown[-2000:]
            self.shown += os.read(self.number, 65536)
        self._read = place + len(part)

    def status(self) -> int:
        """How it ended."""
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


@contextmanager
def terminal(database: str, errors: Path) -> Iterator[Terminal]:
    shown = Terminal(database, errors)
    try:
        yield shown
    finally:
        os.close(shown.number)


def test_a_signal_leaves_the_terminal_as_it_was_whatever_bytes_came(practice: str, tmp_path: Path) -> None:
    with terminal(practice, tmp_path / "errors") as program:
        program.until(ALTERNATE)
        program.until(b"Vraagt")
        os.write(program.number, NO_TEXT)
        program.until(b"Schooltijd")
        os.kill(program.process, signal.SIGTERM)
        for restored in (PASTE_OFF, BACK, MOUSE_OFF):
            program.until(restored)
        assert program.status() == 128 + signal.SIGTERM
    assert (tmp_path / "errors").read_text() == "Afgebroken.\n"


def test_a_window_that_is_closed_ends_the_program(practice: str, tmp_path: Path) -> None:
    with terminal(practice, tmp_path / "errors") as program:
        program.until(b"Vraagt")
    assert program.status() == 128 + signal.SIGHUP


@pytest.mark.parametrize(
    ("redirected", "status", "said"),
    [(">&-", 0, ""), (">/dev/full", 3, "De schijf is vol."), ("2>/dev/full", 0, ""), ("<&- 2>&-", 0, "")],
)
def test_output_that_cannot_be_written(practice: str, redirected: str, status: int, said: str) -> None:
    done = ended(started(practice, "staff", "list", redirected=redirected))
    assert (done.status, done.err.partition("\n")[0]) == (status, said)


def test_what_an_old_terminal_cannot_show_is_replaced(practice: str) -> None:
    done = ended(started(practice, "pupil", "list", environment={"PYTHONIOENCODING": "ascii"}))
    assert done.status == 0
    assert "Ayd?n" in done.out


def test_a_terminal_that_shows_lines_only_is_refused(practice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.commands import opening
    from app.refusals import Refused

    monkeypatch.setenv("TERM", "dumb")
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    with pytest.raises(Refused, match="TERM=dumb"):
        opening.require_terminal("")
