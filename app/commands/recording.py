"""`--record`: plays a demo as behind a browser page and records its output, as asciicast v2 (docs.asciinema.org)."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from app.commands.asking import may_replace
from app.commands.output import tell
from app.exchange.whole_file import whole_file

if TYPE_CHECKING:
    from app.commands.session import Session

TERM = "xterm-256color"
LEAVE = "\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?2004l\x1b[?25h\x1b[?1049l"
"""Restores a terminal after playing back a recording: no mouse, a cursor, its own screen."""


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
    """Play and record a demo. Raises `InvalidScript`, or `Refused` when it failed or cannot be written."""
    from app import ending, own_program
    from app.commands.serve import DRIVER
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
    # In the environment, where only this user can read it: a database address may contain a password.
    more = {"ESIS_DATABASE_URL": session.settings.database_url} if here else {}
    command = [*own_program.command("app"), *board, "play", str(path), "--demo", "--leave", *options]
    with whole_file(out, overwrite, shared=True) as file:
        failed = ending.run(record(command, file, parse_size(size), script.title, {**DRIVER, **more}))
    if failed:
        raise Refused(f"De demo is niet goed geëindigd; wat er te zien was, staat in {out}.")
    tell(f"Opgenomen in {out}")


async def record(
    command: Sequence[str], file: IO[bytes], size: tuple[int, int], title: str, more: Mapping[str, str]
) -> int:
    """Run a program with so many columns and rows, and `more` in its environment, and write its timed output; return
    its exit status. However this ends, the program has ended too. Its stderr is printed here.
    """
    from app.serving.session import Session

    file.write(_line({"version": 2, "width": size[0], "height": size[1], "title": title, "env": {"TERM": TERM}}))
    program = await Session.start(command, size, more, stderr=None)
    begin = time.monotonic()
    try:
        async for data in program.packets():
            if isinstance(data, bytes):
                _keep(file, time.monotonic() - begin, data.decode(errors="replace"))
        _keep(file, time.monotonic() - begin, LEAVE)
        return await program.status()
    finally:
        await program.end()


def _keep(file: IO[bytes], seconds: float, text: str) -> None:
    """Write an event of the recording; on a terminal, also show it."""
    file.write(_line([round(seconds, 6), "o", text]))
    if sys.stdout.isatty():
        sys.stdout.write(text)
        sys.stdout.flush()


def _line(data: object) -> bytes:
    return f"{json.dumps(data, ensure_ascii=False)}\n".encode(errors="replace")
