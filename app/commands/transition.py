"""`esis year-transition`: preview, run and undo it."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.output import show_records, tell
from app.commands.session import Session, settled

app = typer.Typer(no_args_is_help=False)


@app.command("preview")
def preview(context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False) -> None:
    """Waar elke leerling naartoe gaat; het voorstel wordt bewaard en er verandert nog niets."""
    from app.school.transition import listing, planning
    from app.school.transition.report import totals

    session = settled(context)
    proposal = planning.propose(session.actor)
    if proposal.told:
        tell(proposal.told)
    rows = list(listing.all_pupils(session.actor, proposal.transition))
    records = ({**row.as_json(), "to": row.to} for row in rows)
    if as_json:
        records = (row.as_json() for row in rows)
    show_records(records, as_json, (("key", "NUMMER"), ("name", "NAAM"), ("from_group", "VAN"), ("to", "NAAR")))
    tell(
        f"{proposal.transition.from_year} naar {proposal.transition.to_year}. {totals(proposal.transition).sentence()}"
    )


@app.command("run")
def run(context: typer.Context) -> None:
    """Bevestig de jaarovergang: op of na 1 augustus gebeurt zij meteen, daarvoor wordt zij gepland."""
    from app import clock
    from app.refusals import Refused
    from app.school.transition import planning
    from app.school.transition.situations import Stage, situation

    session: Session = context.obj
    begun = situation(session.actor)
    session.settle()
    if begun.stage == Stage.RUNNING and begun.transition is not None:
        confirmed = begun.transition  # from a killed command: this completes that one, and is not the next year's
    else:
        planning.propose(session.actor)
        confirmed = planning.confirm(session.actor)
        session.settle()
    known = situation(session.actor)
    if known.last is not None and known.last.id == confirmed.id:
        tell(f"De jaarovergang naar {confirmed.to_year} is uitgevoerd. {known.report.sentence()}")
    elif known.stage == Stage.PLANNED and not known.error:
        tell(f"De jaarovergang naar {confirmed.to_year} is gepland voor {clock.dutch_moment(known.begins)}.")
    else:
        raise Refused(
            f"De jaarovergang naar {confirmed.to_year} is niet uitgevoerd; het oude schooljaar loopt door. "
            f"{known.error}".strip()
        )


@app.command("undo")
def undo(context: typer.Context) -> None:
    """Draai de laatste jaarovergang terug, of trek een geplande in."""
    from app.couplings.catalogue import title
    from app.school.transition import planning
    from app.school.transition.situations import Stage, situation

    session = settled(context)
    if situation(session.actor).stage in (Stage.PLANNED, Stage.FAILED):
        own = planning.withdraw(session.actor)
        tell(f"De bevestiging van de jaarovergang naar {own.to_year} is ingetrokken; het voorstel blijft bewaard.")
    else:
        own = planning.undo(session.actor, title)
        tell(f"De jaarovergang naar {own.to_year} is teruggedraaid; het is weer schooljaar {own.from_year}.")
