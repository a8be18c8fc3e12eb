"""The sessions there are: never more than may be, and none that nobody uses."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.serving.session import Session


class Full(Exception):
    """There are as many sessions as there may be."""


@dataclass(eq=False)
class Visit:
    """A page that is open: its program once that was started, and when something was last done in it."""

    used_at: float
    session: Session | None = None


@dataclass
class Sessions:
    """Everybody who is at work; `now` is a clock in seconds that only goes forward."""

    most: int
    idle_seconds: float
    now: Callable[[], float] = time.monotonic
    visits: set[Visit] = field(default_factory=set)

    @property
    def full(self) -> bool:
        """Whether nobody can be added."""
        return len(self.visits) >= self.most

    @contextmanager
    def visit(self) -> Iterator[Visit]:
        """A place, taken before anything is started and given back when everything has ended. Raises `Full`."""
        if self.full:
            raise Full
        visit = Visit(self.now())
        self.visits.add(visit)
        try:
            yield visit
        finally:
            self.visits.discard(visit)

    def used(self, visit: Visit) -> None:
        """Something was typed."""
        visit.used_at = self.now()

    async def end_idle(self) -> int:
        """End the programs in which nothing was done for too long; how many. Their pages close by that."""
        limit = self.now() - self.idle_seconds
        return await self._end([visit for visit in self.visits if visit.used_at <= limit])

    async def end_all(self) -> None:
        """The server stops."""
        await self._end(list(self.visits))

    async def _end(self, visits: list[Visit]) -> int:
        sessions = [visit.session for visit in visits if visit.session is not None]
        await asyncio.gather(*(session.end() for session in sessions))
        return len(sessions)
