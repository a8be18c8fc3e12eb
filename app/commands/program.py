"""`esis` without a command: the program itself, in a terminal or behind a page; and the program opened for a lesson."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from app.commands.opening import Host, require_terminal
from app.commands.session import Session

if TYPE_CHECKING:
    from app.settings import Settings
    from models.board import Board, Location, User
    from models.training import LessonProgress
    from screens.presenting.following import Followed
    from screens.shell.esis import EsisApp

Way: TypeAlias = "Callable[[EsisApp], None]"


Show: TypeAlias = "Callable[[EsisApp], Any]"
"""Runs a program until it ends, and returns what it ended with."""


def in_terminal(app: EsisApp) -> Any:
    """Run it in the terminal, or behind a page."""
    return app.run()


def open_program(session: Session, way: Way = lambda _app: None) -> None:
    """Open the screens, or with `--plain` their lines; `--user` skips the sign-in on a local SQLite file, whose owner may
    act as anybody.

    `way` continues from the first screen.
    """
    from app import access

    if not session.plain:
        require_terminal(
            "Het programma heeft een terminal nodig. Zonder kan het met --plain of met opdrachten: zie esis --help."
        )
    board = session.board
    local = session.settings.database_url.startswith("sqlite:")
    user = access.find_user(board, session.user) if session.user and local else None
    location = access.find_location(board, session.location) if session.location and user else None
    show = {"show": shown_as(True)} if session.plain else {}
    keep_open(session.settings, board, user, location, way, **show)


def shown_as(plain: bool) -> Show:
    """How a program is shown: with `--plain` as lines."""
    if not plain:
        return in_terminal
    from app.commands.opening import prepare

    prepare()
    from app.commands.plain import PlainTerminal

    return PlainTerminal().show


def keep_open(
    settings: Settings,
    board: Board,
    user: User | None = None,
    location: Location | None = None,
    way: Way = lambda _app: None,
    show: Show = in_terminal,
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
    show(program)


def run_lesson(
    settings: Settings, run: LessonProgress, show: Show = in_terminal, followed: Followed | None = None
) -> str:
    """Run the program for one lesson, shown this way; it ends with it; `followed`: the file that it follows. Returns the
    outcome as a sentence. Raises `Refused` for a run that cannot be gone on with.
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
    return str(show(program) or host.outcome)
