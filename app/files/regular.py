"""Opening what somebody names as a file: a regular file and nothing else, opened once, and no larger than it may be.

What a name stands for can change at any moment, so what was opened is looked at, not the name. It is opened without waiting:
a FIFO that nobody writes to would wait for ever.
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
"""A file, or what is in it."""


class Unreadable(Refused):
    """There is nothing to read by that name, or too much; `why` says it as the end of a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why[:1].upper()}{why[1:]}.", field="path")
        self.why = why


def opened(source: Source, most: int) -> IO[bytes]:
    """What is in a file (or given), to read from the begin. Raises `Unreadable`, also for more than `most` bytes."""
    file = io.BytesIO(source) if isinstance(source, bytes) else _open(source)
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if size <= most:
        return file
    file.close()
    raise Unreadable(f"het bestand is {size / 1e6:.1f} MB; het mag {most / 1e6:.0f} MB zijn".replace(".", ","))


def read_text(path: Path, most: int) -> str:
    """All of a file in UTF-8, with or without a mark. Raises `Unreadable`."""
    try:
        with opened(path, most) as file:
            return file.read(most).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(f"'{path}' is geen tekst in UTF-8") from None


def kind_of(mode: int) -> str:
    """What it is that is no regular file; empty for one."""
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
