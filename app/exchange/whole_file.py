"""A file that is there whole or not at all: written beside its place under another name, and then put in it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from app.refusals import Refused


class FileExists(Refused):
    """The file is there already, and overwriting it was not asked."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} bestaat al en is niet overschreven.", field="path")
        self.path = path


@contextmanager
def whole_file(path: Path, overwrite: bool = False) -> Iterator[IO[bytes]]:
    """A file to write; it takes its place when the block ends well, and leaves nothing when it does not.

    Raises `FileExists`, or `Refused` with the reason for a place that cannot be written.
    """
    _check_place(path, overwrite)
    try:
        number, name = tempfile.mkstemp(prefix=f".{path.name[:100]}-", suffix=".part", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    part = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _check_place(path, overwrite)  # another program may have been quicker
        part.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def _check_place(path: Path, overwrite: bool) -> None:
    if path.is_dir():
        raise Refused(f"{path} is een map. Typ de naam van het bestand erachter.", field="path")
    if not path.parent.is_dir():
        raise Refused(f"De map {path.parent} bestaat niet. Maak die eerst, of kies een andere.", field="path")
    if path.exists() and not overwrite:
        raise FileExists(path)


def _unwritable(path: Path, error: OSError) -> Refused:
    return Refused(f"{path} is niet te schrijven: {error.strerror}.", field="path")
