"""What an exam is besides a lesson: the time it may take, and the judgement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.counted import counted
from app.training.lessons.course import Course
from app.training.scripts.document import Script
from models.training import LessonProgress

WARNINGS = (300, 60)
"""Seconds before the end at which the learner is warned."""
OVER = "De tijd is om: het examen is gesloten en nagekeken. Wat u heeft gedaan, telt."


@dataclass(frozen=True)
class Limit:
    """How long an exam may take, in seconds of wall time."""

    seconds: int | None = None
    """None: no limit."""
    extra: int = 0
    """What this person got besides."""

    @property
    def whole(self) -> int | None:
        """With what was given besides."""
        return None if self.seconds is None else self.seconds + self.extra

    def left(self, spent: float) -> int | None:
        """The whole seconds left; 0 when it is over, None without a limit."""
        return None if self.whole is None else max(0, round(self.whole - spent))

    def over(self, spent: float) -> bool:
        """Whether the time is up."""
        return self.left(spent) == 0

    def warning(self, before: float, spent: float) -> str:
        """What is to be said now, when `before` seconds were spent at the last look; empty if nothing."""
        then, now = self.left(before), self.left(spent)
        if then is None or now is None:
            return ""
        passed = [at for at in WARNINGS if now <= at < then]
        return f"U heeft nog {counted(max(1, round(now / 60)), 'minuut', 'minuten')}." if passed and now else ""


def limit_of(script: Script) -> Limit:
    """What the draaiboek says, for somebody without extra time."""
    return Limit(None if script.minutes is None else 60 * script.minutes)


def limit_now(progress_id: int) -> Limit:
    """What is kept of a run: extra time may be given while it lasts. Without the run: no limit."""
    row = LessonProgress.get_or_none(LessonProgress.id == progress_id)
    return Limit() if row is None else Limit(row.limit_seconds, row.extra_seconds)


def judgement(course: Course) -> dict[str, Any]:
    """What is kept of a course in the columns `mended`, `points`, `points_of` and `passed`: the last three of an exam that
    is over.
    """
    if not (course.exam and course.finished):
        return {"mended": course.mended}
    return {
        "mended": course.mended,
        "points": course.points,
        "points_of": course.points_of,
        "passed": course.passed,
    }


def minutes(seconds: float) -> str:
    """`4:05`."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
