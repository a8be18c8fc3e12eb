"""Files to choose from while a path is typed: its folder, the files of one kind in it, and name completion."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from textual.suggester import Suggester

from app.files.named import is_folder, path_of
from screens.shared.files import allowed

MOST = 500
"""Nobody scrolls through more than this; typing narrows it down."""


@dataclass(frozen=True)
class Entry:
    """A folder or a file."""

    path: Path
    name: str
    is_folder: bool
    size: int = 0


def typed_path(text: str) -> Path:
    """The typed path; `~` is the user's home folder. Stays within the folder the program is confined to, if any."""
    return allowed(path_of(text))


def folder_of(text: str) -> Path:
    """The folder of the path typed so far."""
    path = typed_path(text)
    return path if not text.strip() or text.endswith((os.sep, "/")) or is_folder(path) else path.parent


def entries(folder: Path, beginning: str = "", suffix: str | tuple[str, ...] = ".xml") -> list[Entry]:
    """The parent folder, subfolders and files of this kind whose names start this way; empty if it cannot be read."""
    found = []
    try:
        with os.scandir(folder) as scanned:
            for item in scanned:
                if item.name.startswith(".") or not item.name.casefold().startswith(beginning.casefold()):
                    continue
                if item.is_dir():
                    found.append(Entry(Path(item.path), f"{item.name}/", True))
                elif item.name.casefold().endswith(suffix):
                    found.append(Entry(Path(item.path), item.name, False, item.stat().st_size))
    except OSError:
        return []  # a folder that does not exist or may not be read has nothing to choose from
    found.sort(key=lambda entry: (entry.is_folder, entry.name.casefold()))
    above = Entry(folder.parent if folder.name not in ("", "..") else folder / "..", "../", True)
    return [above, *found[:MOST]]


def beginning_of(text: str) -> str:
    """The part of the name typed after the folder."""
    return "" if folder_of(text) == typed_path(text) else typed_path(text).name


class PathSuggester(Suggester):
    """Completes the typed path: the only name in the folder that starts this way, or the first of them."""

    def __init__(self, suffix: str | tuple[str, ...] = ".xml") -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._suffix = suffix

    async def get_suggestion(self, value: str) -> str | None:
        """The completed input; None if nothing fits."""
        start = beginning_of(value)
        fitting = [
            entry for entry in entries(folder_of(value), start, self._suffix) if start and entry.name.startswith(start)
        ]
        return value[: len(value) - len(start)] + fitting[0].name if fitting else None
