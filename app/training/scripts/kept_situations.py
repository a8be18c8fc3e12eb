"""Starting states kept from one play to the next: making one is nights of deliveries, copying it is nothing.

They are in the user's cache folder, which may be thrown away at any time, under a fingerprint of the program: another
version, or a changed file of it, makes its own. A digest is beside each: what is not as it was made (a disk that was full,
a computer that lost its power, another file in its place) is made again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import platformdirs

from app.files import own, temporary
from app.files.regular import opened
from app.platform_parts import lock
from app.refusals import Refused

ROOMS = ("app", "models", "fixtures")
"""The packages that decide what is in a starting state."""
LARGEST = 1 << 30
"""Bytes of a database."""
FORGOTTEN = 30 * 86_400
"""Seconds after which what nobody used is removed."""


def kept(name: str, make: Callable[[Path], None]) -> Path | None:
    """The database with this name, made by `make` at the path it is given if it is not there yet, once for all processes
    that ask at the same time. None where nothing can be kept; what `make` raises is raised.
    """
    with in_turn(name) as folder:
        if folder is None:
            return None
        path, part, digest = (folder / f"{name}.{kind}" for kind in ("db", "part", "sha256"))
        if _is_whole(path, digest):
            return path
        if not _cleared(path, part, digest):  # of a program that was killed, or spoilt
            return None
        # Not made here: of a killed program SQLite's log would stay, and be taken for that of the next one.
        with temporary.folder() as apart:
            made = apart / path.name
            make(made)
            return path if _put(made, part, path, digest) else None


@contextmanager
def in_turn(what: str) -> Iterator[Path | None]:
    """Wait until no other process does this; the folder of what is kept, None where nothing can be."""
    folder = _folder()
    try:
        held = own.opened(folder / f"{what}.lock", os.O_RDWR) if folder else None
    except Refused:
        held = None
    if held is None:
        yield None
        return
    try:
        yield folder if _locked(held) else None
    finally:
        os.close(held)


def there(name: str) -> bytes | None:
    """What is kept under this name, if it is there as it was made."""
    folder = _folder()
    if folder is None:
        return None
    try:
        with opened(folder / f"{name}.sha256", LARGEST) as file:
            digest = file.read(100).decode("ascii", "replace")
        with opened(folder / f"{name}.db", LARGEST) as file:
            found: bytes = file.read()
    except Refused:
        return None
    return found if hashlib.sha256(found).hexdigest() == digest else None


def _locked(held: int) -> bool:
    """Wait for the others; False on a file system without locks."""
    try:
        return lock(held)
    except OSError:
        return False


def _put(made: Path, part: Path, path: Path, digest: Path) -> bool:
    """Put it in its place, whole; False where it does not fit."""
    try:
        shutil.copy(made, part)
        digest.write_text(_digest(part))
        part.replace(path)
    except (OSError, Refused):
        _cleared(part, digest)
        return False
    return True


def _is_whole(path: Path, digest: Path) -> bool:
    """Whether a file is there as it was made."""
    try:
        with opened(digest, LARGEST) as file:
            return file.read(100).decode("ascii", "replace") == _digest(path)
    except Refused:
        return False


def _digest(path: Path) -> str:
    with opened(path, LARGEST) as file:
        found = hashlib.sha256()
        while chunk := file.read(1 << 20):
            found.update(chunk)
    return found.hexdigest()


def _cleared(*paths: Path) -> bool:
    """Remove files; False where that cannot be."""
    try:
        for path in paths:
            path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _folder() -> Path | None:
    """The private folder of this program's fingerprint; None where there can be none."""
    try:
        parent = platformdirs.user_cache_path("esis") / "beginstanden"
        folder = parent / fingerprint()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.utime(folder)
        _forget(parent)
    except OSError:
        return None
    return folder


def _forget(parent: Path) -> None:
    """Remove what other versions kept and nobody used for long."""
    for folder in parent.iterdir():
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > FORGOTTEN:
                shutil.rmtree(folder)


@cache
def fingerprint() -> str:
    """A name for the program as it is: its files with their sizes and times, and the Python that runs it."""
    root = Path(__file__).parents[3]
    about = [sys.version, *(line for room in ROOMS for line in _files(root / room))]
    return hashlib.sha256("\n".join(about).encode()).hexdigest()[:16]


def _files(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(Path(entry.path))
        else:
            about = entry.stat()
            yield f"{entry.path} {about.st_size} {about.st_mtime_ns}"
