"""A lesson: the real program with the task in a panel; only the state reached counts, not how.

It starts with an introduction (Ctrl+O shows that again). Ctrl+L gives a hint: first what, then where, then the program
does it. An exam gives none. What is stored: steps, time, hints and mistakes (`app/training/lessons`).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from textual import events
from textual.content import Content
from textual.pilot import Pilot
from textual.screen import ModalScreen

from app.refusals import Refused
from app.training.lessons.course import Course, Hint, Task
from app.training.scripts.errors import CannotDo, PlayFailed
from app.training.scripts.grammar import TELLING
from app.training.scripts.playing import Player
from models.base import data_version
from screens.driving.finding import without_panel
from screens.driving.screen_driver import ScreenDriver
from screens.driving.seeing import as_expected
from screens.presenting.panel import PanelApp, words
from screens.shared.dialogs import Reading
from screens.shared.text import plain

LOOK = 0.4
"""Seconds between progress checks."""
HINT_KEY, STORY_KEY = "ctrl+l", "ctrl+o"
CANNOT_SHOW = "Dit kan hier niet worden voorgedaan: ga eerst terug naar waar de stap begint. "
AGAIN = "Wat u moet doen, staat steeds onder aan het scherm. Ctrl+O toont dit verhaal opnieuw."
BETWEEN = 0.4
"""Seconds between keys while the program shows how."""


class LessonApp(PanelApp):
    """The program with a task."""

    course: Course
    exam = False

    def begin(
        self, course: Course, player: Callable[[ScreenDriver], Player], keep: Callable[[Course], object], *, exam: bool
    ) -> None:
        """The lesson, who checks the board for it, and who stores the progress."""
        self.course, self._keep, self.exam = course, keep, exam
        self._player_on = player
        self._began = time.monotonic()
        self._hint = ""
        self._showing = self._acted = False
        self._looked_at: object = None

    @property
    def at_stake(self) -> str:
        """The lesson itself, until it is done: it is not stored."""
        return "" if self.course.finished else "lesson"

    def on_mount(self) -> None:
        """Check progress now and then."""
        self._screen_driver = ScreenDriver(self, Pilot(self), self._slowly)
        self._player = self._player_on(self._screen_driver)
        self.course.begin(self._player.examiner())
        self._tell()
        self.set_interval(LOOK, self._look)
        self.call_after_refresh(self._tell_story)

    def _tell_story(self) -> None:
        """Show the introduction, at the start and on request."""
        if (story := words(self.course.script.steps[0].text)) and not isinstance(self.screen, ModalScreen):
            self.push_screen(Reading(self.course.script.title, f"{story}\n\n{AGAIN}"), lambda _: self._begin_task())

    def _begin_task(self) -> None:
        self._acted = False

    async def _slowly(self, share: float) -> None:
        await asyncio.sleep(BETWEEN * share)

    def _look(self) -> None:
        if self.course.finished or not self.screen_stack:
            return
        if isinstance(self.screen, Reading):
            return
        now = (data_version(), without_panel(self), self._acted)
        if now == self._looked_at:
            self._tell()  # the clock keeps running
            return
        self._looked_at = now
        try:
            moved = self.course.look(self._player.examiner(), partial(as_expected, self), acted=self._acted)
        except Refused:  # the board is being reset
            return
        if moved:
            self._begin_task()
            self._hint = "" if not self.course.remark else self._hint
            self._keep(self.course)
        self._tell()

    def _tell(self) -> None:
        course, task = self.course, self.course.task
        seconds = int(time.monotonic() - self._began)
        figures = f"{seconds // 60}:{seconds % 60:02}   {course.help_and_mistakes}"
        kind = "Examen" if self.exam else "Les"
        title = f"{kind}: {course.script.title}" if self.size.width >= 100 else kind
        lines = [plain(title).stylize("bold") + plain(f"   {course.done} van {len(course.tasks)}   {figures}")]
        if task is None:
            lines.append(plain(self._result()))
        else:
            lines += self._about(task)
        self.tell(Content("\n").join(lines))

    def _about(self, task: Task) -> list[Content]:
        found = [plain(f"Opdracht {task.title}").stylize("bold")]
        if task.text:
            found.append(plain(task.text))
        if self.course.remark:
            found.append(plain(f"▲ {self.course.remark}"))
        if self._hint:
            found.append(plain(f"Hint: {self._hint}"))
        keys = f"{'' if self.exam else 'Ctrl+L: hint   '}Ctrl+O: waar het over gaat   Ctrl+Q: de les verlaten"
        return [*found, plain(keys).stylize("dim")]

    def _result(self) -> str:
        course = self.course
        praise = (
            "Zonder hints en zonder fouten."
            if not course.hints + course.mistakes
            else f"Met {course.help_and_mistakes}."
        )
        return f"✓ Klaar! {praise} U mag verder rondkijken; Ctrl+Q sluit de les."

    async def on_event(self, event: events.Event) -> None:
        """Two keys belong to the lesson."""
        if isinstance(event, events.Key) and not event.is_forwarded and event.key in (HINT_KEY, STORY_KEY):
            self._give_hint() if event.key == HINT_KEY else self._tell_story()
            return
        self._acted = self._acted or isinstance(event, events.Key | events.MouseDown)
        await super().on_event(event)

    def _give_hint(self) -> None:
        task = self.course.task
        if task is None or self._showing:
            return
        if self.exam:
            self.notify("Bij een examen zijn er geen hints.", markup=False)
            return
        step_of_help = self.course.next_hint()
        if step_of_help is Hint.SHOW:
            self._hint = "het wordt voorgedaan."
            self._shown = asyncio.create_task(self._show(task))  # no worker: this waits for workers itself
        else:
            self._hint = task.hint if step_of_help is Hint.WHAT else task.where
        self._keep(self.course)
        self._tell()

    async def _show(self, task: Task) -> None:
        self._showing = True
        try:
            for command in task.commands:
                if command.word not in (*TELLING, "expect", "shot", "fault"):
                    await self._player.do(task.steps[-1], command)
        except (PlayFailed, CannotDo) as failed:
            self._hint = CANNOT_SHOW + (failed.mistake.sentence if isinstance(failed, PlayFailed) else failed.sentence)
        finally:
            self._showing = False
            self._tell()

    def exit(self, *result: Any, **how: Any) -> None:
        """Store the progress."""
        self._keep(self.course)
        super().exit(*result, **how)
