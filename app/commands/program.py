"""`esis` without a command: the program itself."""

from __future__ import annotations

from app.commands.session import Session


def open_program(session: Session) -> None:
    """Open the screens; `--user` skips the sign-in on a local SQLite file, whose owner may act as anybody."""
    import sys
    from functools import partial

    from app import access
    from app.refusals import Refused
    from app.workers import process
    from screens.esis import EsisApp

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(
            "Het programma heeft een terminal nodig. Zonder terminal kan het met opdrachten: zie esis --help."
        )
    board = session.board
    local = session.settings.database_url.startswith("sqlite:")
    user = access.find_user(board, session.user) if session.user and local else None
    location = access.find_location(board, session.location) if session.location and user else None
    process.use_worker(session.settings)
    EsisApp(session.settings, board, user, location, on_work=partial(process.ensure_worker, session.settings)).run()
