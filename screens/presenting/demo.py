"""A draaiboek that plays itself for a class: text as a caption, at a human pace, with the presenter at the keys.

Space pauses, the arrows go a step forward or back, Ctrl+T gives the presenter control of the program and ends it again.
Going back is a fresh board on which the earlier steps are played fast (the program then ends with `Back`).
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.pilot import Pilot

from app.training.pictures import settle
from app.training.scripts.document import Script, Step
from app.training.scripts.errors import PlayFailed
from app.training.scripts.playing import Player
from screens.driving.screen_driver import ScreenDriver
from screens.presenting.panel import Caption, PanelApp
from screens.shared import keys as table
from screens.shared.text import plain, prose

A_LETTER, SHORTEST, LONGEST = 0.045, 1.5, 20.0
"""Seconds of reading per letter, and the minimum and maximum for a text."""
A_LINE, A_KEY = 1.1, 0.05
"""Seconds between lines, and between typed letters."""
PAUSED, PLAYING, YOURS = "(pauze)", "► speelt", "U heeft het programma"
ENDED = "Dit draaiboek is afgelopen. Het programma is nu van u; Ctrl+Q stopt."
KEYS = (
    ("Spatie", "Pauze"),
    ("→", "Volgende stap"),
    ("←", "Vorige stap"),
    ("Ctrl+T", "Overnemen"),
    ("Ctrl+Q", "Stoppen"),
)
KEYS_YOURS = (("Ctrl+T", "Geef het draaiboek terug"), ("Ctrl+Q", "Stoppen"))


@dataclass(frozen=True)
class Back:
    """Start again, and play this many steps fast."""

    steps: int


class DemoApp(PanelApp):
    """The program, played by a draaiboek."""

    script: Script
    begin = 0
    """How many steps are played fast first."""
    speed = 1.0
    ends = False
    """Whether it ends by itself."""
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
    ) -> None:
        """Set what to play, and how; `here`: on a board that cannot be recreated, so there is no going back."""
        self._here = here
        self.script, self.begin, self.speed, self.roomy, self.ends = script, begin, speed, roomy, leave
        self._played: set[int] = set()
        self._going, self._hurry, self._yours = asyncio.Event(), False, False
        self._over = False
        self._step: Step | None = None
        self._playing: asyncio.Task[Any] | None = None
        self._going.set()

    async def play(self, pilot: Pilot[Any]) -> None:
        """Play all of it; for `App.run(auto_pilot=...)`, which waits for its end even after the program was left."""
        self._playing = asyncio.current_task()
        with suppress(asyncio.CancelledError):
            try:
                await self._play(pilot)
            except PlayFailed as failed:
                self.failed = failed
                self._stopped(failed)

    async def _play(self, pilot: Pilot[Any]) -> None:
        player = Player(self.script, ScreenDriver(self, pilot, self._beat), self.board)
        for step in self.script.steps:
            await self._play_step(player, step)
        await settle(self, pilot)
        self.tell(None)
        self._yours = self._over = True
        self.clear_notifications()
        if self.ends:
            await self._wait(2.0)
            self.exit()
        else:
            self.notify(ENDED, markup=False, timeout=10)

    def exit(self, *result: Any, **how: Any) -> None:
        """Leave; stop playing."""
        super().exit(*result, **how)
        if self._playing is not None and self._playing is not asyncio.current_task():
            self._playing.cancel()

    async def _play_step(self, player: Player, step: Step) -> None:
        self._step, fast = step, step.number <= self.begin and self.begin > 0
        self._hurry = fast
        self._caption()
        await self._wait(_reading(step))
        for command in step.commands:
            await self._going.wait()
            try:
                await player.do(step, command)
            except PlayFailed:
                if command.word != "expect":  # the panel, or a smaller terminal, shows less than where it is tested
                    raise
            await self._wait(A_LINE)

    def _stopped(self, failed: PlayFailed) -> None:
        self._yours = self._over = True
        told = plain(f"× Het draaiboek kan niet verder. {failed.mistake}").stylize("$bad")
        self.tell(Caption(self.script.title, [told], [("←", "Opnieuw tot deze stap"), *KEYS_YOURS]))
        if self.ends:
            self.exit()

    async def _beat(self, share: float) -> None:
        """After each key: a pause, unless playing fast."""
        if not self._hurry:
            await asyncio.sleep(A_KEY * share / self.speed)
        await self._going.wait()

    async def _wait(self, seconds: float) -> None:
        """Wait this long while playing; fast mode ends it."""
        left = seconds / self.speed
        while left > 0 and not self._hurry:
            await self._going.wait()
            await asyncio.sleep(min(0.05, left))
            left -= 0.05

    # ---- the presenter's keys

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

    def _presenter(self, key: str) -> bool:
        """Do what the presenter asks; returns whether to withhold the key from the program."""
        if key in table.TRAINER.each:
            if self._over:
                return True
            self._yours = not self._yours
            self._run(not self._yours)
        elif self._yours and not (self.failed and key == "left"):
            return False
        elif key == "space":
            self._run(not self._going.is_set())
        elif key == "right":
            self._hurry = True
            self._run(True)
        elif key == "left" and self._here:
            self.notify("Terug kan alleen op een eigen oefenbestuur, dus niet met --here.", markup=False)
        elif key == "left":
            self.exit(Back(max(0, (self._step.number if self._step else 1) - 2)))
        elif key in ("ctrl+q", "ctrl+c"):
            self.exit()
        self._caption()
        return True

    def _run(self, on: bool) -> None:
        self._going.set() if on else self._going.clear()

    def _caption(self) -> None:
        step, total = self._step, len(self.script.steps) - 1
        if step is None or self.failed:
            return
        state = YOURS if self._yours else PLAYING if self._going.is_set() else PAUSED
        title = f"Stap {step.number} van {total}: {step.title}" if step.number else self.script.title
        told = "" if self._yours else " ".join(_told(step).split())
        keys = KEYS_YOURS if self._yours else KEYS
        self.tell(Caption(title, [plain(told)] if told else [], keys, short=state, below=state))


def _told(step: Step) -> str:
    """Its prose, without tables: what is in them is played."""
    return prose("\n\n".join(part for part in step.text.split("\n\n") if not part.lstrip().startswith("|")))


def _reading(step: Step) -> float:
    return min(LONGEST, max(SHORTEST, A_LETTER * len(step.title + _told(step))))
