"""A draaiboek that plays itself for a class: text as subtitles, at a human pace, with the presenter at the keys.

By itself, or step by step: then it waits for a key before each page of text and each step. Going back is a fresh board on
which the earlier steps are played behind a cover (the program then ends with `Back`); going on to a later step is done so
too.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from textual import events
from textual.pilot import Pilot

from app.training.pictures import settle
from app.training.scripts.document import Script, Step
from app.training.scripts.errors import PlayFailed
from app.training.scripts.playing import Player
from screens.driving.screen_driver import ScreenDriver
from screens.presenting import beamer, captions, pace, step_list
from screens.presenting.cover import CoveringApp
from screens.presenting.step_list import StepList
from screens.presenting.subtitles import Subtitle, pages, room, said
from screens.shared import keys as table
from screens.shell import themes


@dataclass(frozen=True)
class Back:
    """Start again at this step; those before it are played fast."""

    to: int


class DemoApp(CoveringApp):
    """The program, played by a draaiboek."""

    script: Script
    failed: PlayFailed | None = None

    def present(
        self,
        script: Script,
        *,
        begin: int = 0,
        speed: float = 1.0,
        roomy: bool = False,
        leave: bool = False,
        here: bool = False,
        by_step: bool = False,
        wanted: tuple[int, int] | None = None,
    ) -> None:
        """Set what to play, and how. `begin`: the step that is played first as usual; `leave`: it ends by itself; `here`: on
        a board that cannot be recreated, so there is no going back; `by_step`: each waits for a key; `wanted`: the
        size in columns and rows that was asked of the terminal.
        """
        self.script, self.begin, self.speed, self.roomy, self.ends = script, begin, speed, roomy, leave
        self._here, self.by_step, self._asked_size = here, by_step, wanted
        self._played: set[int] = set()
        self._going, self._next, self._hurry, self._yours = asyncio.Event(), asyncio.Event(), False, False
        self._over = self._begun = self._keys_shown = self._asks = self._left = False
        self._step, self._page, self._word = script.steps[0], "", ""
        self._list: StepList | None = None
        self._playing: asyncio.Task[Any] | None = None
        self._resume, self._before = True, self._front
        self._going.set()
        if begin:
            self.cover()

    async def play(self, pilot: Pilot[Any]) -> None:
        """Play all of it; for `App.run(auto_pilot=...)`, which waits for its end even after the program was left."""
        self._playing = asyncio.current_task()
        with suppress(asyncio.CancelledError), self.covering:
            try:
                await self._play(pilot)
            except PlayFailed as failed:
                if not self._left:
                    self.failed = failed
                    await self._stopped()

    async def _play(self, pilot: Pilot[Any]) -> None:
        driver = ScreenDriver(self, pilot, self._beat)
        player = Player(self.script, driver, self.board)
        for step in self.script.steps:
            self._step, self._begun, self._hurry = step, False, step.number < self.begin
            if self._hurry:
                self.cover()
            else:
                self.uncover()
                await self._tell_text(step)
            driver.pause = None if self.covered else self._beat
            await self._play_step(player, step)
        self.uncover()
        await settle(self, pilot)
        self._over = True
        self.clear_notifications()
        await self._end()

    async def _end(self) -> None:
        if self.ends:
            self.tell(None)
            await self._spend(pace.END / self.speed)
            self.exit()
        self._caption()

    def exit(self, *result: Any, **how: Any) -> None:
        """Leave; stop playing, also where a wait for a worker takes the cancelling for that of the worker."""
        super().exit(*result, **how)
        self._left = True
        self._next.set()
        self._run(True)
        if self._playing is not None and self._playing is not asyncio.current_task():
            self._playing.cancel()

    async def _tell_text(self, step: Step) -> None:
        if self.by_step and not step.number:
            self._page = beamer.advice(self.size, self._asked_size)
            await self._read(self._page)
        for page in pages(said(step), *room(*self.size)) or [""]:
            self._page = page
            if page or step.number or not self.by_step:
                await self._read(page or step.title)
            if self._hurry:
                break

    async def _read(self, text: str) -> None:
        """Wait for the presenter, or as long as this takes to read."""
        self._asks = self.by_step and not self._hurry
        self._caption()
        if self._asks:
            self._next.clear()
            await self._next.wait()
            self._asks = False
        else:
            await self._wait(pace.reading(text))

    async def _play_step(self, player: Player, step: Step) -> None:
        for command in step.commands:
            await self._going.wait()
            self._begun, self._word = True, command.word
            if not self.covered:
                self._caption()
            before = self._front
            try:
                await player.do(step, command)
            except PlayFailed:
                if command.word != "expect":  # the panel, or a smaller terminal, shows less than where it is tested
                    raise
            await self._wait(pace.after_line(command.word, self._front is not before))

    async def _stopped(self) -> None:
        self._over = True
        self.uncover()
        self._caption()
        if self.ends:
            self.exit()

    @property
    def _front(self) -> Any:
        return self.screen_stack[-1] if self.screen_stack else None

    async def _beat(self, share: float) -> None:
        """After each act: a pause, unless playing fast."""
        opened, self._before = self._front is not self._before, self._front
        await self._wait(pace.within_line(self._word, share, opened))
        await self._going.wait()
        if self._left:
            raise asyncio.CancelledError

    async def _wait(self, seconds: float) -> None:
        """Wait this long while playing; fast mode ends it."""
        if seconds and not self._hurry:
            await self._spend(seconds / self.speed)

    async def _spend(self, seconds: float) -> None:
        """Let the audience look for so many seconds; a pause does not count."""
        while seconds > 0 and not self._hurry:
            await self._going.wait()
            await asyncio.sleep(min(0.05, seconds))
            seconds -= 0.05

    @property
    def how_far(self) -> tuple[int, int]:
        """Of what is played fast."""
        return self._step.number, self.begin

    def simulate_key(self, key: str) -> None:
        """A key from the draaiboek, as opposed to the presenter's."""
        event = events.Key(key, None)
        self._played.add(id(event))
        self.post_message(event)

    async def on_event(self, event: events.Event) -> None:
        """The presenter's keys control the demo and the mouse is ignored, unless the presenter has control."""
        if isinstance(event, events.MouseEvent) and not self._yours:
            return
        if isinstance(event, events.Key) and not event.is_forwarded:
            if id(event) in self._played:
                self._played.discard(id(event))
            elif self._presenter(event.key):
                return
        await super().on_event(event)

    def on_resize(self) -> None:
        """There is another size to tell of."""
        if self._asks and not self._step.number and self._page.startswith("Deze terminal"):
            self._page = beamer.advice(self.size, self._asked_size)
        self._caption()

    def _presenter(self, key: str) -> bool:
        """Do what the presenter asks; returns whether to withhold the key from the program."""
        if key in table.TRAINER.each:
            self._yours, self._list = not self._yours, None
            self._run(not self._yours)
        elif self._yours:
            return False
        elif key in ("ctrl+q", "ctrl+c"):
            self.exit()
        elif self._list is not None:
            self._in_list(self._list, key)
        else:
            self._control(key)
        self._caption()
        return True

    def _control(self, key: str) -> None:
        match key:
            case "space" | "right" | "pagedown" if self._asks:
                self._next.set()
            case "space":
                self._run(not self._going.is_set())
            case "right" | "pagedown":
                self._hurry = True
                self._run(True)
            case "left" | "pageup":
                self._go_to(step_list.before(self._step.number, begun=self._begun, over=self._over))
            case "l" | "L":
                titles = [self.script.title, *(step.title for step in self.script.steps[1:])]
                self._list, self._resume = StepList(titles, self._step.number), self._going.is_set()
                self._run(False)
            case "p" | "P":
                self.by_step = not self.by_step
                self._next.set()
                self._run(True)
            case "k" | "K":
                names = list(themes.TITLES)
                self.theme = names[(names.index(self.theme) + 1) % len(names) if self.theme in names else 0]
                self.settings = replace(self.settings, theme=self.theme)  # who signs in keeps it
            case "f1":
                self._keys_shown = not self._keys_shown

    def _in_list(self, shown: StepList, key: str) -> None:
        if key not in (*step_list.GO, *step_list.LEAVE):
            self._list = shown.after(key)
            return
        self._list = None
        self._run(self._resume)
        if key in step_list.GO:
            self._go_to(shown.at)

    def _go_to(self, number: int) -> None:
        """Go on at this step: a later one from here, another on a fresh board."""
        number = max(0, number)
        if not self._over and number > self._step.number:
            self.begin, self._hurry = number, True
            self.cover()
            self._next.set()
            self._run(True)
        elif not self._over and number == self._step.number and not self._begun:
            return
        elif self._here:
            self.notify("Terug kan alleen op een eigen oefenbestuur, dus niet met --here.", markup=False)
        else:
            self.exit(Back(number))

    def _run(self, on: bool) -> None:
        self._going.set() if on else self._going.clear()

    def _caption(self) -> None:
        if not self.covered and not (self._over and self.ends):
            self.tell(self._subtitle())

    def _subtitle(self) -> Subtitle:
        step, total = self._step, len(self.script.steps) - 1
        title = f"Stap {step.number} van {total}: {step.title}" if step.number else self.script.title
        if self._yours:
            return captions.yours(title)
        if self._list is not None:
            return captions.steps(self._list)
        if self.failed:
            return captions.failed(self.script.title, str(self.failed.mistake))
        if self._over:
            return captions.ended(self.script.title)
        on = self._going.is_set() and not self._asks
        return captions.playing(
            title, self._page, on=on, asks=self._asks, by_step=self.by_step, all_keys=self._keys_shown
        )
