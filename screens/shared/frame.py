"""The frame of every ESIS screen: tabs, clock, breadcrumb, left block, body and the keys at the bottom (screens.md)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget

from app import clock
from app.access import Actor
from app.refusals import Refused
from fixtures import menu
from models.base import database
from screens.shared.forms import Form
from screens.shared.key_bar import KeyBar
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link
from screens.shared.text import plain

if TYPE_CHECKING:
    from screens.esis import EsisApp

Result = TypeVar("Result")

WIDTHS = [(0, "-narrow"), (100, "-medium"), (130, "-wide")]
SHORT_TABS = {"Overzichten en Exporten": "Overzichten"}


class TopBar(ArrowKeys):
    """The name of the program, the tabs, and on a wide screen the clock and the user."""

    def compose(self) -> ComposeResult:
        """Lay out the tabs."""
        with Horizontal(id="tabs"):
            yield Label("ESIS │", id="brand")
            for tab in menu.menu().tabs:
                yield Link(tab.title, key=tab.title, classes="tab")
        yield Label("", id="bar-clock", classes="clock")

    def action_move(self, direction: str) -> None:
        """From a tab down is into the screen."""
        if direction == "down":
            focus_first(self.screen.query_one("#body"))
        else:
            super().action_move(direction)

    def on_resize(self) -> None:
        """Shorten the longest tab on a narrow screen."""
        for link in self.query(Link):
            link.set_text(SHORT_TABS.get(link.key, link.key) if self.screen.size.width < 100 else link.key)


class LeftBlock(ArrowKeys):
    """The block of related screens at the left; one line of shorter names on a narrow screen."""

    def __init__(self, title: str, entries: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(id="left-block")
        self.border_title = title
        self._entries = entries

    def compose(self) -> ComposeResult:
        """One link an entry."""
        for key, text, _short in self._entries:
            yield Link(text, key=key)

    def on_resize(self) -> None:
        """Names follow the width."""
        narrow = self.screen.size.width < 100
        for link, (_key, text, short) in zip(self.query(Link), self._entries, strict=True):
            link.set_text(short if narrow else text)


class BaseScreen(Screen[Any]):
    """What ESIS and partner screens share: doing things in the background, re-reading, going back, explaining."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    AUTO_FOCUS = ""
    _question: object = None
    """The last question of `look_up`."""
    settled = False
    """Whether the screen has been drawn once and has put the focus where it belongs."""
    HELP = ""
    """What F1 says about this screen, in Dutch; paragraphs separated by blank lines."""

    BINDINGS = [
        Binding("escape,backspace", "back", "Terug", id="screen.back",
                tooltip="Gaat terug naar het vorige scherm; een gewijzigd formulier vraagt eerst."),
    ]  # fmt: skip

    def _begin(self) -> None:
        if self.is_current:
            self.focus_start()
        self.settled = True

    def focus_start(self) -> None:
        """Put the focus where the screen begins: on the first thing in the body, unless something took it already."""
        if self.focused is None and self.query("#body"):
            focus_first(self.query_one("#body"))

    @property
    def esis(self) -> EsisApp:
        """The program."""
        return cast("EsisApp", self.app)

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
        if self.is_current and self.query(KeyBar):
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
            try:
                with database.connection_context():
                    result = work()
            except Refused as refusal:
                caught = refusal
                after = lambda: (refused or self.show_refusal)(caught)  # noqa: E731
            except BaseException:
                self.app.call_from_thread(setattr, self.esis, "busy", False)
                raise
            else:
                after = lambda: then(result) if then else None  # noqa: E731
            self.app.call_from_thread(self._finish, after)

        self.run_worker(run, thread=True, group="use-case", description="use case", exit_on_error=True)
        return True

    def _finish(self, after: Callable[[], None]) -> None:
        self.esis.busy = False
        if not self.is_attached:  # left meanwhile: there is nowhere to show it
            return
        after()
        if self.is_current:
            self.refresh_data()

    def show_refusal(self, refusal: Refused) -> None:
        """Say what was refused and why."""
        self.say(refusal.sentence, severity="error")

    def say(self, sentence: str, severity: Any = "information") -> None:
        """A short message over the screen; never read as markup."""
        self.app.notify(sentence, severity=severity, markup=False, timeout=6)

    def action_back(self) -> None:
        """Leave the screen."""
        self.esis.go_back()


class EsisScreen(BaseScreen):
    """A screen of ESIS. Say the `PATH` of its breadcrumb, fill `body`, and read in `refresh_data`."""

    PATH: tuple[str, ...] = ()
    LEFT_TITLE = ""
    LEFT_ENTRIES: tuple[tuple[str, str, str], ...] = ()
    """Key, name, and the name on a narrow screen."""

    def compose(self) -> ComposeResult:
        """The frame around `body`."""
        yield TopBar(id="top-bar")
        with Horizontal(id="crumbs"):
            yield Label(plain(" > ".join(self.PATH)), id="breadcrumb")
            yield Label("", id="crumb-clock", classes="clock")
        with Horizontal(id="middle"):
            if self.LEFT_ENTRIES:
                yield LeftBlock(self.LEFT_TITLE, self.LEFT_ENTRIES)
            with VerticalScroll(id="body", can_focus=False):
                yield from self.body()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """What the screen is about."""
        yield from ()

    def focus_start(self) -> None:
        """On the tabs, where the body has nothing to focus."""
        if self.focused is None and not focus_first(self.query_one("#body")):
            self.focus_tabs()

    def on_screen_resume(self) -> None:
        """The clock may have moved meanwhile."""
        if self.is_current and self.query("#bar-clock"):
            self.show_clock()

    def set_path(self, *path: str) -> None:
        """Change the breadcrumb."""
        self.query_one("#breadcrumb", Label).update(plain(" > ".join(path)))

    def show_clock(self) -> None:
        """School time, location and user, where the width has room for them."""
        if self.esis.actor is None:
            return
        actor = self.actor
        moment = clock.dutch_moment(clock.school_now(actor.board))
        place = actor.location.brin6
        self.query_one("#bar-clock", Label).update(plain(f"{place}  {moment}  {actor.label}"))
        short = self.size.width < 100
        who = actor.name if short else actor.label
        self.query_one("#crumb-clock", Label).update(plain(f"{place}  {moment}  {who}"))

    def on_resize(self) -> None:
        """What fits differs."""
        if self.query("#bar-clock"):
            self.show_clock()

    @on(Link.Chosen, ".tab")
    def _open_tab(self, event: Link.Chosen) -> None:
        event.stop()
        self.esis.open_tab(event.link.key)

    @on(Link.Chosen, "#left-block Link")
    def _open_entry(self, event: Link.Chosen) -> None:
        event.stop()
        self.open_entry(event.link.key)

    def open_entry(self, key: str) -> None:
        """An entry of the left block was chosen."""

    def focus_tabs(self) -> None:
        """Put the focus on the tabs."""
        self.query_one("#tabs .tab", Link).focus()


def focus_first(widget: Widget) -> bool:
    """Focus the first focusable thing in a container; whether there is one."""
    for child in widget.query("*"):
        if child.focusable:
            child.screen.set_focus(child)  # at once: `focus()` would come after whatever asks for the focus meanwhile
            return True
    return False
