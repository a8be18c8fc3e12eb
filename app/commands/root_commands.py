"""The commands without a group: open, reset, import, screenshot, trainer, worker."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.commands.asking import Yes
from app.commands.session import TRAINER, Session


def reset(
    context: typer.Context,
    clock: Annotated[
        str, typer.Option("--clock", metavar="practice|real", help="Of de tijd stilstaat of echt loopt.")
    ] = "practice",
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="BEGINSTAND", help="Zoals after-first-night; een onbekende noemt ze allemaal."),
    ] = None,
) -> None:
    """Zet het oefenbestuur terug in de beginstand."""
    from app.commands.output import tell
    from app.refusals import Refused
    from app.training.boards import NAME, reset_board
    from app.training.lessons import of_class
    from models.board import Board

    if clock not in ("practice", "real"):
        raise typer.BadParameter(f"--clock kent practice en real, niet {clock}")
    if to is not None:
        _reset_to(context.obj, to, clock)
        return
    session: Session = context.obj
    session.open()
    if session.board_name is not None and not session.board.practice:
        raise Refused(f"{session.board_name} is geen oefenbestuur en wordt niet teruggezet.")
    name = session.board_name or NAME
    lessons = of_class.stopped([row.id for row in Board.select(Board.id).where(Board.name == name)])
    board = reset_board(name, clock=clock)
    tell(f"{board.name} staat in de beginstand. {lessons}".strip())


def _reset_to(session: Session, name: str, clock: str) -> None:
    """Reset to a named starting state, which belongs to a board whose time stands still."""
    from app.commands.output import tell
    from app.training import classes, resetting
    from app.training.lessons import of_class

    if clock == "real":
        raise typer.BadParameter("--to maakt een beginstand op een stilstaande klok; laat --clock weg")
    point = resetting.situation_point(name)
    lessons = of_class.stopped([session.board.id])
    board = resetting.reset_to(classes.find(session.board.name).name, point)
    tell(f"{board.name} staat in de beginstand {point.id}: {point.title}. {lessons}".strip())


def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="BESTAND", help="Een EDEXML-bestand (2.0 of 2.1).")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Alleen tonen wat er zou gebeuren.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Zonder te vragen importeren.")] = False,
    anonymise: Annotated[
        bool, typer.Option("--anonymise", help="Namen, datums, nummers en adressen vervangen, elke keer door dezelfde.")
    ] = False,
    real: Annotated[
        bool, typer.Option("--real", help="Niet van een oefenschool: toch de echte gegevens importeren.")
    ] = False,
    same: Annotated[
        list[str] | None,
        typer.Option("--same", metavar="NUMMER=NUMMER_IN_ESIS", help="Bij twijfel: het is deze leerling. Mag vaker."),
    ] = None,
    other: Annotated[
        list[str] | None, typer.Option("--other", metavar="NUMMER", help="Bij twijfel: een nieuwe leerling. Mag vaker.")
    ] = None,
    skip: Annotated[
        list[str] | None, typer.Option("--skip", metavar="NUMMER", help="Bij twijfel: deze regel overslaan. Mag vaker.")
    ] = None,
) -> None:
    """Importeer groepen, leerlingen en medewerkers uit een EDEXML-bestand."""
    from app.commands.importing import import_edexml, said, what_of_people

    choices = said(same or (), other or (), skip or ())
    import_edexml(context.obj, file, dry_run, yes, choices, what_of_people(real, anonymise))


def screenshot(
    context: typer.Context,
    out: Annotated[
        Path, typer.Option("--out", metavar="BESTAND", help="Naam op .svg, .png of .txt; met --all een map.")
    ],
    screen: Annotated[
        str | None, typer.Argument(metavar="SCHERM", help='Zoals "Beheer > Import-Export-Koppelingen > Koppelingen".')
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Elk scherm, in drie maten, op een eigen oefenbestuur.")] = False,
    size: Annotated[
        list[str] | None,
        typer.Option("--size", metavar="BxH", help="In tekens, zoals 120x36; met --all mag het vaker."),
    ] = None,
    as_user: Annotated[str | None, typer.Option("--as", metavar="NAAM", help="Als welke gebruiker.")] = None,
    press: Annotated[
        list[str] | None, typer.Option("--press", metavar="TOETSEN", help='Zoals "tab,F2"; mag vaker.')
    ] = None,
    theme: Annotated[
        str | None, typer.Option("--theme", metavar="THEMA", help="esis-donker, esis-licht of esis-16.")
    ] = None,
    here: Annotated[bool, typer.Option("--here", help="Met --all: op het bestuur van nu.")] = False,
    yes: Yes = False,
) -> None:
    """Bewaar een scherm als plaatje of tekst, of met --all alle schermen."""
    from app.commands import gallery
    from app.commands.screenshot import take

    if every:
        if screen is not None or press:
            raise typer.BadParameter("--all neemt elk scherm; laat SCHERM en --press weg.")
        gallery.take_all(context.obj, out, size or gallery.SIZES, as_user, theme, here=here, yes=yes)
    elif screen is None:
        raise typer.BadParameter("noem een SCHERM, of neem ze met --all allemaal.")
    elif here or len(size or ()) > 1:
        raise typer.BadParameter("--here, en meer dan een --size, horen bij --all.")
    else:
        take(context.obj, screen, out, (size or ["120x36"])[0], as_user, press or [], theme, yes)


def trainer(context: typer.Context) -> None:
    """Open het programma als trainer: storingen, schooltijd, beginstanden en de klas."""
    from app.commands.program import open_program

    session: Session = context.obj
    session.user = TRAINER
    open_program(session, lambda app: app.action_trainer())


def open_place(
    context: typer.Context,
    place: Annotated[
        str, typer.Argument(metavar="PLEK", help='Zoals "Beheer > Koppelingen > IEP LVS" of "Gynzy > Werelden".')
    ],
) -> None:
    """Open het programma op een plek: het pad zoals dat boven het scherm staat."""
    from app.commands.program import open_program
    from app.commands.session import DEFAULT_USER
    from screens.navigation import written

    session: Session = context.obj
    target = written.find(place).target
    session.user = session.user or DEFAULT_USER
    open_program(session, lambda app: app.go(target))


def worker(context: typer.Context) -> None:
    """Voer uitwisselingen uit tot u stopt met Ctrl+C."""
    from app.commands.output import tell
    from app.ending import Ended
    from app.workers.process import run_worker

    session: Session = context.obj
    board = session.board  # opens the database, and creates the practice board if there is none
    tell(f"De worker van {board.name} wacht op werk. Ctrl+C stopt.")
    if signalled := run_worker(session.settings):
        raise Ended(signalled)


COMMANDS = {
    "open": open_place,
    "reset": reset,
    "import": import_file,
    "screenshot": screenshot,
    "trainer": trainer,
    "worker": worker,
}
