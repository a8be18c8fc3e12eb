"""What the screens of every program share: background work, re-reading, going back and help."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, TypeVar

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
from screens.shared.program import EsisProgram
from screens.shared.reads_beside import ReadsBeside

Result = TypeVar("Result")

WIDTHS = [(0, "-narrow"), (100, "-medium"), (130, "-wide")]


class BaseScreen(ReadsBeside[Any]):
    """What ESIS and partner screens share: background work, re-reading, going back and help."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    AUTO_FOCUS = ""
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

    def focus_start(self) -> None:
        """Focus the first widget in the body, unless something already has the focus."""
        if self.focused is None and self.query("#body"):
            focus_first(self.query_one("#body"))

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

    def _finish(self, after: Callable[[], None], saved: Saved) -> None:
        self.esis.busy = False
        if not self.is_attached:  # left meanwhile: nowhere to show it
            return
        try:
            after()
            if self.is_current:
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
            # At once: `focus()` would run after other focus requests. Scrolling waits until the widget has its place.
            child.screen.set_focus(child, scroll_visible=False)
            child.call_after_refresh(child.scroll_visible, animate=False)
            return True
    return False
