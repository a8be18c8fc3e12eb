"""Reading beside the UI thread: the one way in which screens and dialogs read what they show.

A screen says what it reads (`read`, in a thread) and how that is shown (`show`, without reading). Until a screen that
opens has shown it for the first time the one before it stays in view, so nothing blank flashes by.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any, TypeVar, cast, final

from textual.screen import ScreenResultType

from app.refusals import Refused
from app.workers.mishaps import Saved
from models.base import connected
from screens.shared.mouse_drag import MouseDrag
from screens.shared.program import EsisProgram

Result = TypeVar("Result")

LONGEST_HOLD = 0.25
"""Seconds after which a screen that opens is painted without what it reads."""


class ReadsBeside(MouseDrag[ScreenResultType]):
    """A screen or dialog that reads in a thread and then shows what was read."""

    settled = False
    """Whether what the screen is about was shown once and the first focus is set; keys typed before that wait."""
    painted = False
    """Whether it is in view: until then the mouse aims at the screen before it."""
    _looking: object = None
    """The latest question passed to `look_up`."""
    _reading: object = None
    """The latest reading of `refresh_data`."""
    _reads = False
    """Whether that reading still runs."""
    _again = False
    """Whether data changed while it ran."""
    _asked_for = False
    """Whether it is read because of what was asked for or done here."""
    _filling = False
    """Whether lists may still be reading the rows of it."""
    _hold: ExitStack | None = None
    _when_settled: Sequence[Callable[[], object]] = ()
    """What waits until the screen is settled."""

    def read(self) -> Any:
        """Read what the screen shows. Runs in a thread, so it touches no widget; may raise `Refused`, which is shown."""
        return None

    def show(self, found: Any) -> None:
        """Show what `read` returned. Runs on the UI thread, so it reads nothing from the database."""

    def read_frame(self) -> Any:
        """Read what the frame around the screen shows, in the same thread, before `read`."""
        return None

    def show_frame(self, found: Any) -> None:
        """Show what `read_frame` returned."""

    @property
    def esis(self) -> EsisProgram:
        """The program."""
        return cast("EsisProgram", self.app)

    @final
    def refresh_data(self) -> None:
        """Read and show again, because something else is asked for or was done here; an earlier reading is dropped.

        Keys wait until it is shown: they would act on what was there before.
        """
        self._asked_for = True
        self._read_now()

    @property
    def unshown(self) -> bool:
        """Whether what was asked for or done here is not in view yet, the rows under the cursors of lists among it."""
        if self._filling and not self._asked_for:
            self._filling = any(getattr(listed, "reading", False) for listed in self.query("PagedRows"))
        return self._asked_for or self._filling

    def _read_now(self) -> None:
        self._reading = asked = object()
        self._reads, self._again = True, False

        def work() -> Callable[[], None]:
            try:
                session = self.esis.session_now()
                frame, found = self.read_frame(), self.read()
                then: Callable[[], None] = partial(self._show_read, frame, found)
            except Refused as refusal:
                then = partial(self.show_refusal, refusal)
            finally:
                if self._reading is asked:
                    self._reads = False
            return partial(self._show_if_allowed, session, then)

        def show(then: Callable[[], None]) -> None:
            if self._reading is asked:
                then()
                if self._again:
                    self._read_now()

        self.beside(work, show, self.show_refusal, self.refresh_data)

    def read_again(self) -> None:
        """Read again, because data may have changed: now, or after the reading that runs, which is shown first.

        So what is asked for more often than it can be read is shown nevertheless.
        """
        if self._reads:
            self._again = True
        else:
            self._read_now()

    def _show_if_allowed(self, session: Any, then: Callable[[], None]) -> None:
        """Show it, if this user may still see it."""
        self._asked_for, self._filling = False, self._filling or self._asked_for
        if self.esis.follows(session):
            then()
        self._shown_once()

    def _show_read(self, frame: Any, found: Any) -> None:
        self.show_frame(frame)
        self.show(found)

    def look_up(self, work: Callable[[], Result], then: Callable[[Result], None]) -> None:
        """Read something else in a thread, then show it; an answer to an earlier question is dropped.

        `work` may raise `Refused`, which is shown.
        """
        self._looking = asked = object()
        self.beside(
            work,
            lambda found: then(found) if self._looking is asked else None,
            lambda refusal: self.show_refusal(refusal) if self._looking is asked else None,
            partial(self.look_up, work, then),
        )

    def forget_look_up(self) -> None:
        """Nothing is asked any more; an answer that is still to come is dropped."""
        self._looking = None

    def beside(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], object],
        refused: Callable[[Refused], object],
        again: Callable[[], object],
    ) -> None:
        """Do this work in a thread, then show it or its refusal; `again` when it failed and is tried once more."""

        def run() -> None:
            after: Callable[[], object]
            try:
                with connected():
                    after = partial(then, work())
            except Refused as refusal:
                after = partial(refused, refusal)
            except Exception as error:
                self._tell_mishap(error, again)
                return
            # A screen that is being taken away still is attached, but no longer displayed.
            self.app.call_from_thread(lambda: after() if self.is_attached and self.display else None)

        self.run_worker(run, thread=True, group="reading", description="reading", exit_on_error=True)

    def _tell_mishap(self, error: Exception, again: Callable[[], object], saved: Saved = Saved.UNKNOWN) -> None:
        """From a thread: say that something failed and can be retried. Raised if nobody is at the screen."""
        self.app.call_from_thread(self._shown_once)
        self._asked_for = False
        if not self.app.call_from_thread(self.esis.stood, error, again, saved):
            raise error

    def show_refusal(self, refusal: Refused) -> None:
        """Say what was refused and why."""
        self.esis.report_refusal(refusal)

    # ---- opening

    def on_screen_resume(self) -> None:
        """On coming into view: data may have changed meanwhile.

        Textual calls each class's handlers itself, so a subclass with its own does not call `super`.
        """
        if not self.is_current or not self.children:
            return
        if not self.settled and self._hold is None:
            self._hold = ExitStack()
            self._hold.enter_context(self.app.batch_update())
            self.set_timer(LONGEST_HOLD, self._release)
        self.refresh_data()

    def on_unmount(self) -> None:
        """Let others be painted."""
        self._release()

    def _release(self) -> None:
        self.painted = True
        if self._hold is not None:
            self._hold.close()

    def _shown_once(self) -> None:
        self._release()
        if not self.settled:
            self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if self.is_current and self.app.is_running and not self.settled:
            self.focus_start()
        self.settled = True
        waiting, self._when_settled = self._when_settled, ()
        for then in waiting:
            then()

    def once_settled(self, then: Callable[[], object]) -> None:
        """Do it as soon as the screen has shown what it is about."""
        self._when_settled = (*self._when_settled, then)
        if self.settled:
            self.call_after_refresh(self._begin)

    def focus_start(self) -> None:
        """Focus where the user's next act is, unless something already has the focus."""
