"""`esis partner gynzy ...`: Gynzy, as its beheerder."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands import results_supplier
from app.commands.options import Json, OnOff, Switch
from app.commands.output import show_records, tell
from app.commands.session import Session, settled

if TYPE_CHECKING:
    from models.partners.gynzy import GynzySchool

app = typer.Typer(no_args_is_help=False, help="Gynzy, als beheerder.")
Method = Annotated[str, typer.Argument(metavar="METHODE", help="Zoals rekenen; zie 'methods'.")]
Group = Annotated[str, typer.Option("--group", metavar="GROEP", help="De groep, zoals 6.")]


class Listed(StrEnum):
    """What `show` can show."""

    PUPILS = "pupils"
    GROUPS = "groups"


def _school(session: Session) -> GynzySchool:
    from app.partners.gynzy import account

    return account.school_of(session.actor.location)


@app.command("connect")
def connect(context: typer.Context, code: results_supplier.Code) -> None:
    """Bevestig de koppeling met ESIS: verstuurt een testbericht met de code."""
    from app.partners.gynzy import connection

    results_supplier.connect(context, lambda session: connection.connect(_school(session), code))


@app.command("resend")
def resend(
    context: typer.Context,
    sent: results_supplier.SentOn = "",
    since: results_supplier.Since = "",
    until: results_supplier.Until = "",
) -> None:
    """Verzend resultaten vannacht opnieuw naar ESIS."""
    from app.partners.gynzy.connection import SUPPLIER

    results_supplier.send_again(context, SUPPLIER, _school, (sent, since, until))


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
        for row in methods.listed(_school(session))
    ]
    show_records(records, json, (("id", "METHODE"), ("name", "NAAM"), ("on", "RESULTATEN"), ("since", "SINDS")))


@app.command("method")
def method(
    context: typer.Context,
    switch: OnOff,
    name: Method,
) -> None:
    """Zet de resultaten van een methode aan of uit."""
    from app.partners.gynzy import methods

    session = settled(context)
    found = methods.switch(_school(session), name, switch is Switch.ON)
    tell(f"De resultaten van {found.name} gaan {'voortaan' if switch is Switch.ON else 'niet meer'} naar ESIS.")


@app.command("practise")
def practise(context: typer.Context, name: Method, group: Group) -> None:
    """Laat een groep oefenen in de wereld van een methode."""
    from app.counted import counted
    from app.partners.gynzy import practising

    session = settled(context)
    number = practising.practise(_school(session), name, group)
    tell(
        f"{counted(number, 'leerling van', 'leerlingen van')} {group} {'heeft' if number == 1 else 'hebben'} geoefend."
    )


@app.command("sit")
def sit(context: typer.Context, name: Method, group: Group) -> None:
    """Laat een groep nu de toets van een methode maken."""
    from app.counted import counted
    from app.partners.gynzy import practising
    from app.partners.gynzy.connection import SUPPLIER
    from app.partners.results_supplier import connecting

    session = settled(context)
    school = _school(session)
    number = practising.sit(school, name, group)
    who = f"{counted(number, 'leerling van', 'leerlingen van')} {group} {'heeft' if number == 1 else 'hebben'}"
    tell(f"{who} de toets gemaakt. {connecting.then(SUPPLIER, school)}")


@app.command("show")
def show(
    context: typer.Context,
    what: Annotated[Listed, typer.Argument(metavar="pupils|groups", help="Wat u wilt zien.")],
    json: Json = False,
) -> None:
    """De leerlingen of de groepen zoals Gynzy ze heeft."""
    session: Session = context.obj
    school = _school(session)
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


@app.command("merge")
def merge(
    context: typer.Context,
    source: Annotated[str, typer.Option("--from", metavar="SLEUTEL", help="Het zelfgemaakte account.")],
    target: Annotated[str, typer.Option("--to", metavar="NUMMER", help="Het account uit ESIS.")],
) -> None:
    """Voeg een zelfgemaakt account samen met het account dat uit ESIS kwam."""
    from app.counted import counted
    from app.partners.gynzy import merging

    session = settled(context)
    done = merging.merge(_school(session), source, target)
    moved = f"{counted(done.exercises, 'opgave', 'opgaven')} en {counted(done.outcomes, 'toetsresultaat', 'toetsresultaten')}"
    tell(f"Verhuisd naar account {target}: {moved}.")


def _pupils(school: GynzySchool) -> list[dict[str, Any]]:
    from app.partners.gynzy import overview

    return [
        {
            "key": row.pupil.key,
            "name": row.name,
            "origin": "own" if row.pupil.own else "esis",
            "group": row.group or None,
            "active": row.pupil.active,
            "exercises": row.exercises,
            "results": row.outcomes,
        }
        for row in overview.pupils(school, limit=overview.pupil_count(school))
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
