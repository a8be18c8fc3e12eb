"""`esis lesson ...`, what is told afterwards: where people get stuck, statements of xAPI, and documents on paper."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.asking import Yes, may_replace
from app.commands.exporting import STDOUT
from app.commands.options import Json
from app.commands.output import show_records, tell
from app.commands.session import Session
from app.refusals import NotFound

if TYPE_CHECKING:
    from app.training.reports.happened import Run
    from app.training.scripts.document import Script

Lesson = Annotated[str, typer.Option("--lesson", metavar="LES", help="Alleen van deze les, zoals iep-lvs.")]
OfBoard = Annotated[str, typer.Option("--board", metavar="NAAM", help='Alleen van dit bestuur, zoals "Klas 03".')]
OfClass = Annotated[bool, typer.Option("--class", help="Alleen van de besturen van een klas.")]
Pdf = Annotated[Path, typer.Option("--pdf", metavar="BESTAND", help="Waar het komt.")]


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    for name, command in (
        ("stuck", stuck),
        ("export", export),
        ("certificate", certificate),
        ("results", results),
        ("handout", handout),
    ):
        app.command(name)(command)


def stuck(
    context: typer.Context,
    lesson: Lesson = "",
    board: OfBoard = "",
    only_class: OfClass = False,
    json: Json = False,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="BESTAND", help="Bewaar het als CSV-bestand.")] = None,
    yes: Yes = False,
) -> None:
    """Waar men vastloopt: elke stap, die waar de meesten vastliepen eerst."""
    from app.training.reports import stuck as figures
    from app.training.reports.titles import alike, titled
    from screens.shared.files import save_text

    runs = alike(_runs(context, board, only_class, lesson))
    lessons = titled(figures.lessons(runs), runs)
    steps = sorted((step for row in lessons for step in row.steps), key=figures.rank)
    if csv is not None:
        tell(f"Bewaard als {save_text(csv, figures.as_csv(steps), may_replace(csv, yes))}")
        return
    records = [step.as_json() for step in steps]
    if not json:
        if not records:
            tell("Er is nog geen oefening gedaan waarvan is bijgehouden hoe het ging.")
            return
        for record in records:
            record |= {name: _percent(record[f"share_{name}"]) for name in figures.SHARES}
            record |= {name: _minutes(record[name]) for name in ("median", "p90")}
    show_records(
        records,
        json,
        (
            ("lesson", "LES"),
            ("step", "STAP"),
            ("given", "KREGEN"),
            ("done", "DEDEN"),
            ("stuck", "VAST"),
            ("median", "MEDIAAN"),
            ("p90", "P90"),
            ("last_hint", "HINT 3"),
            ("remarked", "OPMERKING"),
            ("left", "GESTOPT"),
            ("helped", "GEHOLPEN"),
            ("title", "WAT"),
        ),
    )


def export(
    context: typer.Context,
    xapi: Annotated[
        Path,
        typer.Option(
            "--xapi",
            metavar="BESTAND",
            help="Statements van xAPI 1.0.3, een JSON-object per regel; - is de standaarduitvoer.",
        ),
    ],
    lesson: Lesson = "",
    board: OfBoard = "",
    only_class: OfClass = False,
    home: Annotated[
        str, typer.Option("--home", metavar="URL", help="Het webadres van uw organisatie, voor accounts en lessen.")
    ] = "",
    names: Annotated[bool, typer.Option("--names", help="Met de namen van cursisten erbij.")] = False,
    yes: Yes = False,
) -> None:
    """Bewaar wat er in de lessen gebeurde, voor een learning record store."""
    from app.counted import counted
    from app.exchange.whole_file import whole_file
    from app.training.reports import xapi as statements
    from app.training.reports.titles import lesson_of

    where = statements.checked_home(home) if home else statements.HOME
    runs = _runs(context, board, only_class, lesson)
    to_stdout, number = str(xapi) == STDOUT, 0
    with nullcontext(sys.stdout.buffer) if to_stdout else whole_file(xapi, may_replace(xapi, yes)) as file:
        for line in statements.jsonl(runs, statements.Exported(lesson_of, where, names)):
            file.write(line.encode())
            number += 1
    told = "op de standaarduitvoer" if to_stdout else f"in {xapi}"
    tell(f"{counted(number, 'statement staat', 'statements staan')} {told}.")


def certificate(
    context: typer.Context,
    pdf: Pdf,
    board: OfBoard = "",
    lesson: Lesson = "",
    only_class: OfClass = False,
    yes: Yes = False,
) -> None:
    """Een certificaat per cursist: voor een les, of voor alle die af zijn."""
    from app.training.reports import results as made

    runs = _runs(context, board, only_class, "")
    _put(pdf, made.certificates_of(runs, lesson), yes)
    _tell_unknown(runs)


def results(
    context: typer.Context, pdf: Pdf, board: OfBoard = "", only_class: OfClass = False, yes: Yes = False
) -> None:
    """Het resultatenblad: van iedereen de beste keer van elke les."""
    from app.training.reports import results as made

    runs = _runs(context, board, only_class, "")
    _put(pdf, made.sheet_of(runs), yes)
    _tell_unknown(runs)


def handout(
    context: typer.Context,
    lessons: Annotated[list[Path], typer.Argument(metavar="LES...", help="Namen van lessen, of bestanden.")],
    pdf: Pdf,
    answers: Annotated[
        bool, typer.Option("--answers", help="Met hoe elke stap gaat, en wat er ingevuld wordt.")
    ] = False,
    pictures: Annotated[bool, typer.Option("--pictures/--no-pictures", help="Met plaatjes van de schermen.")] = True,
    yes: Yes = False,
) -> None:
    """Een hand-out: elke les op één A4, met of zonder antwoorden."""
    from app.commands import playing
    from app.documents.handout import handouts
    from app.training.reports.handouts import SIZE, THEME
    from app.training.reports.handouts import handout as made

    replace = may_replace(pdf, yes)
    found = []
    for script in [script for path in lessons for script in _scripts(context.obj, path)]:
        shots = {}
        if pictures and script.shots:
            tell(f"{script.title}: de plaatjes worden gemaakt.")
            shots = {shot.name: shot.svg for shot in playing.play_through(script, None, SIZE, THEME)}
        found.append(made(script, shots, answers=answers))
    _put(pdf, handouts(found), replace)


def _scripts(session: Session, path: Path) -> list[Script]:
    """Those of a name, a file or a folder; a name may be that of a lesson of one's own. Raises `NotFound`."""
    from app.commands import playing
    from app.training.lessons import catalogue
    from app.training.scripts.document import read

    try:
        return [read(one) for one in playing.files([path])]
    except NotFound:
        session.open()
        return [catalogue.find(str(path))]


def _runs(context: typer.Context, board: str, only_class: bool, lesson: str) -> list[Run]:
    """The runs asked for: of one board, also as named before the command, of a class, or all in this database."""
    from app.training.reports import happened

    session: Session = context.obj
    session.board_name = board or session.board_name
    own = session.board  # also where all are asked for: there may be no database yet
    return happened.runs(own if session.board_name else None, only_class=only_class, lesson=lesson)


def _put(path: Path, content: bytes, yes: bool) -> None:
    from app.exchange.whole_file import put

    put(path, content, may_replace(path, yes))
    tell(f"Bewaard als {path}")


def _tell_unknown(runs: list[Run]) -> None:
    from app.training.reports.results import unknown_signs

    if signs := unknown_signs(runs):
        tell(f"Deze tekens van namen kent het lettertype niet; op papier staat er een vraagteken: {signs}")


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"


def _minutes(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}".replace(".", ",")
