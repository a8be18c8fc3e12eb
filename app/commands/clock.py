"""`esis clock ...`: the school time of the board."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import typer

from app.commands.options import To, Until
from app.commands.output import tell
from app.commands.session import Session

app = typer.Typer(no_args_is_help=False)
TELL_SECONDS = 3.0


@contextmanager
def _telling(session: Session) -> Iterator[None]:
    """Tell now and then on a terminal how far it is, while the work goes on: weeks take more than a minute."""
    from app import clock
    from models.base import database

    over = Event()

    def tell_on() -> None:
        while not over.wait(TELL_SECONDS):
            with database.connection_context():
                tell(f"Onderweg: het is {clock.dutch_moment(clock.school_now(session.board))} op school…")

    follower = Thread(target=tell_on, daemon=True)
    if sys.stderr.isatty():
        follower.start()
    try:
        yield
    finally:
        over.set()
        if follower.is_alive():
            follower.join()


def check_move(to: str | None, until: str | None) -> None:
    """Raise `typer.BadParameter` unless one of the two says where school time goes."""
    if (to is None) == (until is None):
        raise typer.BadParameter("geef --to MOMENT of --until morning")
    if until not in (None, "morning"):
        raise typer.BadParameter(f"--until kent alleen morning, niet {until}")


@app.command("show")
def show(context: typer.Context) -> None:
    """De schooltijd van nu."""
    from app import clock

    session: Session = context.obj
    print(clock.iso(clock.school_now(session.board)))


@app.command("advance")
def advance(
    context: typer.Context,
    to: To = None,
    until: Until = None,
) -> None:
    """Zet de schooltijd vooruit; wat in die tijd aan de beurt is, gebeurt."""
    from app import clock
    from app.ending import Ended
    from app.workers import school_time
    from app.workers.process import await_mover

    check_move(to, until)
    session: Session = context.obj
    # Before what is left is done: two who say `morning` at once mean the same one.
    target = clock.parse_moment(to) if to else school_time.morning_after(clock.school_now(session.board))
    await_mover(session.settings, session.board.id, tell)
    session.settle()
    school_time.advance(session.actor, target)
    try:
        with _telling(session):
            session.settle()
    except Ended:
        school_time.stop(session.board)
        session.settle()
        stopped = clock.dutch_moment(clock.school_now(session.board))
        tell(f"Gestopt na de uitwisseling die bezig was: het is nu {stopped} op school.")
        raise
    tell(f"Het is nu {clock.dutch_moment(clock.school_now(session.board))} op school.")
