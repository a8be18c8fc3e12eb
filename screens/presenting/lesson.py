"""A lesson: the real program with the task in a panel; only the state reached counts, not how.

It starts with an introduction (F1 shows that again). Ctrl+L gives a hint: first what, then where, then the program
does it. An exam gives none. What happens is written before it is told (`app/training/lessons/keeping.py`), so that a
program that is killed loses nothing that the learner saw.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from textual import events
from textual.content import Content
from textual.pilot import Pilot
from textual.screen import ModalScreen

from app.refusals import Refused
from app.training.lessons.course import HINTS, Course, Hint, Task
from app.training.lessons.keeping import Keeper
from app.training.scripts.errors import CannotDo, PlayFailed
from app.training.scripts.grammar import TELLING
from app.training.scripts.playing import Player
from models.base import data_version
from screens.driving.finding import without_panel
from screens.driving.screen_driver import ScreenDriver
from screens.driving.seeing import as_expected
from screens.navigation.going import Navigation
from screens.presenting.panel import ASIDE, Caption, Panel
from screens.presenting.together import Together
from screens.shared import keys, signs
from screens.shared.dialogs import Reading
from screens.shared.text import plain, prose
from screens.shell.esis import EsisApp

LOOK = 0.4
"""Seconds between progress checks."""
STOPPED = "Deze les is gestopt: zij is ergens anders opgegeven, of het bestuur waarop u haar begon, is teruggezet of verwijderd."
CANNOT_SHOW = "Dit kan hier niet worden voorgedaan: ga eerst terug naar waar de stap begint. "
AGAIN = (
    "Wat u moet doen, staat steeds onder aan het scherm. F1 toont dit verhaal opnieuw; nog eens F1 legt het scherm uit."
)
BETWEEN = 0.4
"""Seconds between keys while the program shows how."""


class Story(Reading):
    """What the lesson is about."""


class Lesson:
    """A task over the screens of a program: its guest (`screens/shared/program.py`)."""

    def __init__(
        self,
        app: EsisApp,
        course: Course,
        player: Callable[[ScreenDriver], Player],
        keeper: Keeper,
        leave: Callable[[str], object],
        *,
        exam: bool = False,
        together: Together | None = None,
    ) -> None:
        """Who checks the board for it, who writes how far it is, and what ends it, with a reason to be told."""
        self.app, self.course, self.exam = app, course, exam
        self._keeper, self._together, self._end = keeper, together, leave
        self._panel = Panel(app)
        self._screen_driver = ScreenDriver(app, Pilot(app), self._slowly)
        self._player = player(self._screen_driver)
        keeper.wrote = self._wrote
        self._began = time.monotonic() - keeper.seconds
        self._hint = ""
        self._showing = self._acted = self._closed = False
        self._looked_at: object = None

    def open(self, *, again: bool) -> None:
        """Begin, or go on with what was begun, and check progress now and then."""
        if not again:
            self.course.begin(self._player.examiner())
        else:
            self.course.resume()
            self._hint = self._hint_given()
        if self._together is not None:
            self._together.look(self.course)
        self._keep(self.course)
        self._tell()
        self._looks = self.app.set_interval(LOOK, self._look)
        if not again:
            self.app.call_after_refresh(self._tell_story)

    @property
    def _story(self) -> str:
        return prose(self.course.script.steps[0].text)

    def _tell_story(self) -> None:
        """Show the introduction, at the start and on request."""
        if self._story and not isinstance(self.app.screen, ModalScreen):
            window = Story(self.course.script.title, f"{self._story}\n\n{AGAIN}")
            self.app.push_screen(window)

    async def _slowly(self, share: float) -> None:
        await asyncio.sleep(BETWEEN * share)

    def _look(self) -> None:
        if not self.app.screen_stack or self._keeper.pending:
            return
        now = (data_version(), without_panel(self.app), self._acted)
        if now == self._looked_at:
            self._tell()  # the clock keeps running
            return
        if self._keeper.overtaken(self.course):  # in another window
            self._acted = False
        if self._keeper.over:
            self._end(STOPPED)
            return
        if self.course.finished or isinstance(self.app.screen, Reading):
            return
        self._looked_at = now
        try:
            if self._together is not None:
                self._together.look(self.course)
            moved = self.course.look(self._player.examiner(), partial(as_expected, self.app), acted=self._acted)
        except Refused:  # the board is being reset
            return
        if moved:
            self._acted = False
            self._hint = "" if not self.course.remark else self._hint
        self._keep(self.course)
        self._tell()

    def _keep(self, course: Course) -> None:
        self._keeper.keep(course)

    def _wrote(self) -> None:
        """Something that happened is written: now it is told. From another thread."""
        with suppress(RuntimeError):  # the program is just ending
            self.app.call_later(self._tell)

    def _tell(self) -> None:
        if self._keeper.pending or self._closed:
            return
        course, task = self.course, self.course.task
        seconds = int(time.monotonic() - self._began)
        figures = f"{seconds // 60}:{seconds % 60:02}   {course.help_and_mistakes}"
        done = f"{course.done} van {len(course.tasks)}"
        self._panel.tell(
            Caption(
                f"{'Examen' if self.exam else 'Les'}: {course.script.title}{self._together.where if self._together else ''}",
                [plain(self._result()).stylize("bold $ok")] if task is None else self._about(task),
                self._keys(),
                [self._meter(done), plain(figures).stylize("$label"), *self._standing()],
                f"{done}   {figures}",
                f"niveau {course.script.difficulty}",
            )
        )

    def _keys(self) -> list[tuple[str, str]]:
        hint = (
            []
            if self.exam or self.course.finished or self.course.waiting
            else [("Ctrl+L", "Volgende hint" if self._hint else "Hint")]
        )
        return [*hint, ("F1", "Verhaal en help"), ("Ctrl+Q", "Les verlaten")]

    def _about(self, task: Task) -> list[Content]:
        joining = self._together.joining() if self._together is not None else []
        if self._together is not None and self.course.waiting:
            return [self._together.turn(task, exam=self.exam), *joining]
        found = [plain(f"Opdracht {task.title}").stylize("bold $ink")]
        if task.text:
            found.append(plain(task.text).stylize("$label"))
        if self.course.remark:
            found.append(plain(f"! {self.course.remark}").stylize("bold $warn"))
        if self._hint:
            found.append(Content.assemble(("Hint: ", "bold $key"), plain(self._hint)))
        return [*found, *joining]

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

    # ---- what the program tells its guest

    def explains(self) -> bool:
        """The story first; from there the help of the screen below it."""
        if not isinstance(self.app.screen, ModalScreen) and self._story:
            self._tell_story()
            return True
        if isinstance(self.app.screen, Story):
            self.app.screen.dismiss(None)
            self.app.call_later(Navigation.action_explain, self.app)
            return True
        return False

    def hears(self, event: events.Event) -> None:
        """Whether the learner does anything; asking for a hint or for help is not that, nor is leaving."""
        if isinstance(event, events.Key) and event.key in (*keys.HINT.each, *keys.HELP.each, *keys.STOP.each):
            return
        if isinstance(event, events.Key | events.MouseDown) and not isinstance(self.app.screen, Reading):
            self._acted = True
            self.course.act()

    def leave(self) -> None:
        """Leave; what was done stays."""
        self._end("")

    def gone(self) -> None:
        """The board was removed: the class was reset, or it was given up elsewhere."""
        self._end(STOPPED)

    def ended(self) -> None:
        """Everything is written, once; also that the learner leaves."""
        if not self._closed:
            self._closed = True
            self._keeper.close(self.course)

    def close(self) -> None:
        """No panel any more."""
        self._looks.stop()
        self._panel.close()

    def helps(self) -> None:
        """A hint, one step further than the last."""
        task = self.course.task
        if task is None or self._showing:
            return
        if self.exam:
            self.app.notify("Bij een examen zijn er geen hints.", markup=False)
            return
        if self.course.waiting:
            self.app.notify("Nu is de ander aan de beurt; daarbij zijn er voor u geen hints.", markup=False)
            return
        if self.course.next_hint() is Hint.SHOW:
            self._hint = "het wordt voorgedaan."
            self._shown = asyncio.create_task(self._show(task))  # no worker: this waits for workers itself
        else:
            self._hint = self._hint_given()
        self._keep(self.course)
        self._tell()

    def _hint_given(self) -> str:
        """The last hint for this task, in words; empty if there was none."""
        task, given = self.course.task, self.course.hints_shown
        if task is None or not given:
            return ""
        return task.hint if given == 1 else task.where

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


def _marked(sign: str, colour: str, task: Task) -> Content:
    return Content.assemble((f"{sign} ", f"bold {colour}"), plain(task.title).stylize("$label"))
