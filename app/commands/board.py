"""`esis board ...`: the boards of a class, for the owner of the database (ours)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.asking import Yes, may_replace
from app.commands.options import Json, To, Until
from app.commands.output import show_json, show_records, tell
from app.commands.session import Session

if TYPE_CHECKING:
    from models.board import Board

app = typer.Typer(no_args_is_help=False)
Name = Annotated[str | None, typer.Argument(metavar="NAAM", help='Welk bestuur, zoals "Klas 01".')]
All = Annotated[bool, typer.Option("--all", help="Alle besturen van de klas; nooit het Oefenbestuur.")]
COLUMNS = (
    ("name", "BESTUUR"),
    ("learner", "CURSIST"),
    ("now", "SCHOOLTIJD"),
    ("used_at", "LAATST GEBRUIKT"),
    ("lesson", "OEFENING"),
    ("step", "STAP"),
    ("steps", "VAN"),
    ("hints", "HINTS"),
    ("mistakes", "FOUTEN"),
)


@app.command("create")
def create(
    context: typer.Context,
    count: Annotated[
        int | None, typer.Option("--count", metavar="AANTAL", help="Hoeveel besturen, 1 tot 99; anders een per naam.")
    ] = None,
    name: Annotated[str, typer.Option("--name", metavar="NAAM", help="Het begin van hun naam.")] = "Klas",
    sheet: Annotated[
        Path | None, typer.Option("--sheet", metavar="BESTAND", help="Een blad om te printen: .html, .md of .csv.")
    ] = None,
    address: Annotated[
        str, typer.Option("--address", metavar="URL", help="Het adres van esis serve, voor op het blad.")
    ] = "",
    names: Annotated[
        Path | None,
        typer.Option("--names", metavar="BESTAND", help="De namen van de cursisten: een per regel, CSV of Excel."),
    ] = None,
    json: Json = False,
    yes: Yes = False,
) -> None:
    """Maak besturen voor een klas, elk met een eigen wachtwoord dat alleen hier en op het blad staat."""
    from app.counted import counted
    from app.refusals import Refused
    from app.training import classes, learners
    from app.training import sheet as sheets

    if sheet is not None:
        sheets.check(sheet)
        yes = may_replace(sheet, yes)
    sitting = learners.read_names(names, classes.MOST) if names is not None else []
    if count is None and names is None:
        raise typer.BadParameter("geef --count AANTAL, of --names BESTAND")
    if count is not None and count < len(sitting):
        boards = counted(count, "bestuur", "besturen")
        raise Refused(
            f"Er zijn {counted(len(sitting), 'naam', 'namen')} en maar {boards}. Laat --count weg, of geef er meer."
        )
    many = count if count is not None else len(sitting)
    _open(context)
    made = classes.create(many, name, lambda number: tell(f"{number} van {many} gemaakt"), sitting)
    rows: list[dict[str, Any]] = [
        {
            "name": one.name,
            "learner": one.learner,
            "password": one.password,
            "users": [user for user, _ in one.users],
            "command": sheets.command_of(one.name),
            "address": sheets.address_of(one, address),
        }
        for one in made
    ]
    show_records(
        rows, json, (("name", "BESTUUR"), ("learner", "CURSIST"), ("password", "WACHTWOORD"), ("command", "OPDRACHT"))
    )
    if sheet is not None:
        sheets.write(sheet, made, address, yes)
        tell(f"Het blad staat in {sheet}. Bewaar het: de wachtwoorden staan nergens anders.")


@app.command("list")
def list_boards(context: typer.Context, json: Json = False) -> None:
    """De besturen, en hoe ver elk is met zijn laatste oefening."""
    from app import clock
    from app.training import classes

    _open(context)
    records = []
    for row in classes.overview():
        last = row.progress
        records.append(
            {
                "name": row.name,
                "learner": row.learner,
                "now": clock.iso(row.now),
                "used_at": clock.iso(row.used_at) if row.used_at else None,
                "lesson": last and last.lesson,
                "step": last and last.step,
                "steps": last and last.steps,
                "hints": last and last.hints,
                "mistakes": last and last.mistakes,
            }
        )
    if json:
        show_json(records)
    else:
        show_records(records, False, COLUMNS)


@app.command("name")
def name_board(
    context: typer.Context,
    board: Annotated[str, typer.Argument(metavar="BESTUUR", help='Welk bestuur, zoals "Klas 01".')],
    learner: Annotated[str, typer.Argument(metavar="NAAM", help="Wie eraan zit; leeg haalt de naam weg.")],
) -> None:
    """Schrijf op wie aan een bestuur zit, voor de klassenlijst, resultaten en certificaten."""
    from app.training import classes, learners

    _open(context)
    found = classes.find(board)
    kept = learners.name(found, learner)
    tell(f"Aan {found.name} zit {kept}." if kept else f"Aan {found.name} zit niemand met een naam.")


@app.command("forget")
def forget(context: typer.Context, name: Name = None, every: All = False) -> None:
    """Vergeet wie aan een bestuur zit, of aan elk van de klas; wat er is gedaan blijft."""
    from app.counted import counted
    from app.training import learners

    gone = learners.forget(_chosen(context, name, every))
    tell(f"{counted(gone, 'naam is', 'namen zijn')} vergeten.")


@app.command("reset")
def reset(
    context: typer.Context,
    name: Name = None,
    every: All = False,
    to: Annotated[
        str | None, typer.Option("--to", metavar="BEGINSTAND", help="Zoals after-first-night; een onbekende noemt ze.")
    ] = None,
) -> None:
    """Zet een bestuur, of alle van de klas, terug in de beginstand; het wachtwoord blijft."""
    from app.training import resetting, situations
    from app.training.lessons import of_class

    point = resetting.situation_point(to or situations.BEGIN)

    def put_back(board: Board) -> None:
        lessons = of_class.stopped([board.id])
        resetting.reset_to(board.name, point)
        tell(f"{board.name} staat in de beginstand{'' if to is None else f' {point.id}'}. {lessons}".strip())

    _each(_chosen(context, name, every), put_back)


@app.command("advance")
def advance(
    context: typer.Context,
    name: Name = None,
    every: All = False,
    to: To = None,
    until: Until = None,
) -> None:
    """Zet de schooltijd van een bestuur, of van alle van de klas, vooruit."""
    from app import clock
    from app.commands.clock import check_move
    from app.training import classes
    from app.training.lessons import of_class
    from app.workers.process import run_here_until_done

    check_move(to, until)
    moment = clock.parse_moment(to) if to else None
    session: Session = context.obj

    def move(board: Board) -> None:
        run_here_until_done(session.settings, board.id)
        classes.advance(session.actor, board, moment)
        run_here_until_done(session.settings, board.id)
        now = f"{board.name}: het is nu {clock.dutch_moment(clock.school_now(board))} op school."
        tell(f"{now} {of_class.goes_on([board.id])}".strip())

    _each(_chosen(context, name, every), move)


@app.command("remove")
def remove(
    context: typer.Context,
    name: Name = None,
    every: All = False,
    yes: Annotated[bool, typer.Option("--yes", help="Zonder te vragen.")] = False,
) -> None:
    """Verwijder een bestuur, of alle van de klas, met alles wat erop staat."""
    from app.refusals import Refused
    from app.training import classes
    from app.training.lessons import of_class

    chosen = _chosen(context, name, every)
    names = ", ".join(board.name for board in chosen)
    if not yes:
        lessons = of_class.stops([board.id for board in chosen], removed=True)
        told = f"Alles van {names} gaat weg en komt niet terug. {lessons}".strip()
        raise Refused(f"{told} Voeg --yes toe om het te bevestigen.")
    for board in chosen:
        classes.remove(board)
        tell(f"{board.name} is verwijderd.")


def _open(context: typer.Context) -> None:
    """Open the database, creating the practice board if there is none."""
    session: Session = context.obj
    assert session.board


def _chosen(context: typer.Context, name: str | None, every: bool) -> list[Board]:
    """The named board, or those of the class. Raises `Refused` when there are none."""
    from app.refusals import Refused
    from app.training import classes

    if (name is None) == (not every):
        raise typer.BadParameter("geef een NAAM of --all")
    _open(context)
    if name is not None:
        return [classes.find(name)]
    found = classes.class_boards()
    if not found:
        raise Refused("Er zijn nog geen besturen van een klas. Maak ze met esis board create --count AANTAL.")
    return found


def _each(boards: Sequence[Board], act: Callable[[Board], None]) -> None:
    """Apply to each board. Raises `Refused` at the end with everything that was refused."""
    from app.refusals import Refused
    from app.training import classes

    by_name = {board.name: board for board in boards}
    refused = classes.for_each(list(by_name), lambda name: act(by_name[name]), lambda _number, _name: None)
    if refused:
        raise Refused("\n".join(refused))
