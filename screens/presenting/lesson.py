"""A lesson: the real program with the task in a panel; only the state reached counts, not how.

It starts with an introduction (F1 shows that again). Ctrl+L gives a hint: first where, then what, then the program
does it; after that the board is put back, and the learner does it himself. An exam gives none, takes no longer than it
may, and ends with a review. What happens is written before it is told (`app/training/lessons/keeping.py`), so that a
program that is killed loses nothing that the learner saw.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from textual import events
from textual.pilot import Pilot

from app.refusals import Refused
from app.training.lessons import hints
from app.training.lessons.course import Course
from app.training.lessons.exam import Limit, limit_of
from app.training.lessons.hints import HINTS, Hint
from app.training.lessons.keeping import Keeper
from app.training.lessons.putting_back import PuttingBack
from app.training.scripts.playing import Player
from models.base import data_version
from screens.driving.screen_driver import ScreenDriver
from screens.presenting import following, windows
from screens.presenting import lesson_words as words
from screens.presenting.exam_time import ExamTime
from screens.presenting.following import Followed
from screens.presenting.panel import Caption, Panel
from screens.presenting.showing import SHOWING, Showing
from screens.presenting.together import Together
from screens.shared import keys
from screens.shared.dialogs import Reading
from screens.shared.program import LessonNow
from screens.shell.esis import EsisApp

LOOK = 0.4
"""Seconds between progress checks."""
STOPPED = "Deze les is gestopt: zij is ergens anders opgegeven, of het bestuur waarop u haar begon, is teruggezet of verwijderd."
MENDED = "Hersteld. Goed gezien."
NO_HINTS = "Bij een examen zijn er geen hints."
NOT_YOURS = "Nu is de ander aan de beurt; daarbij zijn er voor u geen hints."
BETWEEN = 0.4
"""Seconds between keys while the program shows how."""


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
        together: Together | None = None,
        limit: Callable[[], Limit] | None = None,
        putting_back: PuttingBack | None = None,
        followed: Followed | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Who checks the board for it, who writes how far it is, and what ends it, with a reason to be told.

        `limit`: how long an exam may take, read now and then, without it what the draaiboek says; `putting_back` keeps the
        board while the program shows how, without it what was shown counts; `followed`: the file that the panel follows.
        """
        self.app, self.course = app, course
        self._keeper, self._together, self._end = keeper, together, leave
        self._panel = Panel(app)
        self._screen_driver = ScreenDriver(app, Pilot(app), self._slowly)
        self._player = player(self._screen_driver)
        keeper.wrote = self._wrote
        keeper.stands_still(lambda: app.paused_seconds)
        self.time(clock, limit or partial(limit_of, course.script))
        self._followed = followed
        self._showing = Showing(app, self._player, putting_back, self._shown)
        self._hint = ""
        self._acted = self._closed = False
        self._looked_at: object = None
        self._seen = windows.Seen(app)

    def open(self, *, again: bool) -> None:
        """Begin, or go on with what was begun, and check progress now and then."""
        if not again:
            self.course.begin(self._player.examiner())
        else:
            self.course.resume()
            self._hint = self._hint_given()
        if self._together is not None:
            self._together.look(self.course)
        self._keeper.keep(self.course)
        self._tell()
        self._looks = [self.app.set_interval(LOOK, self._look)]
        if self._followed is not None:
            self._looks.append(self.app.set_interval(following.LOOK, partial(self._follow_file, self._followed)))
        if not again:
            self.app.call_after_refresh(windows.tell_story, self.app, self.course)

    @property
    def now(self) -> LessonNow:
        """Where the learner is."""
        course, task = self.course, self.course.task
        lesson, keeper = course.script, self._keeper
        at, title = (course.done + 1, task.title) if task is not None else (0, "")
        place = (at, len(course.tasks), title)
        return LessonNow(lesson.name, lesson.title, course.exam, *place, keeper.learner, keeper.run_id)

    async def _slowly(self, share: float) -> None:
        await asyncio.sleep(BETWEEN * share)

    def _look(self) -> None:
        if not self.app.screen_stack or self._keeper.pending or self._showing.holds or self._time_is_up():
            return
        now = (data_version(), self._seen(), self._acted)
        self._keeper.keep_time(self.course)
        if now == self._looked_at:
            self._tell()  # the clock keeps running
            return
        if self._keeper.overtaken(self.course):  # in another window
            self._acted = False
        if self._keeper.over:
            self._end(STOPPED)
            return
        if self.course.finished:
            return
        if self._together is None and isinstance(self.app.screen, Reading):
            self._tell()
            return
        self._looked_at = now
        self._look_closely()

    def _look_closely(self) -> None:
        mended = self.course.mended
        try:
            if self._together is not None:
                self._together.look(self.course)
            moved = self.course.look(self._player.examiner(), partial(windows.says, self.app), acted=self._acted)
        except Refused:  # the board is being reset
            return
        if moved:
            self._acted = False
            self._hint = "" if not self.course.remark else self._hint
            if self.course.mended > mended and not self.course.exam:
                self.app.notify(MENDED, markup=False)
        self._keeper.keep(self.course)
        self._tell()
        if self.course.finished and self.course.exam:
            windows.tell_review(self.app, self.course)

    def _wrote(self) -> None:
        """Something that happened is written: now it is told. From another thread."""
        with suppress(RuntimeError):  # the program is just ending
            self.app.call_later(self._tell)

    @property
    def told(self) -> Caption | None:
        """What the panel says."""
        return self._panel.told

    @property
    def showing(self) -> bool:
        """Whether the program is showing how, or putting back what it showed."""
        return self._showing.under_way

    async def look_now(self) -> None:
        """Check progress at once, for who waits for the answer to what was done; returns when it is told."""
        await self._written()
        self._look()
        await self._written()
        self._tell()

    async def _written(self) -> None:
        while self._keeper.pending:
            await asyncio.sleep(0.01)

    def _follow_file(self, followed: Followed) -> None:
        """Take over what was saved in the file."""
        if self._showing.holds or self._keeper.pending:
            return
        with suppress(Refused):  # which the panel says
            if (script := followed.changed()) is not None:
                self.course.go_on_with(script)
                self._keeper.rewritten(self.course, followed.text)
                self._hint, self._looked_at = "", None
                self._keeper.keep(self.course)
                self._tell()

    def _tell(self) -> None:
        if self._keeper.pending or self._closed:
            return
        left = self._time.left if self.course.exam else None
        shown, together = self._showing.shown, self._together
        told = words.caption(self.course, self._hint, self._time.spent, left, shown=shown, together=together)
        self._panel.tell(following.with_mistake(told, self._followed))
        self.app.tell_class()

    # ---- the time of an exam

    def time(self, clock: Callable[[], float], limit: Callable[[], Limit]) -> None:
        """Count by this clock from now on, after the sittings before, and with this limit."""
        self._time = ExamTime(lambda: clock() - self.app.paused_seconds, limit, float(self._keeper.seconds))

    def _time_is_up(self) -> bool:
        """Warn before the end; at the end close the exam, with what was reached by then."""
        if not self.course.exam or self.course.finished:
            return False
        if not self._time.is_up():
            if warning := self._time.warning():
                self.app.notify(warning, severity="warning", markup=False, timeout=10)
            return False
        try:
            self.course.look(self._player.examiner(), partial(windows.says, self.app), acted=self._acted)
            self.course.close(self._player.examiner())
        except Refused:  # the board is just changing: at the next look
            return False
        self._keeper.keep(self.course)
        self._tell()
        self.app.clear_notifications()
        windows.tell_review(self.app, self.course)
        return True

    # ---- what the program tells its guest

    def explains(self) -> bool:
        """What the lesson is about, or what the exam came to."""
        return windows.explain(self.app, self.course)

    def hears(self, event: events.Event) -> None:
        """Whether the learner does anything; asking for a hint or for help is not that, nor is leaving."""
        if self._showing.under_way or (
            isinstance(event, events.Key) and event.key in (*keys.HINT.each, *keys.HELP.each, *keys.STOP.each)
        ):
            return
        if isinstance(event, events.Key | events.MouseDown) and not isinstance(self.app.screen, Reading):
            self._acted = True
            self.course.act()

    def leave(self) -> None:
        """Leave; what was done stays."""
        self._showing.stop()
        windows.ask_to_leave(self.app, self.course, partial(self._end, ""))

    def gone(self) -> None:
        """The board was removed: the class was reset, or it was given up elsewhere."""
        self._showing.stop()
        self._end(STOPPED)

    def ended(self) -> None:
        """Everything is written, once; also that the learner leaves."""
        if not self._closed:
            self._closed = True
            self._showing.leave()
            self._keeper.close(self.course)

    def close(self) -> None:
        """No panel any more."""
        for looks in self._looks:
            looks.stop()
        self._panel.close()

    def helps(self) -> None:
        """A hint, one stage further than the last."""
        task = self.course.task
        if task is None or self._showing.under_way:
            return
        if self.course.exam or self.course.waiting:
            self.app.notify(NO_HINTS if self.course.exam else NOT_YOURS, markup=False)
            return
        if self._showing.shown:
            self._showing.end()
            return
        given = self.course.ask()
        assert given is not None
        if given.stage is None:
            self.app.notify(given.text, markup=False)
            return
        self._hint = SHOWING if given.stage is Hint.SHOW else given.text
        if given.stage is Hint.SHOW:
            self._showing.begin(task)
        self._keeper.keep(self.course)
        self._tell()

    def _shown(self, told: str) -> None:
        """It was shown, could not be, or was put back: look afresh."""
        self._hint, self._looked_at, self._acted = told, None, False
        self._tell()

    def _hint_given(self) -> str:
        """The last hint for this task, in words; empty if there was none."""
        task, given = self.course.task, self.course.hints_shown
        if task is None or not given or HINTS[given - 1] is Hint.SHOW:
            return ""
        return hints.text_of(task, HINTS[given - 1])
