"""`esis` without a command: the program itself, in a terminal or behind a page; and the program opened for a lesson."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from app.commands.opening import Host, require_terminal
from app.commands.session import Session

if TYPE_CHECKING:
    from app.settings import Settings
    from models.board import Board, Location, User
    from models.training import LessonProgress
    from screens.presenting.following import Followed
    from screens.shell.esis import EsisApp

Way: TypeAlias = "Callable[[EsisApp], None]"


def open_program(session: Session, way: Way = lambda _app: None) -> None:
    """Open the screens; `--user` skips the sign-in on a local SQLite file, whose owner may act as anybody.

    `way` continues from the first screen.
    """
    from app import access

    require_terminal("Het programma heeft een terminal nodig. Zonder terminal kan het met opdrachten: zie esis --help.")
    board = session.board
    local = session.settings.database_url.startswith("sqlite:")
    user = access.find_user(board, session.user) if session.user and local else None
    location = access.find_location(board, session.location) if session.location and user else None
    keep_open(session.settings, board, user, location, way)


def keep_open(
    settings: Settings,
    board: Board,
    user: User | None = None,
    location: Location | None = None,
    way: Way = lambda _app: None,
) -> None:
    """Run the program; lessons begin and end in it."""
    from functools import partial

    from app.files import temporary
    from app.workers import process
    from screens.recording.program import RecordingApp

    temporary.sweep()
    process.use_worker(settings)
    program = RecordingApp(settings, board, user, location, on_work=partial(process.ensure_worker, settings), way=way)
    program.host = Host(prepares=True)
    program.run()


def run_lesson(settings: Settings, run: LessonProgress, followed: Followed | None = None) -> str:
    """Run the program for one lesson; it ends with it; `followed`: the file that it follows. Returns the outcome as a
    sentence. Raises `Refused` for a run that cannot be gone on with.
    """
    from functools import partial

    from app.workers import process
    from screens.presenting.hosting import Hosting, ready
    from screens.recording.program import RecordingApp

    found, host = ready(run), Hosting(ends=True, followed=followed)
    process.use_worker(settings)
    program = RecordingApp(
        settings,
        found.board,
        found.user,
        found.location,
        on_work=partial(process.ensure_worker, settings),
        way=lambda app: host.attach(app, found),
    )
    program.host = host
    return str(program.run() or host.outcome)
