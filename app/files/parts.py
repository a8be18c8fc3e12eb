"""The files of a database: which they are, by their names, and that nothing which is written takes the place of one.

A database on a server has logs and a lock here too, beside a name that is made of its address.
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
"""What a database has in files beside each other, by how their names end."""
_COPY = re.compile(r"\.voor-\d.*")
"""How a copy ends that an upgrade made (`models.upgrading`)."""


class Part(Enum):
    """What a file is to a database."""

    ROWS = auto()
    LOCK = auto()
    """Holds the number of a process and nothing else."""
    TRACE = auto()
    """May tell of what is, or was, in the rows: the queue, logs, and copies by an upgrade."""


_ENDS = {
    **dict.fromkeys(_SQLITE, Part.ROWS),
    **{f"{QUEUE}{end}": Part.TRACE for end in _SQLITE},
    **{f".{name}": Part.TRACE for name in (LOG, LOG_BEFORE, WORKER_LOG)},
    **{f".{name}": Part.LOCK for name in (WORKER_LOCK, UPGRADE_LOCK)},
}
_kept: dict[str, set[str]] = {}
"""The databases that this process opened, or tried to: by folder the names of their files."""


def part_of(database: str, name: str) -> Part | None:
    """What the file of this name is to the database whose file has that name, in the same folder; None for nothing."""
    if not name.startswith(database):
        return None
    end = name[len(database) :]
    return Part.TRACE if _COPY.fullmatch(end) else _ENDS.get(end)


def keep(database: Path) -> None:
    """From now on nothing that this process writes as a file of the user takes the place of a part of this database."""
    folder, name = os.path.split(os.path.realpath(database))
    _kept.setdefault(folder, set()).add(name)


def is_kept(path: Path) -> bool:
    """Whether it is, or would become, a part of a database that this process opened: by name, also through links, or as
    another name of the same file. Raises `ValueError` for a name that no file can have.
    """
    folder, name = os.path.split(os.path.realpath(path))
    if _in(folder, name):
        return True
    try:
        about = os.stat(path)
    except OSError:
        return False
    # By another name: a hard link anywhere, or here other capitals where the file system sees no difference.
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
