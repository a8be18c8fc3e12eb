"""The sessions there are: never more than may be, and none that nobody uses.

Who has not signed in takes no place of those who do: until then a page has a place in a share of its own, for a short while,
and one address has a part of that only. The figures are our choice: a class comes in within minutes, and whoever only opens
pages keeps out nobody elsewhere.
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
"""So long a page may be open without anybody signed in."""
WARNED_BEFORE = 300.0
"""So long before a session ends because nobody uses it, it says so."""


class Full(Exception):
    """There is no place; whether one comes by itself within a minute."""

    def __init__(self, *, soon: bool) -> None:
        super().__init__()
        self.soon = soon


@dataclass(eq=False)
class Visit:
    """A page that is open: its program once that was started, who is there, and when something was last done in it."""

    address: str
    used_at: float
    unsigned_since: float | None
    """None while somebody is signed in."""
    session: Session | None = None
    say: Callable[[str], Awaitable[None]] | None = None
    """Tells the page something while it stays open."""
    ended: str = ""
    """Why the server ends it."""
    warned: bool = False


@dataclass
class Sessions:
    """Everybody who is at work, or about to; `now` is a clock in seconds that only goes forward."""

    most: int
    idle_seconds: float
    now: Callable[[], float] = time.monotonic
    visits: set[Visit] = field(default_factory=set)

    @property
    def unsigned(self) -> list[Visit]:
        """Where nobody is signed in."""
        return [visit for visit in self.visits if visit.unsigned_since is not None]

    def check(self, address: str) -> None:
        """Raise `Full` where nobody can be added from this address."""
        unsigned = self.unsigned
        if len(self.visits) - len(unsigned) >= self.most:
            raise Full(soon=False)
        share = max(3, self.most // 2)
        if len(unsigned) >= share or sum(visit.address == address for visit in unsigned) >= max(2, share // 3):
            raise Full(soon=True)

    @contextmanager
    def visit(self, address: str) -> Iterator[Visit]:
        """A place, taken before anything is started and given back when everything has ended. Raises `Full`."""
        self.check(address)
        visit = Visit(address, self.now(), self.now())
        self.visits.add(visit)
        try:
            yield visit
        finally:
            self.visits.discard(visit)

    def used(self, visit: Visit) -> None:
        """Something was typed."""
        visit.used_at, visit.warned = self.now(), False

    def signed(self, visit: Visit, signed_in: bool) -> bool:
        """Somebody signed in there, or out. False for who comes when all places were just taken, and has to go."""
        if signed_in == (visit.unsigned_since is None):
            return True
        if signed_in and len(self.visits) - len(self.unsigned) >= self.most:
            visit.ended = endings.FULL
            return False
        visit.unsigned_since = None if signed_in else self.now()
        return True

    async def end_idle(self) -> int:
        """End the programs in which nothing was done for too long, or nobody signed in; how many. Warn those that come next."""
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
                with suppress(TimeoutError):  # whoever reads nothing holds up nobody
                    await asyncio.wait_for(visit.say(endings.SOON.format(endings.in_words(left))), 1.0)

    async def end_all(self) -> None:
        """The server stops."""
        await self._end(list(self.visits), endings.SERVER)

    async def _end(self, visits: list[Visit], why: str) -> int:
        for visit in visits:
            visit.ended = visit.ended or why
        sessions = [visit.session for visit in visits if visit.session is not None]
        await asyncio.gather(*(session.end() for session in sessions))
        return len(sessions)
