"""What a screen may ask of the program it is in; the program itself is `screens/shell/esis.py`, which no screen imports."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Any

from textual.app import App

from app.access import Actor
from app.permissions import Permission
from app.refusals import Refused
from app.settings import Settings
from app.targets import Target
from models.board import Board, Location, User


class EsisProgram(App[Any]):
    """The program, as screens know it."""

    settings: Settings
    board: Board
    actor: Actor | None = None
    """Who is signed in to ESIS, and where."""
    busy = False
    """Whether a use case that a key began is still running."""
    work_here = False
    """Whether this program itself moves school time, because the worker gives no sign of life."""
    putting_back = False
    """Whether the board is being put back from this very program."""
    has_lessons = True
    """Whether a lesson can be begun from here: not from a lesson."""
    on_work: Callable[[], None]
    """Called when a worker is needed."""

    @abstractmethod
    def go(self, target: Target) -> None:
        """Open a place in the program, or say why not."""

    @abstractmethod
    def has(self, target: Target) -> bool:
        """Whether there is a screen that shows it."""

    @abstractmethod
    def go_back(self) -> None:
        """Leave the screen, asking first when a form on it was changed."""

    @abstractmethod
    def leave_form(self, then: Callable[[], object]) -> None:
        """Go on to another screen; where the form in front was changed, ask first, and put back what it began with."""

    @abstractmethod
    def signed_in(self, user: User, location: Location | None = None) -> None:
        """Go on as this user."""

    @abstractmethod
    def sign_out(self) -> None:
        """Afmelden / andere gebruiker."""

    @abstractmethod
    async def leave(self) -> None:
        """To the sign-in screens, with nobody signed in."""

    @abstractmethod
    def choose_location(self) -> None:
        """Pick another location of those the user has a role on."""

    @abstractmethod
    def use_location(self, location: Location) -> None:
        """Go on at another location, from the Startpagina."""

    @abstractmethod
    def to_start(self) -> None:
        """Back to the Startpagina."""

    @abstractmethod
    def holds(self) -> bool:
        """Whether what is in view may still be read; where not, something else comes into view."""

    @abstractmethod
    def stood(self, error: Exception, *details: Any, **more: Any) -> bool:
        """Tell an error, and go on, or end; False where it is not dealt with here."""

    @abstractmethod
    def may(self, permission: Permission) -> bool:
        """Whether the signed-in user may."""

    @abstractmethod
    def report_refusal(self, refusal: Refused) -> None:
        """Show what was refused."""
