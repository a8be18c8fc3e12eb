"""`esis partner gynzy ...`: Gynzy, as its beheerder."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.options import Json, OnOff, Switch
from app.commands.output import show_records, tell
from app.commands.results_supplier import GROUP, SupplierCommands
from app.commands.session import Session, settled

if TYPE_CHECKING:
    from app.partners.results_supplier.supplier import Merged, Supplier
    from models.partners.gynzy import GynzySchool

app = typer.Typer(no_args_is_help=False, help="Gynzy, als beheerder.")
METHOD: Any = typer.Argument(..., metavar="METHODE", help="Zoals rekenen; zie 'methods'.")


class Listed(StrEnum):
    """What `show` can list."""

    PUPILS = "pupils"
    GROUPS = "groups"


def _supplier() -> Supplier:
    from app.partners.gynzy.connection import SUPPLIER

    return SUPPLIER


def _merged(_source: str, target: str, moved: Merged) -> str:
    from app.counted import counted

    exercises = counted(moved.exercises, "opgave", "opgaven")
    return f"Verhuisd naar account {target}: {exercises} en {counted(moved.outcomes, 'toetsresultaat', 'toetsresultaten')}."


commands = SupplierCommands(app, _supplier)
commands.add_connect("Bevestig de koppeling met ESIS: verstuurt een testbericht met de code.")
commands.add_resend()


@app.command("methods")
def list_methods(context: typer.Context, json: Json = False) -> None:
    """De methodes, en van welke de resultaten naar ESIS gaan."""
    from app import clock
    from app.partners.gynzy import methods

    session: Session = context.obj
    records = [
        {
            "id": row.method.short,
            "name": row.method.name,
            "on": row.since is not None,
            "since": clock.iso(row.since) if row.since else None,
        }
        for row in methods.listed(commands.account(session))
    ]
    show_records(records, json, (("id", "METHODE"), ("name", "NAAM"), ("on", "RESULTATEN"), ("since", "SINDS")))


@app.command("method")
def method(context: typer.Context, switch: OnOff, name: str = METHOD) -> None:
    """Zet de resultaten van een methode aan of uit."""
    from app.partners.gynzy import methods

    session = settled(context)
    found = methods.switch(commands.account(session), name, switch is Switch.ON)
    tell(f"De resultaten van {found.name} gaan {'voortaan' if switch is Switch.ON else 'niet meer'} naar ESIS.")


@app.command("practise")
def practise(context: typer.Context, name: str = METHOD, group: str = GROUP) -> None:
    """Laat een groep oefenen in de wereld van een methode."""
    from app.counted import counted, plural
    from app.partners.gynzy import practising

    session = settled(context)
    number = practising.practise(commands.account(session), name, group)
    tell(f"{counted(number, 'leerling', 'leerlingen')} van {group} {plural(number, 'heeft', 'hebben')} geoefend.")


commands.add_sit("Laat een groep nu de toets van een methode maken.", METHOD, "van {}")


@app.command("show")
def show(
    context: typer.Context,
    what: Annotated[Listed, typer.Argument(metavar="pupils|groups", help="Wat u wilt zien.")],
    json: Json = False,
) -> None:
    """De leerlingen of de groepen zoals Gynzy ze heeft."""
    session: Session = context.obj
    school = commands.account(session)
    if what is Listed.PUPILS:
        show_records(
            _pupils(school),
            json,
            (
                ("key", "SLEUTEL"),
                ("name", "NAAM"),
                ("origin", "HERKOMST"),
                ("group", "GROEP"),
                ("active", "ACTIEF"),
                ("exercises", "OPGAVEN"),
                ("results", "TOETSEN"),
            ),
        )
    else:
        show_records(
            _groups(school),
            json,
            (
                ("name", "GROEP"),
                ("origin", "HERKOMST"),
                ("school_year", "SCHOOLJAAR"),
                ("archived", "ARCHIEF"),
                ("pupils", "LEERLINGEN"),
                ("results", "TOETSEN"),
            ),
        )


commands.add_merge(
    "Voeg een zelfgemaakt account samen met het account dat uit ESIS kwam.",
    (
        typer.Option(..., "--from", metavar="SLEUTEL", help="Het zelfgemaakte account."),
        typer.Option(..., "--to", metavar="NUMMER", help="Het account uit ESIS."),
    ),
    _merged,
)


def _pupils(school: GynzySchool) -> list[dict[str, Any]]:
    from app.exchange.names import full_name
    from app.partners.gynzy import overview as gynzy
    from app.partners.results_supplier import overview

    return [
        {
            "key": row.pupil.key,
            "name": full_name(row.pupil.first_name, row.pupil.prefix, row.pupil.last_name),
            "origin": "own" if row.pupil.own else "esis",
            "group": row.group or None,
            "active": row.pupil.active,
            "exercises": row.exercises,
            "results": row.sittings,
        }
        for row in gynzy.pupils(school, limit=overview.pupil_count(_supplier(), school))
    ]


def _groups(school: GynzySchool) -> list[dict[str, Any]]:
    from app.partners.gynzy import overview

    return [
        {
            "name": row.group.name,
            "origin": "own" if row.group.own else "esis",
            "school_year": row.group.school_year,
            "archived": not row.group.active,
            "pupils": row.pupils,
            "results": row.outcomes,
        }
        for row in overview.groups(school)
    ]
