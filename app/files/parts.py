"""The files that belong to a database, by name, so that no written file replaces one of them.

A database on a server has local logs and a lock too, with a name derived from its address.
"""

from __future__ import annotations

import os
import re
from enum import Enum, auto
from pathlib import Path

LOG, LOG_BEFORE = "esis.log", "esis.log.1"
WORKER_LOG, WORKER_LOCK, UPGRADE_LOCK = "worker.log", "worker.lock", "upgrade.lock"
QUEUE = "-queue.db"
_SQLITE = ("", "-wal", "-shm", "-journal")
"""The suffixes of the files of a database."""
_COPY = re.compile(r"\.voor-\d.*")
"""The suffix of a copy made by an upgrade (`models.upgrading`)."""


class Part(Enum):
    """The role of a file of a database."""

    ROWS = auto()
    LOCK = auto()
    """Contains only a process id."""
    TRACE = auto()
    """May contain present or past row data: the queue, logs, and copies made by an upgrade."""


_ENDS = {
    **dict.fromkeys(_SQLITE, Part.ROWS),
    **{f"{QUEUE}{end}": Part.TRACE for end in _SQLITE},
    **{f".{name}": Part.TRACE for name in (LOG, LOG_BEFORE, WORKER_LOG)},
    **{f".{name}": Part.LOCK for name in (WORKER_LOCK, UPGRADE_LOCK)},
}
_kept: dict[str, set[str]] = {}
"""The databases this process opened, or tried to: folder -> file names."""


def part_of(database: str, name: str) -> Part | None:
    """The role of the file with this name for the database with that file name, in the same folder; None if
    unrelated.
    """
    if not name.startswith(database):
        return None
    end = name[len(database) :]
    return Part.TRACE if _COPY.fullmatch(end) else _ENDS.get(end)


def keep(database: Path) -> None:
    """From now on, let no user file written by this process replace a part of this database."""
    folder, name = os.path.split(os.path.realpath(database))
    _kept.setdefault(folder, set()).add(name)


def is_kept(path: Path) -> bool:
    """Whether it is, or would become, a part of a database this process opened: by name, through links, or as another
    name of the same file. Raises `ValueError` for an impossible name.
    """
    folder, name = os.path.split(os.path.realpath(path))
    if _in(folder, name):
        return True
    try:
        about = os.stat(path)
    except OSError:
        return False
    # The same file under another name: a hard link, or other capitals on a case-insensitive file system.
    folders = list(_kept) if about.st_nlink > 1 else [folder] if folder in _kept else []
    return any(_holds(one, about) for one in folders)


def _in(folder: str, name: str) -> bool:
    return any(part_of(database, name) for database in _kept.get(folder, ()))


def _holds(folder: str, about: os.stat_result) -> bool:
    """Whether one of the parts in this folder is this very file."""
    try:
        with os.scandir(folder) as found:
            return any(
                entry.inode() == about.st_ino and _in(folder, entry.name) and os.path.samestat(entry.stat(), about)
                for entry in found
            )
    except OSError:
        return False
