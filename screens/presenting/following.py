"""A lesson that follows its file: what is saved shows in the panel, for who writes a lesson of one's own."""

from __future__ import annotations

from pathlib import Path

from app.refusals import Refused
from app.training.lessons import own
from app.training.scripts.document import Script

LOOK = 0.25
"""Seconds between looks at the file."""


class Followed:
    """A file of a lesson, and how it was when last read."""

    def __init__(self, path: Path, seed: int, text: str) -> None:
        """`text`: with which the lesson goes on."""
        self._path, self._seed, self.text = path, seed, text
        self._seen: tuple[int, int] | None = None

    def changed(self) -> Script | None:
        """The lesson as it was saved since; None if it was not. Raises `Refused` with what is wrong in it, once."""
        now = self._state()
        if now == self._seen or now is None:  # an editor that saves takes it away for a moment
            return None
        self._seen = now
        script, text = own.read_file(self._path, self._seed)
        if text == self.text:
            return None
        self.text = text
        return script

    def _state(self) -> tuple[int, int] | None:
        try:
            about = self._path.stat()
        except OSError:
            return None
        return about.st_mtime_ns, about.st_size


def told(refusal: Refused) -> str:
    """The first mistake of a file that was saved with one."""
    first, *others = refusal.sentence.splitlines()
    return f"{first} (en {len(others)} meer)" if others else first
