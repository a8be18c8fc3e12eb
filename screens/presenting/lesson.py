"""A lesson: the real program with the task in a panel; only the state reached counts, not how.

It starts with an introduction (F1 shows that again). Ctrl+L gives a hint: first where, then what, then the program
does it; after that the board is put back, and the learner does it himself. An exam gives none, takes no longer than it
may, and ends with a review. What is stored: steps, time, hints and mistakes (`app/training/lessons`).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.screen import ModalScreen

from app.refusals import Refused
from app.training.lessons import review
from app.training.lessons.course import Course
from app.training.lessons.exam import Limit, limit_of
from app.training.lessons.hints import Hint
from app.training.lessons.putting_back import PuttingBack
from app.training.lessons.tasks import Task
from app.training.scripts.errors import CannotDo, PlayFailed
from app.training.scripts.grammar import TELLING
from app.training.scripts.playing import Player
from models.base import data_version
from models.board import Board, Location, User
from screens.driving.finding import without_panel
from screens.driving.screen_driver import ScreenDriver
from screens.driving.seeing import as_expected
from screens.lessons.review import ReviewWindow
from screens.presenting import lesson_words as words
from screens.presenting.panel import PanelApp
from screens.shared import keys
from screens.shared.dialogs import Reading

LOOK = 0.4
"""Seconds between progress checks."""
LIMIT_READ = 5.0
"""Seconds between looking whether extra time was given."""
CANNOT_SHOW = "Dit kan hier niet worden voorgedaan: ga eerst terug naar waar de stap begint. "
SHOWING = "het wordt voorgedaan."
SHOWN = "kijk rustig rond. Daarna zet Ctrl+L alles terug zoals het was, en doet u het zelf."
YOUR_TURN = "alles staat weer zoals voor het voordoen. Nu doet u het zelf."
MENDED = "Hersteld. Goed gezien."
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
            tooltip="Geeft een hint: eerst waar u moet kijken, dan wat u moet doen, dan wordt het voorgedaan.",
            show=False,
            priority=True,
        )
    ]
    course: Course

    def begin(
        self,
        course: Course,
        player: Callable[[ScreenDriver], Player],
        keep: Callable[[Course], object],
        *,
        limit: Callable[[], Limit] | None = None,
        spent: float = 0.0,
        putting_back: PuttingBack | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """The lesson, who checks the board for it, and who stores the progress.

        `limit`: how long an exam may take, read now and then, without it what the draaiboek says; `spent`: the seconds of
        earlier sittings; `putting_back` keeps the board while the program shows how, without it what was shown counts.
        """
        self.course, self._keep = course, keep
        self._player_on = player
        self._clock, self._began, self._spent_before = clock, clock(), spent
        self._limit_now = limit or partial(limit_of, course.script)
        self._limit, self._limit_read, self._told_of = self._limit_now(), clock(), spent
        self._putting_back = putting_back
        self._put_back: Callable[[], None] | None = None
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
        story = words.story_of(self.course)
        if story and not isinstance(self.screen, ModalScreen):
            self.push_screen(Story(self.course.script.title, story), lambda _: self._begin_task())

    def _begin_task(self) -> None:
        self._acted = False

    async def _slowly(self, share: float) -> None:
        await asyncio.sleep(BETWEEN * share)

    # ---- how far it is

    def _look(self) -> None:
        if self.course.finished or not self.screen_stack or self._showing or self._put_back or self._time_is_up():
            return
        if isinstance(self.screen, Reading):
            return
        now = (data_version(), without_panel(self), self._acted)
        if now == self._looked_at:
            self._tell()  # the clock keeps running
            return
        self._looked_at = now
        self._look_closely()

    def _look_closely(self) -> None:
        mended = self.course.mended
        try:
            moved = self.course.look(self._player.examiner(), partial(as_expected, self), acted=self._acted)
        except Refused:  # the board is being reset
            return
        if moved:
            self._begin_task()
            self._hint = "" if not self.course.remark else self._hint
            if self.course.mended > mended and not self.course.exam:
                self.notify(MENDED, markup=False)
            self._keep(self.course)
        self._tell()
        if self.course.finished and self.course.exam:
            self._tell_review()

    def _tell(self) -> None:
        waiting = self._put_back is not None and not self._showing
        self.tell(words.caption(self.course, self._hint, self._spent, self._left, waiting=waiting))

    # ---- the time of an exam

    @property
    def _spent(self) -> float:
        return self._spent_before + self._clock() - self._began

    @property
    def _left(self) -> int | None:
        return self._limit.left(self._spent) if self.course.exam else None

    def _time_is_up(self) -> bool:
        """Warn before the end; at the end close the exam, with what was reached by then."""
        if not self.course.exam:
            return False
        if self._clock() - self._limit_read >= LIMIT_READ or self._limit.over(self._spent):
            self._limit, self._limit_read = self._limit_now(), self._clock()
        if not self._limit.over(self._spent):
            if warning := self._limit.warning(self._told_of, self._spent):
                self.notify(warning, severity="warning", markup=False, timeout=10)
            self._told_of = self._spent
            return False
        try:
            self.course.look(self._player.examiner(), partial(as_expected, self), acted=self._acted)
            self.course.close(self._player.examiner())
        except Refused:  # the board is just changing: at the next look
            return False
        self._keep(self.course)
        self._tell()
        self.clear_notifications()
        self._tell_review()
        return True

    def _tell_review(self) -> None:
        made = review.of_course(self.course, self.actor.name if self.actor else "", "exam")
        self.push_screen(ReviewWindow(made))

    # ---- keys

    def action_explain(self) -> None:
        """The story first; from there the help of the screen below it. After an exam its review."""
        if isinstance(self.screen, Story):
            self.screen.dismiss(None)
            self.call_later(super().action_explain)
        elif isinstance(self.screen, ModalScreen):
            super().action_explain()
        elif self.course.exam and self.course.finished:
            self._tell_review()
        elif words.story_of(self.course):
            self._tell_story()
        else:
            super().action_explain()

    async def on_event(self, event: events.Event) -> None:
        """Whether the learner does anything; asking for a hint is not that."""
        if isinstance(event, events.Key) and event.key in keys.HINT.each:
            await super().on_event(event)
            return
        if isinstance(event, events.Key | events.MouseDown) and not self._showing:
            self._acted = True
            self.course.acted()
        await super().on_event(event)

    def action_hint(self) -> None:
        """A hint, one stage further than the last."""
        task = self.course.task
        if task is None or self._showing:
            return
        if self.course.exam:
            self.notify("Bij een examen zijn er geen hints.", markup=False)
            return
        if self._put_back is not None:
            self._taking_back = asyncio.create_task(self._take_back(self._put_back))
            return
        given = self.course.ask()
        assert given is not None
        if given.stage is None:
            self.notify(given.text, markup=False)
            return
        self._hint = SHOWING if given.stage is Hint.SHOW else given.text
        if given.stage is Hint.SHOW:
            self._showing = True
            self._shown = asyncio.create_task(self._show(task))  # no worker: this waits for workers itself
        self._keep(self.course)
        self._tell()

    # ---- showing how

    async def _show(self, task: Task) -> None:
        """Do it, and let the learner look at it; nothing counts until it is put back."""
        done, put_back = False, None
        try:
            self._was = (self.actor.name if self.actor else "", self.actor and self.actor.location, self.current_mode)
            put_back = self._putting_back.save() if self._putting_back else None
            for command in task.commands:
                if command.word not in (*TELLING, "expect", "mask", "shot", "fault", "send"):
                    await self._player.do(task.steps[-1], command)
                    done = True
            self._hint = SHOWN if put_back else ""
        except Refused as refused:
            self._hint = refused.sentence
        except (PlayFailed, CannotDo) as failed:
            self._hint = CANNOT_SHOW + (failed.mistake.sentence if isinstance(failed, PlayFailed) else failed.sentence)
        finally:
            self._put_back = put_back if done else None
            self._showing = False
            self._tell()

    async def _take_back(self, put_back: Callable[[], None]) -> None:
        """Board and programs as they were, for the same user: the learner does it himself."""
        user, location, program = self._was
        self.putting_back = self._showing = True
        try:
            await self.leave()
            put_back()
            self.board = Board.get_by_id(self.board.id)
            again = User.get_or_none(User.board == self.board, User.name == user)
            if again is not None:
                self.signed_in(again, Location.get_by_id(location.id) if location else None)
            if program != self.current_mode:
                await self.switch_mode(program)
            self._hint = YOUR_TURN
        finally:
            self.putting_back = self._showing = False
            self._put_back, self._looked_at = None, None
            self._begin_task()
            self._tell()

    def exit(self, *result: Any, **how: Any) -> None:
        """Store the progress."""
        self._keep(self.course)
        super().exit(*result, **how)
