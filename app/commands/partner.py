"""`esis partner ...`: the other half of a coupling, done in the partner's own system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.output import show_records, tell
from app.commands.session import Session

if TYPE_CHECKING:
    from models.partners.iep_lvs import IepSchool

app = typer.Typer(no_args_is_help=False)
iep_lvs = typer.Typer(no_args_is_help=False)
app.add_typer(iep_lvs, name="iep-lvs", help="IEP LVS, als schoolbeheerder.")


def _school(session: Session) -> IepSchool:
    from app.partners.iep_lvs import account

    return account.school_of(session.actor.location)


@iep_lvs.command("connect")
def connect(
    context: typer.Context,
    code: Annotated[str, typer.Option("--code", metavar="CODE", help="De verificatiecode uit ESIS.")],
) -> None:
    """Verstuur het testbericht en schakel de koppeling in."""
    from app.partners.iep_lvs import connection
    from app.refusals import Refused

    session: Session = context.obj
    session.settle()
    outcome = connection.connect(_school(session), code)
    if not outcome.ok:
        raise Refused(outcome.sentence)
    tell(outcome.sentence)


@iep_lvs.command("assessments")
def assessments(
    context: typer.Context, json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False
) -> None:
    """De toetsen van IEP LVS en voor welke jaargroepen ze zijn."""
    from app.partners.iep_lvs import sittings

    assert isinstance(context.obj, Session)
    records = [{"id": row.id, "name": row.name, "groups": list(row.year_groups)} for row in sittings.assessments()]
    show_records(records, json, (("id", "TOETS"), ("name", "NAAM"), ("groups", "JAARGROEPEN")))


@iep_lvs.command("sit")
def sit(
    context: typer.Context,
    assessment: Annotated[str, typer.Argument(metavar="TOETS", help="Zoals rekenen-6; zie 'assessments'.")],
    group: Annotated[str, typer.Option("--group", metavar="GROEP", help="De groep, zoals 6.")],
) -> None:
    """Laat een groep nu een toets maken."""
    from app.partners.iep_lvs import sittings

    session: Session = context.obj
    session.settle()
    number = sittings.sit(_school(session), assessment, group)
    tell(f"{number} leerlingen van groep {group} hebben de toets gemaakt. De resultaten gaan vannacht naar ESIS.")
