"""A lesson that follows its file: what is saved shows in the panel, for who writes a lesson of one's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.refusals import Refused
from app.training.lessons import own
from app.training.scripts.document import Script
from screens.presenting.panel import Caption
from screens.shared.text import plain

LOOK = 0.25
"""Seconds between looks at the file."""


class Followed:
    """A file of a lesson, and how it was when last read."""

    def __init__(self, path: Path, seed: int, text: str) -> None:
        """`text`: with which the lesson goes on."""
        self._path, self._seed, self.text = path, seed, text
        self._seen: tuple[int, int] | None = None
        self.mistake = ""
        """What is wrong in what was saved last; empty while it is right."""

    def changed(self) -> Script | None:
        """The lesson as it was saved since; None if it was not. Raises `Refused` with what is wrong in it, once."""
        now = self._state()
        if now == self._seen or now is None:  # an editor that saves takes it away for a moment
            return None
        self._seen = now
        try:
            script, text = own.read_file(self._path, self._seed)
        except Refused as refusal:
            self.mistake = told(refusal).replace(str(self._path), self._path.name)
            raise
        self.mistake = ""
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


def with_mistake(caption: Caption, followed: Followed | None) -> Caption:
    """The panel, which says what is wrong in the file for as long as it is."""
    if followed is None or not followed.mistake:
        return caption
    return replace(caption, lines=[*caption.lines, plain(f"× Bestand: {followed.mistake}").stylize("bold $bad")])


def told(refusal: Refused) -> str:
    """The first mistake of a file that was saved with one."""
    first, *others = refusal.sentence.splitlines()
    return f"{first} (en {len(others)} meer)" if others else first
