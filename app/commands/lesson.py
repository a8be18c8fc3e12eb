"""`esis lesson ...`: which lessons there are, doing one, and what was done."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.commands.options import Json
from app.commands.output import show_records, tell
from app.commands.session import Session

app = typer.Typer(no_args_is_help=False)


@app.command("list")
def list_lessons(context: typer.Context, json: Json = False) -> None:
    """De lessen, de makkelijke eerst."""
    from app.training.lessons import catalogue

    assert isinstance(context.obj, Session)
    records = [
        {"name": row.name, "title": row.title, "difficulty": row.difficulty, "steps": len(row.steps) - 1}
        for row in catalogue.lessons()
    ]
    show_records(records, json, (("name", "LES"), ("title", "TITEL"), ("difficulty", "NIVEAU"), ("steps", "STAPPEN")))


@app.command("start")
def start(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="LES", help="Zoals iep-lvs; zie 'list'.")],
    exam: Annotated[bool, typer.Option("--exam", help="Als examen: zonder hints.")] = False,
) -> None:
    """Doe een les, op een oefenbestuur van zichzelf."""
    run(context.obj, name, exam)


@app.command("status")
def status(
    context: typer.Context,
    json: Json = False,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="BESTAND", help="Bewaar het als CSV-bestand.")] = None,
) -> None:
    """Wat er aan lessen gedaan is op dit bestuur, nieuwste eerst."""
    from app.training.lessons import keeping
    from screens.shared.files import save_text

    session: Session = context.obj
    rows = keeping.progress(session.board)
    if csv is not None:
        tell(f"Bewaard als {save_text(csv, keeping.as_csv(rows))}")
        return
    show_records(
        (row.as_json() for row in rows), json,
        (("learner", "WIE"), ("lesson", "LES"), ("mode", "SOORT"), ("started_at", "BEGONNEN"), ("step", "STAP"),
         ("steps", "VAN"), ("minutes", "MINUTEN"), ("hints", "HINTS"), ("mistakes", "FOUTEN"), ("finished", "KLAAR")),
        keeping.MODES,
    )  # fmt: skip


def run(session: Session, name: str, exam: bool, learner: str = "") -> None:
    """Do a lesson in this terminal; what is kept goes to the database of the session. Raises `Refused` without one."""
    from app.commands import play
    from app.refusals import Refused
    from app.training.lessons import catalogue
    from app.training.lessons.course import Course
    from app.training.lessons.keeping import Keeper
    from app.training.scripts.playing import Player
    from models.schema import open_database
    from screens.presenting.lesson import LessonApp

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused("Een les heeft een terminal nodig.")
    script, board_id, url = catalogue.find(name), session.board.id, session.settings.database_url
    course = Course(script)
    keeper = Keeper(url, board_id, learner or session.user or "cursist", course, "exam" if exam else "practice")
    try:
        with play.board_for(script, None) as (settings, board):
            app = play.make_app(script, settings, board, LessonApp)
            assert isinstance(app, LessonApp)
            app.begin(course, lambda stage: Player(script, stage, board), keeper.keep, exam=exam)
            app.run()
    finally:
        keeper.close()
        open_database(url)
    tell(
        f"Les '{script.title}': {course.done} van {len(course.tasks)} stappen, {course.hints} hints, {course.mistakes} fouten."
    )
