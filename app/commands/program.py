"""`esis` without a command: the program itself."""

from __future__ import annotations

from app.commands.session import Session


def open_program(session: Session) -> None:
    """Open the screens; `--user` skips the sign-in on a local SQLite file, whose owner may act as anybody."""
    from app import access
    from app.workers import process
    from screens.esis import EsisApp

    board = session.board
    local = session.settings.database_url.startswith("sqlite:")
    user = access.find_user(board, session.user) if session.user and local else None
    location = access.find_location(board, session.location) if session.location and user else None
    process.use_worker(session.settings)
    EsisApp(session.settings, board, user, location).run()
