"""The commands without a group: reset, import, screenshot, worker."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.commands.session import Session


def reset(
    context: typer.Context,
    clock: Annotated[
        str, typer.Option("--clock", metavar="practice|real", help="Of de tijd stilstaat of echt loopt.")
    ] = "practice",
) -> None:
    """Zet het oefenbestuur terug in de beginstand."""
    from app.commands.output import tell
    from app.refusals import Refused
    from app.training.boards import reset_board
    from models.schema import open_database

    if clock not in ("practice", "real"):
        raise typer.BadParameter(f"--clock kent practice en real, niet {clock}")
    session: Session = context.obj
    open_database(session.settings.database_url)
    if session.board_name is not None and not session.board.practice:
        raise Refused(f"{session.board_name} is geen oefenbestuur en wordt niet teruggezet.")
    board = reset_board(session.board_name, clock=clock) if session.board_name else reset_board(clock=clock)
    tell(f"{board.name} staat in de beginstand.")


def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="BESTAND", help="Een EDEXML-bestand (2.0 of 2.1).")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Alleen tonen wat er zou gebeuren.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Zonder te vragen importeren.")] = False,
) -> None:
    """Importeer groepen, leerlingen en medewerkers uit een EDEXML-bestand."""
    from app.commands.importing import import_edexml

    import_edexml(context.obj, file, dry_run, yes)


def screenshot(
    context: typer.Context,
    screen: Annotated[
        str, typer.Argument(metavar="SCHERM", help='Zoals "Beheer > Import-Export-Koppelingen > Koppelingen".')
    ],
    out: Annotated[Path, typer.Option("--out", metavar="BESTAND", help="Een naam op .svg, .png of .txt.")],
    size: Annotated[str, typer.Option("--size", metavar="BxH", help="Breedte en hoogte in tekens.")] = "120x36",
    as_user: Annotated[str | None, typer.Option("--as", metavar="NAAM", help="Als welke gebruiker.")] = None,
    press: Annotated[
        list[str] | None, typer.Option("--press", metavar="TOETSEN", help='Zoals "tab,F2"; mag vaker.')
    ] = None,
) -> None:
    """Bewaar een scherm als plaatje of tekst."""
    from app.commands.screenshot import take

    take(context.obj, screen, out, size, as_user, press or [])


def worker(context: typer.Context) -> None:
    """Voer uitwisselingen uit tot u stopt met Ctrl+C."""
    from app.commands.output import tell
    from app.workers.process import run_worker

    session: Session = context.obj
    board = session.board  # opens the database, and makes the practice board where there is none
    tell(f"De worker van {board.name} wacht op werk. Ctrl+C stopt.")
    run_worker(session.settings)


COMMANDS = {"reset": reset, "import": import_file, "screenshot": screenshot, "worker": worker}
