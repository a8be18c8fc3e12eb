"""`esis partner iep-lvs ...`: IEP LVS, as its schoolbeheerder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.commands import results_supplier
from app.commands.options import Json
from app.commands.output import show_records, tell
from app.commands.session import Session, settled

if TYPE_CHECKING:
    from models.partners.iep_lvs import IepSchool

app = typer.Typer(no_args_is_help=False, help="IEP LVS, als schoolbeheerder.")
basispoort = typer.Typer(no_args_is_help=False, help="De verbinding van IEP LVS met Basispoort.")
app.add_typer(basispoort, name="basispoort")


def _school(session: Session) -> IepSchool:
    from app.partners.iep_lvs import account

    return account.school_of(session.actor.location)


@app.command("connect")
def connect(context: typer.Context, code: results_supplier.Code) -> None:
    """Verstuur het testbericht en schakel de koppeling in."""
    from app.partners.iep_lvs import connection

    results_supplier.connect(context, lambda session: connection.connect(_school(session), code))


@app.command("resend")
def resend(
    context: typer.Context,
    sent: results_supplier.SentOn = "",
    since: results_supplier.Since = "",
    until: results_supplier.Until = "",
) -> None:
    """Verzend resultaten vannacht opnieuw naar ESIS."""
    from app.partners.iep_lvs.connection import SUPPLIER

    results_supplier.send_again(context, SUPPLIER, _school, (sent, since, until))


@app.command("move-sitting")
def move_sitting(
    context: typer.Context,
    assessment: Annotated[str, typer.Argument(metavar="TOETS", help="Zoals rekenen-6; zie 'assessments'.")],
    date: Annotated[str, typer.Option("--date", metavar="DATUM", help="De dag van de afname.")],
    wrong: Annotated[str, typer.Option("--from", metavar="NUMMER", help="De leerling bij wie de afname staat.")],
    right: Annotated[str, typer.Option("--to", metavar="NUMMER", help="De leerling die de toets heeft gemaakt.")],
) -> None:
    """Verplaats een afname naar de leerling die de toets heeft gemaakt."""
    from app import clock
    from app.counted import counted
    from app.partners.iep_lvs import connection, moving, sittings

    session = settled(context)
    school = _school(session)
    number = moving.move(school, assessment, clock.parse_date(date), wrong, right)
    sat = counted(number, "resultaat", "resultaten")
    tell(f"De afname ({sat}) staat nu bij leerling {right}. {connection.then(school, sittings.named(assessment))}")


@app.command("assessments")
def assessments(context: typer.Context, json: Json = False) -> None:
    """De toetsen van IEP LVS, voor welke jaargroepen ze zijn, en of ze met de koppeling naar ESIS gaan."""
    from app.partners.iep_lvs import sittings

    assert isinstance(context.obj, Session)
    records = [
        {"id": row.id, "name": row.name, "groups": list(row.year_groups)} | ({} if json else {"to_esis": row.coupled})
        for row in sittings.assessments()
    ]
    columns = (("id", "TOETS"), ("name", "NAAM"), ("groups", "JAARGROEPEN"), ("to_esis", "NAAR ESIS"))
    show_records(records, json, columns)


@app.command("sit")
def sit(
    context: typer.Context,
    assessment: Annotated[str, typer.Argument(metavar="TOETS", help="Zoals rekenen-6; zie 'assessments'.")],
    group: Annotated[str, typer.Option("--group", metavar="GROEP", help="De groep, zoals 6.")],
) -> None:
    """Laat een groep nu een toets maken."""
    from app.counted import counted
    from app.partners.iep_lvs import connection, sittings

    session = settled(context)
    school = _school(session)
    number = sittings.sit(school, assessment, group)
    who = f"{counted(number, 'leerling', 'leerlingen')} van groep {group} {'heeft' if number == 1 else 'hebben'}"
    tell(f"{who} de toets gemaakt. {connection.then(school, sittings.named(assessment))}")


@basispoort.command("check")
def check(context: typer.Context) -> None:
    """Controleer de verbinding met Basispoort; wat niet in orde is, staat er met wat u doet en waar."""
    from app.partners.iep_lvs import basispoort_check
    from app.refusals import Refused

    found = basispoort_check.findings(_school(context.obj))
    if found:
        raise Refused("\n".join(finding.sentence for finding in found))
    tell(basispoort_check.FINE)


@app.command("merge")
def merge(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="BRON", help="Het leerlingnummer van het account van vroeger.")],
    target: Annotated[str, typer.Argument(metavar="DOEL", help="Het leerlingnummer van het account van nu.")],
) -> None:
    """Voeg twee accounts van een leerling samen: de toetsafnames gaan van bron naar doel."""
    from app.counted import counted
    from app.partners.iep_lvs import merging

    session = settled(context)
    moved = merging.merge(_school(session), source, target)
    tell(f"Leerling {source} is samengevoegd met {target}: {counted(moved, 'resultaat', 'resultaten')} verplaatst.")
