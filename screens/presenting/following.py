"""A lesson that follows its file: what is saved shows in the panel, for who writes a lesson of one's own."""

from __future__ import annotations

from pathlib import Path

from app.refusals import Refused
from app.training.lessons import own
from app.training.lessons.course import Course, tasks_of
from app.training.scripts.document import Script

LOOK = 0.25
"""Seconds between looks at the file."""


class Followed:
    """A file of a lesson, and how it was when last read."""

    def __init__(self, path: Path, seed: int) -> None:
        self._path, self._seed = path, seed
        self._seen = self._state()

    def changed(self) -> Script | None:
        """The lesson as it was saved since; None if it was not. Raises `Refused` with what is wrong in it, once."""
        now = self._state()
        if now == self._seen or now is None:  # an editor that saves takes it away for a moment
            return None
        self._seen = now
        return own.read_file(self._path, self._seed)[0]

    def _state(self) -> tuple[int, int] | None:
        try:
            about = self._path.stat()
        except OSError:
            return None
        return about.st_mtime_ns, about.st_size


def go_on_with(course: Course, script: Script) -> None:
    """Go on with another text of the lesson, at the same task; it is given again, so that what it expects is looked for."""
    course.script, course.tasks = script, tasks_of(script)
    course.done = min(course.done, len(course.tasks))
    course.remark, course.hints_shown = "", 0


def told(refusal: Refused) -> str:
    """The first mistake of a file that was saved with one."""
    first, *others = refusal.sentence.splitlines()
    return f"{first} (en {len(others)} meer)" if others else first
