"""File names typed by a user: they may be anything, and checking them never raises."""

from __future__ import annotations

import os
from pathlib import Path


def path_of(text: str) -> Path:
    """The path; `~` is the user's home folder; that of an unknown user is left as typed."""
    return Path(os.path.expanduser(text.strip()))


def is_folder(path: Path) -> bool:
    """Whether it is a folder; False for an impossible name."""
    return os.path.isdir(path)


def is_there(path: Path) -> bool:
    """Whether something has this name, including a dangling link; False for an impossible name."""
    return os.path.lexists(path)
