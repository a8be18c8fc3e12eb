"""`esis lesson due` and `esis lesson refresh`: what was learned a while ago, once more."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.asking import agree
from app.commands.opening import require_terminal
from app.commands.options import Json
from app.commands.output import say, show_json, show_records, tell
from app.commands.session import Session


def due(context: typer.Context, json: Json = False) -> None:
    """Welke oefeningen u opnieuw doet: na drie weken, vier maanden en voor de jaarovergang."""
    from app.training.lessons import catalogue, refreshing

    session: Session = context.obj
    rows = refreshing.done_by(session.board, _learner(session))
    today = refreshing.today()
    found = refreshing.due(rows, refreshing.causes(), today)
    if json:
        show_json(refreshing.as_json(found, refreshing.next_after(rows, today)))
        return
    if found is None:
        say(refreshing.not_yet(rows, refreshing.causes(), today))
        return
    say(refreshing.sentence(found))
    done = {one.lesson for one in found.left}
    records = [
        {"name": one.lesson, "title": catalogue.title(one.lesson), "done": one.lesson not in done}
        for one in found.lessons
    ]
    show_records(records, False, (("name", "LES"), ("title", "TITEL"), ("done", "GEDAAN")))
    tell("Beginnen kan met esis lesson refresh, of op de Startpagina.")


def refresh(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help="Zonder te vragen of een begonnen les weg mag.")] = False,
) -> None:
    """Doe de opfrisser die aan de beurt is: drie oefeningen achter elkaar."""
    from app.commands.program import run_lesson
    from app.training.lessons import catalogue, refreshing, runs

    session: Session = context.obj
    require_terminal("Een opfrisser heeft een terminal nodig. Wat aan de beurt is, zegt esis lesson due.")
    board, learner = session.board, _learner(session)
    found = refreshing.due_or_why(board, learner)
    while not isinstance(found, str):
        first = found.left[0]
        lost = runs.given_up_for(board, learner, first)
        if lost is not None and not yes:
            title, at = catalogue.title(first.lesson), f"stap {lost.step + 1} van {lost.steps}"
            agree(f"Les '{title}' opfrissen? U was erin bij {at}; dat gaat weg.", "De les blijft staan.")
        tell(run_lesson(session.settings, runs.refresh(board, learner, first)))
        found = refreshing.due_or_why(board, learner)
        if not isinstance(found, str) and first in found.left:  # it was left; it is still there another time
            return
    tell(found)


def _learner(session: Session) -> str:
    from app.commands.session import DEFAULT_USER

    return session.user or DEFAULT_USER
