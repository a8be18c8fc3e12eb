"""What the screens of every program share: background work, re-reading, going back and help."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, TypeVar, cast

from textual import on
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

from app.access import Actor
from app.refusals import Refused
from app.targets import Target
from app.workers.mishaps import Saved
from models.base import database
from screens.shared.forms import Form
from screens.shared.key_bar import KeyBar
from screens.shared.program import EsisProgram

Result = TypeVar("Result")

WIDTHS = [(0, "-narrow"), (100, "-medium"), (130, "-wide")]


class BaseScreen(Screen[Any]):
    """What ESIS and partner screens share: background work, re-reading, going back and help."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    AUTO_FOCUS = ""
    _question: object = None
    """The latest question passed to `look_up`."""
    settled = False
    """Whether the screen has been drawn once and has set its initial focus."""
    SIBLINGS: ClassVar[str] = ""
    """Screens with the same word here replace one another, so that Esc leaves them all."""
    HELP = ""
    """What F1 says about this screen, in Dutch; paragraphs separated by blank lines."""

    BINDINGS = [
        Binding(
            "escape,backspace",
            "back",
            "Terug",
            id="screen.back",
            tooltip="Gaat terug naar het vorige scherm; een gewijzigd formulier vraagt eerst.",
        ),
    ]

    @classmethod
    def at(cls, program: EsisProgram, target: Any) -> Screen[Any] | Target | None:  # noqa: ARG003
        """The screen that shows a target, or where to go instead; None if it asks first. May raise `Refused`."""
        return cls()

    def on_compose(self) -> None:
        """Set the class for the terminal's width before anything is mounted, or Textual styles everything twice."""
        breakpoints = self.HORIZONTAL_BREAKPOINTS or []
        self.add_class(max(one for one in breakpoints if one[0] <= self.app.size.width)[1])

    def _begin(self) -> None:
        if self.is_current:
            self.focus_start()
        self.settled = True

    def focus_start(self) -> None:
        """Focus the start of the screen: the first widget in the body, unless something already has the focus."""
        if self.focused is None and self.query("#body"):
            focus_first(self.query_one("#body"))

    @property
    def esis(self) -> EsisProgram:
        """The program."""
        return cast("EsisProgram", self.app)

    @property
    def actor(self) -> Actor:
        """Who is signed in to ESIS, and where."""
        assert self.esis.actor is not None, "an ESIS screen needs somebody signed in"
        return self.esis.actor

    @property
    def changed(self) -> bool:
        """Whether leaving now would lose input."""
        return any(form.changed for form in self.query(Form))

    def start_again(self) -> None:
        """Reset the input to its initial values."""
        for form in self.query(Form):
            form.start_again()

    def refresh_data(self) -> None:
        """Read what the screen shows; called each time it comes into view, also the first, and when data changes."""

    def on_screen_resume(self) -> None:
        """On coming into view: data may have changed meanwhile.

        Textual calls each class's handlers itself, so a subclass with its own does not call `super`.
        """
        if self.is_current and self.query(KeyBar) and self.esis.holds():
            self.refresh_data()
        if not self.settled:
            self.call_after_refresh(self._begin)

    def look_up(self, work: Callable[[], Result], then: Callable[[Result], None]) -> None:
        """Do slow reading off the UI thread, then show it; an answer to an earlier question is dropped.

        `work` may raise `Refused`, which is shown.
        """
        self._question = asked = object()

        def run() -> None:
            after: Callable[[], None]
            try:
                with database.connection_context():
                    found = work()
            except Refused as refusal:
                caught = refusal
                after = lambda: self.show_refusal(caught)  # noqa: E731
            except Exception as error:
                self._tell_mishap(error, partial(self.look_up, work, then))
                return
            else:
                after = lambda: then(found)  # noqa: E731
            self.app.call_from_thread(lambda: after() if self._question is asked and self.is_attached else None)

        self.run_worker(run, thread=True, group="reading", description="reading", exit_on_error=True)

    def perform(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], None] | None = None,
        refused: Callable[[Refused], None] | None = None,
    ) -> bool:
        """Run a use case off the UI thread; then show its result or the refusal.

        A second call is ignored while the first is busy, so a double key press acts once. Returns whether it was
        started.
        """
        if self.esis.busy:
            return False
        self.esis.busy = True

        def run() -> None:
            after: Callable[[], None]
            saved = Saved.UNKNOWN
            try:
                with database.connection_context():
                    result = work()
            except Refused as refusal:
                caught = refusal
                after = lambda: (refused or self.show_refusal)(caught)  # noqa: E731
            except BaseException as error:
                self.app.call_from_thread(setattr, self.esis, "busy", False)
                if not isinstance(error, Exception):
                    raise
                self._tell_mishap(error, partial(self.perform, work, then, refused), Saved.NOTHING)
                return
            else:
                saved = Saved.DONE
                after = lambda: then(result) if then else None  # noqa: E731
            self.app.call_from_thread(self._finish, after, saved)

        self.run_worker(run, thread=True, group="use-case", description="use case", exit_on_error=True)
        return True

    def _tell_mishap(self, error: Exception, again: Callable[[], object], saved: Saved = Saved.UNKNOWN) -> None:
        """From a thread: say that something failed and can be retried. Raised if nobody is at the screen."""
        if not self.app.call_from_thread(self.esis.stood, error, again, saved):
            raise error

    def _finish(self, after: Callable[[], None], saved: Saved) -> None:
        self.esis.busy = False
        if not self.is_attached:  # left meanwhile: nowhere to show it
            return
        try:
            after()
            if self.is_current and self.esis.holds():
                self.refresh_data()
        except Exception as error:
            if not self.esis.stood(error, None, saved):
                raise

    def show_refusal(self, refusal: Refused) -> None:
        """Say what was refused and why: beside the field it names if a form here has it, else over the screen."""
        if not any(form.show_refusal(refusal) for form in self.query(Form)):
            self.say(refusal.sentence, severity="error")

    def say(self, sentence: str, severity: Any = "information") -> None:
        """A short message over the screen; never read as markup."""
        self.app.notify(sentence, severity=severity, markup=False, timeout=6)

    @on(Form.Unchanged)
    def _unchanged(self) -> None:
        self.say("Er is niets gewijzigd.")

    @on(Form.Cancelled)
    def _cancelled(self, event: Form.Cancelled) -> None:
        event.stop()
        self.action_back()

    def action_back(self) -> None:
        """Leave the screen."""
        self.esis.go_back()


def focus_first(widget: Widget) -> bool:
    """Focus the first focusable widget in a container; returns whether there is one."""
    for child in widget.query("*"):
        if child.focusable:
            child.screen.set_focus(child)  # at once: `focus()` would run after other focus requests
            return True
    return False
