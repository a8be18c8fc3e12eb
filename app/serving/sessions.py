"""The open sessions: never more than allowed, and no idle ones.

Visitors who have not signed in do not take places from those who have: they share a separate, limited number of places,
for a short while, and each address gets only part of those. The figures are our choice: a class signs in within
minutes, and somebody who only opens pages keeps out nobody elsewhere.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from app.serving import endings
from app.serving.session import Session

UNSIGNED_SECONDS = 300.0
"""How long a page may be open without anybody signed in."""
WARNED_BEFORE = 300.0
"""How long before an idle session ends it gives a warning."""


class Full(Exception):
    """There is no place; says whether one becomes free within a minute."""

    def __init__(self, *, soon: bool) -> None:
        super().__init__()
        self.soon = soon


@dataclass(eq=False)
class Visit:
    """An open page: its program once started, who is there, and when it was last used."""

    address: str
    used_at: float
    unsigned_since: float | None
    """None while somebody is signed in."""
    session: Session | None = None
    say: Callable[[str], Awaitable[None]] | None = None
    """Sends the page a message while it stays open."""
    ended: str = ""
    """Why the server ends it."""
    warned: bool = False


@dataclass
class Sessions:
    """All visits, signed in or not; `now` is a monotonic clock in seconds."""

    most: int
    idle_seconds: float
    now: Callable[[], float] = time.monotonic
    visits: set[Visit] = field(default_factory=set)

    @property
    def unsigned(self) -> list[Visit]:
        """The visits without anybody signed in."""
        return [visit for visit in self.visits if visit.unsigned_since is not None]

    def check(self, address: str) -> None:
        """Raise `Full` when there is no place for another visit from this address."""
        unsigned = self.unsigned
        if len(self.visits) - len(unsigned) >= self.most:
            raise Full(soon=False)
        share = max(3, self.most // 2)
        if len(unsigned) >= share or sum(visit.address == address for visit in unsigned) >= max(2, share // 3):
            raise Full(soon=True)

    @contextmanager
    def visit(self, address: str) -> Iterator[Visit]:
        """Hold a place, taken before anything starts and released when everything has ended. Raises `Full`."""
        self.check(address)
        visit = Visit(address, self.now(), self.now())
        self.visits.add(visit)
        try:
            yield visit
        finally:
            self.visits.discard(visit)

    def used(self, visit: Visit) -> None:
        """Record activity."""
        visit.used_at, visit.warned = self.now(), False

    def signed(self, visit: Visit, signed_in: bool) -> bool:
        """Record signing in or out. False when all places were just taken, and the visit has to end."""
        if signed_in == (visit.unsigned_since is None):
            return True
        if signed_in and len(self.visits) - len(self.unsigned) >= self.most:
            visit.ended = endings.FULL
            return False
        visit.unsigned_since = None if signed_in else self.now()
        return True

    async def end_idle(self) -> int:
        """End programs that were idle too long, or without sign-in; return how many. Warn those due next."""
        now = self.now()
        late = [visit for visit in self.unsigned if now - (visit.unsigned_since or now) >= UNSIGNED_SECONDS]
        idle = [visit for visit in self.visits if now - visit.used_at >= self.idle_seconds]
        ended = await self._end(late, endings.UNSIGNED.format(endings.in_words(UNSIGNED_SECONDS)))
        ended += await self._end(idle, endings.IDLE.format(endings.in_words(self.idle_seconds)))
        await self._warn(now)
        return ended

    async def _warn(self, now: float) -> None:
        before = min(WARNED_BEFORE, self.idle_seconds / 4)
        for visit in list(self.visits):
            left = visit.used_at + self.idle_seconds - now
            if 0 < left <= before and not visit.warned and visit.unsigned_since is None and visit.say is not None:
                visit.warned = True
                with suppress(TimeoutError):  # a page that reads nothing delays nobody
                    await asyncio.wait_for(visit.say(endings.SOON.format(endings.in_words(left))), 1.0)

    async def end_all(self) -> None:
        """End all visits, because the server stops."""
        await self._end(list(self.visits), endings.SERVER)

    async def _end(self, visits: list[Visit], why: str) -> int:
        for visit in visits:
            visit.ended = visit.ended or why
        sessions = [visit.session for visit in visits if visit.session is not None]
        await asyncio.gather(*(session.end() for session in sessions))
        return len(sessions)
