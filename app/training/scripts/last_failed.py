"""Which draaiboeken failed when they were last played on this machine: an empty file each, in the user's state folder.

A file each, so that two plays at the same time need not know of each other.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import platformdirs

from app.exchange.whole_file import make_folder, put
from app.refusals import Refused


def note(path: Path, failed: bool) -> None:
    """Remember how a play of a draaiboek ended; where nothing can be written, nothing is remembered."""
    place = _place(path)
    with suppress(OSError, Refused):
        if failed:
            make_folder(place.parent)
            put(place, f"{os.path.abspath(path)}\n", overwrite=True)
        else:
            place.unlink(missing_ok=True)


def has_failed(path: Path) -> bool:
    """Whether the last play of a draaiboek failed."""
    return _place(path).is_file()


def _place(path: Path) -> Path:
    name = sha256(os.path.abspath(path).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return platformdirs.user_state_path("esis") / "draaiboeken" / name
