"""Files of the program itself beside a database: opened as what they are, never through a link and never waiting."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from app.platform_parts import NO_LINK


def opened(path: Path, how: int) -> int:
    """The number of the file, made where it is not there, for its user only; `how` as for `os.open`.

    Raises `OSError`, also for a link, a FIFO or a device of that name.
    """
    number = os.open(path, how | os.O_CREAT | NO_LINK, 0o600)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(errno.ENXIO, "no regular file", str(path))
    return number
