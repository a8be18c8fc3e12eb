"""`esis lesson ...`: list the lessons, do one, and see what was done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.asking import Yes, may_replace
from app.commands.opening import require_terminal
from app.commands.options import Json
from app.commands.output import show_records, tell
from app.commands.session import Session

if TYPE_CHECKING:
    from app.settings import Settings

app = typer.Typer(no_args_is_help=False)


@app.command("list")
def list_lessons(context: typer.Context, json: Json = False) -> None:
    """De lessen, de makkelijke eerst."""
    from app.training.lessons import catalogue
    from app.training.lessons.course import tasks_of

    assert isinstance(context.obj, Session)
    records = [
        {"name": row.name, "title": row.title, "difficulty": row.difficulty, "steps": len(tasks_of(row))}
        for row in catalogue.offered()
    ]
    show_records(
        records, json, (("name", "LES"), ("title", "TITEL"), ("difficulty", "NIVEAU"), ("steps", "OPDRACHTEN"))
    )


@app.command("start")
def start(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="LES", help="Zoals iep-lvs (zie 'list'), of een bestand.")],
    exam: Annotated[bool, typer.Option("--exam", help="Als examen: zonder hints.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Van een bestand: wat u bewaart, staat meteen in het paneel.")
    ] = False,
) -> None:
    """Doe een les, op een oefenbestuur van zichzelf."""
    from app.commands.session import DEFAULT_USER

    session: Session = context.obj
    if watch and not name.endswith(".md"):
        raise typer.BadParameter("--watch hoort bij een bestand, zoals mijn-les.draaiboek.md.")
    require_terminal("Een les heeft een terminal nodig.")
    tell(run(session.settings, session.board.id, session.user or DEFAULT_USER, name, exam, watch))


@app.command("status")
def status(
    context: typer.Context,
    json: Json = False,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="BESTAND", help="Bewaar het als CSV-bestand.")] = None,
    yes: Yes = False,
) -> None:
    """Wat er aan lessen gedaan is op dit bestuur, nieuwste eerst."""
    from app.training.lessons import keeping
    from screens.shared.files import save_text

    session: Session = context.obj
    rows = keeping.progress(session.board)
    if csv is not None:
        tell(f"Bewaard als {save_text(csv, keeping.as_csv(rows), may_replace(csv, yes))}")
        return
    show_records(
        (row.as_json() for row in rows),
        json,
        (
            ("learner", "WIE"),
            ("lesson", "LES"),
            ("mode", "SOORT"),
            ("started_at", "BEGONNEN"),
            ("step", "STAP"),
            ("steps", "VAN"),
            ("minutes", "MINUTEN"),
            ("hints", "HINTS"),
            ("mistakes", "FOUTEN"),
            ("finished", "KLAAR"),
        ),
        keeping.MODES,
    )


def run(settings: Settings, board_id: int, learner: str, name: str, exam: bool, watch: bool = False) -> str:
    """Do a lesson here; return the outcome as a sentence. Progress is stored in the database of these settings, which
    is open again afterwards. Raises `NotFound` for an unknown lesson.
    """
    from app.commands import playing
    from app.training.lessons import catalogue
    from app.training.lessons.course import Course
    from app.training.lessons.keeping import Keeper
    from app.training.scripts.playing import Player
    from models.base import UnusableDatabase
    from models.schema import open_database
    from screens.presenting.following import Followed
    from screens.presenting.lesson import LessonApp

    tell("Een ogenblik: het oefenbestuur van de les wordt klaargezet.")
    script = catalogue.find(name)
    course = Course(script)
    keeper = Keeper(settings.database_url, board_id, learner, course, "exam" if exam else "practice")
    try:
        with playing.board_for(script, None, settings.theme) as (own, board):
            app = playing.make_app(script, own, board, LessonApp)
            assert isinstance(app, LessonApp)
            app.followed = Followed(script.path, script.seed) if watch else None
            app.begin(course, lambda driver: Player(script, driver, board), keeper.keep, exam=exam)
            app.run()
    finally:
        keeper.close()
        made = f"{course.result} Hoe ver u kwam, kon niet worden bewaard." if keeper.lost else course.result
        try:
            open_database(settings.database_url)
        except UnusableDatabase as error:
            raise UnusableDatabase(f"{made} {error}") from error
    return made
