"""`esis run list`, `esis result list` and `esis pupil list`."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.options import Json
from app.commands.output import show_records
from app.commands.session import Session

runs = typer.Typer(no_args_is_help=False)
results = typer.Typer(no_args_is_help=False)
pupils = typer.Typer(no_args_is_help=False)
GROUPS = {"run": runs, "result": results, "pupil": pupils}

Group = Annotated[str | None, typer.Option("--group", metavar="GROEP", help="Alleen deze groep.")]


@runs.command("list")
def list_runs(context: typer.Context, json: Json = False) -> None:
    """De uitwisselingen van het bestuur, nieuwste eerst."""
    from app.access import locations_of
    from app.permissions import Permission
    from app.runs import COUNT_WORDS, State, as_record, list_runs

    session: Session = context.obj
    session.actor.require(Permission.VIEW_COUPLINGS)
    own = locations_of(session.actor.user)
    rows = list_runs(session.board, limit=100_000, locations=own)
    records = (as_record(run) | ({} if json else {"location": run.location.brin6}) for run in rows)
    show_records(
        records,
        json,
        (
            ("id", "ID"),
            ("location", "VESTIGING"),
            ("coupling", "KOPPELING"),
            ("slot", "MOMENT"),
            ("state", "STATUS"),
            ("attempt", "POGING"),
            ("counts", "AANTALLEN"),
            ("error", "FOUT"),
        ),
        {state.value: state.label for state in State} | COUNT_WORDS,
    )


@runs.callback()
@results.callback()
@pupils.callback()
def _group() -> None:
    """Lijsten."""


@results.command("list")
def list_results(context: typer.Context, group: Group = None, json: Json = False) -> None:
    """De toetsresultaten: geleverd en ingevoerd, ook wat niet meetelt."""
    from app.school.assessment import result_list

    session: Session = context.obj
    rows = result_list.list_results(session.actor, group)
    records = (row.as_json() if json else {**row.as_json(), "counts": row.standing} for row in rows)
    show_records(
        records,
        json,
        (
            ("pupil", "LEERLING"),
            ("assessment", "TOETS"),
            ("part", "ONDERDEEL"),
            ("date", "DATUM"),
            ("level", "NIVEAU"),
            ("score", "SCORE"),
            ("key", "SLEUTEL"),
            ("counts", "TELT"),
        ),
    )


@pupils.command("list")
def list_pupils(
    context: typer.Context,
    group: Group = None,
    status: Annotated[
        str, typer.Option("--status", metavar="STATUS", help="enrolled, future, unsubscribed of all.")
    ] = "enrolled",
    json: Json = False,
) -> None:
    """De leerlingen van de vestiging die u mag zien."""
    from app.school import groups
    from app.school.people import pupils

    session: Session = context.obj
    chosen = groups.find(session.actor, group) if group is not None else None
    rows = pupils.list_pupils(session.actor, chosen, status)
    records = (row.as_json() if json else {**row.as_json(), "status": row.status.label.lower()} for row in rows)
    show_records(
        records,
        json,
        (
            ("key", "NUMMER"),
            ("last_name", "ACHTERNAAM"),
            ("prefix", "TUSSEN"),
            ("first_name", "ROEPNAAM"),
            ("birth_date", "GEBOREN"),
            ("group", "GROEP"),
            ("status", "STATUS"),
        ),
    )
