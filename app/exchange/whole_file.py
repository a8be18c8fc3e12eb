"""The only way to write a user's file: completely or not at all, under a temporary name next to it, and then moved.

It replaces nothing, or a regular file that may be overwritten: never a link, a FIFO or a device. A file with pupils or
codes is for its owner only; a file meant to be shared follows the user's umask.
"""

from __future__ import annotations

import glob
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from app.files import parts, rights
from app.files.reasons import reason
from app.files.regular import kind_of, opened
from app.platform_parts import NO_LINK, lock
from app.refusals import Refused

BEGIN = 4_096
"""The number of bytes at the start in which a file says who made it."""
LARGEST = 1 << 40
_PART = ".part"


class FileExists(Refused):
    """The file already exists, and overwriting was not requested."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} bestaat al en is niet overschreven.", field="path")
        self.path = path


@contextmanager
def whole_file(path: Path, overwrite: bool = False, shared: bool = False) -> Iterator[IO[bytes]]:
    """Yield a file to write; it is put in place when the block succeeds, and removed otherwise.

    Raises `FileExists`, or `Refused` with the reason why it cannot be written.
    """
    check_place(path, overwrite)
    try:
        _sweep(path)
        number, part = _begun(path)
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        with os.fdopen(number, "wb") as file:
            if shared:
                part.chmod(rights.of_file())
            yield file
            file.flush()
            os.fsync(number)
        _put_in_place(part, path, overwrite)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def _prefix(path: Path) -> str:
    return f".{path.name[:50]}-"


def _begun(path: Path) -> tuple[int, Path]:
    """A new, locked file next to its destination; on a file system without locks nobody sweeps either."""
    while True:
        number, name = tempfile.mkstemp(prefix=_prefix(path), suffix=_PART, dir=path.parent)
        with suppress(OSError):
            lock(number)
        if os.fstat(number).st_nlink:
            return number, Path(name)
        os.close(number)  # another program swept it before it was locked


def _sweep(path: Path) -> None:
    """Remove temporary files that killed programs left for this file: a live one is locked."""
    for left in path.parent.glob(f"{glob.escape(_prefix(path))}????????{_PART}"):
        with suppress(OSError):
            number = os.open(left, os.O_RDONLY | NO_LINK)
            try:
                if unused := lock(number, wait=False):
                    with suppress(PermissionError):  # Windows removes nothing that is open
                        left.unlink()  # locked: whoever began it just now, and waits to lock it, then sees that it is gone
            finally:
                os.close(number)
            if unused:
                left.unlink(missing_ok=True)


def _put_in_place(part: Path, path: Path, overwrite: bool) -> None:
    """Move the file into place. Raises like `check_place`, because another program may have been first, and
    `OSError`.
    """
    check_place(path, overwrite)
    if not overwrite:
        try:
            os.link(part, path)
            return
        except FileExistsError:
            raise FileExists(path) from None
        except OSError:
            pass  # a file system without links, such as on a USB stick
    part.replace(path)


def put(path: Path, content: str | bytes, overwrite: bool = False, shared: bool = False) -> None:
    """Write a whole file at once, text as UTF-8. Raises like `whole_file`."""
    with whole_file(path, overwrite, shared) as file:
        file.write(as_bytes(content))


def as_bytes(content: str | bytes) -> bytes:
    """A text as UTF-8; bytes of a file name that are none stay readable, as an escape."""
    return content.encode(errors="backslashreplace") if isinstance(content, str) else content


def check_place(path: Path, overwrite: bool = True) -> None:
    """Raise `Refused` where no file can be created, for anything but a regular file, and for the files of a database
    this process opened; `FileExists` for a file that may not be replaced.
    """
    try:
        if not path.parent.is_dir():
            raise Refused(f"De map {path.parent} bestaat niet. Maak die eerst, of kies een andere.", field="path")
        if path.is_dir() and not path.is_symlink():
            raise Refused(f"{path} is een map. Typ de naam van het bestand erachter.", field="path")
        if parts.is_kept(path):
            raise Refused(f"{path} is de database zelf, of hoort daarbij. Kies een andere naam.", field="path")
        kind = kind_of(path.lstat().st_mode)
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from error
    if kind:
        raise Refused(f"{path} is {kind} en wordt niet vervangen. Kies een andere naam.", field="path")
    if not overwrite:
        raise FileExists(path)


def bears(path: Path, mark: str) -> bool:
    """Whether a file says at its start that this program made it. Raises `Unreadable`."""
    with opened(path, LARGEST) as file:
        return mark.encode() in file.read(BEGIN)


def make_folder(path: Path, shared: bool = False) -> None:
    """Create the folder and its parents if necessary. Raises `Refused`."""
    try:
        missing = [one for one in (path, *path.parents) if not one.exists()]
        path.mkdir(parents=True, exist_ok=True)
        for one in missing if shared else ():
            one.chmod(rights.of_folder())
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from error


def own_folder(path: Path) -> None:
    """Create a shared folder of ours inside the user's, if necessary; never through a link to another.

    Raises `Refused`.
    """
    if path.is_symlink():
        raise Refused(f"{path} is een link naar iets anders. Haal die weg, of kies een andere map.")
    make_folder(path, shared=True)


def unwritable(path: Path, error: OSError | ValueError) -> Refused:
    """The refusal that this cannot be written, and why."""
    return Refused(f"{path} is niet te schrijven: {reason(error)}.", field="path")
