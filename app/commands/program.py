"""`esis` without a command: the program itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.commands.session import Session

if TYPE_CHECKING:
    from app.access import Actor
    from models.board import Board, Location, User
    from screens.esis import EsisApp


def open_program(session: Session, way: Callable[[EsisApp], None] = lambda _app: None) -> None:
    """Open the screens; `--user` skips the sign-in on a local SQLite file, whose owner may act as anybody.

    `way` goes on from the first screen.
    """
    import sys
    from functools import partial

    from app import access
    from app.commands.lesson import run
    from app.refusals import Refused
    from app.workers import process
    from models.board import Board
    from screens.esis import EsisApp
    from screens.lessons.overview import StartLesson

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(
            "Het programma heeft een terminal nodig. Zonder terminal kan het met opdrachten: zie esis --help."
        )
    board = session.board
    local = session.settings.database_url.startswith("sqlite:")
    user = access.find_user(board, session.user) if session.user and local else None
    location = access.find_location(board, session.location) if session.location and user else None
    work = partial(process.ensure_worker, session.settings)
    while True:
        process.use_worker(session.settings)
        program = EsisApp(session.settings, board, user, location, on_work=work, way=way)
        chosen = program.run()
        if not isinstance(chosen, StartLesson):
            return
        actor = program.actor
        run(session, chosen.name, chosen.exam, actor.name if actor else "")
        board = Board.get_by_id(board.id)
        user, location = _as_before(board, actor) if actor else (None, None)


def _as_before(board: Board, actor: Actor) -> tuple[User | None, Location | None]:
    """The same user at the same location; nobody where the board was put back meanwhile and they are gone."""
    from app import access
    from app.refusals import NotFound

    try:
        user = access.find_user(board, actor.name)
        return user, access.find_location(board, actor.location.brin6)
    except NotFound:
        return None, None
