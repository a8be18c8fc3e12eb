"""Opens the program for automation: pictures, draaiboeken, lessons."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.settings import Settings
    from models.board import Board
    from models.training import LessonProgress
    from screens.shell.esis import EsisApp


def prepare() -> None:
    """Make pictures the same everywhere; call before Textual is imported."""
    for name in ("NO_COLOR", "TEXTUAL_THEME", "COLORTERM"):
        os.environ.pop(name, None)
    os.environ["TEXTUAL_ANIMATIONS"] = "none"


def require_terminal(why_not: str) -> None:
    """Raise `Refused` with this sentence without an interactive terminal, or with one that only shows lines."""
    from app.refusals import Refused

    if "TEXTUAL_DRIVER" in os.environ:
        return  # a recording draws for the reader of our packets
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise Refused(why_not)
    if os.environ.get("TERM") == "dumb":
        raise Refused(
            "Deze terminal kan geen schermen tonen (TERM=dumb). Gebruik een gewoon terminalvenster; met opdrachten kan het "
            "ook hier: zie esis --help."
        )


class Host:
    """Lets lessons begin in a program; what that needs is imported when the first one does."""

    def __init__(self, *, prepares: bool = False) -> None:
        """`prepares`: what lessons begin with is made as soon as somebody looks at their list."""
        self._prepares = prepares

    def start(self, app: Any, begin: Callable[[], LessonProgress]) -> None:
        """As `screens/presenting/hosting.py`."""
        from screens.presenting.hosting import Hosting

        app.host = Hosting(self.get_ready)
        app.host.start(app, begin)

    def get_ready(self, owner: Board, learner: str) -> None:
        """The same."""
        if self._prepares:
            Thread(target=_get_ready, args=(owner, learner), name="lessons", daemon=True).start()


def _get_ready(owner: Board, learner: str) -> None:
    from peewee import PeeweeException

    from app.refusals import Refused
    from app.training.lessons import beginning, catalogue, runs
    from models.base import connected

    with suppress(Refused, PeeweeException, OSError):  # who begins a lesson is told
        with connected():
            runs.sweep(owner)
            turns = [runs.next_variant(owner, learner, script.name)[0] for script in catalogue.offered()]
        beginning.get_ready(turns)


def make_app(
    settings: Settings,
    board: Board,
    user_name: str | None,
    brin6: str | None,
    way: Callable[[EsisApp], None] = lambda _app: None,
    kind: Callable[..., EsisApp] | None = None,
) -> EsisApp:
    """Make the program with planned work done in this process. Raises `NotFound` for the user or location."""
    from app import access
    from app.workers.process import run_here_until_done
    from screens.shell.esis import EsisApp

    user = access.find_user(board, user_name) if user_name else None
    location = access.find_location(board, brin6) if brin6 else None

    def work() -> None:
        app.run_worker(work_and_tell, thread=True)

    def work_and_tell() -> None:
        """Do the work here and announce it: nobody watches the database, and a picture waits for the screens to
        update.
        """
        run_here_until_done(settings, app.board.id)
        app.data_changed()

    app = (kind or EsisApp)(settings, board, user, location, on_work=work, way=way, watch=False)
    app.host = Host()
    return app
