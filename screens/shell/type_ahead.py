"""Keys typed faster than screens open are kept in order: each goes to the screen that the one before it opens.

Textual hands a key to whatever has the focus when it arrives; a key that follows Enter within milliseconds would go to
the screen being left, or to a form that has no focus yet. Fast typists, and programs that press keys for them, should
not have to wait.

The mouse waits its turn too, but aims at what was in view: a press on a screen that has been left since, where a use case
was carried out, or on what something else took the place of, does nothing. So two clicks at once open a screen once. The
release of such a press does nothing either; that of a press that was handed on always comes, or the mouse would drag on.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import NamedTuple

from textual import events
from textual.errors import NoWidget
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from screens.shared import keys
from screens.shared.answers import Answers
from screens.shared.records import RecordList
from screens.shell.messages import Messages

LONGEST_WAIT = 3.0
"""Seconds after which a key is handed on anyway, so that slow work never blocks the keyboard. What is typed in a field waits
longer: it is meant for the field that comes after what is being saved, or on the screen that opens.
"""

LONGEST_HANDLING = 3.0
"""Seconds after which messages are waited for no longer once a key has waited its time."""

IN_FIELDS = {"enter", "tab", "backspace", "delete", "left", "right", "up", "down", "home", "end"}
"""Keys that somebody who types uses between characters."""


class Aim(NamedTuple):
    """What the mouse is aimed at."""

    screen: Screen[object] | None
    """The screen in view."""
    acts: int
    """How many use cases were carried out before."""
    place: tuple[int, int]
    what: object
    """The widget at that place; in a list what its row is known by, None if there is none, or it is not read yet."""


class TypeAhead(Messages):
    """Mix-in for the program: hands out keys one by one."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[tuple[events.Event, Aim | None]] = deque()
        self._follower: asyncio.Task[None] | None = None
        self._pressed: Aim | None = None
        """What the latest press was aimed at; None if it did nothing."""

    async def on_event(self, event: events.Event) -> None:
        """Hand on a key, a paste or a press of the mouse: at once, or when those before it have had their effect and the
        new screen is ready for it.
        """
        if not isinstance(event, events.Key | events.Paste | events.MouseDown | events.MouseUp) or event.is_forwarded:
            await super().on_event(event)
            return
        if isinstance(event, events.Key) and keys.outside_field(event.key):
            event.character = None  # with Alt a letter is a key and types nothing, whatever a terminal makes of it
        following = self._follower is not None and not self._follower.done()
        aim = self._aim_at(event.x, event.y) if isinstance(event, events.MouseDown) else None
        if following or self._kept(event) or not self._screen_settled():
            self._waiting.append((event, aim))
        else:
            await self.hand_on(event, aim)
        if not following:
            self._follower = asyncio.create_task(self._follow())

    async def hand_on(self, event: events.Event, aim: Aim | None) -> None:
        """To Textual; a press only if it still means what it did when it came, and then its release too."""
        if aim is not None:
            self._pressed = aim if self._holds(aim) else None
        if isinstance(event, events.MouseDown | events.MouseUp):
            if self._pressed is None:
                return
            if not self._holds(self._pressed):
                self._mouse_down_widget = None  # it lets go, and clicks on nothing
        await super().on_event(event)

    async def keys_done(self) -> None:
        """Wait until every key so far has had its effect."""
        while self._follower is not None and not self._follower.done():
            await asyncio.wait([self._follower])

    async def _follow(self) -> None:
        await self._quiet()
        while self._waiting:
            while self._running and self._kept(*(event for event, _ in self._waiting)):
                await self._quiet()
            try:
                await self.hand_on(*self._waiting.popleft())
            except Exception as error:  # nobody awaits this task: its errors are the program's, as with any key
                self._handle_exception(error)
            await self._quiet()

    def _kept(self, *waiting: events.Event) -> bool:
        """Whether all this was typed for a field, while what was typed before it is being saved, or for a screen that
        opens; who presses another key after it, to leave for instance, waits no longer, nor who clicks on one there.
        """
        if not self.screen_stack or not all(map(_typed, waiting)):
            return False
        if not getattr(self.screen, "settled", True):
            return not any(isinstance(event, events.MouseEvent) for event in waiting)
        return (self.busy or getattr(self.screen, "unshown", False)) and isinstance(self.focused, Input)

    def _aim_at(self, x: int, y: int) -> Aim:
        shown = self.screen if self.screen_stack and getattr(self.screen, "painted", True) else None
        what: object = None
        with suppress(NoWidget, IndexError):
            pressed, region = self.get_widget_at(x, y)
            what = pressed.known_at(y - region.y) if isinstance(pressed, RecordList | Answers) else pressed
            if not pressed.is_attached:  # taken away, and still in view: Textual would look for what it stands in
                what = object()
        return Aim(shown, self.acts, (x, y), what)

    def _holds(self, aim: Aim) -> bool:
        """Whether the same is at the place that was aimed at."""
        now = self._aim_at(*aim.place)
        return aim[:3] == now[:3] and aim.what in (None, now.what)

    async def _quiet(self) -> None:
        """Wait until the last key's effects, and theirs in turn, have reached the screen: focus is set by message."""
        with suppress(TimeoutError, IndexError):
            async with asyncio.timeout(LONGEST_WAIT):
                calm = await self._all_handled()
                while self._running and not calm:
                    await asyncio.sleep(0.002)
                    calm = self._key_ready() and await self._all_handled(*self.screen.query("PagedRows"))
            return
        with suppress(TimeoutError, IndexError):  # it took longer, and may have ended this very moment
            async with asyncio.timeout(LONGEST_HANDLING):
                while not await self._all_handled(*self.screen.query("PagedRows")) and self._key_ready():
                    pass

    async def _all_handled(self, *also: Widget) -> bool:
        """Wait until messages have gone from the focus to the program, twice: one may trigger another; from these too.

        Returns whether nothing of an earlier key came meanwhile: that brings messages of its own.
        """
        calm = self._key_ready()
        for _ in range(2):
            for widget in (*also, self.focused or self.screen):
                for pump in widget.ancestors_with_self:
                    await _handled(pump)
                    calm = calm and self._key_ready()
        return calm

    def _key_ready(self) -> bool:
        """Whether a key would act on what the user sees, and nothing of an earlier one is still to come."""
        return not self.busy and self._screen_settled()

    def _screen_settled(self) -> bool:
        """Whether a key would act on what the user sees and asked for: the screen, the search and the row are ready."""
        shown = bool(self.screen_stack) and getattr(self.screen, "settled", True)
        waits = any(getattr(self.screen, waits, False) for waits in ("searching", "unshown")) if shown else False
        return shown and not waits and not getattr(self.focused, "reading", False)


def _typed(event: events.Event) -> bool:
    """Whether somebody who types in a field does this."""
    if isinstance(event, events.Key):
        return event.is_printable or event.key in IN_FIELDS
    return True


async def _handled(pump: MessagePump) -> None:
    """Wait until a message pump has handled its current messages."""
    reached = asyncio.Event()
    if pump.is_running and pump.call_later(reached.set):
        await reached.wait()
