"""`esis partner mijnschoolinfo add-pupil | add-guardian | add-group | delete-group`: records made by hand."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.output import tell
from app.commands.partners.mijnschoolinfo.common import Pupils, settled_school, warn

app = typer.Typer()


@app.command("add-pupil")
def add_pupil(
    context: typer.Context,
    first_name: Annotated[str, typer.Option("--first-name", metavar="ROEPNAAM", help="Roepnaam.")],
    last_name: Annotated[str, typer.Option("--last-name", metavar="ACHTERNAAM", help="Achternaam.")],
    prefix: Annotated[str, typer.Option("--prefix", metavar="TEKST", help="Tussenvoegsel.")] = "",
    birth_date: Annotated[str, typer.Option("--birth-date", metavar="DATUM", help="Zoals 2012-05-31.")] = "",
    key: Annotated[str, typer.Option("--key", metavar="NUMMER", help="Leerlingnummer.")] = "",
    group: Annotated[str | None, typer.Option("--group", metavar="GROEP", help="Een eigen groep.")] = None,
) -> None:
    """Voeg een leerling toe; zodra ESIS leidend is, alleen in een eigen groep."""
    from app import clock
    from app.partners.mijnschoolinfo import doubles, editing

    school = settled_school(context)
    born = clock.parse_date(birth_date) if birth_date else None
    place = editing.find_group(school, group).id if group is not None else None
    form = editing.PupilForm(first_name, last_name, prefix, born, place, key)
    odd = doubles.of_pupil(school, form)
    pupil = editing.add_pupil(school, form)
    tell(f"{editing.name_of(pupil)} is toegevoegd, id {pupil.id}.")
    warn(odd)


@app.command("add-guardian")
def add_guardian(
    context: typer.Context,
    name: Annotated[str, typer.Option("--name", metavar="NAAM", help="De hele naam.")],
    email: Annotated[str, typer.Option("--email", metavar="ADRES", help="E-mailadres.")] = "",
    phone: Annotated[str, typer.Option("--phone", metavar="NUMMER", help="Telefoon.")] = "",
    pupil: Pupils = None,
) -> None:
    """Voeg een verzorger toe, zolang ESIS niet leidend is."""
    from app.partners.mijnschoolinfo import doubles, editing

    school = settled_school(context)
    odd = doubles.of_guardian(school, name, email, pupil or ())
    guardian = editing.add_guardian(school, name, email, phone, pupil or ())
    tell(f"{guardian.name} is toegevoegd, id {guardian.id}.")
    warn(odd)


@app.command("add-group")
def add_group(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAAM", help="De naam van de eigen groep.")],
    pupil: Pupils = None,
) -> None:
    """Maak een eigen groep, met leerlingen."""
    from app.partners.mijnschoolinfo import editing

    tell(f"Groep {editing.add_group(settled_school(context), name, pupil or ()).name} is gemaakt.")


@app.command("delete-group")
def delete_group(
    context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAAM", help="De naam van de eigen groep.")]
) -> None:
    """Verwijder een eigen groep; de leerlingen blijven."""
    from app.partners.mijnschoolinfo import editing

    tell(f"Groep {editing.delete_group(settled_school(context), name).name} is verwijderd; de leerlingen blijven.")
