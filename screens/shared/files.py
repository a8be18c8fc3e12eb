"""Saving what a screen shows as a file of the user, and saying where."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from app.refusals import Refused


def free_name(name: str) -> Path:
    """A path in the user's downloads folder that is not taken: `name.md`, `name-2.md`, ..."""
    folder = Path(platformdirs.user_downloads_dir())
    wanted = folder / name
    number = 2
    while wanted.exists():
        wanted = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    return wanted


def save_text(path: Path, text: str) -> Path:
    """Write the text, making the folder if need be. Raises `Refused` with the path and the reason when it cannot."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise Refused(f"{path} is niet te schrijven: {error.strerror}.") from error
    return path
