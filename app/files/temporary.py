"""Folders of our own in the temporary folder, gone when they are done with, whatever ended the program.

A folder holds a file that is locked for as long as the process lives that uses it. One that nobody locks was left by a
process that was killed, and goes when the next is made, or when a program opens.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.files import own
from app.platform_parts import NO_LINK, is_private, lock

PREFIX = "esis-"
LOCK = ".esis-in-gebruik"


@contextmanager
def folder() -> Iterator[Path]:
    """A folder of one's own, which is gone afterwards with all that is in it."""
    sweep()
    path, held = _made()
    try:
        yield path
    finally:
        os.close(held)  # Windows removes nothing that is open
        shutil.rmtree(path, ignore_errors=True)


def sweep() -> None:
    """Take away what killed programs of this user left; what cannot be taken away stays."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as found:
        for entry in found:
            if entry.name.startswith(PREFIX):
                with suppress(OSError):
                    _take_away(Path(entry.path))


def _made() -> tuple[Path, int]:
    """A folder with its lock, which is held; another one where a program that sweeps was first."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=PREFIX))
        held = own.opened(path / LOCK, os.O_RDWR)
        if lock(held, wait=False) and not os.fstat(held).st_size:
            return path, held
        os.close(held)


def _take_away(path: Path) -> None:
    """Remove a folder that is this user's, made by this program, and in use by nobody. Raises `OSError` for any other."""
    about = path.lstat()
    if not (stat.S_ISDIR(about.st_mode) and is_private(about)):
        return
    held = os.open(path / LOCK, os.O_RDWR | NO_LINK)
    try:
        if unused := lock(held, wait=False):
            os.write(held, b"-")  # whoever made it just now, and comes to lock it, sees that it goes
    finally:
        os.close(held)
    if unused:
        shutil.rmtree(path)
