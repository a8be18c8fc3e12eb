"""`esis export edexml`: a location, or some of its groups, as an EDEXML 2.1 file."""

from __future__ import annotations

import shutil
import sys
import tempfile
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.asking import Yes, may_replace
from app.commands.output import tell
from app.commands.session import Session
from app.files.named import path_of

if TYPE_CHECKING:
    from app.access import Actor
    from app.school.files.exports import EdexmlExport
    from models.school import Group

app = typer.Typer(no_args_is_help=False)
STDOUT = "-"


@app.callback()
def _group() -> None:
    """Bestanden maken."""


@app.command("edexml")
def export_edexml(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="BESTAND", help="Waar het bestand komt; - is de standaarduitvoer.")],
    group: Annotated[
        list[str] | None, typer.Option("--group", metavar="GROEP", help="Alleen deze groep; mag vaker.")
    ] = None,
    yes: Yes = False,
) -> None:
    """Maak een EDEXML 2.1-bestand van de vestiging."""
    from app.school import groups
    from app.school.files import exports

    session: Session = context.obj
    chosen = [groups.find(session.actor, name) for name in group or ()]
    if file == STDOUT:
        _tell(_to_stdout(session.actor, chosen, yes), "de standaarduitvoer")
        return
    path = path_of(file)
    _tell(exports.edexml_to_file(session.actor, path, chosen, overwrite=may_replace(path, yes)), str(path))


def _to_stdout(actor: Actor, chosen: list[Group], yes: bool) -> EdexmlExport:
    """Write to a temporary file first, so that a refusal half-way leaves no partial file in a pipe; a terminal needs
    --yes.
    """
    from app.refusals import Refused
    from app.school.files import exports

    if sys.stdout.isatty() and not yes:
        raise Refused("Dat zet alle leerlingen op uw scherm. Noem een bestand, of voeg --yes toe.")
    with tempfile.TemporaryFile() as file:
        made = exports.edexml(actor, file, chosen)
        file.seek(0)
        shutil.copyfileobj(file, sys.stdout.buffer)
    return made


def _tell(made: EdexmlExport, where: str) -> None:
    for warning in made.warnings:
        tell(f"let op  {warning}")
    tell(f"Geschreven naar {where}. {made.sentence()}")
