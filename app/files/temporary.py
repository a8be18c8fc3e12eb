"""Our own folders in the temporary folder, removed after use, however the program ends.

Each folder contains a file that is locked while its process lives. An unlocked one was left by a killed process, and is
removed when the next is created, or when a program starts.
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
    """Yield a private folder, removed afterwards with its contents."""
    sweep()
    path, held = _made()
    try:
        yield path
    finally:
        os.close(held)  # Windows cannot remove an open file
        shutil.rmtree(path, ignore_errors=True)


def sweep() -> None:
    """Remove what killed programs of this user left behind; ignore what cannot be removed."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as found:
        for entry in found:
            if entry.name.startswith(PREFIX):
                with suppress(OSError):
                    _take_away(Path(entry.path))


def _made() -> tuple[Path, int]:
    """Create a folder with its lock held; another one if a sweeping program removed the first."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=PREFIX))
        held = own.opened(path / LOCK, os.O_RDWR)
        if lock(held, wait=False) and not os.fstat(held).st_size:
            return path, held
        os.close(held)


def _take_away(path: Path) -> None:
    """Remove a folder created by this program for this user and no longer in use. Raises `OSError` for any other."""
    about = path.lstat()
    if not (stat.S_ISDIR(about.st_mode) and is_private(about)):
        return
    held = os.open(path / LOCK, os.O_RDWR | NO_LINK)
    try:
        if unused := lock(held, wait=False):
            os.write(held, b"-")  # its creator, about to lock it, sees that it is being removed
    finally:
        os.close(held)
    if unused:
        shutil.rmtree(path)
