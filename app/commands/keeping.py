"""`esis backup`, `esis support` and `esis data ...`: for the owner of a database, about the database as a whole
(ours).
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from app.commands.asking import Yes, agree, may_replace
from app.commands.output import tell
from app.commands.session import Session

app = typer.Typer(no_args_is_help=False)
TELL_AFTER = 2.0
"""Seconds between two progress messages of a copy."""


@app.callback()
def _group() -> None:
    """Alles in de database."""


@app.command("erase")
def erase(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help="Zonder te vragen.")] = False,
) -> None:
    """Wis alles in de database, ook elk spoor van leerlingen en resultaten ernaast."""
    from app.maintenance import erasing
    from app.refusals import Refused

    session: Session = context.obj
    if session.board_name is not None:
        raise Refused(
            "Dit wist de hele database. Eén bestuur verwijdert u met esis board remove; laat anders --board weg."
        )
    session.open()
    if not yes:
        agree(erasing.what_goes(session.settings), "Er is niets gewist.")
    tell(erasing.erase(session.settings))


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="BESTAND", help="Waar de kopie komt.")],
    yes: Yes = False,
) -> None:
    """Maak een kopie van de database, ook als het programma open is. U gebruikt haar met
    esis --database sqlite:///BESTAND, of zet haar terug op de plaats van de database terwijl niets haar open heeft.
    """
    from app.files.named import path_of
    from app.maintenance.backup import back_up

    session: Session = context.obj
    session.open()
    path = path_of(str(file))
    address = back_up(path, may_replace(path, yes), _Progress())
    tell(f"De kopie staat in {file}. U opent haar met: esis --database {address}")


class _Progress:
    """Prints the progress now and then."""

    def __init__(self) -> None:
        self._told = time.monotonic()

    def __call__(self, done: float) -> None:
        if time.monotonic() - self._told > TELL_AFTER:
            self._told = time.monotonic()
            tell(f"Kopiëren: {done:.0%}".replace("%", " %"))


def support(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="BESTAND", help="Waar het komt, zoals hulp.txt.")],
    yes: Yes = False,
) -> None:
    """Bewaar wat iemand die helpt moet weten: versies, instellingen, aantallen en het logbestand, zonder persoonsgegevens."""
    from app.exchange.whole_file import put
    from app.files.named import path_of
    from app.maintenance.support import report
    from app.settings import InvalidSettings, without_file

    session: Session = context.obj
    path = path_of(str(file))
    try:
        settings = session.settings
    except InvalidSettings as error:  # then help is needed all the more
        tell(str(error))
        settings = without_file(session.database)
    put(path, report(settings, session.open), may_replace(path, yes))
    tell(f"Bewaard als {file}. Er staan geen namen of andere persoonsgegevens in; kijk gerust, het is gewone tekst.")


COMMANDS = {"backup": backup, "support": support}
