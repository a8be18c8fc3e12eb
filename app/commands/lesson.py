"""`esis lesson ...`: list the lessons, do one, and see what was done."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands import lesson_reports, refresher
from app.commands.asking import Yes, agree, may_replace
from app.commands.opening import require_terminal
from app.commands.options import Json
from app.commands.output import ask, cell, say, show_json, show_records, tell
from app.commands.program import Show, shown_as
from app.commands.session import Session
from app.counted import counted

if TYPE_CHECKING:
    from models.training import LessonProgress

app = typer.Typer(no_args_is_help=False)
Plain = Annotated[bool, typer.Option("--plain", help="In gewone regels, voor een schermlezer.")]


@app.command("list")
def list_lessons(context: typer.Context, json: Json = False) -> None:
    """De lessen, de makkelijke eerst."""
    from app.training.lessons import catalogue
    from app.training.lessons.tasks import tasks_of

    session: Session = context.obj
    session.open()
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
    exam: Annotated[
        bool, typer.Option("--exam", help="Als examen: alleen het verhaal en het doel, zonder hulp.")
    ] = False,
    go_on: Annotated[
        bool, typer.Option("--go-on", help="Verder waar u was; kan dat niet, dan van voren af aan.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Opnieuw; waar u was, gaat weg.")] = False,
    pair: Annotated[
        str, typer.Option("--pair", metavar="PLAATS", help="Samen: u zit bij esis of bij de partner (partner).")
    ] = "",
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
    plain: Plain = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Van een bestand: wat u bewaart, staat meteen in het paneel.")
    ] = False,
) -> None:
    """Doe een les, op een oefenbestuur van zichzelf. Wat u niet afmaakt, blijft staan."""
    from app.training.lessons import catalogue, levels, pairs, runs

    if go_on and again:
        raise typer.BadParameter("geef --go-on of --again, niet allebei")
    if pair and pair not in pairs.TITLES:
        raise typer.BadParameter(f"--pair kent {pairs.ESIS} en {pairs.PARTNER}, niet {pair}")
    if watch and not name.endswith(".md"):
        raise typer.BadParameter("--watch hoort bij een bestand, zoals mijn-les.draaiboek.md.")
    show = _show(context, plain)
    session, learner = _learner(context)
    script = catalogue.find(name)
    run = runs.open_run(session.board, learner, script.name)
    if run is None or again or pair or not (go_on or _goes_on(run)):
        tell("Een ogenblik: het oefenbestuur van de les wordt klaargezet.")
        pairs.check(script, pair)
        fitting = level or levels.level_for(session.board, learner, script.name)
        mode = "exam" if exam else "practice"
        run = runs.begin_next(session.board, learner, name, mode, side=pair, level=fitting)
    _do(session, run, show, Path(name) if watch else None)


@app.command("join")
def join(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="De code onder aan het scherm van de ander.")],
    plain: Plain = False,
) -> None:
    """Doe samen een les die een ander met --pair begon: u zit dan aan de andere kant."""
    from app.training.lessons import runs

    show = _show(context, plain)
    session, learner = _learner(context)
    _do(session, runs.join(session.board, learner, runs.waiting_with(code)), show)


@app.command("give-up")
def give_up(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="LES", help="Zoals iep-lvs; zie 'status'.")],
    yes: Annotated[bool, typer.Option("--yes", help="Zonder te vragen.")] = False,
) -> None:
    """Geef een les op waar u mee bezig was; wat u erin deed gaat weg, hoe ver u kwam blijft bewaard."""
    from app.refusals import NotFound
    from app.training.lessons import catalogue, runs

    session, learner = _learner(context)
    run = runs.open_run(session.board, learner, name)
    if run is None:
        raise NotFound(f"{learner} is niet bezig met les '{name}'.")
    title = catalogue.title(run.lesson)
    if not yes:
        agree(f"Les '{title}' opgeven? U was bij stap {run.step + 1} van {run.steps}.", "De les blijft staan.")
    runs.give_up(run)
    tell(f"Les '{title}' is opgegeven, bij stap {run.step + 1} van {run.steps}.")


def _learner(context: typer.Context) -> tuple[Session, str]:
    from app.commands.session import DEFAULT_USER

    session: Session = context.obj
    assert session.board
    return session, session.user or DEFAULT_USER


def _goes_on(run: LessonProgress) -> bool:
    """Ask whether to go on with a run or to begin again. Raises `Refused` for neither."""
    from app.refusals import Refused

    ask(f"U was bij stap {run.step + 1} van {run.steps}. Verder (v), opnieuw (o) of niets (n)? ")
    answer = _typed().strip().lower()
    if answer not in ("v", "verder", "o", "opnieuw"):
        raise Refused("Er is niets gebeurd; de les blijft staan.")
    return answer.startswith("v")


def _show(context: typer.Context, plain: bool) -> Show:
    """How the lesson is shown; in lines also when the whole program is. Raises `Refused` without a terminal to draw in."""
    session: Session = context.obj
    session.plain = plain or session.plain
    if not session.plain:
        require_terminal("Een les heeft een terminal nodig; zonder kan het met --plain.")
    return shown_as(session.plain)


def _typed() -> str:
    """The next line, and nothing behind it: that is for the program that begins."""
    try:
        number = sys.stdin.fileno()
    except OSError:  # no file
        return sys.stdin.readline()
    typed = b""
    while (one := os.read(number, 1)) not in (b"", b"\n"):
        typed += one
    return typed.decode(errors="replace")


def _do(session: Session, run: LessonProgress, show: Show, file: Path | None = None) -> None:
    """Do it; `file`: that whose changes show."""
    from app.commands.program import run_lesson
    from screens.presenting.following import Followed

    followed = Followed(file, run.seed, run.text) if file else None
    made = run_lesson(session.settings, run, show, followed)
    (say if session.plain else tell)(made)


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
    found = review.of_run(review.newest(session.board, learner, name.strip(), "exam" if exam else ""))
    if json:
        show_json(found.as_json())
        return
    say(f"{cell(found.title)} ({cell(found.learner)}): {found.outcome}")
    for step in found.steps:
        say(f"{'✓' if step.done else '×'} {step.step}. {cell(step.goal)}")
        points = f"{step.points} van {counted(step.of, 'punt', 'punten')}" if found.mode == "exam" else ""
        marks = [part for part in (points, counted(step.hints, "hint", "hints") if step.hints else "") if part]
        if marks:
            say(f"     {', '.join(marks)}")
        for text, mended in step.remarks:
            say(f"     ! {cell(text)}{' (zelf hersteld)' if mended else ''}")


app.command("due")(refresher.due)
app.command("refresh")(refresher.refresh)


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
            ("passed", "GESLAAGD"),
        ),
        keeping.MODES,
    )


lesson_reports.add_to(app)
