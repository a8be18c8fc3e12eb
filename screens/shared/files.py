"""Saving what a screen shows as a file for the user, and saying where."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from app.exchange.whole_file import make_folder, put

_only: Path | None = None


def stay_in(folder: Path) -> None:
    """From now on this program reads and writes files in this folder only: someone at the other end of a browser has no
    business in the machine's other files.
    """
    global _only
    folder.mkdir(parents=True, exist_ok=True)
    _only = folder.resolve()


@contextmanager
def staying_in(folder: Path) -> Iterator[None]:
    """As `stay_in`, temporarily."""
    global _only
    before = _only
    stay_in(folder)
    try:
        yield
    finally:
        _only = before


def allowed(path: Path) -> Path:
    """A path as typed; if the program is confined to a folder and the path leads outside it, that folder."""
    if _only is None:
        return path
    whole = (_only / path).resolve()
    return whole if whole.is_relative_to(_only) else _only


def free_name(name: str) -> Path:
    """An unused path in the user's downloads folder, or the one the program is confined to: `name.md`, `name-2.md`."""
    folder = _only or Path(platformdirs.user_downloads_dir())
    wanted = folder / name
    number = 2
    while os.path.lexists(wanted):  # a dangling link is not a free name either
        wanted = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    return wanted


def save(path: Path, content: str | bytes, overwrite: bool = False, shared: bool = False) -> Path:
    """Write the file, making the folder if need be. Raises as `whole_file.put` does."""
    make_folder(path.parent, shared)
    put(path, content, overwrite, shared)
    return path


def save_text(path: Path, text: str, overwrite: bool = False, shared: bool = False) -> Path:
    """The same, of a text."""
    return save(path, text, overwrite, shared)
