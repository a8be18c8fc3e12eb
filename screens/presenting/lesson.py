"""A lesson: the real program with the task in a panel; only the state reached counts, not how.

It starts with an introduction (F1 shows that again). Ctrl+L gives a hint: first what, then where, then the program
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
from app.training.lessons.course import HINTS, Course, Hint, Task
from app.training.scripts.errors import CannotDo, PlayFailed
from app.training.scripts.grammar import TELLING
from app.training.scripts.playing import Player
from models.base import data_version
from screens.driving.finding import without_panel
from screens.driving.screen_driver import ScreenDriver
from screens.driving.seeing import as_expected
from screens.presenting import following
from screens.presenting.following import Followed
from screens.presenting.panel import ASIDE, Caption, PanelApp
from screens.shared import keys, signs
from screens.shared.dialogs import Reading
from screens.shared.text import plain, prose

LOOK = 0.4
"""Seconds between progress checks."""
CANNOT_SHOW = "Dit kan hier niet worden voorgedaan: ga eerst terug naar waar de stap begint. "
AGAIN = (
    "Wat u moet doen, staat steeds onder aan het scherm. F1 toont dit verhaal opnieuw; nog eens F1 legt het scherm uit."
)
BETWEEN = 0.4
"""Seconds between keys while the program shows how."""


class Story(Reading):
    """What the lesson is about."""


class LessonApp(PanelApp):
    """The program with a task."""

    BINDINGS = [
        keys.HINT(
            "hint",
            id="lesson.hint",
            tooltip="Geeft een hint: eerst wat, dan waar, dan wordt het voorgedaan.",
            show=False,
            priority=True,
        )
    ]
    course: Course
    exam = False
    followed: Followed | None = None
    """The file that the panel follows, if it does."""

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
        if self.followed is not None:
            self.set_interval(following.LOOK, self._follow_file)
        self.call_after_refresh(self._tell_story)

    @property
    def _story(self) -> str:
        return prose(self.course.script.steps[0].text)

    def _tell_story(self) -> None:
        """Show the introduction, at the start and on request."""
        if self._story and not isinstance(self.screen, ModalScreen):
            window = Story(self.course.script.title, f"{self._story}\n\n{AGAIN}")
            self.push_screen(window, lambda _: self._begin_task())

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

    def _follow_file(self) -> None:
        """Take over what was saved in the file."""
        assert self.followed is not None
        try:
            script = self.followed.changed()
        except Refused as refusal:
            self.notify(following.told(refusal), markup=False, severity="warning")
            return
        if script is not None:
            following.go_on_with(self.course, script)
            self._hint, self._looked_at = "", None
            self._tell()

    def _tell(self) -> None:
        course, task = self.course, self.course.task
        seconds = int(time.monotonic() - self._began)
        figures = f"{seconds // 60}:{seconds % 60:02}   {course.help_and_mistakes}"
        done = f"{course.done} van {len(course.tasks)}"
        self.tell(
            Caption(
                f"{'Examen' if self.exam else 'Les'}: {course.script.title}",
                [plain(self._result()).stylize("bold $ok")] if task is None else self._about(task),
                self._keys(),
                [self._meter(done), plain(figures).stylize("$label"), *self._standing()],
                f"{done}   {figures}",
                f"niveau {course.script.difficulty}",
            )
        )

    def _keys(self) -> list[tuple[str, str]]:
        hint = [] if self.exam or self.course.finished else [("Ctrl+L", "Volgende hint" if self._hint else "Hint")]
        return [*hint, ("F1", "Verhaal en help"), ("Ctrl+Q", "Les verlaten")]

    def _about(self, task: Task) -> list[Content]:
        found = [plain(f"Opdracht {task.title}").stylize("bold $ink")]
        if task.text:
            found.append(plain(task.text).stylize("$label"))
        if self.course.remark:
            found.append(plain(f"! {self.course.remark}").stylize("bold $warn"))
        if self._hint:
            found.append(Content.assemble(("Hint: ", "bold $key"), plain(self._hint)))
        return found

    def _meter(self, done: str) -> Content:
        course = self.course
        bar = signs.meter(course.done, len(course.tasks), ASIDE - len(done) - 2)
        return Content.assemble(bar, "  ", plain(done).stylize("bold $ink"))

    def _standing(self) -> list[Content]:
        """How much help was given for this task, and which tasks come one after another."""
        course = self.course
        before = [_marked("✓", "$ok", task) for task in course.tasks[: course.done][-1:]]
        now = [_marked("▶", "$key", task) for task in course.tasks[course.done :][:1]]
        return [*([] if self.exam else [self._help_given()]), *before, *now]

    def _help_given(self) -> Content:
        given = self.course.hints_shown
        dots = "─".join("●" if place < given else "○" for place in range(len(HINTS)))
        words = [
            plain(str(hint)).stylize("bold $ink" if place == given - 1 else "$label")
            for place, hint in enumerate(HINTS)
        ]
        return Content.assemble((f"{dots}  ", "$key"), Content(", ").join(words))

    def _result(self) -> str:
        course = self.course
        praise = (
            "Zonder hints en zonder fouten."
            if not course.hints + course.mistakes
            else f"Met {course.help_and_mistakes}."
        )
        return f"✓ Klaar! {praise} U mag verder rondkijken; Ctrl+Q sluit de les."

    def action_explain(self) -> None:
        """The story first; from there the help of the screen below it."""
        if not isinstance(self.screen, ModalScreen) and self._story:
            self._tell_story()
        elif isinstance(self.screen, Story):
            self.screen.dismiss(None)
            self.call_later(super().action_explain)
        else:
            super().action_explain()

    async def on_event(self, event: events.Event) -> None:
        """Whether the learner does anything; asking for a hint is not that."""
        if isinstance(event, events.Key) and event.key in keys.HINT.each:
            await super().on_event(event)
            return
        self._acted = self._acted or isinstance(event, events.Key | events.MouseDown)
        await super().on_event(event)

    def action_hint(self) -> None:
        """A hint, one step further than the last."""
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
                if command.word not in (*TELLING, "expect", "mask", "shot", "fault", "send"):
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


def _marked(sign: str, colour: str, task: Task) -> Content:
    return Content.assemble((f"{sign} ", f"bold {colour}"), plain(task.title).stylize("$label"))
