"""What somebody typed as the name of a file: it may be anything, and looking at it never raises."""

from __future__ import annotations

import os
from pathlib import Path


def path_of(text: str) -> Path:
    """The path; `~` is the user's own folder, and that of somebody who does not exist stays as it was typed."""
    return Path(os.path.expanduser(text.strip()))


def is_folder(path: Path) -> bool:
    """Whether it is a folder; not so for a name that no file can have."""
    return os.path.isdir(path)


def is_there(path: Path) -> bool:
    """Whether there is something by that name, also a link to nothing; not so for a name that no file can have."""
    return os.path.lexists(path)
