"""`--record`: plays a demo in a terminal of its own and keeps what it showed, as asciicast v2 (docs.asciinema.org)."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.output import tell

if TYPE_CHECKING:
    from app.commands.session import Session

READ = 65_536
PROGRAM = (sys.executable, "-c", "from app.cli import main; main()")


def record_demo(
    session: Session, path: Path, out: Path, size: str, *, theme: str | None, speed: float, roomy: bool, here: bool
) -> None:
    """Play a demo and keep it. Raises `InvalidScript`, or `Refused` where it failed or cannot be kept."""
    from app.refusals import Refused
    from app.training.pictures import parse_size
    from app.training.scripts.document import read

    script = read(path)
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
    if record(command, out, parse_size(size), script.title, more):
        raise Refused(f"De demo is niet goed geëindigd; wat er te zien was, staat in {out}.")
    tell(f"Opgenomen in {out}")


def record(command: Sequence[str], out: Path, size: tuple[int, int], title: str, more: Mapping[str, str]) -> int:
    """Run a command in a terminal of this size, with `more` in its environment, and write what it shows with its times;
    its exit status.

    Raises `Refused` when the file cannot be written.
    """
    from app.refusals import Refused

    try:
        file = out.open("w", encoding="utf-8")
    except OSError as error:
        raise Refused(f"{out} is niet te schrijven: {error.strerror}.") from error
    with file:
        columns, rows = size
        header = {"version": 2, "width": columns, "height": rows, "title": title, "env": {"TERM": "xterm-256color"}}
        file.write(json.dumps(header, ensure_ascii=False) + "\n")
        child, terminal = pty.fork()
        if child == 0:
            os.environ.update(
                TERM="xterm-256color", COLORTERM="truecolor", COLUMNS=str(columns), LINES=str(rows), **more
            )
            os.execvp(command[0], list(command))
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        _follow(terminal, file.write)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _follow(terminal: int, write: Callable[[str], object]) -> None:
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
        event = json.dumps([round(time.monotonic() - begin, 6), "o", text], ensure_ascii=False)
        write(event + "\n")
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
