"""`esis coupling ...`: view, activate, change, pause and end couplings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.options import LARGEST, Json
from app.commands.output import cell, say, show_json, show_records, tell
from app.commands.session import Session, settled

if TYPE_CHECKING:
    from app.diagnosis.coupling_status import CouplingStatus

app = typer.Typer(no_args_is_help=False)
Type = Annotated[str, typer.Argument(metavar="TYPE", help="Zoals iep-lvs; zie 'list'.")]

COLUMNS = (
    ("type", "TYPE"),
    ("name", "NAAM"),
    ("state", "STATUS"),
    ("start_date", "STARTDATUM"),
    ("code_masked", "VERIFICATIECODE"),
    ("last_run", "LAATSTE UITWISSELING"),
)

LABELS = {
    "type": "Soort",
    "name": "Koppeling",
    "state": "Status",
    "start_date": "Startdatum",
    "code_masked": "Code",
    "last_run": "Laatste uitwisseling",
    "code": "Verificatiecode",
    "activated_by": "Geactiveerd door",
    "consent_name": "Akkoord van",
    "consent_at": "Akkoord op",
    "terms_version": "Voorwaarden",
}
"""The labels in `show` of the fields of its `--json`."""


def _record(status: CouplingStatus) -> dict[str, Any]:
    from app import clock

    return {
        "type": status.job,
        "name": status.title,
        "state": status.state,
        "start_date": status.start_date.isoformat() if status.start_date else None,
        "code_masked": status.code_masked or None,
        "last_run": clock.iso(status.last_exchange.slot) if status.last_exchange else None,
    }


@app.command("list")
def list_couplings(context: typer.Context, json: Json = False) -> None:
    """Alle koppelingen van de vestiging, geactiveerd en beschikbaar."""
    from app.diagnosis.coupling_status import all_couplings

    session: Session = context.obj
    found = all_couplings(session.actor)
    records = (_record(status) if json else _record(status) | {"state": status.state_title} for status in found)
    show_records(records, json, COLUMNS)


@app.command("show")
def show(context: typer.Context, type: Type, json: Json = False) -> None:
    """Eén koppeling, met het akkoord en de volgende stap."""
    from app import clock
    from app.couplings import lifecycle
    from app.couplings.catalogue import by_type
    from app.couplings.state import CouplingState
    from app.diagnosis.coupling_status import all_couplings

    session: Session = context.obj
    kind = by_type(type)
    status = next(status for status in all_couplings(session.actor) if status.job == kind.type)
    record, coupling = _record(status), status.coupling
    if coupling is not None:
        record |= {
            "code": lifecycle.visible_code(session.actor, coupling) or None,
            "activated_by": coupling.activated_by,
            "consent_name": coupling.consent_name,
            "consent_at": clock.iso(coupling.consent_at),
            "terms_version": coupling.terms_version,
        }
    if json:
        show_json(record)
        return
    for name, label in LABELS.items():
        if name in record:
            say(f"{label:<22}{cell(status.state_title if name == 'state' else record[name])}")
    if status.state is CouplingState.ACTIVE and status.advises:
        tell(f"De andere kant: {kind.partner} {status.partner}. {status.next_step}".rstrip())


@app.command("log")
def log(
    context: typer.Context,
    type: Annotated[str | None, typer.Argument(metavar="[TYPE]", help="Alleen deze koppeling.")] = None,
    json: Json = False,
) -> None:
    """Het koppelingenlogboek, nieuwste regel eerst."""
    from app import clock
    from app.couplings import logbook
    from app.couplings.catalogue import by_type, transfers
    from app.runs import Counts

    session: Session = context.obj
    wanted = logbook.Filter(coupling="" if type is None else type if type in transfers() else by_type(type).type)
    lines = [
        {
            "at": clock.iso(line.at),
            "coupling": line.coupling,
            "user": line.user or None,
            "kind": line.kind,
            "message": line.message,
            "counts": vars(Counts.from_json(line.counts)) if line.counts else None,
        }
        for line in logbook.entries(session.actor, wanted, limit=100_000)
    ]
    show_records(
        lines,
        json,
        (("at", "WANNEER"), ("coupling", "KOPPELING"), ("user", "WIE"), ("kind", "SOORT"), ("message", "MELDING")),
    )


@app.command("why")
def why(
    context: typer.Context,
    type: Annotated[str, typer.Argument(metavar="TYPE", help="Zoals iep-lvs; of een overdracht, zoals basispoort.")],
    json: Json = False,
) -> None:
    """Waarom komt het niet? Beide kanten en elke oorzaak; status 1 als er iets te herstellen is."""
    from app.diagnosis.findings import explain
    from app.refusals import Refused

    session: Session = context.obj
    found = explain(session.actor, type)
    lines = [f"{'!' if cause.wrong else '-'} {cause.sentence}" for cause in found.findings]
    if json:
        show_json(found.as_json())
    else:
        for label, value in found.facts:
            say(f"{label:<20}{value}")
    if found.wrong:
        raise Refused("\n".join((found.conclusion, *lines)))
    tell("\n".join((found.conclusion, *lines)))


@app.command("activate")
def activate(
    context: typer.Context,
    type: Type,
    name: Annotated[str, typer.Option("--name", metavar="NAAM", help="Uw naam.")] = "",
    agree: Annotated[bool, typer.Option("--agree", help="Akkoord met de gebruikersvoorwaarden.")] = False,
    code: Annotated[
        str, typer.Option("--code", metavar="CODE", help="De verificatiecode; zonder code staat alles stil.")
    ] = "",
) -> None:
    """Activeer een koppeling: naam, akkoord en verificatiecode."""
    from app.couplings import lifecycle, requirements
    from app.couplings.catalogue import by_type
    from app.diagnosis import advice

    session = settled(context)
    try:
        coupling = lifecycle.activate(session.actor, type, name, agree, code)
    except requirements.ContactsLacking as refusal:
        for lack in refusal.lacks[requirements.NAMED :]:
            tell(f"{lack.sentence}.")
        raise
    kind = by_type(type)
    if coupling.code is None:
        tell(f"{kind.row} is geactiveerd, maar zonder verificatiecode staat de uitwisseling stil.")
    else:
        then = kind.next_step if advice.is_given(session.board) else ""
        tell(f"{kind.row} is geactiveerd. {then}".rstrip())


@app.command("code")
def code(
    context: typer.Context,
    type: Type,
    code: Annotated[str, typer.Argument(metavar="CODE", help="De nieuwe verificatiecode.")],
) -> None:
    """Wijzig de verificatiecode, of vul hem weer in om verder te gaan."""
    from app.couplings import lifecycle

    session = settled(context)
    tell(lifecycle.change_code(session.actor, type, code).told)


@app.command("pause")
def pause(context: typer.Context, type: Type) -> None:
    """Stop tijdelijk: verwijder de verificatiecode."""
    from app.couplings import lifecycle

    session = settled(context)
    lifecycle.pause(session.actor, type)
    tell("De verificatiecode is verwijderd; de uitwisseling is tijdelijk gestopt.")


@app.command("end")
def end(
    context: typer.Context,
    type: Type,
    yes: Annotated[bool, typer.Option("--yes", help="Ja, beëindig de koppeling.")] = False,
) -> None:
    """Beëindig een koppeling; ontvangen resultaten blijven staan."""
    from app.couplings import lifecycle
    from app.refusals import Refused

    session: Session = context.obj
    if not yes:
        raise Refused("Beëindigen is definitief; voeg --yes toe om het te bevestigen.")
    session.settle()
    lifecycle.end(session.actor, type)
    tell("De koppeling is beëindigd. Ontvangen gegevens blijven staan.")


@app.command("rollback")
def rollback(
    context: typer.Context,
    type: Type,
    run: Annotated[
        int | None,
        typer.Option("--run", min=1, max=LARGEST, metavar="NUMMER", help="Van deze uitwisseling; anders de laatste."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ja, draai de levering terug.")] = False,
) -> None:
    """Draai één levering van resultaten terug; wat er eerst stond, komt terug."""
    from app.couplings import rollback as taking_back
    from app.couplings.catalogue import by_type
    from app.refusals import Refused

    session: Session = context.obj
    delivery = taking_back.of_run(session.actor, run, type) if run else taking_back.last(session.actor, type)
    if not yes:
        found = taking_back.preview(session.actor, delivery)
        question = taking_back.question(by_type(type), delivery, found)
        raise Refused(f"{question} Voeg --yes toe om het te bevestigen.")
    session.settle()
    done = taking_back.roll_back(session.actor, delivery)
    tell(f"De levering is teruggedraaid: {done.sentence}")
