"""How long an exam goes on: counted on, warned of, and at an end."""

from __future__ import annotations

from collections.abc import Callable

from app.training.lessons.exam import Limit

LIMIT_READ = 5.0
"""Seconds between looking whether extra time was given."""


class ExamTime:
    """The time of a run: counted on from the sittings before, in seconds."""

    def __init__(self, clock: Callable[[], float], limit: Callable[[], Limit], before: float) -> None:
        """`clock` in seconds; `limit` is read now and then; `before`: what the sittings before took."""
        self._clock, self._limit_now = clock, limit
        self._began = clock() - before
        self._limit, self._limit_read, self._told_of = limit(), clock(), before

    @property
    def spent(self) -> float:
        """Seconds on this run."""
        return self._clock() - self._began

    @property
    def left(self) -> int | None:
        """Whole seconds left; None without a limit."""
        return self._limit.left(self.spent)

    def is_up(self) -> bool:
        """Whether the time is up, also with what was given besides in the last seconds."""
        if self._clock() - self._limit_read >= LIMIT_READ or self._limit.over(self.spent):
            self._limit, self._limit_read = self._limit_now(), self._clock()
        return self._limit.over(self.spent)

    def warning(self) -> str:
        """What is to be said now, once; empty if nothing."""
        said, self._told_of = self._limit.warning(self._told_of, self.spent), self.spent
        return said
