"""`esis` without a command: the program itself, in a terminal or behind a page, and the lessons started in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from app.commands.opening import require_terminal
from app.commands.session import Session

if TYPE_CHECKING:
    from app.access import Actor
    from app.settings import Settings
    from models.board import Board, Location, User
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
    """Run the program, and each lesson started in it; after a lesson the program again, at Oefeningen."""
    from functools import partial

    from app import access
    from app.files import temporary
    from app.workers import process
    from screens.lessons.starting import StartLesson
    from screens.recording.program import RecordingApp

    temporary.sweep()
    work = partial(process.ensure_worker, settings)
    while True:
        process.use_worker(settings)
        program = RecordingApp(settings, board, user, location, on_work=work, way=way)
        chosen = show(program)
        actor = program.actor
        if not isinstance(chosen, StartLesson) or actor is None:
            return
        from app.commands.lesson import run

        made = run(settings, board.id, actor.name, chosen.name, chosen.exam, show)
        board = access.board_now(board.id)
        user, location = _as_before(board, actor)
        way = partial(_back_at_the_lessons, made)


def _back_at_the_lessons(made: str, program: EsisApp) -> None:
    from app.targets import Lessons

    if program.actor is not None:
        program.go(Lessons())
    program.notify(made, markup=False, timeout=10)


def _as_before(board: Board, actor: Actor) -> tuple[User | None, Location | None]:
    """The same user at the same location; None if the board was restored in the meantime and they are gone, or if the
    password was changed.
    """
    from app import access
    from app.refusals import NotFound

    try:
        user = access.find_user(board, actor.name)
        if board.resets == actor.board.resets and user.password_hash != actor.user.password_hash:
            return None, None
        return user, access.find_location(board, actor.location.brin6)
    except NotFound:
        return None, None
