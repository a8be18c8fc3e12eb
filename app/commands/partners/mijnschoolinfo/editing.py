"""`esis partner mijnschoolinfo change | delete | restore`: changes to existing people."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from app.commands.options import LARGEST
from app.commands.output import tell
from app.commands.partners.mijnschoolinfo.common import settled_school, warn

app = typer.Typer()
Number = Annotated[int, typer.Argument(min=1, max=LARGEST, metavar="ID", help="Het id; zie 'show'.")]


class Changed(StrEnum):
    """The kinds of people that can be changed by command."""

    PUPIL = "pupil"
    GUARDIAN = "guardian"


class Person(StrEnum):
    """The kinds of people that can be deleted and restored."""

    PUPIL = "pupil"
    GUARDIAN = "guardian"
    STAFF = "staff"


class Who(StrEnum):
    """Who makes a change."""

    GUARDIAN = "verzorger"
    ADMINISTRATOR = "beheerder"


@app.command("change")
def change(
    context: typer.Context,
    kind: Annotated[Changed, typer.Argument(metavar="SOORT", help="pupil of guardian.")],
    number: Number,
    first_name: Annotated[
        str | None, typer.Option("--first-name", metavar="NAAM", help="Roepnaam; bij een verzorger het eerste woord.")
    ] = None,
    prefix: Annotated[str | None, typer.Option("--prefix", metavar="TEKST", help="Tussenvoegsel, leerling.")] = None,
    last_name: Annotated[str | None, typer.Option("--last-name", metavar="NAAM", help="Achternaam, leerling.")] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAAM", help="Hele naam, verzorger.")] = None,
    email: Annotated[str | None, typer.Option("--email", metavar="ADRES", help="E-mailadres, verzorger.")] = None,
    phone: Annotated[str | None, typer.Option("--phone", metavar="NUMMER", help="Telefoon, verzorger.")] = None,
    by: Annotated[Who, typer.Option("--by", metavar="WIE", help="verzorger of beheerder.")] = Who.GUARDIAN,
) -> None:
    """Wijzig persoonsgegevens; ESIS overschrijft ze daarna niet."""
    from app.partners.mijnschoolinfo import doubles, editing

    school = settled_school(context)
    given = {
        "first_name": first_name,
        "prefix": prefix,
        "last_name": last_name,
        "name": name,
        "email": email,
        "phone": phone,
    }
    values = {field: value for field, value in given.items() if value is not None}
    if kind is Changed.GUARDIAN and "first_name" in values and "name" not in values:
        rest = str(editing.get(school, kind, number).name).partition(" ")[2]
        values["name"] = f"{values.pop('first_name')} {rest}".strip()
    _check_fields(kind, values)
    odd = doubles.of_changed(school, kind, number, values)
    record = editing.change(school, kind, number, values, editing.By(by))
    tell(f"{editing.name_of(record)} is gewijzigd.")
    warn(odd)


def _check_fields(kind: Changed, values: dict[str, str]) -> None:
    """Refuse, as wrong usage, an empty change or fields that this kind of person does not have."""
    known = {"first_name", "prefix", "last_name"} if kind is Changed.PUPIL else {"name", "email", "phone"}
    options = ", ".join(f"--{field.replace('_', '-')}" for field in sorted(known))
    if not values:
        raise typer.BadParameter(f"geef op wat er wijzigt: {options}.")
    if other := sorted(set(values) - known):
        raise typer.BadParameter(f"--{other[0].replace('_', '-')} past hier niet bij. Wat kan wijzigen: {options}.")


@app.command("delete")
def delete(
    context: typer.Context,
    kind: Annotated[Person, typer.Argument(metavar="SOORT", help="pupil, guardian of staff.")],
    number: Number,
) -> None:
    """Verwijder iemand hier; wie uit ESIS komt, komt niet vanzelf terug."""
    from app.partners.mijnschoolinfo import editing

    tell(f"{editing.delete(settled_school(context), kind, number)} is verwijderd.")


@app.command("restore")
def restore(
    context: typer.Context,
    kind: Annotated[Person, typer.Argument(metavar="SOORT", help="pupil, guardian of staff.")],
    number: Number,
) -> None:
    """Zet terug wie hier verwijderd is."""
    from app.partners.mijnschoolinfo import doubles, editing

    school = settled_school(context)
    odd = doubles.of_deleted(school, kind, number)
    tell(f"{editing.name_of(editing.restore(school, kind, number))} is teruggezet.")
    warn(odd)
