"""`esis clock ...`: the school time of the board."""

from __future__ import annotations

import typer

from app.commands.options import To, Until
from app.commands.output import tell
from app.commands.session import Session

app = typer.Typer(no_args_is_help=False)


def check_move(to: str | None, until: str | None) -> None:
    """Raise `typer.BadParameter` unless exactly one of the two is given."""
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
    from app.refusals import Refused
    from app.workers import school_time
    from app.workers.process import await_mover

    check_move(to, until)
    session: Session = context.obj
    # Before pending work is done, so that two simultaneous `morning` commands mean the same one.
    before = clock.school_now(session.board)
    target = clock.parse_moment(to) if to else school_time.morning_after(before)
    await_mover(session.settings, session.board.id, tell)
    session.settle()
    now = clock.school_now(session.board)
    if before < target <= now:
        raise Refused(f"De schooltijd is intussen al verzet: het is nu {clock.dutch_moment(now)} op school.")
    school_time.advance(session.actor, target)
    try:
        session.settle()
    except Ended:
        school_time.stop(session.board)
        session.settle()
        stopped = clock.dutch_moment(clock.school_now(session.board))
        tell(f"Gestopt na de uitwisseling die bezig was: het is nu {stopped} op school.")
        raise
    tell(f"Het is nu {clock.dutch_moment(clock.school_now(session.board))} op school.")


@app.command("catch-up")
def catch_up(context: typer.Context) -> None:
    """Haal op een bestuur met de echte klok de dagen in die de klok van de computer verder sprong."""
    from app import clock
    from app.workers import school_time

    session: Session = context.obj
    school_time.catch_up(session.actor)
    session.settle()
    tell(f"Het bestuur is bij: het is {clock.dutch_moment(clock.school_now(session.board))} op school.")


@app.command("set-right")
def set_right(context: typer.Context) -> None:
    """Zet een bestuur dat verder is dan de klok van de computer gelijk met die klok."""
    from app import clock
    from app.workers import school_time

    session: Session = context.obj
    school_time.set_right(session.actor)
    tell(f"Het bestuur loopt weer gelijk: het is {clock.dutch_moment(clock.school_now(session.board))} op school.")
