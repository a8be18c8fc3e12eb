"""`esis partner iep-lvs ...`: IEP LVS, as its schoolbeheerder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.options import Json
from app.commands.output import show_records, tell
from app.commands.results_supplier import SupplierCommands
from app.commands.session import Session, settled

if TYPE_CHECKING:
    from app.partners.results_supplier.supplier import Merged, Supplier

app = typer.Typer(no_args_is_help=False, help="IEP LVS, als schoolbeheerder.")
basispoort = typer.Typer(no_args_is_help=False, help="De verbinding van IEP LVS met Basispoort.")
app.add_typer(basispoort, name="basispoort")


def _supplier() -> Supplier:
    from app.partners.iep_lvs.connection import SUPPLIER

    return SUPPLIER


def _merged(source: str, target: str, moved: Merged) -> str:
    from app.counted import counted

    return f"Leerling {source} is samengevoegd met {target}: {counted(moved.outcomes, 'resultaat', 'resultaten')} verplaatst."


commands = SupplierCommands(app, _supplier)
commands.add_connect("Verstuur het testbericht en schakel de koppeling in.")
commands.add_resend()


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
    from app.partners.iep_lvs import connection, moving
    from app.partners.results_supplier import connecting

    school = commands.account(settled(context))
    number = moving.move(school, assessment, clock.parse_date(date), wrong, right)
    sat = counted(number, "resultaat", "resultaten")
    then = connecting.then(connection.SUPPLIER, school, [connection.named(assessment)])
    tell(f"De afname ({sat}) staat nu bij leerling {right}. {then}")


@app.command("assessments")
def assessments(context: typer.Context, json: Json = False) -> None:
    """De toetsen van IEP LVS, voor welke jaargroepen ze zijn, en of ze met de koppeling naar ESIS gaan."""
    from app.partners.iep_lvs import connection

    assert isinstance(context.obj, Session)
    records = [
        {"id": row.id, "name": row.name, "groups": list(row.year_groups)} | ({} if json else {"to_esis": row.coupled})
        for row in connection.assessments()
    ]
    columns = (("id", "TOETS"), ("name", "NAAM"), ("groups", "JAARGROEPEN"), ("to_esis", "NAAR ESIS"))
    show_records(records, json, columns)


commands.add_sit(
    "Laat een groep nu een toets maken.",
    typer.Argument(..., metavar="TOETS", help="Zoals rekenen-6; zie 'assessments'."),
)


@basispoort.command("check")
def check(context: typer.Context) -> None:
    """Controleer de verbinding met Basispoort; wat niet in orde is, staat er met wat u doet en waar."""
    from app.partners.iep_lvs import basispoort_check
    from app.refusals import Refused

    found = basispoort_check.findings(commands.account(context.obj))
    if found:
        raise Refused("\n".join(finding.sentence for finding in found))
    tell(basispoort_check.FINE)


commands.add_merge(
    "Voeg twee accounts van een leerling samen: de toetsafnames gaan van bron naar doel.",
    (
        typer.Argument(..., metavar="BRON", help="Het leerlingnummer van het account van vroeger."),
        typer.Argument(..., metavar="DOEL", help="Het leerlingnummer van het account van nu."),
    ),
    _merged,
)
