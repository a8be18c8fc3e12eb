"""Keys typed faster than screens open are kept in order: each goes to the screen that the one before it opens.

Textual hands a key to whatever has the focus when it arrives; a key that follows Enter within milliseconds would go to
the screen being left, or to a form that has no focus yet. Fast typists, and programs that press keys for them, should
not have to wait.

The mouse waits its turn too, but aims at what was in view: a press on a screen that has been left since, or where a use
case was carried out, does nothing. So two clicks at once open a screen once.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress

from textual import events
from textual.message_pump import MessagePump
from textual.screen import Screen

from screens.shell.messages import Messages

LONGEST_WAIT = 3.0
"""Seconds after which a key is handed on anyway, so that slow work never blocks the keyboard."""
Aim = tuple[Screen[object] | None, int]
"""What the mouse points at: the screen in view, and how many use cases were carried out before."""


class TypeAhead(Messages):
    """Mix-in for the program: hands out keys one by one."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[tuple[events.Event, Aim | None]] = deque()
        self._follower: asyncio.Task[None] | None = None

    async def on_event(self, event: events.Event) -> None:
        """Hand on a key, a paste or a press of the mouse: at once, or when those before it have had their effect and the
        new screen is ready for it.
        """
        mouse = isinstance(event, events.MouseDown | events.MouseUp)
        if not (mouse or isinstance(event, events.Key | events.Paste)) or event.is_forwarded:
            await super().on_event(event)
            return
        following = self._follower is not None and not self._follower.done()
        if following or not self._screen_settled():
            self._waiting.append((event, self._aim if mouse else None))
        else:
            await super().on_event(event)
        if not following:
            self._follower = asyncio.create_task(self._follow())

    async def keys_done(self) -> None:
        """Wait until every key so far has had its effect."""
        while self._follower is not None and not self._follower.done():
            await asyncio.wait([self._follower])

    async def _follow(self) -> None:
        await self._quiet()
        while self._waiting:
            event, aim = self._waiting.popleft()
            if aim not in (None, self._aim):
                continue
            try:
                await super().on_event(event)
            except Exception as error:  # nobody awaits this task: its errors are the program's, as with any key
                self._handle_exception(error)
            await self._quiet()

    @property
    def _aim(self) -> Aim:
        shown = self.screen if self.screen_stack and getattr(self.screen, "painted", True) else None
        return shown, self.acts

    async def _quiet(self) -> None:
        """Wait until the last key's effects, and theirs in turn, have reached the screen: focus is set by message."""
        with suppress(TimeoutError, IndexError):
            async with asyncio.timeout(LONGEST_WAIT):
                await self._all_handled()
                while self._running and (self.busy or not self._screen_settled()):
                    await asyncio.sleep(0.002)
                    if not self.busy and self._screen_settled():
                        await self._all_handled()

    async def _all_handled(self) -> None:
        """Wait until messages have gone from the focus to the program, twice: one may trigger another."""
        for _ in range(2):
            for pump in (self.focused or self.screen).ancestors_with_self:
                await _handled(pump)

    def _screen_settled(self) -> bool:
        """Whether a key would act on what the user sees and asked for: the screen, the search and the row are ready."""
        shown = bool(self.screen_stack) and getattr(self.screen, "settled", True)
        return shown and not getattr(self.screen, "searching", False) and not getattr(self.focused, "reading", False)


async def _handled(pump: MessagePump) -> None:
    """Wait until a message pump has handled its current messages."""
    reached = asyncio.Event()
    if pump.is_running and pump.call_later(reached.set):
        await reached.wait()
