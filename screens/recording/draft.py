"""What was recorded so far, kept beside the file that it becomes: a closed window or a power cut loses no recording."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

from app.exchange.whole_file import FileExists
from screens.shared.files import save_text

ENDING = ".opname"
"""After the name of the file that it becomes: no draaiboek by its name, but `esis play` plays it."""


class Draft:
    """A file that is replaced as a whole with each change, and is gone when it is no longer needed."""

    def __init__(self, target: Path, compose: Callable[[], str]) -> None:
        """Begin it at once, so that a folder without rights is known before anything is recorded; another name than that
        of a recording that was broken off or goes on elsewhere. Raises `Refused`.
        """
        self._compose, self._kept = compose, compose()
        self.others = sorted(target.parent.glob(f"{target.name}{ENDING}*")) if target.parent.is_dir() else []
        for number in count(1):
            self.path = target.with_name(f"{target.name}{ENDING}{f'-{number}' if number > 1 else ''}")
            try:
                save_text(self.path, self._kept, shared=True)
            except FileExists:
                continue
            break

    def keep(self) -> None:
        """Write what was recorded since. Raises `Refused`."""
        if (text := self._compose()) != self._kept:
            save_text(self.path, text, overwrite=True, shared=True)
            self._kept = text

    def remove(self) -> None:
        """It is no longer needed."""
        self.path.unlink(missing_ok=True)
