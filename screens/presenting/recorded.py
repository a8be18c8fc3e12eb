"""A demo on a clock of its own, for a recording: nobody waits, and what would have been seen when is told.

Each picture is of a screen that has settled, so the same draaiboek makes the same recording.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from textual.pilot import Pilot

from app.training.pictures import LOOKS, settle, steady, text_of
from app.workers import school_time
from screens.presenting.demo import DemoApp
from screens.presenting.reels import Reel
from screens.presenting.subtitles import Subtitle
from screens.school_time.clock import SchoolTime

NEVER = 1e6
"""Seconds after which a message would go by itself: here the clock of the recording decides."""
MESSAGE = 5.0
"""Seconds that a message stays, unless it says otherwise."""


class RecordedDemo(DemoApp):
    """A demo that is played as fast as it goes."""

    at = 0.0
    """The clock of the recording."""
    held = True
    """The panel changes only when the screen is about to be kept: now and then would be at another moment each time."""

    def record(self, reel: Reel, begun: Callable[[int], object]) -> None:
        """Where to keep it, and whom to tell which step begins."""
        self._reel, self._tell_begun = reel, begun
        self._goes: dict[str, float] = {}
        self._marked = -1

    async def play(self, pilot: Pilot[Any]) -> None:
        """Play all of it, and keep each screen."""
        self._pilot = pilot
        await super().play(pilot)

    def notify(self, message: str, *, timeout: float | None = None, **how: Any) -> None:
        """A message stays as long on the clock of the recording."""
        super().notify(message, timeout=NEVER + (timeout or MESSAGE), **how)

    async def _spend(self, seconds: float) -> None:
        """Keep the screen, and put the clock forward; messages go meanwhile."""
        self._mark()
        end = self.at + seconds
        await self._keep()
        while going := [one for one in self._notifications if self._goes[one.identity] < end]:
            first = min(going, key=lambda one: self._goes[one.identity])
            self.at = max(self.at, self._goes[first.identity])
            self._unnotify(first)
            await self._keep()
        self.at = end

    def _subtitle(self) -> Subtitle:
        """Without keys and how it plays: nobody can press one in a film."""
        return replace(super()._subtitle(), keys=(), widest=(), short="", below="")

    def _mark(self) -> None:
        step = self._step
        if step.number != self._marked:
            self._marked = step.number
            self._tell_begun(step.number)
            self._reel.mark(self.at, f"{step.number}. {step.title}" if step.number else self.script.title)

    async def _keep(self) -> None:
        """Keep the screen once two looks find the same; not while a night goes on, which looks different each time."""
        assert self._panel is not None
        self._panel.held = False
        before, same = "", 0
        while same < LOOKS:
            self._panel.show()
            steady(self)
            if isinstance(self.screen, SchoolTime):  # it scrolled by how fast the night went
                self.screen.scroll_to_now()
            await settle(self, self._pilot)
            now = text_of(self)
            before, same = now, same + 1 if now == before else 0
        for one in self._notifications:
            self._goes.setdefault(one.identity, self.at + one.timeout - NEVER)
        if school_time.progress(self.board).target is None:
            self._reel.frame(self.at, self)
        self._panel.held = True
