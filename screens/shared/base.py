"""What the screens of every program share: background work, re-reading, going back and help."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, TypeVar

from textual import on
from textual.actions import SkipAction
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from app.access import Actor
from app.refusals import Refused
from app.targets import Target
from app.workers.mishaps import Saved
from models.base import connected
from screens.shared import keys
from screens.shared.actions_menu import ActionsMenu, about_what, acts_of, declared
from screens.shared.forms import Form
from screens.shared.link import OneStop
from screens.shared.program import EsisProgram
from screens.shared.reads_beside import ReadsBeside
from screens.shared.records import RecordList
from screens.shared.sizes import HEIGHTS, WIDTHS, set_sizes, set_slim
from screens.shared.spatial import cross, nearest

Result = TypeVar("Result")


class BaseScreen(ReadsBeside[Any]):
    """What ESIS and partner screens share: background work, re-reading, going back and help."""

    HORIZONTAL_BREAKPOINTS, VERTICAL_BREAKPOINTS = WIDTHS, HEIGHTS
    AUTO_FOCUS = ""
    SIBLINGS: ClassVar[str] = ""
    """Screens with the same word here replace one another, so that Esc leaves them all."""
    WHICH = ""
    """What it is a page of, if it asks which (`choose_which`)."""
    of_record = ""
    """The record that the page is about, by name."""
    OF_ROW: ClassVar[tuple[str, ...]] = ()
    """Actions on the row in front: an empty list does not offer them."""
    HELP = ""
    """What F1 says about this screen, in Dutch; paragraphs separated by blank lines."""

    BINDINGS = [
        keys.BACK(
            "back",
            "Terug",
            id="screen.back",
            tooltip="Gaat terug naar het vorige scherm; een gewijzigd formulier vraagt eerst.",
        ),
        keys.UP("cross('up')", id="screen.up", show=False, tooltip="Gaat naar wat erboven staat."),
        keys.DOWN("cross('down')", id="screen.down", show=False, tooltip="Gaat naar wat eronder staat."),
        keys.ACTIONS(
            "actions",
            id="screen.actions",
            tooltip="Noemt alles wat u met deze regel of dit scherm kunt doen, ook wat geen toets heeft.",
        ),
        keys.HAND(
            "app.hand",
            id="class.hand",
            tooltip="Vraagt de trainer om te komen; nog eens laat uw hand weer zakken.",
        ),
    ]

    @classmethod
    def at(cls, program: EsisProgram, target: Any) -> Screen[Any] | Target | None:  # noqa: ARG003
        """The screen that shows a target, or where to go instead; None if it asks first. May raise `Refused`."""
        return cls()

    @classmethod
    def choose_which(cls, program: EsisProgram, then: Callable[[Target], None]) -> bool:  # noqa: ARG003
        """Let the user choose which one this screen is to show; False if it cannot be asked."""
        return False

    def on_compose(self) -> None:
        """Know the size before anything is mounted."""
        set_sizes(self)

    def on_resize(self) -> None:
        """The size has changed."""
        set_slim(self)

    @property
    def focus_chain(self) -> list[Widget]:
        """Where Tab stops: once in a bar of links."""
        chain = super().focus_chain
        return [one for one in chain if not isinstance(one.parent, OneStop) or one.parent.stop is one]

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
                with connected():
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
        self.esis.acts += saved is Saved.DONE
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
        self.app.notify(self.esis.in_keys(sentence), severity=severity, markup=False, timeout=6)

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

    _frame_shown: object = None
    """What the frame showed last, the school time among it; None on coming into view."""

    def on_screen_suspend(self) -> None:
        """On coming back nothing is said any more of what was done before; a window over the screen leaves it."""
        self._frame_shown = None
        if not isinstance(self.app.screen, ModalScreen):
            self.unsay()

    def _show_read(self, frame: Any, found: Any) -> None:
        """What was said is of a moment: it may be untrue after a night."""
        if self._frame_shown not in (None, frame):
            self.unsay()
        self._frame_shown = frame
        super()._show_read(frame, found)

    def unsay(self) -> None:
        """Take away what the screen says of what was just done."""

    def action_cross(self, direction: str) -> None:
        """From a field or a button, which have no use for the arrow themselves."""
        here = self.focused
        form = next((node for node in here.ancestors if isinstance(node, Form)), None) if here is not None else None
        if here is not None and cross(here, direction):
            return
        target = nearest(form, here, direction, Widget, aside=True) if here is not None and form is not None else None
        if target is None:
            raise SkipAction
        target.focus()

    def of_row(self, action: str) -> bool:
        """Whether an action is done with the row in front."""
        return action in self.OF_ROW

    def reason_for(self, action: str) -> str:  # noqa: ARG002
        """Why an action that is offered here cannot be done now, as a sentence; empty if it can."""
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A window of actions only where there are any; with an empty list nothing is done with a row."""
        if action == "actions":
            return any(binding.action != "app.hand" or self.esis.in_class for _, binding in declared(self))
        if self.of_row(action):
            return any(listed.row_count for listed in self.query(RecordList))
        return super().check_action(action, parameters)

    def action_actions(self) -> None:
        """Everything that can be done here, to choose from."""
        window = ActionsMenu(f"Acties: {about_what(self)}", acts_of(self))
        self.app.push_screen(window, lambda act: act.run() if act is not None else None)


def focus_first(widget: Widget) -> bool:
    """Focus the first focusable widget in a container; returns whether there is one."""
    for child in widget.query("*"):
        if child.focusable:
            # At once: `focus()` would run after other focus requests. Scrolling waits until the widget has its place.
            child.screen.set_focus(child, scroll_visible=False)
            child.call_after_refresh(child.scroll_visible, animate=False)
            return True
    return False
