"""What the screens of every program share: doing things in the background, re-reading, going back, explaining."""

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
    """What ESIS and partner screens share: doing things in the background, re-reading, going back, explaining."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    AUTO_FOCUS = ""
    _question: object = None
    """The last question of `look_up`."""
    settled = False
    """Whether the screen has been drawn once and has put the focus where it belongs."""
    SIBLINGS: ClassVar[str] = ""
    """Of screens with the same word here one takes the place of another, so that Esc leaves them all."""
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
        """The screen that shows a target, or where to go instead; None where that is asked first. May raise `Refused`."""
        return cls()

    def on_compose(self) -> None:
        """Be as wide as the terminal before there is anything on it, which Textual would style again for that."""
        breakpoints = self.HORIZONTAL_BREAKPOINTS or []
        self.add_class(max(one for one in breakpoints if one[0] <= self.app.size.width)[1])

    def _begin(self) -> None:
        if self.is_current:
            self.focus_start()
        self.settled = True

    def focus_start(self) -> None:
        """Put the focus where the screen begins: on the first thing in the body, unless something took it already."""
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
        """Whether leaving now would lose what was filled in."""
        return any(form.changed for form in self.query(Form))

    def start_again(self) -> None:
        """Put back what was filled in to what it began with."""
        for form in self.query(Form):
            form.start_again()

    def refresh_data(self) -> None:
        """Read what the screen shows; called when it comes into view, the first time too, and when data changed."""

    def on_screen_resume(self) -> None:
        """Coming into view; the world may have changed meanwhile.

        Textual calls the handlers of each class itself, so a subclass with one of its own calls no `super`.
        """
        if self.is_current and self.query(KeyBar) and self.esis.holds():
            self.refresh_data()
        if not self.settled:
            self.call_after_refresh(self._begin)

    def look_up(self, work: Callable[[], Result], then: Callable[[Result], None]) -> None:
        """Read what takes long away from the UI thread, then show it; an answer to an earlier question is dropped.

        `work` may raise `Refused`, which is said.
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
        """Run a use case away from the UI thread; then show what came of it, or what refused it.

        A second one waits for nothing: it is ignored while the first is busy, so a double key press acts once. Whether
        it was begun.
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
        """From a thread: that something failed, which can be done again. Raised where nobody sits before the screen."""
        if not self.app.call_from_thread(self.esis.stood, error, again, saved):
            raise error

    def _finish(self, after: Callable[[], None], saved: Saved) -> None:
        self.esis.busy = False
        if not self.is_attached:  # left meanwhile: there is nowhere to show it
            return
        try:
            after()
            if self.is_current and self.esis.holds():
                self.refresh_data()
        except Exception as error:
            if not self.esis.stood(error, None, saved):
                raise

    def show_refusal(self, refusal: Refused) -> None:
        """Say what was refused and why: beside the field it names where a form here has it, else over the screen."""
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
    """Focus the first focusable thing in a container; whether there is one."""
    for child in widget.query("*"):
        if child.focusable:
            child.screen.set_focus(child)  # at once: `focus()` would come after whatever asks for the focus meanwhile
            return True
    return False
