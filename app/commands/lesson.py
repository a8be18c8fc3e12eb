"""`esis lesson ...`: list the lessons, do one, and see what was done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.asking import Yes, may_replace
from app.commands.opening import require_terminal
from app.commands.options import Json
from app.commands.output import cell, say, show_json, show_records, tell
from app.commands.session import Session
from app.counted import counted

if TYPE_CHECKING:
    from app.settings import Settings

app = typer.Typer(no_args_is_help=False)


@app.command("list")
def list_lessons(context: typer.Context, json: Json = False) -> None:
    """De lessen, de makkelijke eerst."""
    from app.training.lessons import catalogue
    from app.training.lessons.tasks import tasks_of

    assert isinstance(context.obj, Session)
    records = [
        {"name": row.name, "title": row.title, "difficulty": row.difficulty, "steps": len(tasks_of(row))}
        for row in catalogue.lessons()
    ]
    show_records(
        records, json, (("name", "LES"), ("title", "TITEL"), ("difficulty", "NIVEAU"), ("steps", "OPDRACHTEN"))
    )


@app.command("start")
def start(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="LES", help="Zoals iep-lvs; zie 'list'.")],
    exam: Annotated[
        bool, typer.Option("--exam", help="Als examen: alleen het verhaal en het doel, zonder hulp.")
    ] = False,
    level: Annotated[
        int | None,
        typer.Option(
            "--level",
            min=1,
            max=3,
            metavar="1|2|3",
            help="1: stap voor stap, 2: met een doel per stap, 3: alleen het verhaal. Anders wat bij u past.",
        ),
    ] = None,
) -> None:
    """Doe een les, op een oefenbestuur van zichzelf."""
    from app.commands.session import DEFAULT_USER
    from app.training.lessons.levels import level_for

    session: Session = context.obj
    require_terminal("Een les heeft een terminal nodig.")
    learner = session.user or DEFAULT_USER
    chosen = level or level_for(session.board, learner, name)
    tell(run(session.settings, session.board.id, learner, name, exam, chosen))


@app.command("review")
def review(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="[LES]", help="Zoals iep-lvs; anders wat het laatst is gedaan.")] = "",
    learner: Annotated[str, typer.Option("--learner", metavar="NAAM", help="Van deze cursist.")] = "",
    exam: Annotated[bool, typer.Option("--exam", help="Alleen van een examen.")] = False,
    json: Json = False,
) -> None:
    """Bespreek een les of examen na: per stap het doel, of het gehaald is, punten, hints en opmerkingen."""
    from app.training.lessons import review

    session: Session = context.obj
    found = review.of_run(review.newest(session.board, learner, name.strip().lower(), "exam" if exam else ""))
    if json:
        show_json(found.as_json())
        return
    say(f"{cell(found.title)} ({cell(found.learner)}): {found.outcome}")
    for step in found.steps:
        say(f"{'✓' if step.done else '×'} {step.step}. {cell(step.goal)}")
        points = f"{step.points} van {step.of} punten" if found.mode == "exam" else ""
        marks = [part for part in (points, counted(step.hints, "hint", "hints") if step.hints else "") if part]
        if marks:
            say(f"     {', '.join(marks)}")
        for text, mended in step.remarks:
            say(f"     ! {cell(text)}{' (zelf hersteld)' if mended else ''}")


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


def run(settings: Settings, board_id: int, learner: str, name: str, exam: bool, level: int = 1) -> str:
    """Do a lesson here; return the outcome as a sentence. Progress is stored in the database of these settings, which
    is open again afterwards. Raises `NotFound` for an unknown lesson.
    """
    from app.commands import playing
    from app.training.lessons import catalogue
    from app.training.lessons.course import Course
    from app.training.lessons.exam import mark_exam
    from app.training.lessons.keeping import Keeper
    from app.training.lessons.putting_back import WholeFile
    from app.training.scripts.playing import Player
    from models.base import UnusableDatabase
    from models.schema import open_database
    from screens.presenting.lesson import LessonApp

    tell("Een ogenblik: het oefenbestuur van de les wordt klaargezet.")
    script = catalogue.find(name)
    course = Course(script, exam=exam, level=level)
    keeper = Keeper(settings.database_url, board_id, learner, course, "exam" if exam else "practice")
    try:
        with playing.board_for(script, None, settings.theme) as (own, board):
            app = playing.make_app(script, own, board, LessonApp)
            assert isinstance(app, LessonApp)
            if exam:  # so that the program on this board keeps its advice to itself
                mark_exam(board, script)
            app.begin(course, lambda driver: Player(script, driver, board), keeper.keep, putting_back=WholeFile())
            app.run()
    finally:
        keeper.close()
        made = f"{course.result} Hoe ver u kwam, kon niet worden bewaard." if keeper.lost else course.result
        try:
            open_database(settings.database_url)
        except UnusableDatabase as error:
            raise UnusableDatabase(f"{made} {error}") from error
    return made
