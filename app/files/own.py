"""Opens the program's own files next to a database: only regular files, never through a link and without blocking."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from app.files.reasons import reason
from app.platform_parts import NO_LINK
from app.refusals import Refused

_NO_FILE = OSError(errno.ENXIO, "")


def opened(path: Path, how: int) -> int:
    """Open the file, creating it if necessary, for its user only, and return its descriptor; `how` as for `os.open`.

    Raises `Refused`, also for a link, a FIFO or a device with that name.
    """
    try:
        number = os.open(path, how | os.O_CREAT | NO_LINK, 0o600)
    except OSError as error:
        raise _unusable(path, _NO_FILE if path.is_symlink() else error) from error
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise _unusable(path, _NO_FILE)
    return number


def _unusable(path: Path, error: OSError) -> Refused:
    return Refused(
        f"{path} is van het programma zelf, en is niet te openen: {reason(error)}. Verplaats of verwijder het."
    )
