"""What a screen may ask of its program; the program itself is `screens/shell/esis.py`, which no screen imports."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App
from textual.events import Event
from textual.widget import Widget

from app.access import Actor
from app.permissions import Permission
from app.refusals import Refused
from app.settings import Settings
from app.targets import Target
from models.board import Board, Location, User
from models.training import LessonProgress
from screens.shared import keys

if TYPE_CHECKING:
    from screens.shared.classroom import Classroom


InKeys = Callable[[str], str]
"""Makes a sentence of the program speak of the keys that there are where it is shown."""


@dataclass(frozen=True)
class LessonNow:
    """The lesson in front: its name and title, at which of how many tasks it is, from 1 (0: all are done), and who does it:
    the user on the board from which it was begun.
    """

    name: str
    title: str
    exam: bool
    step: int
    steps: int
    task: str
    learner: str
    run: int = 0
    """The number of its `LessonProgress`."""


class Guest(Protocol):
    """What goes on over the screens of a program: a lesson."""

    @property
    def now(self) -> LessonNow:
        """Where the learner is."""

    def hears(self, event: Event) -> None:
        """Something reaches the program."""

    def explains(self) -> bool:
        """F1; whether it says something itself."""

    def helps(self) -> None:
        """Ctrl+L."""

    def leave(self) -> None:
        """End it; the program goes on where it was."""

    def gone(self) -> None:
        """The board it is on is no more."""

    def ended(self) -> None:
        """The program ends; returns when nothing is lost."""


class Host(Protocol):
    """Lets a lesson begin in a program."""

    def start(self, app: Any, begin: Callable[[], LessonProgress]) -> None:
        """Go to the board of the run that `begin`, called in a thread, makes or finds; it may raise `Refused`."""

    def get_ready(self, owner: Board, learner: str) -> None:
        """Make, in a thread, what lessons begin with, so that they begin at once, and clear up what this board has left of
        lessons that are over.
        """


class EsisProgram(App[Any]):
    """The program, as screens see it."""

    settings: Settings
    board: Board
    actor: Actor | None = None
    """Who is signed in to ESIS, and where."""
    busy = False
    """Whether a use case started by a key is still running."""
    acts = 0
    """How many use cases ended well: what comes into a list meanwhile may be of somebody else."""
    draws = 0
    """How often something was drawn: as long as this stays the same, so does what is on the screen."""
    work_here = False
    """Whether this program moves school time itself, because the worker shows no sign of life."""
    putting_back = False
    """Whether this program itself is resetting the board."""
    has_lessons = True
    """Whether a lesson can be started from here: not from within a lesson."""
    guest: Guest | None = None
    """What goes on over the screens."""
    host: Host | None = None
    """Who lets a lesson begin here."""
    browser: bool | None = None
    """Whether it is shown in a page of a browser; None asks Textual."""
    on_work: Callable[[], None]
    """Called when a worker is needed."""
    classroom: Classroom
    """The class of the trainer who sits at this program."""
    in_class = False
    """Whether a trainer may be looking: the program runs behind a page, and its user is not the trainer."""

    @property
    def paused_seconds(self) -> float:
        """How long a trainer held this program, all together and up to now: the time of an exam stands still meanwhile."""
        return 0.0

    @property
    def lesson_now(self) -> LessonNow | None:
        """The lesson in front; None if there is none."""
        return self.guest.now if self.guest is not None else None

    @abstractmethod
    def tell_class(self) -> None:
        """Say what changed of where the user is, if there is a trainer's desk to say it to."""

    @abstractmethod
    async def hear_class(self, message: dict[str, Any]) -> None:
        """Do what the trainer's desk says (`app/serving/desk/messages.py`)."""

    @property
    def in_browser(self) -> bool:
        """Whether it is shown in a page of a browser, which keeps some keys for itself."""
        return self.is_web if self.browser is None else self.browser

    def in_keys(self, text: str) -> str:
        """A sentence of the program itself (no data), with the keys that there are where it is shown."""
        return keys.told_in_browser(text) if self.in_browser else text

    @abstractmethod
    def go(self, target: Target) -> None:
        """Open a place in the program, or say why not."""

    @abstractmethod
    def has(self, target: Target) -> bool:
        """Whether there is a screen that shows it."""

    @abstractmethod
    def go_back(self) -> None:
        """Leave the screen, asking first if a form on it was changed."""

    @abstractmethod
    def leave_form(self, then: Callable[[], object]) -> None:
        """Go to another screen; if the form in front was changed, ask first and reset it."""

    @abstractmethod
    def signed_in(self, user: User, location: Location | None = None) -> None:
        """Go on as this user."""

    @abstractmethod
    def sign_out(self) -> None:
        """Afmelden / andere gebruiker."""

    @abstractmethod
    async def leave(self) -> None:
        """Go to the sign-in screens, with nobody signed in."""

    @abstractmethod
    def choose_location(self) -> None:
        """Choose another location from those the user has a role at."""

    @abstractmethod
    def use_location(self, location: Location) -> None:
        """Go on at another location, from the Startpagina."""

    @abstractmethod
    def to_start(self) -> None:
        """Back to the Startpagina."""

    @abstractmethod
    def session_now(self) -> Any:
        """Read, in a thread, what the session is worth now."""

    @abstractmethod
    def follows(self, session: Any) -> bool:
        """Whether what is in view may still be shown, by `session_now`; if not, something else comes into view."""

    @abstractmethod
    def stood(self, error: Exception, *details: Any, **more: Any) -> bool:
        """Report an error, and go on or end; False if it is not handled here."""

    @abstractmethod
    def may(self, permission: Permission) -> bool:
        """Whether the signed-in user may."""

    @abstractmethod
    def report_refusal(self, refusal: Refused) -> None:
        """Show a refusal."""


def in_keys(widget: Widget, text: str) -> str:
    """`EsisProgram.in_keys`, where a part of the screen is drawn."""
    return widget.app.in_keys(text) if isinstance(widget.app, EsisProgram) else text
