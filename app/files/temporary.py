"""Folders of our own in the temporary folder, gone when they are done with, whatever ended the program.

A folder holds a file that is locked for as long as the process lives that uses it. One that nobody locks was left by a
process that was killed, and goes when the next is made, or when a program opens.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "esis-"
LOCK = ".esis-in-gebruik"


@contextmanager
def folder() -> Iterator[Path]:
    """A folder of one's own, which is gone afterwards with all that is in it."""
    sweep()
    path = Path(tempfile.mkdtemp(prefix=PREFIX))
    held = None
    try:
        held = _locked(path)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        if held is not None:
            os.close(held)


def sweep() -> None:
    """Take away what killed programs of this user left; what cannot be taken away stays."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as found:
        for entry in found:
            if entry.name.startswith(PREFIX):
                with suppress(OSError):
                    _take_away(Path(entry.path))


def _locked(path: Path) -> int:
    """Put the lock in it, which is held already when it appears: nobody finds the folder unlocked."""
    part = path / f"{LOCK}.part"
    held = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    fcntl.flock(held, fcntl.LOCK_EX)
    part.rename(path / LOCK)
    return held


def _take_away(path: Path) -> None:
    """Remove a folder that is this user's, made by this program, and in use by nobody. Raises `OSError` for any other."""
    about = path.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.getuid() or about.st_mode & 0o077:
        return
    held = os.open(path / LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(path)
    finally:
        os.close(held)
