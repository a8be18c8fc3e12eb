"""Opens a user-named file: only a regular file, opened once, and not larger than allowed.

The file behind a name can change at any moment, so the opened file is checked, not the name. It is opened without
blocking: a FIFO without a writer would block for ever.
"""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import IO

from app.files.reasons import reason
from app.platform_parts import NO_WAIT
from app.refusals import Refused

Source = Path | bytes
"""A file, or its contents."""


class Unreadable(Refused):
    """There is nothing readable with that name, or it is too large; `why` is the end of a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why[:1].upper()}{why[1:]}.", field="path")
        self.why = why


def opened(source: Source, most: int) -> IO[bytes]:
    """Open a file (or given contents) for reading from the start. Raises `Unreadable`, also above `most` bytes."""
    file = io.BytesIO(source) if isinstance(source, bytes) else _open(source)
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if size <= most:
        return file
    file.close()
    raise Unreadable(f"het bestand is {size / 1e6:.1f} MB; het mag {most / 1e6:.0f} MB zijn".replace(".", ","))


def read_text(path: Path, most: int) -> str:
    """Read a whole UTF-8 file, with or without a byte order mark. Raises `Unreadable`."""
    try:
        with opened(path, most) as file:
            return file.read(most).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(f"'{path}' is geen tekst in UTF-8") from None


def kind_of(mode: int) -> str:
    """What it is if not a regular file; empty for a regular one."""
    if stat.S_ISREG(mode):
        return ""
    kinds = (
        (stat.S_ISDIR, "een map"),
        (stat.S_ISLNK, "een link naar iets anders"),
        (stat.S_ISFIFO, "een FIFO"),
        (stat.S_ISSOCK, "een socket"),
    )
    return next((name for is_one, name in kinds if is_one(mode)), "een apparaat")


def _open(path: Path) -> IO[bytes]:
    try:
        number = os.open(path, os.O_RDONLY | NO_WAIT)
    except FileNotFoundError:
        raise Unreadable(f"'{path}' bestaat niet") from None
    except (OSError, ValueError) as error:
        raise Unreadable(f"'{path}' is niet te openen ({reason(error)})") from None
    if kind := kind_of(os.fstat(number).st_mode):
        os.close(number)
        raise Unreadable(f"'{path}' is niet te openen (dat is {kind} en geen bestand)")
    return os.fdopen(number, "rb")
