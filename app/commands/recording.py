"""`--record`: plays a demo in a terminal of its own and keeps what it showed, as asciicast v2 (docs.asciinema.org)."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from app.commands.asking import may_replace
from app.commands.output import tell
from app.exchange.whole_file import whole_file

if TYPE_CHECKING:
    from app.commands.session import Session

READ = 65_536
GRACE = 5.0
"""Seconds that what is recorded gets to leave by itself."""
LOOK = 0.05
PROGRAM = (sys.executable, "-c", "from app.cli import main; main()")


def record_demo(
    session: Session,
    path: Path,
    out: Path,
    size: str,
    *,
    theme: str | None,
    speed: float,
    roomy: bool,
    here: bool,
    yes: bool = False,
) -> None:
    """Play a demo and keep it. Raises `InvalidScript`, or `Refused` where it failed or cannot be kept."""
    from app.refusals import Refused
    from app.training.pictures import parse_size
    from app.training.scripts.document import read

    script = read(path)
    if out.exists() and out.samefile(path):
        raise Refused(f"{out} is het draaiboek zelf. Noem met --record een ander bestand.")
    overwrite = may_replace(out, yes)
    options = [
        "--speed",
        str(speed),
        *(["--theme", theme] if theme else []),
        *(["--roomy"] if roomy else []),
        *(["--here"] if here else []),
    ]
    board = ["--board", session.board.name] if here else []
    # In the environment, where only this user can read it: the address of a database may hold a password.
    more = {"ESIS_DATABASE_URL": session.settings.database_url} if here else {}
    command = [*PROGRAM, *board, "play", str(path), "--demo", "--leave", *options]
    with whole_file(out, overwrite, shared=True) as file:
        failed = record(command, file, parse_size(size), script.title, more)
    if failed:
        raise Refused(f"De demo is niet goed geëindigd; wat er te zien was, staat in {out}.")
    tell(f"Opgenomen in {out}")


def record(command: Sequence[str], file: IO[bytes], size: tuple[int, int], title: str, more: Mapping[str, str]) -> int:
    """Run a command in a terminal of this size, with `more` in its environment, and write what it shows with its times;
    its exit status. However this ends, the command has ended too.
    """
    columns, rows = size
    environment = {
        **os.environ,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "COLUMNS": str(columns),
        "LINES": str(rows),
        **more,
    }
    header = {"version": 2, "width": columns, "height": rows, "title": title, "env": {"TERM": "xterm-256color"}}
    file.write(_line(header))
    child, terminal = pty.fork()
    if child == 0:
        try:
            os.execvpe(command[0], list(command), environment)
        finally:
            os._exit(127)  # two of this program would go on
    try:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        _follow(terminal, lambda event: file.write(_line(event)))
    except BaseException:
        os.close(terminal)
        _end(child)
        raise
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _end(child: int) -> None:
    """Let it leave, for its terminal is closed, and kill it when it does not; returns when it is gone."""
    gone, deadline = 0, time.monotonic() + GRACE
    try:
        while not gone and time.monotonic() < deadline:
            time.sleep(LOOK)
            gone, _ = os.waitpid(child, os.WNOHANG)
    finally:  # also for who will not wait for it
        if not gone:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _line(data: object) -> bytes:
    return f"{json.dumps(data, ensure_ascii=False)}\n".encode(errors="replace")


def _follow(terminal: int, write: Callable[[object], object]) -> None:
    """Write each thing that is shown as an event, until the command ends."""
    begin, waiting = time.monotonic(), b""
    while True:
        select.select([terminal], [], [])
        try:
            data = os.read(terminal, READ)
        except OSError:
            data = b""
        if not data:
            return
        text, waiting = _whole(waiting + data)
        write([round(time.monotonic() - begin, 6), "o", text])
        if sys.stdout.isatty():
            sys.stdout.write(text)
            sys.stdout.flush()


def _whole(data: bytes) -> tuple[str, bytes]:
    """The text in it, and the begin of a character that is not there yet."""
    for cut in range(4):
        try:
            return data[: len(data) - cut].decode(), data[len(data) - cut :]
        except UnicodeDecodeError:
            continue
    return data.decode(errors="replace"), b""
