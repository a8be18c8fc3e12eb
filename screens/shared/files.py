"""Saving what a screen shows as a file of the user, and saying where."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from app.exchange.whole_file import make_folder, put

_only: Path | None = None


def stay_in(folder: Path) -> None:
    """From now on this program reads and writes files in this folder only: who is at the other end of a browser has
    nothing to look for in the other files of the machine.
    """
    global _only
    folder.mkdir(parents=True, exist_ok=True)
    _only = folder.resolve()


@contextmanager
def staying_in(folder: Path) -> Iterator[None]:
    """As `stay_in`, for a while."""
    global _only
    before = _only
    stay_in(folder)
    try:
        yield
    finally:
        _only = before


def allowed(path: Path) -> Path:
    """A path as it was typed; where the program has to stay in a folder and it leads elsewhere, that folder."""
    if _only is None:
        return path
    whole = (_only / path).resolve()
    return whole if whole.is_relative_to(_only) else _only


def free_name(name: str) -> Path:
    """A path that is not taken in the user's downloads folder, or where the program has to stay: `name.md`, `name-2.md`."""
    folder = _only or Path(platformdirs.user_downloads_dir())
    wanted = folder / name
    number = 2
    while os.path.lexists(wanted):  # a link to nothing is no free name either
        wanted = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    return wanted


def save_text(path: Path, text: str, overwrite: bool = False, shared: bool = False) -> Path:
    """Write the text, making the folder if need be. Raises as `whole_file.put` does."""
    make_folder(path.parent, shared)
    put(path, text, overwrite, shared)
    return path
